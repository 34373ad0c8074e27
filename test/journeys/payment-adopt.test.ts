import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aBill, aPayment, expenseLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let bankId: string | undefined;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  for (const billId of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) {
    await world.client.syncBill(aBill({ firmId: firm.firmId, billId, number: billId }));
    await settledOf(world.client, { firmId: firm.firmId, type: 'bill', id: billId });
  }
  bankId = (await firm.qbo.objects('Account')).find(({ Name }) => Name === 'Operating Bank')?.Id;
  await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { startOn: '2026-11-16' });
});
afterAll(async () => world.close());

const ref = (id: string) => ({ firmId: firm.firmId, type: 'payment', id }) as const;
const settled = (id: string) => settledOf(world.client, ref(id));
const parked = (id: string, fault: string) =>
  eventually(async () => {
    const status = await world.client.status(ref(id));
    expect(status.parked?.fault).toBe(fault);
    return status.parked!;
  });
const send = (billId: string, over: Partial<PaymentSnapshot> = {}) =>
  world.client.syncPayment(
    aPayment({
      firmId: firm.firmId,
      paymentId: `P-${billId}`,
      reference: `P-${billId}`,
      allocations: [{ billId, amountCents: 67_550 }],
      ...over,
    }),
  );
/** Left out at first, and changed afterwards. */
const changed = async (billId: string, over: Partial<PaymentSnapshot> = {}) => {
  await send(billId);
  await settled(`P-${billId}`);
  await send(billId, { version: 2, ...over });
  return await parked(`P-${billId}`, 'payment-before-start');
};
const adopt = (billId: string, qboId: string, more: { confirm?: true } = {}) =>
  world.client.remediate(ref(`P-${billId}`), { action: 'adopt', qboId, ...more });
const invoice = async (number: string) =>
  (await firm.qbo.objects('Invoice')).find(({ DocNumber }) => DocNumber === number)!;
const payments = () => firm.qbo.objects('Payment');
const payment = async (id: string) => (await payments()).find(({ Id }) => Id === id);
const expenseOf = (amount: number) => ({
  DetailType: 'SalesItemLineDetail',
  Amount: amount,
  SalesItemLineDetail: { ItemRef: { value: firm.items.expense } },
});
/** What the bookkeeper has entered for the payment of a bill. */
const byHand = async (billId: string, amount = 675.5) => {
  const { Id, CustomerRef } = await invoice(billId);
  return await firm.qbo.bookkeeper('Payment', {
    TxnDate: '2026-11-15',
    CustomerRef,
    TotalAmt: amount,
    Line: [{ Amount: amount, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }],
  });
};
const cost = async (act: () => Promise<void>) => {
  const before = await firm.qbo.counts();
  await act();
  const after = await firm.qbo.counts();
  return [after.committed - before.committed, after.metered - before.metered];
};

