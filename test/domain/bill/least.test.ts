import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillSnapshot } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { live, type DocumentKey, type Documents, type PostedDocument } from '../../../src/domain/document.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine } from '../../support/builder.js';
import { aCustomer, factsOf, settle, wrongIn } from '../../support/bill-books.js';

/** A document of the bill on its way: as it was, as it shall be, or not in the books. */
type Place = 'old' | 'new' | 'none';

/**
 * The fewest writes from one state of the books to another, found by trying all orders: each write brings one document
 * to where it shall be, or takes it out, and after each the books are such as QuickBooks takes them.
 */
function fewestWrites(from: Documents, to: Documents): number {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) =>
    key.startsWith('bill/'),
  );
  const same = (key: DocumentKey) =>
    JSON.stringify(asBooked(from[key])) === JSON.stringify(asBooked(to[key]));
  const moving = keys.filter((key) => !same(key));
  const start = moving.map((key): Place => (live(from[key]) ? 'old' : 'none'));
  const end = moving.map((key): Place => (live(to[key]) ? 'new' : 'none'));
  const booksOf = (places: readonly Place[]): Documents => {
    const books: Record<DocumentKey, PostedDocument | undefined> = { ...from, ...pickSame(keys, moving, to) };
    moving.forEach((key, index) => {
      books[key] = places[index] === 'old' ? from[key] : places[index] === 'new' ? to[key] : undefined;
    });
    return Object.fromEntries(Object.entries(books).flatMap(([key, one]) => (one ? [[key, one]] : [])));
  };
  let reached = new Set([start.join()]);
  const seen = new Set(reached);
  for (let writes = 0; ; writes += 1) {
    if (reached.has(end.join())) return writes;
    const next = new Set<string>();
    for (const state of reached) {
      const places = state === '' ? [] : (state.split(',') as Place[]);
      places.forEach((place, index) => {
        for (const other of ['new', 'none'] as const) {
          const target = places.with(index, other);
          const isPossible = other !== place && (other === 'none' || end[index] === 'new');
          if (!isPossible || seen.has(target.join()) || wrongIn(booksOf(target)) !== undefined) continue;
          seen.add(target.join());
          next.add(target.join());
        }
      });
    }
    if (next.size === 0) throw new Error('there is no way');
    reached = next;
  }
}

const pickSame = (keys: readonly string[], moving: readonly string[], to: Documents): Documents =>
  Object.fromEntries(
    keys
      .filter((key) => !moving.includes(key))
      .flatMap((key) => {
        const one = to[key];
        return one ? [[key, one]] : [];
      }),
  );

/** Ids are given by QuickBooks, and terms are kept for later. */
function asBooked(posted: PostedDocument | undefined): unknown {
  const present = live(posted);
  return present && { ...present.intent, terms: undefined, creditQboId: present.qboId === '' };
}

const credit = fc
  .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .map(([creditId, amount, applied]) =>
    aCredit({ creditId, amountCents: amount * 1000, appliedCents: Math.min(amount, applied) * 1000 }),
  );
const life: fc.Arbitrary<Partial<BillSnapshot>> = fc.record({
  state: fc.constantFrom('approved' as const, 'approved' as const, 'void' as const),
  client: fc.constantFrom('C1', 'C1', 'C2').map((clientId) => aClient({ clientId })),
  lines: fc.integer({ min: 10, max: 20 }).map((amount) => [expenseLine({ amountCents: amount * 1000 })]),
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
      expect(writes.length).toBe(fewestWrites(first.documents, documents));
      compared += 1;
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(100);
});
