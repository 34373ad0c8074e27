import { describe, expect, test } from 'vitest';
import type { BookLine, OwnTransaction } from '../../../src/domain/trust/reconciliation/book.js';
import { reconcile } from '../../../src/domain/trust/reconciliation/reconcile.js';
import { aTrustAccount } from '../../support/trust.js';

const account = aTrustAccount({ lineCustomer: 'plain' });
const both = (cents: number, customerId?: string): BookLine[] => [
  { account: 'bank', cents },
  { account: 'owed', cents, ...(customerId !== undefined && { customerId }) },
];
const own = (id: string, on: string, cents: number, qboId: string): OwnTransaction => ({
  ...{ id, on, isOnTheWay: false, isOpening: false, legs: [{ clientId: 'C1', matterId: 'M1', cents }] },
  posted: { qboId, on, lines: both(cents) },
});
const found = (qboId: string, on: string, lines: BookLine[]) => ({ qboId, type: 'Expense', on, lines });

/** A deposit, and a cheque to a court: QuickBooks shows whom it is drawn to on a line that names nobody. */
const run = (cheque: BookLine[]) =>
  reconcile({
    ...{ account, on: '2026-11-30' },
    own: [own('T1', '2026-11-10', 50_000, '101'), own('D1', '2026-11-12', -5_000, '102')],
    books: {
      ...{ openingBankCents: 0, openingOwedCents: 0, names: { '9': 'Clerk of the Court' } },
      entries: [found('101', '2026-11-10', both(50_000)), found('102', '2026-11-12', cheque)],
    },
  });

describe('where lines are plain', () => {
  test('the payee of a cheque is no customer', () => {
    expect(run(both(-5_000, '9'))).toMatchObject({ agrees: true, differences: [] });
  });

  test('another amount is named all the same', () => {
    expect(run(both(-5_001, '9'))).toMatchObject({
      agrees: false,
      differences: [{ kind: 'changed', trustTransactionId: 'D1' }],
    });
  });
});
