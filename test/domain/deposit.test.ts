import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { withKept } from '../../src/domain/bill/counter.js';
import { planBill } from '../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import {
  invoiceKey,
  live,
  paymentKey,
  type Deposit,
  type Documents,
  type WriteStep,
} from '../../src/domain/document.js';
import type { FirmSettings } from '../../src/domain/firm.js';
import type { PaymentFacts, PaymentSnapshot } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aCustomer, carryOut, SETTINGS, wrongIn } from '../support/bill-books.js';
import { aBill, aClient, aPayment, expenseLine } from '../support/builder.js';

/** Bill B1 is paid by P1, which lies in a deposit: QuickBooks refuses each change of it, and says so once. */

interface Books {
  documents: Documents;
  bill: BillSnapshot;
  payment: PaymentSnapshot;
  settings: FirmSettings;
  leaves?: Readonly<Record<string, number>>;
}

const DEPOSIT = { qboId: '77', accountId: '35', summary: 'that of 2026-11-18' };
const profile = { ...DEFAULT_PROFILE, receivables: { USD: '84' } };
const key = paymentKey('P1');
const billOf = (amountCents: number, over: Partial<BillSnapshot> = {}) =>
  aBill({ lines: [expenseLine({ amountCents })], ...over });
const paid = (amountCents: number, over: Partial<PaymentSnapshot> = {}) =>
  aPayment({ amountCents, account: '4', allocations: [{ billId: 'B1', amountCents }], ...over });

const billStep = ({ documents, bill, settings }: Books) =>
  planBill({ desired: bill, excluded: false, documents, settings, profile });

function paymentStep(
  { documents, bill, payment, settings, leaves }: Books,
  over: Partial<PaymentFacts> = {},
) {
  const { number, state } = bill;
  const totalCents = bill.lines.reduce((sum, line) => sum + line.amountCents, 0);
  const billing = { client: bill.client, matters: [] };
  const known = { number, state, excluded: false, totalCents, billing, ...(leaves && { leaves }) };
  return planPayment({
    ...{ desired: payment, excluded: false, documents, settings, profile, bills: { B1: known } },
    ...over,
  });
}

/** Each as far as it comes, until nobody has anything to do. */
function settle(before: Books): Books {
  let books = before;
  for (let turns = 0; turns < 40; turns += 1) {
    const step = billStep(books);
    const { leaves: _said, ...rest } = books;
    books = { ...rest, ...(step.do === 'wait' && step.leaves && { leaves: step.leaves }) };
    if (step.do === 'write') {
      books = carriedOut(books, step);
      continue;
    }
    const theirs = paymentStep(books);
    if (theirs.do !== 'write') return books;
    books = carriedOut(books, theirs);
  }
  throw new Error('it never ends');
}

function carriedOut(books: Books, step: WriteStep): Books {
  const { documents, payment } = books;
  const ours = documents[key];
  if (step.key === key && ours && payment.version > 1) {
    const deposit: Deposit = { ...DEPOSIT, version: payment.version };
    return { ...books, documents: { ...documents, [key]: { ...ours, deposit } } };
  }
  const next = carryOut(documents, step);
  expect(wrongIn(next)).toBeUndefined();
  return { ...books, documents: next };
}

