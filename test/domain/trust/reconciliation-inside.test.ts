import { describe, expect, test } from 'vitest';
import type { BookEntry, BookLine, OwnTransaction } from '../../../src/domain/trust/reconciliation/book.js';
import { reconcile } from '../../../src/domain/trust/reconciliation/reconcile.js';
import { aTrustAccount } from '../../support/trust.js';

const DAY = '2026-11-11';

/** From one matter of Ada's to another: to QuickBooks it is all hers. */
const lines = (cents: number): BookLine[] => [
  { account: 'owed', cents: -cents, customerId: '7' },
  { account: 'owed', cents, customerId: '7' },
];

const transfer: OwnTransaction = {
  id: 'X1',
  on: DAY,
  isOnTheWay: false,
  isOpening: false,
  legs: [
    { clientId: 'C1', matterId: 'M1', cents: -1_000 },
    { clientId: 'C1', matterId: 'M2', cents: 1_000 },
  ],
  posted: { qboId: '103', on: DAY, lines: lines(1_000) },
};

const found = (over: Partial<BookEntry>) => {
  const entry = { qboId: '103', type: 'Journal Entry', on: DAY, lines: lines(1_000), ...over };
  const books = {
    openingBankCents: 0,
    openingOwedCents: 0,
    entries: [entry],
    names: { '7': 'Ada Lovelace' },
  };
  return reconcile({ account: aTrustAccount(), on: '2026-11-30', own: [transfer], books });
};

describe('a transfer between matters of one client that a bookkeeper has changed', () => {
  test.each<[string, Partial<BookEntry>, RegExp]>([
    ['amount', { lines: lines(400) }, /it was owed to .*10\.00.*, and now to .*4\.00/],
    ['day', { on: '2026-11-12' }, /its day was 2026-11-11/],
  ])('is named by its %s, and parts nothing', (_what, over, text) => {
    const result = found(over);
    expect(result).toMatchObject({
      agrees: true,
      differences: [{ kind: 'changed', trustTransactionId: 'X1', effects: [] }],
    });
    expect(result.differences[0]?.text).toMatch(text);
  });

  test('is as it was, in whichever order QuickBooks shows its lines', () => {
    expect(found({ lines: lines(1_000).reverse() }).differences).toEqual([]);
  });
});
