import type { Allocation, Leaves } from './allocation.js';
import type { CompanyProfile } from './company.js';
import type { Billing, ContactSnapshot } from './contact.js';
import type { Documents, Step } from './document.js';
import type { FirmSettings, LockChoice } from './firm.js';
import type { JournalEntryIntent, PaymentIntent } from './intent.js';
import type { OnTheWay } from './on-the-way.js';
import type { Rival } from './payment/room.js';
import type { Remapped } from './reference.js';

/** The whole desired state of one payment of a client. */
export interface PaymentSnapshot {
  firmId: string;
  paymentId: string;
  /** Only grows; an older or equal version is ignored. */
  version: number;
  /** `bounced` and `refunded`: the money went back on `reversedOn`. `deleted`: it was entered by mistake. */
  state: 'received' | 'bounced' | 'refunded' | 'deleted';
  /** All of it; what is not allocated stays with the client. */
  amountCents: number;
  /** ISO 4217, that of the bills it pays; absent = the company's own. */
  currency?: string;
  /** Home units for one foreign unit; absent = QuickBooks' own rate of that day. */
  exchangeRate?: string;
  receivedOn: string;
  reversedOn?: string;
  /** How it was paid, e.g. `Cheque`. */
  method?: string;
  /** The payer's own number, e.g. of a cheque. */
  reference?: string;
  /** QuickBooks' id of the account it was paid into; absent = as the firm's settings say. */
  account?: string;
  client: ContactSnapshot;
  /** At most one for each bill, together at most the amount. */
  allocations: Allocation[];
}

/** What a payment's plan has to know of a bill beside what is posted of it. */
export interface PaidBill {
  number: string;
  state: 'approved' | 'void';
  /** By a person, or because it is older than the firm's start. */
  excluded: boolean;
  /** What its newest snapshot comes to. */
  totalCents: number;
  /** The bill that it was generated anew from. */
  replaces?: string;
  /** Whom it is meant for now. */
  billing?: Billing;
  /** How its matters go by settings that a person has confirmed for it. */
  newMatters?: 'memo' | 'sub-customer';
  /** It waits for this payment to make way, and leaves so much of each of its invoices to payments. */
  leaves?: Leaves;
}

/** All that a payment's plan depends on. */
export interface PaymentFacts {
  desired: PaymentSnapshot;
  excluded: boolean;
  documents: Documents;
  /** Writes of its bills, and of payments on them. */
  onTheWay?: OnTheWay;
  settings: FirmSettings;
  /** By bill id: those it is meant for, as far as they have come. */
  bills: Readonly<Record<string, PaidBill>>;
  /** By payment id: others that lie on those bills. Their documents are among the documents. */
  rivals?: Readonly<Record<string, Rival>>;
  /** The version that was left out because it is older than the firm's start. */
  skippedVersion?: number;
  /** A person has named the record in QuickBooks that stands for it: it is looked at in place of the next write. */
  adopting?: true;
  /** What a person has chosen where books are closed for it; absent = as the firm's settings say. */
  lockChoice?: LockChoice;
  /** As of a bill. */
  remapped?: Remapped;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
}

export type PaymentStep = Step<PaymentIntent | JournalEntryIntent>;
