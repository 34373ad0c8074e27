import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillSnapshot } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, factsOf, settle, wrongIn } from '../../support/bill-books.js';
import { fewestWrites } from '../../support/fewest.js';

const credit = fc
  .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .map(([creditId, amount, applied]) =>
    aCredit({ creditId, amountCents: amount * 1000, appliedCents: Math.min(amount, applied) * 1000 }),
  );
const life: fc.Arbitrary<Partial<BillSnapshot>> = fc.record({
  state: fc.constantFrom('approved' as const, 'approved' as const, 'void' as const),
  client: fc.constantFrom('C1', 'C1', 'C2').map((clientId) => aClient({ clientId })),
  lines: fc
    .tuple(fc.integer({ min: 10, max: 20 }), fc.integer({ min: 0, max: 5 }))
    .map(([amount, interest]) => [
      expenseLine({ amountCents: amount * 1000 }),
      ...(interest === 0 ? [] : [otherLine({ kind: 'interest', amountCents: interest * 1000 })]),
    ]),
  credits: fc.uniqueArray(credit, { maxLength: 2, selector: ({ creditId }) => creditId }),
  writeOffs: fc.constantFrom([], [aWriteOff({ amountCents: 1000 })]),
});

test('the plan writes no more than the best of all orders does', () => {
  const customers = { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') };
  let compared = 0;
  fc.assert(
    fc.property(life, life, (before, after) => {
      const first = settle(factsOf({ desired: aBill(before), documents: customers }));
      fc.pre(first.last.do === 'nothing');
      const then = factsOf({ desired: aBill(after), documents: first.documents });
      const { documents, writes, last } = settle(then);
      fc.pre(last.do === 'nothing');
      expect(planBill({ ...then, documents })).toEqual({ do: 'nothing' });
      expect(writes.length).toBe(fewestWrites(first.documents, documents, wrongIn));
      compared += 1;
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(100);
});
