import type { TrustAccount } from '../../src/domain/trust-account.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { aClient } from './builder.js';

/** Trust money for tests: complete and right, with what a test is about laid over it. */

export const aTrustAccount = (over: Partial<TrustAccount> = {}): TrustAccount => ({
  accountId: 'IOLTA',
  name: 'Trust account',
  bankAccountId: '41',
  liabilityAccountId: '42',
  startOn: '2026-01-01',
  ...over,
});

export const aMatter = (matterId = 'M1') => ({
  matterId,
  number: `2026-${matterId}`,
  description: 'Engine dispute',
});

/** 500.00 of Ada's for matter M1. */
export const aTrustTransaction = (
  over: Partial<TrustTransactionSnapshot> = {},
): TrustTransactionSnapshot => ({
  firmId: 'firm-1',
  trustTransactionId: 'T1',
  version: 1,
  kind: 'deposit',
  accountId: 'IOLTA',
  date: '2026-11-10',
  amountCents: 50_000,
  client: aClient(),
  matter: aMatter(),
  payer: 'Ada Lovelace',
  purpose: 'Retainer',
  method: 'Cheque',
  reference: '2041',
  enteredBy: 'pat',
  ...over,
});

export const aDisbursement = (over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot => {
  const { payer: _payer, ...rest } = aTrustTransaction({
    trustTransactionId: 'D1',
    kind: 'disbursement',
    payee: 'Court of Appeal',
    purpose: 'Filing fee',
    ...over,
  });
  return rest;
};

export const aTransfer = (over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot => {
  const { payer: _payer, ...rest } = aTrustTransaction({
    trustTransactionId: 'X1',
    kind: 'transfer',
    to: { client: aClient(), matter: aMatter('M2') },
    reason: 'Retainer of the second matter',
    ...over,
  });
  return rest;
};

/** Takes back T1, unless it is said otherwise. */
export const aReversal = (over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot =>
  aTrustTransaction({
    trustTransactionId: 'R1',
    kind: 'reversal',
    date: '2026-11-12',
    reverses: 'T1',
    reason: 'Bounced',
    ...over,
  });
