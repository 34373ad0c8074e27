import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customerKey } from '../../../src/domain/document.js';
import { shortfall, type DaySum } from '../../../src/domain/trust/ledger.js';
import type { EntryState } from '../../../src/domain/trust/facts.js';
import { planTrust } from '../../../src/domain/trust/plan.js';
import { legsOf, type TrustTransactionSnapshot } from '../../../src/domain/trust-transaction.js';
import { aDisbursement, aMatter, aTransfer, aTrustAccount, aTrustTransaction } from '../../support/trust.js';

type Entry = EntryState & { id: string; isFromOutside: boolean };

const account = aTrustAccount();
const documents = {
  [customerKey('C1')]: {
    intent: { document: 'customer' as const, name: 'Ada Lovelace', mark: customerKey('C1') },
    qboId: '58',
    syncToken: '0',
  },
};

/** As one of them sees it who asked for money at that place in the list; without a place, nobody asked before. */
const daysOf = (entries: readonly Entry[], matterId: string, asker = 0): DaySum[] =>
  entries.flatMap(({ on, cents, state, matterId: of, isFromOutside }, place) => {
    if (of !== matterId) return [];
    const postedCents = state === 'posted' || (state === 'sent' && cents < 0) ? cents : 0;
    const isSpokenFor = isFromOutside || (cents < 0 && place < asker);
    const spareCents = isSpokenFor ? cents : postedCents;
    return [{ on, acceptedCents: cents, postedCents, clearedCents: postedCents, spareCents }];
  });

/** The books as they would be by what may have arrived: money out that was sent is there, money in is not. */
function lowestIn(entries: readonly Entry[]): number {
  let least = 0;
  for (const matterId of ['M1', 'M2', 'M3']) {
    const days = daysOf(entries, matterId);
    for (const { on } of days) {
      const held = days.filter((day) => day.on <= on).map(({ postedCents }) => postedCents);
      least = Math.min(
        least,
        held.reduce((sum, cents) => sum + cents, 0),
      );
    }
  }
  return least;
}

const transaction = fc
  .record({
    what: fc.constantFrom('in', 'out', 'transfer', 'transfer'),
    matter: fc.constantFrom('M1', 'M2', 'M3'),
    to: fc.constantFrom('M1', 'M2', 'M3'),
    // Few amounts and few days, so that one often draws exactly what another one has brought.
    amountCents: fc.constantFrom(100, 200, 300),
    date: fc.integer({ min: 1, max: 3 }).map((day) => `2026-11-0${day}`),
  })
  .filter(({ what, matter, to }) => what !== 'transfer' || matter !== to);

const step = fc.record({
  which: fc.nat(30),
  outcome: fc.constantFrom('posted', 'posted', 'refused', 'lost'),
});

/** One life: everything is asked for in order, and then posted in any order, refused and lost as it comes. */
function live(
  asked: readonly TrustTransactionSnapshot[],
  steps: readonly { which: number; outcome: string }[],
) {
  const entries: Entry[] = [];
  const taken: TrustTransactionSnapshot[] = [];
  for (const desired of asked) {
    const legs = legsOf(desired);
    const short = legs.some((leg) => shortfall(daysOf(entries, leg.matterId), [leg], 'acceptedCents'));
    if (short) continue;
    taken.push(desired);
    entries.push(
      ...legs.map((leg) => ({
        ...leg,
        state: 'reserved' as const,
        id: desired.trustTransactionId,
        isFromOutside: desired.kind === 'deposit',
      })),
    );
  }
  let least = 0;
  let posted = 0;
  const isPosted = ({ trustTransactionId }: TrustTransactionSnapshot) =>
    entries.some(({ id, state }) => id === trustTransactionId && state === 'posted');
  const tryOne = (desired: TrustTransactionSnapshot, outcome: string) => {
    if (isPosted(desired)) return;
    const own = entries.filter(({ id }) => id === desired.trustTransactionId);
    if (own.every(({ state }) => state === 'reserved')) {
      const ledgers = own
        .filter(({ cents }) => cents < 0)
        .map((key) => ({
          ...{ key, revision: 0, overdrawCents: 0 },
          days: daysOf(entries, key.matterId, entries.indexOf(own[0]!)),
        }));
      const facts = { desired, excluded: false, entries: own, settings: { prefix: '', items: {} }, account };
      if (planTrust({ ...facts, documents, ledgers }).do !== 'write') return;
    }
    for (const entry of own) entry.state = 'sent';
    least = Math.min(least, lowestIn(entries));
    if (outcome === 'posted') for (const entry of own) entry.state = 'posted';
    if (outcome === 'refused') for (const entry of own) entry.state = 'reserved';
    if (outcome === 'posted') posted += 1;
    least = Math.min(least, lowestIn(entries));
  };
  for (const { which, outcome } of steps) {
    const desired = taken[which % Math.max(1, taken.length)];
    if (desired) tryOne(desired, outcome);
  }
  // Whoever waits looks again, the last who asked first, until nobody gets any further.
  for (let before = -1; before !== posted;) {
    before = posted;
    for (const desired of taken.toReversed()) tryOne(desired, 'posted');
  }
  return { least, posted, waiting: taken.filter((one) => !isPosted(one)).length };
}

test('no prefix of what QuickBooks may have received brings a matter below zero, and nobody waits for ever', () => {
  let posted = 0;
  fc.assert(
    fc.property(
      fc.array(transaction, { minLength: 10, maxLength: 30 }),
      fc.array(step, { minLength: 40, maxLength: 80 }),
      (all, steps) => {
        const asked = all.map(({ what, matter, to, amountCents, date }, index) => {
          const over = { trustTransactionId: `T${index}`, amountCents, date, matter: aMatter(matter) };
          if (what === 'in') return aTrustTransaction(over);
          if (what === 'out') return aDisbursement(over);
          return aTransfer({ ...over, to: { client: aTransfer().client, matter: aMatter(to) } });
        });
        const life = live(asked, steps);
        posted += life.posted;
        return life.least === 0 && life.waiting === 0;
      },
    ),
    { numRuns: 300 },
  );
  // It must not hold because nothing was ever posted.
  expect(posted).toBeGreaterThan(100);
});
