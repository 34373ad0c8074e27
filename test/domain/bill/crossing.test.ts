import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillSnapshot, CreditNote } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { aBill, aCredit, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, factsOf, settle, wrongIn, type Written } from '../../support/bill-books.js';
import { fewestWrites } from '../../support/fewest.js';

const interest = (amountCents: number) =>
  otherLine({ kind: 'interest', description: 'Interest', amountCents });
const credit = (creditId: string, amount: number, applied = amount): CreditNote =>
  aCredit({ creditId, amountCents: amount * 100, appliedCents: applied * 100 });
const bill = (own: number, extra: number, credits: CreditNote[]): Partial<BillSnapshot> => ({
  lines: [expenseLine({ amountCents: own * 100 }), interest(extra * 100)],
  credits,
});

/** Both of a bill's lives carried out, the writes of the second and the fewest that any order needs. */
function lived(before: Partial<BillSnapshot>, after: Partial<BillSnapshot>) {
  const first = settle(factsOf({ desired: aBill(before), documents: aCustomer('C1', '58') }));
  fc.pre(first.last.do === 'nothing');
  const then = factsOf({ desired: aBill(after), documents: first.documents });
  const { documents, writes, last } = settle(then);
  fc.pre(last.do === 'nothing');
  expect(planBill({ ...then, documents })).toEqual({ do: 'nothing' });
  return { writes, fewest: fewestWrites(first.documents, documents, wrongIn) };
}

const usesOf = (writes: readonly Written[]) =>
  writes.filter(([, key]) => key.includes('/application/')).map(([action]) => action);

describe("credits of one bill that change places between its own and its interest's invoice", () => {
  test('one is taken off first, and only one', () => {
    const { writes, fewest } = lived(
      bill(10, 10, [credit('a', 10), credit('b', 10)]),
      bill(10, 10, [credit('b', 10, 9), credit('a', 10, 9)]),
    );
    expect(writes).toHaveLength(fewest);
    expect(usesOf(writes)).toEqual(['delete', 'update', 'create']);
  });
});

test('a number that moves from one credit of a bill to another is let go of before it is taken', () => {
  const numbered = (creditId: string, number: string) => ({ ...credit(creditId, 2), number });
  const before = bill(9, 1, [numbered('a', 'N1'), numbered('b', 'N2'), numbered('c', 'N3')]);
  const after = bill(9, 1, [numbered('a', 'N2'), numbered('b', 'N3'), numbered('c', 'N4')]);
  expect(lived(before, after).writes).toEqual(
    ['c', 'b', 'a'].map((creditId) => ['update', `bill/B1/credit/${creditId}`]),
  );
});

const amount = fc.integer({ min: 1, max: 6 });
const some = (ids: readonly string[]) =>
  fc
    .shuffledSubarray([...ids])
    .chain((order) =>
      fc.tuple(
        ...order.map((id) =>
          fc.tuple(amount, amount).map(([all, used]) => credit(id, all, Math.min(all, used))),
        ),
      ),
    );
const life = fc.tuple(fc.integer({ min: 3, max: 9 }), amount, some(['a', 'b', 'c']));

test('however credits cross, no order of writes needs fewer', () => {
  let crossed = 0;
  fc.assert(
    fc.property(life, life, ([own, extra, credits], [own2, extra2, credits2]) => {
      const { writes, fewest } = lived(bill(own, extra, credits), bill(own2, extra2, credits2));
      expect(writes.length, JSON.stringify(writes)).toBe(fewest);
      crossed += usesOf(writes).length > 1 ? 1 : 0;
    }),
    { numRuns: 300 },
  );
  expect(crossed).toBeGreaterThan(50);
});
