import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBill, aPayment } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

const ref = (id: string) => ({ firmId: firm.firmId, type: 'payment', id }) as const;
const settled = async (type: 'bill' | 'payment', id: string) =>
  settledOf(world.client, { firmId: firm.firmId, type, id });
const send = (over: Parameters<typeof aPayment>[0]) =>
  world.client.syncPayment(aPayment({ firmId: firm.firmId, reference: 'P1', ...over }));
const payments = () => firm.qbo.objects('Payment');
const paid = async () => (await payments()).find(({ PaymentRefNum }) => PaymentRefNum === 'P1')!;
const parked = async () =>
  eventually(async () => {
    const status = await world.client.status(ref('P1'));
    expect(status.state).toBe('needs-attention');
    return status.parked!;
  });

describe('a payment that lies in a deposit', () => {
  let deposit: { Id: string };
  beforeAll(async () => {
    await world.client.syncBill(aBill({ firmId: firm.firmId }));
    await settled('bill', 'B1');
    await send({});
    await settled('payment', 'P1');
    const bank = (await firm.qbo.objects('Account')).find(({ Name }) => Name === 'Operating Bank');
    const { Id, TotalAmt } = await paid();
    deposit = await firm.qbo.bookkeeper('Deposit', {
      TxnDate: '2026-11-18',
      DepositToAccountRef: { value: bank?.Id },
      Line: [{ Amount: TotalAmt, LinkedTxn: [{ TxnId: Id, TxnType: 'Payment', TxnLineId: '0' }] }],
    });
  });

  test('parks when it is changed, and shows its deposit, at the cost of one read', async () => {
    const before = await firm.qbo.counts();
    await send({ version: 2, amountCents: 70_000 });
    const { fault, cause, qboUrl, allowed } = await parked();
    expect(fault).toBe('payment-deposited');
    expect(cause).toContain('that of 2026-11-18 over 675.50 to Operating Bank');
    expect(qboUrl).toContain(`/deposit?txnId=${deposit.Id}`);
    expect(allowed).toEqual(['retry', 'wait', 'exclude']);
    const after = await firm.qbo.counts();
    expect([after.committed - before.committed, after.metered - before.metered]).toEqual([0, 1]);
  });

  test('and nothing is made in its place, however often it is tried', async () => {
    const { parkId } = await parked();
    await world.client.retry(ref('P1'));
    await eventually(async () => expect((await parked()).parkId).not.toBe(parkId));
    expect(await payments()).toHaveLength(1);
    expect(await firm.qbo.objects('JournalEntry')).toEqual([]);
    expect(await paid()).toMatchObject({ TotalAmt: 675.5 });
  });

  test('is changed in place once the bookkeeper took it off the deposit', async () => {
    await firm.qbo.bookkeeper('Deposit', { Id: deposit.Id }, 'delete');
    await parked();
    await world.client.retry(ref('P1'));
    await settled('payment', 'P1');
    expect(await payments()).toHaveLength(1);
    expect(await paid()).toMatchObject({ TotalAmt: 700, UnappliedAmt: 24.5 });
  });
});
