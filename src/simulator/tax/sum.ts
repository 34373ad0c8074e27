import type { Rate } from './code.js';

/** What one line adds: its amount without tax, and the rates on it. */
export interface Base {
  readonly netCents: number;
  readonly rates: readonly Rate[];
  /** The tax that a price including tax contains. Without it, tax is reckoned on the sum of all lines. */
  readonly includedCents?: number;
}

export interface RateSum {
  readonly rate: Rate;
  netCents: number;
  taxCents: number;
}

/** Half a cent goes away from zero. */
export function percentOf(amountCents: number, percent: number): number {
  const exact = (Math.abs(amountCents) * percent) / 100;
  const rounded = Math.floor(exact + 0.5 + 1e-9);
  return amountCents < 0 ? -rounded : rounded;
}

/** Splits an amount in proportion to the weights; what rounding leaves goes to the last of them. */
export function split(amountCents: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let left = amountCents;
  return weights.map((weight, index) => {
    const isLast = index === weights.length - 1;
    const share = isLast || whole === 0 ? left : percentOf(amountCents, (100 * weight) / whole);
    left -= share;
    return share;
  });
}

/** The gross amount of a line taken apart. Each line is rounded on its own. */
export function netOf(grossCents: number, rates: readonly Rate[]): number {
  const percent = rates.reduce((sum, rate) => sum + rate.percent, 0);
  return percentOf(grossCents, 10_000 / (100 + percent));
}

/** Tax by rate, in the order in which the lines name them. */
export function sumByRate(bases: readonly Base[]): RateSum[] {
  const sums = new Map<string, RateSum>();
  for (const base of bases) {
    const included = split(
      base.includedCents ?? 0,
      base.rates.map((rate) => rate.percent),
    );
    for (const [index, rate] of base.rates.entries()) {
      const sum = sums.get(rate.id) ?? { rate, netCents: 0, taxCents: 0 };
      sum.netCents += base.netCents;
      sum.taxCents += included[index] ?? 0;
      sums.set(rate.id, sum);
    }
  }
  const found = [...sums.values()];
  const isIncluded = bases.some((base) => base.includedCents !== undefined);
  if (!isIncluded) for (const sum of found) sum.taxCents = percentOf(sum.netCents, sum.rate.percent);
  return found;
}
