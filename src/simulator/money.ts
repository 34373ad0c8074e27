import { type Fields, numeric } from './fields.js';

/** Rounds half away from zero, as QBO's forms do; the nudge undoes binary noise such as 1.005 × 100. */
export function toCents(amount: number): number {
  const cents = Math.round((Math.abs(amount) + Number.EPSILON) * 100 + 1e-7);
  return amount < 0 ? -cents : cents;
}

export function fromCents(cents: number): number {
  return cents / 100;
}

export function cents(fields: Fields | undefined, property: string): number {
  return toCents(numeric(fields, property) ?? 0);
}
