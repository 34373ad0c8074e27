import { business, finding } from '../fault.js';
import { type Fields, child, list, numeric, refId, setDefault } from '../fields.js';
import { cents, fromCents, toCents } from '../money.js';
import { resolve } from '../reference.js';
import type { WriteContext } from '../rule.js';
import { type Side, isUnitedStates, ratesOf, usesSalesTax } from './code.js';
import { basesByLine, taxableLines } from './line.js';
import { type Base, type RateSum, percentOf, split, sumByRate } from './sum.js';

/** How the sentence of a missing tax code spells the tax. */
const TAX_NAMES: Readonly<Record<string, string>> = { AU: 'GST', CA: 'GST/HST', GB: 'VAT', ZA: 'VAT' };

const CANNOT_CALCULATE =
  "We're sorry, QuickBooks encountered an error while calculating tax. Try reselecting the tax rate or reentering the product/service item and saving the form again.";

function sentLines(context: WriteContext): Fields[] {
  return list(child(context.sent, 'TxnTaxDetail'), 'TaxLine');
}

function givenFor(context: WriteContext, rateId: string): Fields | undefined {
  const given = list(child(context.fields, 'TxnTaxDetail'), 'TaxLine');
  return given.find((line) => refId(child(line, 'TaxLineDetail'), 'TaxRateRef') === rateId);
}

/** Who overrides one rate of a code must send all of them. A line about another amount is one that was read before. */
function checkOverride(context: WriteContext, sums: readonly RateSum[]): void {
  const sent = sentLines(context).map((line) => refId(child(line, 'TaxLineDetail'), 'TaxRateRef'));
  if (sent.length === 0) return;
  const isComplete = sums.every((sum) => sent.includes(sum.rate.id));
  const isKnown = sent.every((id) => sums.some((sum) => sum.rate.id === id));
  if (!isComplete || !isKnown) throw business(CANNOT_CALCULATE);
}

function override(context: WriteContext, sum: RateSum): number {
  const given = givenFor(context, sum.rate.id);
  if (given === undefined) return sum.taxCents;
  const about = numeric(child(given, 'TaxLineDetail'), 'NetAmountTaxable');
  if (about !== undefined && toCents(about) !== sum.netCents) return sum.taxCents;
  const amountCents = cents(given, 'Amount');
  const tolerance = context.switches.taxOverrideToleranceCents;
  if (tolerance !== null && Math.abs(amountCents - sum.taxCents) > tolerance) {
    const sentence = `Amount is not equal to TaxPercent * NetAmountTaxable. Supplied value:${fromCents(amountCents)}`;
    context.findings.push(finding('6070', sentence, 'TxnTaxDetail.TaxLine.Amount'));
  }
  return amountCents;
}

export function taxLine({ rate, netCents, taxCents }: RateSum): Fields {
  return {
    Amount: fromCents(taxCents),
    DetailType: 'TaxLineDetail',
    TaxLineDetail: {
      TaxRateRef: { value: rate.id },
      PercentBased: true,
      TaxPercent: rate.percent,
      NetAmountTaxable: fromCents(netCents),
    },
  };
}

/** Writes the tax of a transaction down. Returns its sum in cents. */
function keep(context: WriteContext, sums: readonly RateSum[], more: Fields = {}): number {
  const totalCents = sums.reduce((sum, one) => sum + one.taxCents, 0);
  const lines = sums.length === 0 ? {} : { TaxLine: sums.map(taxLine) };
  context.fields['TxnTaxDetail'] = { ...more, TotalTax: fromCents(totalCents), ...lines };
  return totalCents;
}

/**
 * Where tax is reckoned after the discount, each line is taxed on its share of what is left; a price that includes
 * tax loses as much of it. Only companies in the United States have a choice.
 */
function discounted(context: WriteContext, bases: readonly Base[], discountCents: number): readonly Base[] {
  const { fields } = context;
  const isAfter = !isUnitedStates(context.company) || fields['ApplyTaxAfterDiscount'] === true;
  if (discountCents === 0 || !isAfter) return bases;
  const whole = taxableLines(fields).reduce((sum, { line }) => sum + cents(line, 'Amount'), 0);
  const percent = whole === 0 ? 0 : (100 * discountCents) / whole;
  const left = (amountCents: number): number => amountCents - percentOf(amountCents, percent);
  return bases.map((base) => {
    const netCents = left(base.netCents);
    if (base.includedCents === undefined) return { ...base, netCents };
    return { ...base, netCents, includedCents: left(base.netCents + base.includedCents) - netCents };
  });
}

