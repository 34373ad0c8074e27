import fc from 'fast-check';
import { BILL_TROUBLES } from './bill-trouble.js';
import { PAYMENT_TROUBLES } from './payment-trouble.js';
import type { Trouble } from './trouble.js';

export const TROUBLES: readonly Trouble[] = [...BILL_TROUBLES, ...PAYMENT_TROUBLES];

const of = (troubles: readonly Trouble[]) => fc.constantFrom(...troubles);

/** One life in four begins with what only a new bill can meet. */
const first = fc.oneof(
  { weight: 1, arbitrary: of(TROUBLES.filter(({ needsNew }) => needsNew)) },
  { weight: 3, arbitrary: of(TROUBLES.filter(({ needsNew, needsPosted }) => !needsNew && !needsPosted)) },
);

const later = of(TROUBLES.filter(({ needsNew }) => !needsNew));

/** What comes to each bill and what is paid on it, one after the other. The same seed gives the same. */
export const troublesOf = (seed: number, size: number, each: number): Trouble[][] =>
  fc
    .sample(fc.tuple(first, fc.array(later, { minLength: each - 1, maxLength: each - 1 })), {
      seed,
      numRuns: size,
    })
    .map(([one, others]) => [one, ...others]);
