/** Money and quantities as QuickBooks writes them: made and unmade here and nowhere else. */

/** Cents to a JSON number with at most two decimals; exact, because a double holds 15 digits. */
export const toDecimal = (cents: number): number => Number(`${cents}e-2`);

/** A decimal from the wire to cents. QuickBooks sends `100`, `100.5` and `100.50`, at times as a string. */
export const toCents = (decimal: unknown): number => Math.round(Number(`${Number(decimal ?? 0)}e2`));

export const fromThousandths = (thousandths: number): number => Number(`${thousandths}e-3`);
