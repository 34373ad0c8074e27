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

export interface TimeLine {
  kind: 'time';
  description: string;
  /** Calendar day, `YYYY-MM-DD`. */
  date: string;
  timekeeper: string;
  /** 1.5 hours = 1500. */
  hoursThousandths: number;
  rateCents: number;
  amountCents: number;
}

export interface ExpenseLine {
  kind: 'expense';
  description: string;
  date: string;
  amountCents: number;
}

export type BillLine = TimeLine | ExpenseLine;

export interface Matter {
  matterId: string;
  number: string;
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
  client: ContactSnapshot;
  matters: Matter[];
  lines: BillLine[];
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
    servedOn: line.date,
  };
  if (line.kind === 'expense') return { ...base, description: line.description };
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
