import type { CompanyProfile } from './company.js';
import type { ContactSnapshot } from './contact.js';
import {
  customerKey,
  invoiceKey,
  live,
  postedAs,
  sameIntent,
  type Documents,
  type Step,
} from './document.js';
import type { InvoiceIntent, SalesLineIntent } from './intent.js';
import type { FirmSettings } from './firm.js';
import { sumCents, timesRateCents } from './money.js';

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
  settings: FirmSettings;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
}

/** Longest number QuickBooks takes (its documents: DocNumber, 21 characters). */
const NUMBER_LENGTH = 21;
/** Longest memo to the customer (QuickBooks' documents: 1,000 characters). */
const MEMO_LENGTH = 1000;

/** Pure and total: what remains to be written for this bill, first thing first. */
export function planBill(facts: BillFacts): Step<InvoiceIntent> {
  const { desired, documents } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  const key = invoiceKey(desired.billId);
  const posted = postedAs<InvoiceIntent>(documents, key);
  const present = live(posted);
  if (desired.state === 'void') {
    return present ? { do: 'write', key, action: 'void', intent: present.intent } : { do: 'nothing' };
  }
  const fault = preflight(facts);
  if (fault) return fault;
  const { clientId, name } = desired.client;
  const customer = live(documents[customerKey(clientId)]);
  if (customer === undefined) {
    const of = { type: 'contact', id: clientId } as const;
    const why = `client ${name} to be in QuickBooks`;
    return { do: 'wait', on: customerKey(clientId), document: 'customer', of, why };
  }
  const intent = invoiceIntent(facts, customer.qboId);
  if (present && sameIntent(present.intent, intent)) return { do: 'nothing' };
  // A voided invoice is filled again; only what was deleted is made anew.
  const action = posted && posted.removed !== 'deleted' ? 'update' : 'create';
  return { do: 'write', key, action, intent };
}

function preflight(facts: BillFacts): Step<InvoiceIntent> | undefined {
  const { desired } = facts;
  const { items } = terms(facts);
  const number = invoiceNumber(facts);
  if (desired.lines.length === 0) return { do: 'park', fault: 'no-lines', params: {} };
  if (number.length > NUMBER_LENGTH) {
    return {
      do: 'park',
      fault: 'number-too-long',
      params: { number, max: String(NUMBER_LENGTH), supplied: String(number.length) },
    };
  }
  const unmapped = desired.lines.find((line) => items[line.kind] === undefined);
  if (unmapped) {
    return {
      do: 'park',
      fault: 'no-item-mapped',
      params: { kind: unmapped.kind, line: unmapped.description },
      needsCompany: true,
    };
  }
  return undefined;
}

/** A posted bill keeps the terms it was posted under: changed settings touch only what is not in QuickBooks yet. */
function terms({ desired, documents, settings }: BillFacts): FirmSettings {
  const posted = postedAs<InvoiceIntent>(documents, invoiceKey(desired.billId));
  if (!posted) return settings;
  const { prefix, items } = posted.intent.terms;
  return { prefix, items: { ...settings.items, ...items } };
}

const invoiceNumber = (facts: BillFacts): string =>
  facts.numberOverride ?? terms(facts).prefix + facts.desired.number;

function invoiceIntent(facts: BillFacts, customerQboId: string): InvoiceIntent {
  const { desired } = facts;
  const agreed = terms(facts);
  const lines = desired.lines.map((line) => invoiceLine(line, agreed));
  return {
    document: 'invoice',
    number: invoiceNumber(facts),
    customerQboId,
    issuedOn: desired.issuedOn,
    dueOn: desired.dueOn,
    memo: memo(desired.matters),
    lines,
    totalCents: sumCents(lines.map((line) => line.amountCents)),
    terms: agreed,
    mark: invoiceKey(desired.billId),
  };
}

function invoiceLine(line: BillLine, { items }: FirmSettings): SalesLineIntent {
  const base = {
    amountCents: line.amountCents,
    // Preflight has refused a bill with an unmapped line.
    itemId: items[line.kind] ?? '',
    ...(line.date !== undefined && { servedOn: line.date }),
  };
  if (line.kind !== 'time') return { ...base, description: line.description };
  const description = `${line.timekeeper}: ${line.description}`;
  // QuickBooks answers 6070 when quantity times price is not the amount; then the amount alone is sent.
  const multiplies = timesRateCents(line.hoursThousandths, line.rateCents) === line.amountCents;
  if (!multiplies) return { ...base, description };
  return { ...base, description, quantityThousandths: line.hoursThousandths, unitPriceCents: line.rateCents };
}

function memo(matters: readonly Matter[]): string {
  const text = matters.map((matter) => `${matter.number} ${matter.description}`.trim()).join('; ');
  return text.length <= MEMO_LENGTH ? text : `${text.slice(0, MEMO_LENGTH - 1)}…`;
}
