import type { Fields } from '../../../src/simulator/fields.js';

/** The tax of one rate, and what it is reckoned on. */
export interface Taxed {
  netCents: number;
  cents: number;
}

export interface Rate {
  readonly id: string;
  readonly percent: number;
}

const centsOf = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

/** What an answer says that it has of tax. */
export function taxesOf(fields: Fields): Map<string, Taxed> {
  const detail = fields['TxnTaxDetail'] as Fields | undefined;
  const taxes = new Map<string, Taxed>();
  for (const line of (detail?.['TaxLine'] ?? []) as Fields[]) {
    const own = line['TaxLineDetail'] as Fields;
    const id = String((own['TaxRateRef'] as Fields)['value']);
    taxes.set(id, { netCents: centsOf(own['NetAmountTaxable']), cents: centsOf(line['Amount']) });
  }
  return taxes;
}

/** Half a cent goes away from zero. */
function share(cents: number, percent: number): number {
  return Math.sign(cents) * Math.floor((Math.abs(cents) * percent) / 100 + 0.5 + 1e-9);
}

export interface TaxedLine {
  readonly amountCents: number;
  /** The price with its tax, where prices include it. */
  readonly grossCents: number | undefined;
  readonly rates: readonly Rate[];
}

/** What the tax of some lines should be, by rate. `discount` is the part that is taken off before. */
export function taxOf(lines: readonly TaxedLine[], discount: number): Map<string, Taxed> {
  const taxes = new Map<string, Taxed>();
  const isIncluded = lines.some((line) => line.grossCents !== undefined);
  for (const { amountCents, grossCents, rates } of lines) {
    const net = amountCents - share(amountCents, 100 * discount);
    let left = grossCents === undefined ? 0 : grossCents - share(grossCents, 100 * discount) - net;
    const included = left;
    const whole = rates.reduce((sum, rate) => sum + rate.percent, 0);
    for (const [index, { id, percent }] of rates.entries()) {
      const own = taxes.get(id) ?? { netCents: 0, cents: 0 };
      const isLast = index === rates.length - 1 || whole === 0;
      const cents = isLast ? left : share(included, (100 * percent) / whole);
      left -= cents;
      taxes.set(id, { netCents: own.netCents + net, cents: own.cents + cents });
    }
  }
  const percents = new Map(
    lines.flatMap(({ rates }) => rates.map(({ id, percent }) => [id, percent] as const)),
  );
  if (!isIncluded) for (const [id, own] of taxes) own.cents = share(own.netCents, percents.get(id) ?? 0);
  return taxes;
}

/** What a price that includes tax is without it. */
export function netOf(grossCents: number, rates: readonly Rate[]): number {
  const percent = rates.reduce((sum, rate) => sum + rate.percent, 0);
  return share(grossCents, 10_000 / (100 + percent));
}
