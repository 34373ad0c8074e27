import { describe, expect, test } from 'vitest';
import type { BillSnapshot } from '../../../src/domain/bill.js';
import { aBill, aClient, aCredit, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, aPayment, factsOf, settle } from '../../support/bill-books.js';

const INVOICE = 'bill/B1/invoice';
const INTEREST = 'bill/B1/interest';

const bill = (over: Partial<BillSnapshot> = {}) =>
  aBill({ lines: [expenseLine({ amountCents: 50_000 })], ...over });

const { documents } = settle(
  factsOf({ desired: bill(), documents: { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') } }),
);

describe('an edit of a bill that was paid', () => {
  const paid = { ...documents, ...aPayment('P7', 30_000) };
  const edit = (over: Partial<BillSnapshot>) => settle(factsOf({ desired: bill(over), documents: paid }));

  test('goes through as long as it stays above', () => {
    expect(edit({ lines: [expenseLine({ amountCents: 30_000 })] }).writes).toEqual([['update', INVOICE]]);
  });

  test.each<[string, Partial<BillSnapshot>]>([
    ['to less than was paid', { lines: [expenseLine({ amountCents: 29_999 })] }],
    ['by a credit of more than is open', { credits: [aCredit({ amountCents: 20_001 })] }],
    ['of its client', { client: aClient({ clientId: 'C2', name: 'Grace' }) }],
  ])('%s waits for the payment', (_name, over) => {
    expect(edit(over)).toMatchObject({ writes: [], last: { do: 'wait', on: 'payment/P7/payment' } });
  });
});

describe('a bill that asks payments to make way', () => {
  const paid = { ...documents, ...aPayment('P7', 30_000), ...aPayment('P8', 10_000) };
  const edit = (over: Partial<BillSnapshot>, more = {}) =>
    settle(factsOf({ desired: bill(over), documents: paid, ...more }));
  const less = {
    lines: [
      expenseLine({ amountCents: 39_000 }),
      otherLine({ kind: 'interest', description: 'Interest', amountCents: 1000 }),
    ],
  };

  test('puts first what there is to make way to, and says what it leaves', () => {
    expect(edit(less)).toMatchObject({
      writes: [['create', INTEREST]],
      last: { do: 'wait', on: 'payment/P7/payment', leaves: { [INVOICE]: 39_000 } },
    });
  });

  test('looks again at the news of any of them', () => {
    expect(edit(less).last).toMatchObject({
      also: [{ on: 'payment/P8/payment', document: 'payment', of: { type: 'payment', id: 'P8' } }],
      why: 'one of payments P7, P8 to be taken off bill 1042, which is less than was paid',
    });
  });

  test('waits for one that may be in QuickBooks by now', () => {
    const sent = aPayment('P9', 10_000)['payment/P9/payment']!;
    const over = { lines: [expenseLine({ amountCents: 49_000 })] };
    const onTheWay = { 'payment/P9/payment': { action: 'create' as const, intent: sent.intent } };
    expect(edit(over).writes).toEqual([['update', INVOICE]]);
    expect(edit(over, { onTheWay })).toMatchObject({
      writes: [],
      last: { do: 'wait', on: 'payment/P7/payment' },
    });
  });
});
