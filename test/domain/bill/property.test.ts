import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillSnapshot } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import type { Documents } from '../../../src/domain/document.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, factsOf, settle } from '../../support/bill-books.js';

const interest = (amountCents: number) =>
  otherLine({ kind: 'interest', description: 'Interest', amountCents });

describe('whatever a bill lives through', () => {
  const line = fc.integer({ min: 1, max: 40_000 }).map((amountCents) => expenseLine({ amountCents }));
  const credit = fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.integer({ min: 1, max: 9000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([creditId, amountCents, share]) =>
      aCredit({ creditId, amountCents, appliedCents: Math.round(amountCents * share) }),
    );
  const writeOff = fc.integer({ min: 1, max: 9000 }).map((amountCents) => aWriteOff({ amountCents }));
  const life = fc.record({
    state: fc.constantFrom('approved', 'approved', 'approved', 'void'),
    client: fc.constantFrom('C1', 'C1', 'C1', 'C2').map((clientId) => aClient({ clientId })),
    lines: fc
      .tuple(fc.array(line, { maxLength: 2 }), fc.option(fc.integer({ min: 1, max: 9000 }).map(interest)))
      .map(([lines, extra]) => (extra ? [...lines, extra] : lines)),
    credits: fc.uniqueArray(credit, { maxLength: 2, selector: ({ creditId }) => creditId }),
    writeOffs: fc.array(writeOff, { maxLength: 1 }),
  }) as fc.Arbitrary<Partial<BillSnapshot>>;

  test('planning and posting ends, no money is used twice on the way, and the end is what was wished', () => {
    fc.assert(
      fc.property(fc.array(life, { minLength: 1, maxLength: 6 }), (lives) => {
        let documents: Documents = { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') };
        for (const over of lives) {
          const settled = settle(factsOf({ desired: aBill(over), documents }));
          ({ documents } = settled);
          expect(['nothing', 'park']).toContain(settled.last.do);
          if (settled.last.do === 'park') expect(settled.writes).toEqual([]);
          else expect(planBill(factsOf({ desired: aBill(over), documents }))).toEqual({ do: 'nothing' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