/** The code of a whole sale. The automated tax takes its own, unless the caller also says what the tax comes to. */
function saleCode(context: WriteContext): string | undefined {
  const { company, fields, switches } = context;
  const detail = child(fields, 'TxnTaxDetail');
  const chosen = refId(detail, 'TxnTaxCodeRef');
  const isAutomated = company.prefers('TaxPrefs', 'PartnerTaxEnabled');
  const isOverridden =
    chosen !== undefined && child(context.sent, 'TxnTaxDetail')?.['TotalTax'] !== undefined;
  if (!isAutomated || isOverridden || switches.automatedSalesTax === 'honours') return chosen;
  const own = refId(company.preferences('TaxPrefs'), 'TaxGroupCodeRef');
  if (own !== undefined) return own;
  for (const code of company.table('TaxCode').all())
    if (ratesOf(company, code.id, 'Sales').length > 0) return code.id;
  return chosen;
}

/** One code for the whole sale, on the lines that are taxed. A total that the caller sends alone is shared out. */
function taxSale(context: WriteContext, discountCents: number): number {
  const { company, fields, sent } = context;
  const detail = child(fields, 'TxnTaxDetail') ?? {};
  resolve(context, detail, 'TxnTaxCodeRef', { entity: 'TaxCode', element: 'TxnTaxDetail.TxnTaxCodeRef' });
  Reflect.deleteProperty(fields, 'GlobalTaxCalculation');
  const code = saleCode(context);
  if (code === undefined) {
    const totalCents = cents(detail, 'TotalTax');
    fields['TxnTaxDetail'] = { ...detail, TotalTax: fromCents(totalCents) };
    return totalCents;
  }
  const rates = ratesOf(company, code, 'Sales');
  const bases = taxableLines(fields)
    .filter((taxable) => refId(taxable.detail, 'TaxCodeRef') === 'TAX')
    .map(({ line }) => ({ netCents: cents(line, 'Amount'), rates }));
  const sums = sumByRate(discounted(context, bases, discountCents));
  const sentTotal = numeric(child(sent, 'TxnTaxDetail'), 'TotalTax');
  const isTotal = sentTotal !== undefined && sentLines(context).length === 0;
  const shares = isTotal
    ? split(
        toCents(sentTotal),
        sums.map((sum) => sum.taxCents),
      )
    : [];
  for (const [index, sum] of sums.entries()) sum.taxCents = shares[index] ?? override(context, sum);
  return keep(context, sums, { TxnTaxCodeRef: { value: code } });
}

/** Every line by its own code, as everywhere but in the United States. */
function taxLines(context: WriteContext, side: Side, discount: () => number): number {
  const { fields, company } = context;
  setDefault(fields, 'GlobalTaxCalculation', 'TaxExcluded');
  if (fields['GlobalTaxCalculation'] === 'NotApplicable') {
    if (sentLines(context).length > 0 || cents(child(context.sent, 'TxnTaxDetail'), 'TotalTax') !== 0) {
      const sentence = 'The TxnTaxDetail attribute is not allowed when GlobalTaxCalculation is NotApplicable';
      context.findings.push(finding('6170', sentence, 'TxnTaxDetail'));
    }
    return keep(context, []);
  }
  if (taxableLines(fields).some(({ detail }) => refId(detail, 'TaxCodeRef') === undefined)) {
    const tax = TAX_NAMES[company.country] ?? 'tax';
    throw business(`Make sure all your transactions have a ${tax} rate before you save.`);
  }
  // The lines have lost the tax that they contained, and a discount in percent has become smaller with them.
  const bases = basesByLine(context, side);
  const sums = sumByRate(discounted(context, bases, discount()));
  checkOverride(context, sums);
  for (const sum of sums) sum.taxCents = override(context, sum);
  return keep(context, sums);
}

/**
 * The tax of a transaction whose lines are complete, by rate, in place. Returns it in cents.
 * @throws Fault 6000 where a line has no code, or where one rate of several is overridden
 */
export function completeTax(context: WriteContext, side: Side, discount: () => number): number {
  if (!usesSalesTax(context.company)) return keep(context, []);
  return isUnitedStates(context.company) ? taxSale(context, discount()) : taxLines(context, side, discount);
}