describe('a payment from before the start that somebody has entered by hand', () => {
  test('is taken over by one read when a person names it, and is changed in place from then on', async () => {
    const { Id } = await byHand('A');
    expect((await changed('A')).allowed).toEqual(['adopt', 'exclude', 'retry']);
    const calls = await cost(async () => {
      await adopt('A', Id);
      await settled('P-A');
    });
    expect(calls).toEqual([0, 1]);
    const before = await payments();
    await send('A', { version: 3, amountCents: 50_000, allocations: [{ billId: 'A', amountCents: 50_000 }] });
    await settled('P-A');
    expect(await payments()).toHaveLength(before.length);
    expect(await payment(Id)).toMatchObject({ TotalAmt: 500, PrivateNote: 'payment/P-A/payment (Cheque)' });
    expect(await invoice('A')).toMatchObject({ Balance: 175.5 });
  });

  test('is asked about where it is different, and left as it is until the next version', async () => {
    const { Id } = await byHand('B', 600);
    await changed('B');
    await adopt('B', Id);
    const { cause } = await parked('P-B', 'adopt-differs');
    expect(cause).toContain('amount: meant 675.50, QuickBooks has 600.00');
    const calls = await cost(async () => {
      await adopt('B', Id, { confirm: true });
      await settled('P-B');
    });
    expect(calls).toEqual([0, 1]);
    expect(await payment(Id)).toMatchObject({ TotalAmt: 600 });
    await send('B', { version: 3 });
    await settled('P-B');
    expect(await payment(Id)).toMatchObject({ TotalAmt: 675.5, UnappliedAmt: 0 });
    expect(await invoice('B')).toMatchObject({ Balance: 0 });
  });

  test('is not taken where another payment of ours stands for it', async () => {
    const taken = (await payments()).find(({ PaymentRefNum }) => PaymentRefNum === 'P-A')!;
    await changed('C');
    await adopt('C', taken.Id);
    expect((await parked('P-C', 'adopt-refused')).cause).toContain('payment/P-A/payment');
    const { CustomerRef } = await invoice('C');
    const other = await firm.qbo.bookkeeper('Invoice', {
      CustomerRef,
      Line: [expenseOf(675.5)],
    });
    const { Id } = await firm.qbo.bookkeeper('Payment', {
      TxnDate: '2026-11-15',
      CustomerRef,
      TotalAmt: 675.5,
      Line: [{ Amount: 675.5, LinkedTxn: [{ TxnId: other.Id, TxnType: 'Invoice' }] }],
    });
    await adopt('C', Id);
    const refusal = `it is applied to Invoice ${other.Id}, which stands for no bill here`;
    await eventually(async () => expect((await parked('P-C', 'adopt-refused')).cause).toContain(refusal));
    await world.client.remediate(ref('P-C'), { action: 'exclude' });
    await settled('P-C');
    expect(await payment(Id)).toMatchObject({ SyncToken: '0' });
  });

  test('goes over to the bill that it is meant for, in place', async () => {
    const { Id } = await byHand('D');
    await changed('D', { allocations: [{ billId: 'E', amountCents: 67_550 }] });
    await adopt('D', Id);
    expect((await parked('P-D', 'adopt-differs')).cause).toContain('applied to');
    await adopt('D', Id, { confirm: true });
    await settled('P-D');
    expect(await invoice('D')).toMatchObject({ Balance: 0 });
    await send('D', { version: 3, allocations: [{ billId: 'E', amountCents: 67_550 }] });
    await settled('P-D');
    expect(await payment(Id)).toMatchObject({ UnappliedAmt: 0 });
    expect([(await invoice('D')).Balance, (await invoice('E')).Balance]).toEqual([675.5, 0]);
  });

  test('goes out of QuickBooks where it was deleted, and where a person has seen what goes', async () => {
    const { Id } = await byHand('F');
    await changed('F', { state: 'deleted' });
    await adopt('F', Id);
    await parked('P-F', 'adopt-differs');
    expect(await payment(Id)).toBeDefined();
    await adopt('F', Id, { confirm: true });
    await settled('P-F');
    expect(await payment(Id)).toBeUndefined();
    expect(await invoice('F')).toMatchObject({ Balance: 675.5 });
  });

  test('waits for its bill to be taken over first, and follows by itself', async () => {
    const { firmId } = firm;
    const { CustomerRef } = await invoice('A');
    const bill = { firmId, type: 'bill', id: 'H' } as const;
    const { Id: invoiceId } = await firm.qbo.bookkeeper('Invoice', {
      DocNumber: 'H',
      TxnDate: '2026-11-10',
      CustomerRef,
      Line: [expenseOf(675.5)],
    });
    const old = { firmId, billId: 'H', number: 'H', lines: [expenseLine({ amountCents: 67_550 })] };
    await world.client.syncBill(aBill(old));
    await settledOf(world.client, bill);
    const { Id } = await byHand('H');
    await changed('H');
    await adopt('H', Id);
    await parked('P-H', 'applied-bill-missing');
    await world.client.syncBill(aBill({ ...old, version: 2, notes: 'Paid' }));
    await eventually(async () =>
      expect((await world.client.status(bill)).parked?.fault).toBe('before-start'),
    );
    await world.client.remediate(bill, { action: 'adopt', qboId: invoiceId });
    await settledOf(world.client, bill);
    await settled('P-H');
    const before = await payments();
    const half = { amountCents: 50_000, allocations: [{ billId: 'H', amountCents: 50_000 }] };
    await send('H', { version: 3, ...half });
    await settled('P-H');
    expect(await payments()).toHaveLength(before.length);
    expect(await payment(Id)).toMatchObject({ TotalAmt: 500 });
    expect(await invoice('H')).toMatchObject({ Id: invoiceId, Balance: 175.5 });
  });

  test('is not touched while it lies in a deposit', async () => {
    const { Id } = await byHand('G');
    await firm.qbo.bookkeeper('Deposit', {
      TxnDate: '2026-11-18',
      DepositToAccountRef: { value: bankId },
      Line: [{ Amount: 675.5, LinkedTxn: [{ TxnId: Id, TxnType: 'Payment', TxnLineId: '0' }] }],
    });
    await changed('G');
    await adopt('G', Id);
    await settled('P-G');
    const before = await payments();
    await send('G', { version: 3, amountCents: 70_000 });
    await parked('P-G', 'payment-deposited');
    expect(await payments()).toEqual(before);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });
});
