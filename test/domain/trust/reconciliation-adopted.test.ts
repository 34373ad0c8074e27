import { describe, expect, test } from 'vitest';
import { sumCents } from '../../../src/domain/money.js';
import type { BookEntry, Books, OwnTransaction } from '../../../src/domain/trust/reconciliation/book.js';
import { reconcile } from '../../../src/domain/trust/reconciliation/reconcile.js';
import { aTrustAccount } from '../../support/trust.js';

const run = (own: OwnTransaction[], entries: BookEntry[], openings: Partial<Books> = {}) =>
  reconcile({
    account: aTrustAccount(),
    on: '2026-11-30',
    own,
    books: {
      openingBankCents: 0,
      openingOwedCents: 0,
      entries,
      names: { '7': 'Ada Lovelace', '8': 'Bob Cratchit' },
      ...openings,
    },
  });

describe('one entry of QuickBooks that several of ours were adopted as', () => {
  const part = (id: string, cents: number, customerId: string): OwnTransaction => ({
    id,
    on: '2026-11-10',
    isOnTheWay: false,
    isOpening: false,
    legs: [{ clientId: 'C1', matterId: 'M1', cents }],
    posted: {
      qboId: '101',
      on: '2026-11-10',
      isAdopted: true,
      lines: [
        { account: 'bank', cents },
        { account: 'owed', cents, customerId },
      ],
    },
  });
  /** A deposit: the bank in total, and each client's part. */
  const shared = (
    over: Partial<BookEntry> = {},
    ...parts: [customerId: string, cents: number][]
  ): BookEntry => ({
    qboId: '101',
    type: 'Deposit',
    on: '2026-11-10',
    number: 'N-101',
    lines: [
      { account: 'bank', cents: sumCents(parts.map(([, cents]) => cents)) },
      ...parts.map(([customerId, cents]) => ({ account: 'owed' as const, cents, customerId })),
    ],
    ...over,
  });
  const two = [part('T1', 50_000, '7'), part('T2', 30_000, '8')];

  test('agrees when they are all of it', () => {
    const result = run(two, [shared({}, ['8', 30_000], ['7', 50_000])]);
    expect(result).toMatchObject({ agrees: true, differences: [] });
  });

  test('has the rest as not ours', () => {
    const result = run(two.slice(0, 1), [shared({}, ['7', 50_000], ['8', 30_000])]);
    expect(result).toMatchObject({
      agrees: false,
      differences: [
        {
          kind: 'foreign',
          text: 'Deposit N-101 of 2026-11-10 holds more than was adopted of it: bank 300.00, owed to clients 300.00.',
        },
      ],
    });
  });

  test('names the one that was changed, and each that is gone', () => {
    const changed = run(two, [shared({}, ['7', 50_000], ['8', 20_000])]);
    expect(changed.differences).toMatchObject([{ kind: 'changed', trustTransactionId: 'T2' }]);
    expect(changed.matters).toMatchObject([{ ledgerCents: 80_000, booksCents: 70_000 }]);
    const moved = run(two, [shared({ on: '2026-11-12' }, ['7', 50_000], ['8', 30_000])]);
    expect(moved.differences).toMatchObject([
      { kind: 'changed', text: expect.stringContaining('our T1, T2') as string },
    ]);
    const gone = run(two, []);
    expect(gone.differences.map(({ kind }) => kind)).toEqual(['missing', 'missing']);
  });

  test('of opening balances has one line that is nobody’s', () => {
    const opening = (id: string, cents: number, customerId: string): OwnTransaction => ({
      ...part(id, cents, customerId),
      on: '2026-01-01',
      isOpening: true,
      posted: {
        qboId: '101',
        on: '2026-01-01',
        isAdopted: true,
        lines: [
          { account: 'owed', cents: -cents },
          { account: 'owed', cents, customerId },
        ],
      },
    });
    const lines = [
      { account: 'owed' as const, cents: -80_000 },
      { account: 'owed' as const, cents: 50_000, customerId: '7' },
      { account: 'owed' as const, cents: 30_000, customerId: '8' },
    ];
    const result = run(
      [opening('O1', 50_000, '7'), opening('O2', 30_000, '8')],
      [shared({ on: '2026-01-01', lines })],
      {
        openingBankCents: 80_000,
        openingOwedCents: 80_000,
      },
    );
    expect(result).toMatchObject({ agrees: true, differences: [] });
  });
});
