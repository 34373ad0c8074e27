import type { BillFacts, BillLine } from '../bill.js';
import { interestKey, invoiceKey, type DocumentKey } from '../document.js';
import type { FirmSettings } from '../firm.js';
import { sumCents } from '../money.js';
import { freeNumber, lastPosted } from './counter.js';

/** One invoice of a bill: what the firm did, or the interest. */
export interface Charge {
  key: DocumentKey;
  number: string;
  /** The firm's prefix that it is posted under. */
  prefix: string;
  isInterest: boolean;
  lines: BillLine[];
  taxCents: number;
  /** Lines and tax together. */
  totalCents: number;
}

/** Stands behind the bill's number on an interest invoice: the billing app gives it none of its own. */
const INTEREST_SUFFIX = '-INT';

/** A number that a person gave the bill is not its interest's, which follows the prefix alone. */
function interestPrefix({ desired: { billId }, documents, settings, newTerms }: BillFacts): string {
  const posted = lastPosted(documents, billId, interestKey(billId));
  return ((posted && (newTerms ?? posted.terms)) ?? settings).prefix;
}

export const billNumber = ({ desired, numberOverride }: BillFacts, { prefix }: FirmSettings): string =>
  numberOverride ?? prefix + desired.number;

/** The invoices that a bill comes to: none without lines, two where interest stands on its own. */
export function chargesOf(facts: BillFacts, agreed: FirmSettings): Charge[] {
  const { billId, number, lines } = facts.desired;
  const isApart = ({ kind }: BillLine) => kind === 'interest' && agreed.interest !== 'line';
  const prefix = interestPrefix(facts);
  const all = [
    {
      key: invoiceKey(billId),
      number: billNumber(facts, agreed),
      prefix: agreed.prefix,
      isInterest: false,
      lines: lines.filter((line) => !isApart(line)),
    },
    {
      key: interestKey(billId),
      number: prefix + number + INTEREST_SUFFIX,
      prefix,
      isInterest: true,
      lines: lines.filter(isApart),
    },
  ];
  return all
    .filter((one) => one.lines.length > 0)
    .map((one) => ({
      ...one,
      ...totalOf(one.lines),
      number: freeNumber(one.number, facts.documents, billId),
    }));
}

function totalOf(lines: readonly BillLine[]): Pick<Charge, 'taxCents' | 'totalCents'> {
  const taxCents = sumCents(lines.flatMap(({ taxes = [] }) => taxes.map((tax) => tax.amountCents)));
  return { taxCents, totalCents: sumCents(lines.map((line) => line.amountCents)) + taxCents };
}
