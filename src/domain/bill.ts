import type { CompanyProfile } from './company.js';
import type { ContactSnapshot } from './contact.js';
import type { DocumentKey, Documents } from './document.js';
import type { FirmSettings, LockChoice } from './firm.js';
import type { OnTheWay } from './on-the-way.js';
import type { Remapped } from './reference.js';

/** A tax on one line. */
export interface LineTax {
  /** As the firm calls it, e.g. `HST`; items and codes of QuickBooks are chosen by it. */
  name: string;
  /** 13 % = 130,000. */
  ratePerMillion: number;
  amountCents: number;
}

interface BillLineBase {
  description: string;
  /** Activity or expense category; a product or service of QuickBooks may be chosen by it. */
  category?: string;
  /** Which of the bill's matters it belongs to. */
  matterId?: string;
  amountCents: number;
  /** At most two, the primary one first. Their amounts come on top of the line's. */
  taxes?: LineTax[];
}

export interface TimeLine extends BillLineBase {
  kind: 'time';
  /** Calendar day, `YYYY-MM-DD`. */
  date: string;
  timekeeper: string;
  /** Reported by class where the firm wants that. */
  timekeeperId?: string;
  /** 1.5 hours = 1500. */
  hoursThousandths: number;
  rateCents: number;
}

export interface ExpenseLine extends BillLineBase {
  kind: 'expense';
  date: string;
}

/** `discount` has a negative amount. Interest stands on an invoice of its own unless the firm wants it as a line. */
export interface OtherLine extends BillLineBase {
  kind: 'flat-fee' | 'discount' | 'interest';
  date?: string;
}

export type BillLine = TimeLine | ExpenseLine | OtherLine;

export interface Matter {
  matterId: string;
  number: string;
  description: string;
}

/** A credit note given on this bill. */
export interface CreditNote {
  creditId: string;
  /** Without one it is numbered after the bill. */
  number?: string;
  date: string;
  /** All of it, above zero. */
  amountCents: number;
  description: string;
  /** How much of it is used on this bill; all of it when absent. The rest stays open for the client. */
  appliedCents?: number;
}

/** What the firm does not expect to be paid any more, dated on the day on which it gave it up. */
export interface WriteOff {
  writeOffId: string;
  kind: 'write-off' | 'bad-debt';
  date: string;
  amountCents: number;
  description: string;
}

/** The whole desired state of one bill. What the firm sends its client; in QuickBooks an invoice. */
export interface BillSnapshot {
  firmId: string;
  billId: string;
  /** Only grows; an older or equal version is ignored. */
  version: number;
  /** `void` takes it out of the books; its number stays used. */
  state: 'approved' | 'void';
  number: string;
  issuedOn: string;
  dueOn: string;
  /** First and last day of the work. */
  servicePeriod?: { from: string; to: string };
  /** ISO 4217; absent = the currency of the firm's books. */
  currency?: string;
  /** Home units for one foreign unit, as a decimal; absent = QuickBooks' own rate of the day. */
  exchangeRate?: string;
  client: ContactSnapshot;
  matters: Matter[];
  lines: BillLine[];
  /** For the client, below the matters. */
  notes?: string;
  credits?: CreditNote[];
  writeOffs?: WriteOff[];
  /** The bill that this one was generated anew from; this one is posted once that one is out of the books. */
  replaces?: string;
}

/** All that a bill's plan depends on. */
export interface BillFacts {
  desired: BillSnapshot;
  /** Set by the remedy "renumber". */
  numberOverride?: string;
  excluded: boolean;
  documents: Documents;
  /** Payments on its invoices that a person has excluded: they stay as they are. */
  excludedPayments?: readonly DocumentKey[];
  /** Payments that may lie on its invoices by now. */
  onTheWay?: OnTheWay;
  settings: FirmSettings;
  /** What became of the bill that this one replaces; absent where it replaces none or that one was never sent. */
  replaced?: { state: BillSnapshot['state']; excluded: boolean };
  /** The version that was left out because it is older than the firm's start. */
  skippedVersion?: number;
  /** What a person has chosen where books are closed for it; absent = as the firm's settings say. */
  lockChoice?: LockChoice;
  /** Numbers that QuickBooks has already, and that a person has allowed all the same. */
  duplicateNumbers?: readonly string[];
  /** Settings that a person has confirmed for it although it is in QuickBooks already, in place of its own terms. */
  newTerms?: FirmSettings;
  /** What a person has put in the place of records that QuickBooks does not take. */
  remapped?: Remapped;
  /** A person has named the record that it is in QuickBooks; the next write takes that one. */
  adopting?: boolean;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
}
