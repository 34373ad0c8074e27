import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBill, aPayment } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

const settled = async (type: 'bill' | 'payment', id: string) =>
  settledOf(world.client, { firmId: firm.firmId, type, id });
const pay = async (paymentId: string, over: Parameters<typeof aPayment>[0] = {}) => {
  const allocations = [{ billId: paymentId, amountCents: 67_550 }];
  await world.client.syncPayment(
    aPayment({ firmId: firm.firmId, paymentId, reference: paymentId, allocations, ...over }),
  );
  await settled('payment', paymentId);
};
const paidBill = async (id: string) => {
  await world.client.syncBill(aBill({ firmId: firm.firmId, billId: id, number: id }));
  await settled('bill', id);
  await pay(id);
};
const invoice = async (number: string) =>
  (await firm.qbo.objects('Invoice')).find(({ DocNumber }) => DocNumber === number);
const payment = async (reference: string) =>
  (await firm.qbo.objects('Payment')).filter(({ PaymentRefNum }) => PaymentRefNum === reference);
const entries = async (paymentId: string) =>
  (await firm.qbo.objects('JournalEntry')).filter(({ DocNumber }) => DocNumber === `R-${paymentId}`);
const owed = async () => {
  const [ada] = (await firm.qbo.objects('Customer')).filter(
    ({ DisplayName }) => DisplayName === 'Ada Lovelace',
  );
  return Number(ada?.Balance);
};
const cost = async (act: () => Promise<void>) => {
  const before = await firm.qbo.counts();
  await act();
  const after = await firm.qbo.counts();
  return { writes: after.committed - before.committed, reads: after.metered - before.metered };
};

describe.each(['bounced', 'refunded'] as const)('a payment that was %s', (state) => {
  const id = state.toUpperCase();
  const returned = { version: 2, state, reversedOn: '2026-11-20' };

  test('leaves its bill open again, and both days in the books, by two writes and no read', async () => {
    await paidBill(id);
    const before = await owed();
    expect(await cost(() => pay(id, returned))).toEqual({ writes: 2, reads: 0 });
    expect(await invoice(id)).toMatchObject({ Balance: 675.5 });
    expect(await payment(id)).toMatchObject([
      { TxnDate: '2026-11-15', TotalAmt: 675.5, UnappliedAmt: 675.5 },
    ]);
    const [entry, ...more] = await entries(id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ TxnDate: '2026-11-20', PrivateNote: `payment/${id}/reversal` });
    const accounts = await firm.qbo.objects('Account');
    const posted = (entry?.Line as Line[]).map(({ Amount, JournalEntryLineDetail: detail }) => [
      detail.PostingType,
      Amount,
      accounts.find(({ Id }) => Id === detail.AccountRef.value)?.AccountSubType,
    ]);
    expect(posted).toEqual([
      ['Debit', 675.5, 'AccountsReceivable'],
      ['Credit', 675.5, 'UndepositedFunds'],
    ]);
    // The client owes the bill again: no more, and no less.
    expect((await owed()) - before).toBe(675.5);
  });

  test('and corrected is corrected in place', async () => {
    const later = { ...returned, version: 3, reversedOn: '2026-11-21' };
    expect(await cost(() => pay(id, later))).toEqual({ writes: 1, reads: 0 });
    expect(await entries(id)).toMatchObject([{ TxnDate: '2026-11-21' }]);
  });

  test('and received after all pays its bill again, without the entry', async () => {
    expect(await cost(() => pay(id, { version: 4 }))).toEqual({ writes: 2, reads: 0 });
    expect(await entries(id)).toEqual([]);
    expect(await payment(id)).toMatchObject([{ UnappliedAmt: 0 }]);
    expect(await invoice(id)).toMatchObject({ Balance: 0 });
  });

  test('and deleted leaves nothing but the open bill', async () => {
    await pay(id, { ...returned, version: 5 });
    expect(await cost(() => pay(id, { version: 6, state: 'deleted' }))).toEqual({ writes: 2, reads: 0 });
    expect([...(await entries(id)), ...(await payment(id))]).toEqual([]);
    expect(await invoice(id)).toMatchObject({ Balance: 675.5 });
  });

  test.each(['commit-then-drop', 'drop-before-commit'])('is reversed once although %s', async (fault) => {
    const one = `${id}-${fault}`.slice(0, 19);
    await paidBill(one);
    await firm.qbo.fault(fault, { match: { entity: 'Payment' } });
    await firm.qbo.fault(fault, { match: { entity: 'JournalEntry' } });
    await pay(one, returned);
    expect(await entries(one)).toHaveLength(1);
    expect(await payment(one)).toMatchObject([{ UnappliedAmt: 675.5 }]);
    expect(await invoice(one)).toMatchObject({ Balance: 675.5 });
  });
});

interface Line {
  Amount: number;
  JournalEntryLineDetail: { PostingType: string; AccountRef: { value: string } };
}

test('a refund goes out of the account that the payment went into', async () => {
  const bank = (await firm.qbo.objects('Account')).find(({ Name }) => Name === 'Operating Bank');
  const account = bank?.Id ?? '';
  await world.client.syncBill(aBill({ firmId: firm.firmId, billId: 'BANK', number: 'BANK' }));
  await settled('bill', 'BANK');
  await pay('BANK', { account });
  expect(await payment('BANK')).toMatchObject([{ DepositToAccountRef: { value: account } }]);
  await pay('BANK', { account, version: 2, state: 'refunded', reversedOn: '2026-11-20' });
  const [entry] = await entries('BANK');
  const credit = (entry?.Line as Line[]).find(
    ({ JournalEntryLineDetail: detail }) => detail.PostingType === 'Credit',
  );
  expect(credit?.JournalEntryLineDetail.AccountRef).toMatchObject({ value: account });
});
