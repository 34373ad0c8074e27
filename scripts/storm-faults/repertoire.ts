import fc from 'fast-check';
import { BILL_TROUBLES } from './bill-trouble.js';
import { PAYMENT_TROUBLES } from './payment-trouble.js';
import type { Trouble } from './trouble.js';

export const TROUBLES: readonly Trouble[] = [...BILL_TROUBLES, ...PAYMENT_TROUBLES];

/** What comes to each bill and what is paid on it, one after the other. The same seed gives the same. */
export const troublesOf = (seed: number, size: number, each: number): Trouble[][] =>
  fc.sample(fc.array(fc.constantFrom(...TROUBLES), { minLength: each, maxLength: each }), {
    seed,
    numRuns: size,
  });
