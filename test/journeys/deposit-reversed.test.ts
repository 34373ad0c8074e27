import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aPayment, expenseLine } from '../support/builder.js';
import { billingApp, parkedOf, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** A payment that lies in a deposit stays as it is, and what changes is put right around it. */

let world: World;
let firm: TestFirm;
let app: BillingApp;
let deposit: { Id: string };
beforeAll(async () => {
  world = await createWorld({ timing: { booksRecheckMs: 0 } });
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const LINES = (amountCents: number) => ({ lines: [expenseLine({ amountCents })] });
const on = (billId: string, amountCents = 10_000) => [{ billId, amountCents }];
const ref = (id = 'P1') => ({ firmId: firm.firmId, type: 'payment', id }) as const;
const settled = (id = 'P1') => settledOf(world.client, ref(id));
const send = (over: Partial<PaymentSnapshot>) =>
  world.client.syncPayment(
    aPayment({
      ...{ firmId: firm.firmId, reference: 'P1', amountCents: 10_000, allocations: on('B1') },
      ...over,
    }),
  );
const settings = (change: object) => world.call('PUT', `/v1/firms/${firm.firmId}/settings`, change);
const balances = async (entity: string, number: string) =>
  (await app.numbered(entity, number)).map(({ TotalAmt, Balance }) => [TotalAmt, Balance]);
const payments = async () => (await firm.qbo.objects('Payment')).filter(({ TotalAmt }) => TotalAmt !== 0);
const owed = async () =>
  (await firm.qbo.objects('Customer')).find(({ DisplayName }) => DisplayName === 'Ada Lovelace')?.Balance;
const account = async (name: string) =>
  (await firm.qbo.objects('Account')).find(({ Name }) => Name === name) ?? expect.fail(`no ${name}`);
const entries = async () =>
  (await firm.qbo.objects('JournalEntry')).map(({ TxnDate, DocNumber, Line }) => ({
    TxnDate,
    DocNumber,
    credits: (Line as EntryLine[])
      .filter(({ JournalEntryLineDetail: { PostingType } }) => PostingType === 'Credit')
      .map(({ Amount, JournalEntryLineDetail: { AccountRef } }) => [Amount, AccountRef.value]),
  }));

interface EntryLine {
  Amount: number;
  JournalEntryLineDetail: { PostingType: string; AccountRef: { value: string } };
}

/** Bill B1 of 100.00 is paid by P1, which a bookkeeper has taken to the bank. */
beforeEach(async () => {
  firm = await world.firm();
  await app.send({ billId: 'B1', ...LINES(10_000) });
  await send({});
  await settled();
  const [{ Id } = { Id: '' }] = await payments();
  deposit = await firm.qbo.bookkeeper('Deposit', {
    TxnDate: '2026-11-18',
    DepositToAccountRef: { value: (await account('Operating Bank')).Id },
    Line: [{ Amount: 100, LinkedTxn: [{ TxnId: Id, TxnType: 'Payment', TxnLineId: '0' }] }],
  });
});

describe('a payment that bounced after it was deposited', () => {
  const bounced = { version: 2, state: 'bounced', reversedOn: '2026-11-20' } as const;

  test('is asked about, and reversed out of the bank that it was deposited to', async () => {
    const before = await payments();
    await send(bounced);
    const { fault, allowed, cause } = await parkedOf(world, ref());
    expect([fault, allowed[0]]).toEqual(['deposited-payment-returned', 'reverse-in-open-period']);
    expect(cause).toContain('that of 2026-11-18 over 100.00 to Operating Bank');
    await world.client.remediate(ref(), { action: 'reverse-in-open-period' });
    await settled();
    const { Id: bank } = await account('Operating Bank');
    expect(await entries()).toEqual([{ TxnDate: '2026-11-20', DocNumber: 'R-P1', credits: [[100, bank]] }]);
    expect(await payments()).toEqual(before);
    expect([await owed(), (await account('Undeposited Funds')).CurrentBalance]).toEqual([100, 0]);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('and is paid again leaves that money with the client, for the bill counts as paid', async () => {
    await settings({ locked: 'reverse' });
    await send(bounced);
    await settled();
    await send({ paymentId: 'P2', reference: 'P2' });
    await settled('P2');
    expect(await payments()).toMatchObject([{ UnappliedAmt: 0 }, { UnappliedAmt: 100 }]);
    expect(await owed()).toBe(0);
  });

  test('and whose bill is voided then has that taken back, too', async () => {
    await settings({ locked: 'reverse' });
    await send(bounced);
    await settled();
    await app.send({ billId: 'B1', version: 2, state: 'void', ...LINES(10_000) });
    expect(await balances('CreditMemo', 'B1-REV')).toEqual([[100, 100]]);
    expect(await owed()).toBe(0);
  });

  test('and was received after all is as it was before', async () => {
    await settings({ locked: 'reverse' });
    await send(bounced);
    await settled();
    await send({ version: 3 });
    await settled();
    expect([await entries(), await owed()]).toEqual([[], 0]);
  });

  test('waits where the firm wants that, and goes on by itself once it is out of the deposit', async () => {
    await settings({ locked: 'wait' });
    await send(bounced);
    await eventually(async () => {
      const { state, waitingFor } = await world.client.status(ref());
      expect([state, waitingFor]).toEqual([
        'waiting',
        'Waiting for the deposit that it lies in, that of 2026-11-18 over 100.00 to Operating Bank, to leave it free.',
      ]);
    });
    await world.mend();
    expect(await world.client.isSettled(ref())).toBe(false);
    await firm.qbo.bookkeeper('Deposit', { Id: deposit.Id }, 'delete');
    await world.mend();
    await settled();
    expect(await payments()).toMatchObject([{ UnappliedAmt: 100 }]);
    expect(await entries()).toHaveLength(1);
  });

  test.each(['commit-then-drop', 'drop-before-commit'])('is reversed once although %s', async (fault) => {
    await settings({ locked: 'reverse' });
    await firm.qbo.fault(fault, { match: { entity: 'JournalEntry' } });
    await send(bounced);
    await settled();
    expect([(await entries()).length, await owed()]).toEqual([1, 100]);
  });
});

test('a payment that was deleted after it was deposited is reversed out of that bank', async () => {
  await settings({ locked: 'reverse' });
  await send({ version: 2, state: 'deleted' });
  await settled();
  const { Id: bank } = await account('Operating Bank');
  expect(await entries()).toEqual([{ TxnDate: '2026-11-15', DocNumber: 'R-P1', credits: [[100, bank]] }]);
  expect([(await payments()).length, await owed()]).toEqual([1, 100]);
});

describe('a bill under a payment that was deposited', () => {
  test('is voided around it where a person wants that: what was paid is a credit of the client', async () => {
    await app.sendWaiting({ billId: 'B1', version: 2, state: 'void', ...LINES(10_000) });
    await send({ version: 2, allocations: [] });
    const { fault, allowed, cause } = await parkedOf(world, ref());
    expect([fault, allowed[0]]).toEqual(['deposited-payment-in-the-way', 'reverse-in-open-period']);
    expect(cause).toContain('while bill B1 waits for it');
    const before = await payments();
    await world.client.remediate(ref(), { action: 'reverse-in-open-period' });
    await settled();
    await app.settled('B1');
    expect(await balances('Invoice', 'B1')).toEqual([[100, 0]]);
    expect(await balances('CreditMemo', 'B1-REV')).toEqual([[100, 100]]);
    expect([await payments(), await owed()]).toEqual([before, -100]);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('is asked about also where its payment was changed first', async () => {
    await send({ version: 2, allocations: [] });
    expect((await parkedOf(world, ref())).fault).toBe('payment-deposited');
    await app.sendWaiting({ billId: 'B1', version: 2, state: 'void', ...LINES(10_000) });
    await eventually(async () =>
      expect((await parkedOf(world, ref())).fault).toBe('deposited-payment-in-the-way'),
    );
  });

  test('is generated anew around it where the firm wants that, and the new one is paid', async () => {
    await settings({ locked: 'reverse' });
    await app.sendWaiting({ billId: 'B2', replaces: 'B1', ...LINES(12_000) });
    await app.sendWaiting({ billId: 'B1', version: 2, state: 'void', ...LINES(10_000) });
    await send({ version: 2, allocations: on('B2') });
    await app.settled('B2');
    await app.settled('B1');
    await settled();
    expect(await balances('Invoice', 'B2')).toEqual([[120, 20]]);
    expect([(await payments()).length, await owed()]).toEqual([1, 20]);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('is edited to less around it: what it needs of what was paid is used on the new invoice', async () => {
    await settings({ locked: 'reverse' });
    await app.sendWaiting({ billId: 'B1', version: 2, ...LINES(8000) });
    await send({ version: 2, allocations: on('B1', 8000) });
    await app.settled('B1');
    await settled();
    expect(await balances('Invoice', 'B1-R1')).toEqual([[80, 0]]);
    expect(await balances('CreditMemo', 'B1-REV')).toEqual([[100, 20]]);
    expect(await owed()).toBe(-20);
  });

  test('waits where the firm wants that, until the payment is out of the deposit', async () => {
    await settings({ locked: 'wait' });
    await app.sendWaiting({ billId: 'B1', version: 2, state: 'void', ...LINES(10_000) });
    await send({ version: 2, allocations: [] });
    await eventually(async () => expect((await world.client.status(ref())).state).toBe('waiting'));
    await firm.qbo.bookkeeper('Deposit', { Id: deposit.Id }, 'delete');
    await eventually(async () => {
      await world.mend();
      expect(await world.client.isSettled(app.ref('B1'))).toBe(true);
    });
    expect(await balances('Invoice', 'B1')).toEqual([[0, 0]]);
    expect(await payments()).toMatchObject([{ UnappliedAmt: 100 }]);
  });
});

test('what cannot be made around it is refused, with the reason, although the firm wants to reverse', async () => {
  await settings({ locked: 'reverse' });
  await send({ version: 2, amountCents: 9000, allocations: on('B1', 9000) });
  const { fault, remedy, allowed } = await parkedOf(world, ref());
  expect([fault, allowed]).toEqual(['payment-deposited', ['retry', 'wait', 'exclude']]);
  expect(remedy).toContain('a second one would count its money twice');
  await expect(world.client.remediate(ref(), { action: 'reverse-in-open-period' })).rejects.toThrow();
  expect([(await payments()).length, await owed()]).toEqual([1, 0]);
});
