/** Nearest rank: a value that was really measured. Throws on an empty list. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

export const PERCENTS = [50, 90, 99] as const;

export interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
}

export const percentiles = (values: readonly number[]): Percentiles => ({
  p50: percentile(values, 50),
  p90: percentile(values, 90),
  p99: percentile(values, 99),
});

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** "3" when all are the same, otherwise "3–5". */
export function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least}–${most}`;
}
