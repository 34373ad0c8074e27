import { finding } from '../fault.js';
import { type Fields, child, list, numeric, refId, text } from '../fields.js';
import { cents, fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { WriteContext } from '../rule.js';
import { type Rate, type Side, isUnitedStates, ratesOf, usesSalesTax } from './code.js';
import { type Base, netOf, percentOf } from './sum.js';

const TAXABLE_KINDS = ['AccountBasedExpenseLineDetail', 'ItemBasedExpenseLineDetail', 'SalesItemLineDetail'];

export interface TaxableLine {
  readonly line: Fields;
  readonly detail: Fields;
}

/** The lines that carry a tax code, those inside of groups too. */
export function taxableLines(fields: Fields): TaxableLine[] {
  return list(fields, 'Line').flatMap((line) => {
    const kind = text(line, 'DetailType') ?? '';
    const detail = child(line, kind);
    if (detail === undefined) return [];
    if (kind === 'GroupLineDetail') return taxableLines(detail);
    return TAXABLE_KINDS.includes(kind) ? [{ line, detail }] : [];
  });
}

/** In the United States a line says only whether it is taxed; elsewhere it names a code of the company's. */
export function completeLineCode(
  context: WriteContext,
  detail: Fields,
  { isTaxable, element }: { isTaxable: boolean; element: string },
): void {
  const code = refId(detail, 'TaxCodeRef');
  if (!isUnitedStates(context.company)) {
    if (code !== undefined) resolve(context, detail, 'TaxCodeRef', { entity: 'TaxCode', element });
  } else if (code === undefined) {
    detail['TaxCodeRef'] = { value: isTaxable && usesSalesTax(context.company) ? 'TAX' : 'NON' };
  } else if (code !== 'TAX' && code !== 'NON') {
    const sentence = `Valid line TaxCodes for US should be TAX or NON. Supplied value: ${code}`;
    context.findings.push(finding('6100', sentence, element));
  }
}

/**
 * Which of the two a line's amount is, where prices include tax. A reader gets the net amount with the gross one
 * beside it, so both together are what was read; a gross amount that does not fit its line is passed over.
 */
function grossOf(context: WriteContext, { line, detail }: TaxableLine, rates: readonly Rate[]): number {
  const amount = cents(line, 'Amount');
  const isRead = numeric(detail, 'TaxInclusiveAmt') !== undefined;
  const gross = cents(detail, 'TaxInclusiveAmt');
  if (isRead && Math.abs(netOf(gross, rates) - amount) <= 1) return gross;
  if (!isRead && context.switches.inclusiveLineAmount === 'gross') return amount;
  return amount + rates.reduce((sum, rate) => sum + percentOf(amount, rate.percent), 0);
}

/** Seven decimals, as many as a price is kept with. */
function unitPrice(netCents: number, quantity: number): number {
  return Number((netCents / 100 / quantity).toFixed(7));
}

function takeApart(context: WriteContext, taxable: TaxableLine, rates: readonly Rate[]): Base {
  const { line, detail } = taxable;
  const grossCents = grossOf(context, taxable, rates);
  const isKept =
    numeric(detail, 'TaxInclusiveAmt') !== undefined && cents(detail, 'TaxInclusiveAmt') === grossCents;
  const netCents = isKept ? cents(line, 'Amount') : netOf(grossCents, rates);
  const quantity = numeric(detail, 'Qty') ?? 0;
  if (!isKept && detail['UnitPrice'] !== undefined && quantity !== 0) {
    detail['UnitPrice'] = unitPrice(netCents, quantity);
  }
  line['Amount'] = fromCents(netCents);
  detail['TaxInclusiveAmt'] = fromCents(grossCents);
  return { netCents, rates, includedCents: grossCents - netCents };
}

/** What each line is taxed on outside of the United States. Prices that include tax are taken apart in place. */
export function basesByLine(context: WriteContext, side: Side): Base[] {
  const isInclusive = context.fields['GlobalTaxCalculation'] === 'TaxInclusive';
  return taxableLines(context.fields).map((taxable) => {
    const rates = ratesOf(context.company, refId(taxable.detail, 'TaxCodeRef'), side);
    if (isInclusive) return takeApart(context, taxable, rates);
    Reflect.deleteProperty(taxable.detail, 'TaxInclusiveAmt');
    return { netCents: cents(taxable.line, 'Amount'), rates };
  });
}
