import type { BillFacts, BillLine } from '../bill.js';
import type { Step } from '../document.js';
import type { FirmSettings } from '../firm.js';
import { formatCents, sumCents } from '../money.js';
import type { Charge } from './charge.js';
import type { Credit } from './credit.js';
import { NUMBER_LENGTH } from './number.js';
import { creditItemOf, groupName, itemOf, taxItemOf } from './terms.js';

/** Most lines of a transaction, and of one that QuickBooks taxes (its documents). */
const MOST_LINES = 10_000;
const MOST_TAXED_LINES = 750;

type Park = Extract<Step, { do: 'park' }>;

/** What QuickBooks would refuse, found before it is asked; the same catalogue entry as its answer would reach. */
export function preflight(
  facts: BillFacts,
  agreed: FirmSettings,
  charges: readonly Charge[],
  credits: readonly Credit[],
): Park | undefined {
  if (charges.length === 0) return { do: 'park', fault: 'no-lines', params: {} };
  for (const check of [numbers, totals, sizes, items, taxCodes, taxArithmetic, applied]) {
    const park = check(charges, credits, agreed, facts);
    if (park) return park;
  }
  return undefined;
}

type Check = (
  charges: readonly Charge[],
  credits: readonly Credit[],
  agreed: FirmSettings,
  facts: BillFacts,
) => Park | undefined;

const numbers: Check = (charges, credits) => {
  const long = [...charges, ...credits].find(({ number }) => number.length > NUMBER_LENGTH);
  if (!long) return undefined;
  const { number } = long;
  const params = { number, max: String(NUMBER_LENGTH), supplied: String(number.length) };
  return { do: 'park', fault: 'number-too-long', params };
};

const totals: Check = (charges) => {
  const below = charges.find(({ totalCents }) => totalCents <= 0);
  if (!below) return undefined;
  return { do: 'park', fault: below.totalCents < 0 ? 'negative-total' : 'zero-total', params: {} };
};

const sizes: Check = (charges, _credits, { tax }) => {
  const most = tax === 'codes' ? MOST_TAXED_LINES : MOST_LINES;
  const perLine = (line: BillLine) =>
    1 + (tax === undefined || tax === 'lines' ? (line.taxes ?? []).length : 0);
  const counts = charges.map(({ lines }) => lines.reduce((count, line) => count + perLine(line), 0));
  const supplied = Math.max(...counts);
  if (supplied <= most) return undefined;
  return { do: 'park', fault: 'too-many-lines', params: { supplied: String(supplied), max: String(most) } };
};

const items: Check = (charges, credits, agreed) => {
  const lines = charges.flatMap((charge) => charge.lines);
  const line = lines.find((one) => itemOf(agreed, one) === undefined);
  if (line) return unmapped(line.category ?? line.kind, line.description);
  const taxes = agreed.tax === 'codes' ? [] : lines.flatMap(({ taxes: some = [] }) => some);
  const tax = taxes.find(({ name }) => taxItemOf(agreed, name) === undefined);
  if (tax) return unmapped('tax', tax.name);
  const credit = credits.find(({ kind }) => creditItemOf(agreed, kind) === undefined);
  return credit && unmapped(credit.kind, credit.description);
};

const unmapped = (kind: string, line: string): Park => ({
  do: 'park',
  fault: 'no-item-mapped',
  params: { kind, line, refList: 'Kind', refId: kind },
  needsCompany: true,
});

const taxCodes: Check = (charges, credits, agreed, { profile }) => {
  const isUs = profile?.country === 'US' || profile?.country === 'USA';
  if (agreed.tax !== 'codes') {
    const wantsCode = profile?.usesSalesTax === true && !isUs && agreed.untaxedCode === undefined;
    return wantsCode ? { do: 'park', fault: 'tax-code-missing', params: {}, readsProfile: true } : undefined;
  }
  if (isUs) return { do: 'park', fault: 'tax-code-not-allowed', params: {}, readsProfile: true };
  const { taxCodes: codes = {}, untaxedCode } = agreed;
  const codeOf = ({ taxes = [] }: BillLine) => (taxes.length === 0 ? untaxedCode : codes[groupName(taxes)]);
  const line = charges.flatMap((charge) => charge.lines).find((one) => codeOf(one) === undefined);
  if (line) {
    const tax = groupName(line.taxes ?? []);
    return { do: 'park', fault: 'tax-code-missing', params: tax === '' ? {} : { tax }, needsCompany: true };
  }
  if (credits.length === 0 || untaxedCode !== undefined) return undefined;
  return { do: 'park', fault: 'tax-code-missing', params: {}, needsCompany: true };
};

/** By code QuickBooks computes each rate once, on all lines together; the bill has to come to the same. */
const taxArithmetic: Check = (charges, _credits, { tax }) => {
  if (tax !== 'codes') return undefined;
  for (const { lines } of charges) {
    const rates = new Map<
      string,
      { name: string; netCents: number; taxCents: number; ratePerMillion: number }
    >();
    for (const line of lines) {
      for (const { name, ratePerMillion, amountCents } of line.taxes ?? []) {
        const key = `${name} ${ratePerMillion}`;
        const known = rates.get(key) ?? { name, netCents: 0, taxCents: 0, ratePerMillion };
        known.netCents += line.amountCents;
        known.taxCents += amountCents;
        rates.set(key, known);
      }
    }
    for (const { name, netCents, taxCents, ratePerMillion } of rates.values()) {
      const theirs = timesRate(netCents, ratePerMillion);
      if (theirs === taxCents) continue;
      const params = { tax: name, ours: formatCents(taxCents), theirs: formatCents(theirs) };
      return { do: 'park', fault: 'tax-differs', params };
    }
  }
  return undefined;
};

/** What payments leave open is not asked here: they may move. */
const applied: Check = (charges, credits) => {
  const openCents = sumCents(charges.map(({ totalCents }) => totalCents));
  const usedCents = sumCents(credits.map(({ appliedCents }) => appliedCents));
  return usedCents <= openCents ? undefined : { do: 'park', fault: 'over-applied', params: {} };
};

/** Rounded half away from zero, as QuickBooks rounds. */
function timesRate(netCents: number, ratePerMillion: number): number {
  const product = BigInt(netCents) * BigInt(ratePerMillion);
  const half = product < 0n ? -500_000n : 500_000n;
  return Number((product + half) / 1_000_000n);
}
