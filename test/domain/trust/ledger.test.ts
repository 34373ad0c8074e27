import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortfall, type DaySum } from '../../../src/domain/trust/ledger.js';
import { legsOf } from '../../../src/domain/trust-transaction.js';
import { aDisbursement, aReversal, aTransfer, aTrustTransaction } from '../../support/trust.js';

const day = (on: string, cents: number): DaySum => ({
  on,
  acceptedCents: cents,
  postedCents: cents,
  clearedCents: cents,
  spareCents: cents,
});
const short = (days: DaySum[], ...change: { on: string; cents: number }[]) =>
  shortfall(days, change, 'acceptedCents');

describe('a ledger', () => {
  test.each([
    ['all of it', [day('2026-11-10', 500)], [{ on: '2026-11-10', cents: -500 }]],
    [
      'what came before',
      [day('2026-11-01', 300), day('2026-11-10', 200)],
      [{ on: '2026-11-10', cents: -500 }],
    ],
    ['nothing', [], [{ on: '2026-11-10', cents: 0 }]],
    [
      'more in, while it is below zero by what a person recorded',
      [day('2026-11-01', -300)],
      [{ on: '2026-11-02', cents: 100 }],
    ],
    [
      'the same amount moved to a later day',
      [day('2026-11-01', 100)],
      [
        { on: '2026-11-01', cents: -100 },
        { on: '2026-11-05', cents: 100 },
      ],
    ],
  ])('gives %s', (_what, days, change) => {
    expect(short(days, ...change)).toBeUndefined();
  });

  test.each([
    ['a cent more', [day('2026-11-10', 500)], [{ on: '2026-11-10', cents: -501 }], ['2026-11-10', 500, 1]],
    [
      'it before the deposit',
      [day('2026-11-10', 500)],
      [{ on: '2026-11-09', cents: -500 }],
      ['2026-11-09', 0, 500],
    ],
    [
      'what a later one has drawn',
      [day('2026-11-01', 500), day('2026-11-20', -400)],
      [{ on: '2026-11-10', cents: -200 }],
      ['2026-11-20', 100, 100],
    ],
    [
      'less in than was drawn',
      [day('2026-11-01', 500), day('2026-11-02', -400)],
      [
        { on: '2026-11-01', cents: -500 },
        { on: '2026-11-01', cents: 300 },
      ],
      ['2026-11-02', 100, 100],
    ],
    [
      'it in, later than it was drawn',
      [day('2026-11-01', 500), day('2026-11-02', -400)],
      [
        { on: '2026-11-01', cents: -500 },
        { on: '2026-11-03', cents: 500 },
      ],
      ['2026-11-01', 500, 0],
    ],
    [
      'anything while it is below zero',
      [day('2026-11-01', -300)],
      [{ on: '2026-11-02', cents: -100 }],
      ['2026-11-02', -300, 100],
    ],
  ])('does not give %s', (_what, days, change, expected) => {
    const found = short(days, ...change);
    if (expected[2] === 0) expect(found).toBeDefined();
    else expect([found?.on, found?.availableCents, found?.missingCents]).toEqual(expected);
  });

  test('stays at or above zero at each day’s end and after each acceptance, whatever is asked of it', () => {
    const asked = fc.array(
      fc.record({
        on: fc.integer({ min: 1, max: 9 }).map((one) => `2026-11-0${one}`),
        cents: fc.integer({ min: -300, max: 300 }).filter((cents) => cents !== 0),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(asked, (changes) => {
        const days: DaySum[] = [];
        let refused = 0;
        for (const change of changes) {
          if (short(days, change)) refused += 1;
          else days.push(day(change.on, change.cents));
          for (const end of days) {
            const held = days.filter(({ on }) => on <= end.on).map(({ acceptedCents }) => acceptedCents);
            if (held.reduce((sum, cents) => sum + cents, 0) < 0) return false;
          }
        }
        // Money in is never refused, so that the rule cannot hold by refusing everything.
        return refused <= changes.filter(({ cents }) => cents < 0).length;
      }),
    );
  });
});

describe('the legs of a transaction', () => {
  const ada = { accountId: 'IOLTA', clientId: 'C1', matterId: 'M1' };
  test('are money in, which clears when it says or as the account is set up', () => {
    const deposit = aTrustTransaction();
    expect(legsOf(deposit)).toEqual([{ ...ada, on: '2026-11-10', cents: 50_000 }]);
    expect(legsOf(deposit, { clearingDays: 5 })).toMatchObject([{ clearsOn: '2026-11-15' }]);
    expect(legsOf({ ...deposit, clearsOn: '2026-11-11' }, { clearingDays: 5 })).toMatchObject([
      { clearsOn: '2026-11-11' },
    ]);
    expect(legsOf({ ...deposit, kind: 'opening-balance' }, { clearingDays: 5 })[0]).not.toHaveProperty(
      'clearsOn',
    );
  });

  test.each(['disbursement', 'fee', 'bank-charge'] as const)('are money out for a %s', (kind) => {
    expect(legsOf(aDisbursement({ kind }))).toEqual([{ ...ada, on: '2026-11-10', cents: -50_000 }]);
  });

  test('are both of a transfer, out first, and those the other way round of what is taken back', () => {
    const transfer = aTransfer();
    expect(legsOf(transfer).map(({ matterId, cents }) => [matterId, cents])).toEqual([
      ['M1', -50_000],
      ['M2', 50_000],
    ]);
    const back = legsOf(aReversal({ reverses: 'X1' }), {}, transfer);
    expect(back.map(({ matterId, cents, on }) => [matterId, cents, on])).toEqual([
      ['M2', -50_000, '2026-11-12'],
      ['M1', 50_000, '2026-11-12'],
    ]);
    expect(legsOf(aReversal(), {}, aTrustTransaction({ clearsOn: '2026-11-20' }))).toEqual([
      { ...ada, on: '2026-11-12', cents: -50_000 },
    ]);
    expect(legsOf(aReversal())).toEqual([]);
  });
});