const start = (locked: FirmSettings['locked'], billCents: number, paidCents = billCents): Books =>
  settle({
    documents: { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') },
    bill: billOf(billCents),
    payment: paid(paidCents),
    settings: { ...SETTINGS, ...(locked && { locked }) },
  });

/** What the client owes by all that is in the books. */
function owed(held: Documents): number {
  return Object.values(withKept(held)).reduce((sum, posted) => {
    const intent = live(posted)?.intent;
    if (intent?.document === 'invoice') return sum + intent.totalCents;
    if (intent?.document === 'credit-memo') return sum - intent.totalCents;
    if (intent?.document === 'payment') return sum - intent.amountCents;
    if (intent?.document === 'journal-entry') return sum + (intent.lines[0]?.amountCents ?? 0);
    return sum;
  }, 0);
}

const gone = (state: 'bounced' | 'refunded' | 'deleted') =>
  paid(10_000, { version: 2, state, ...(state !== 'deleted' && { reversedOn: '2026-11-20' }) });

describe('a change of a payment that lies in a deposit', () => {
  test.each([
    ['that bounced', gone('bounced'), {}, 'deposited-payment-returned'],
    ['that was refunded', gone('refunded'), {}, 'deposited-payment-returned'],
    ['that was deleted', gone('deleted'), {}, 'deposited-payment-returned'],
    ['of another amount', paid(9000, { version: 2 }), {}, 'payment-deposited'],
    ['of another day', paid(10_000, { version: 2, receivedOn: '2026-11-14' }), {}, 'payment-deposited'],
    ['off a bill that stands', paid(10_000, { version: 2, allocations: [] }), {}, 'payment-deposited'],
    [
      'off a bill that goes',
      paid(10_000, { version: 2, allocations: [] }),
      { state: 'void' as const },
      'deposited-payment-in-the-way',
    ],
    [
      'whose bill goes to another client',
      paid(10_000, { version: 2 }),
      { client: aClient({ clientId: 'C2', name: 'C2' }) },
      'payment-deposited',
    ],
  ])('%s is asked about', (_what, payment, over, fault) => {
    const books = settle({ ...start('ask', 10_000), payment, bill: billOf(10_000, { version: 2, ...over }) });
    expect(paymentStep(books)).toMatchObject({ do: 'park', fault, params: { txnId: '77' } });
    expect(paymentStep(books, { lockChoice: 'wait' })).toMatchObject({ do: 'wait-for-deposit', key });
  });

  test('is tried again by the next version, for the deposit may be gone', () => {
    const books = settle({ ...start('ask', 10_000), payment: gone('bounced') });
    const next = { ...books, payment: { ...gone('bounced'), version: 3 } };
    expect(paymentStep(next)).toMatchObject({ do: 'write', action: 'update', key });
  });

  test('that is not known to be of an account is not reversed', () => {
    const books = settle({ ...start('ask', 10_000), payment: gone('bounced') });
    const unseen = { ...books.documents[key]!, deposit: { version: 2 } };
    const step = paymentStep({ ...books, documents: { ...books.documents, [key]: unseen } });
    expect(step).toMatchObject({ do: 'park', fault: 'payment-deposited' });
  });

  test('that bounced is reversed once, and corrected in place', () => {
    const books = settle({ ...start('reverse', 10_000), payment: gone('bounced') });
    expect(paymentStep(books)).toEqual({ do: 'nothing' });
    const later = { ...gone('bounced'), version: 3, reversedOn: '2026-11-21' };
    expect(paymentStep({ ...books, payment: later })).toMatchObject({
      do: 'write',
      action: 'update',
      key: 'payment/P1/reversal',
      intent: { enteredOn: '2026-11-21', lines: [{}, { accountId: '35' }] },
    });
  });
});

test('in closed books the money of a payment goes back in the open period', () => {
  const books = { ...start('ask', 10_000), payment: gone('bounced') };
  const closed = { profile: { ...profile, closedThrough: '2026-11-30' } };
  expect(paymentStep(books, closed)).toMatchObject({ do: 'park', fault: 'closed-period-payment-returned' });
  expect(paymentStep(books, { ...closed, lockChoice: 'reverse' })).toMatchObject({
    do: 'write',
    key: 'payment/P1/reversal',
    intent: { enteredOn: '2026-12-01', meantOn: '2026-11-20' },
  });
});

test('the client owes what the billing app says, whatever changes around a payment that stays', () => {
  const change = fc.record({
    cents: fc.integer({ min: 1, max: 3000 }),
    paidCents: fc.integer({ min: 1, max: 3000 }),
    nextCents: fc.integer({ min: 1, max: 3000 }),
    share: fc.integer({ min: 0, max: 100 }),
    isVoid: fc.boolean(),
    state: fc.constantFrom('received', 'received', 'bounced', 'deleted'),
  });
  fc.assert(
    fc.property(change, ({ cents, paidCents: most, nextCents, share, isVoid, state }) => {
      const paidCents = Math.min(most, cents);
      const bill = billOf(nextCents, { version: 2, state: isVoid ? 'void' : 'approved' });
      const amountCents = isVoid ? 0 : Math.floor((Math.min(paidCents, nextCents) * share) / 100);
      const allocations = amountCents === 0 ? [] : [{ billId: 'B1', amountCents }];
      const payment = paid(paidCents, { version: 2, state, allocations, reversedOn: '2026-11-20' });
      const end = settle({ ...start('reverse', cents, paidCents), bill, payment });
      const step = paymentStep(end);
      if (step.do === 'park')
        expect([state, step.fault]).toEqual([
          'received',
          expect.stringMatching(/^payment-(deposited|kept)$/),
        ]);
      else expect(step).toEqual({ do: 'nothing' });
      expect(billStep(end)).toEqual({ do: 'nothing' });
      expect(owed(end.documents)).toBe((isVoid ? 0 : nextCents) - (state === 'received' ? paidCents : 0));
      expect(live(end.documents[key])?.intent).toMatchObject({ amountCents: paidCents });
      expect(live(withKept(end.documents)[invoiceKey('B1')]) === undefined).toBe(isVoid);
    }),
    { numRuns: 300 },
  );
});
