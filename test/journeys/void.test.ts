import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBill, aCredit, aPayment, aWriteOff } from '../support/builder.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const sync = async (over: Parameters<typeof aBill>[0] & { billId: string }) => {
  await world.client.syncBill(aBill({ firmId: firm.firmId, number: over.billId, ...over }));
  await settledOf(world.client, { firmId: firm.firmId, type: 'bill', id: over.billId });
};
const invoice = async (number: string) =>
  (await firm.qbo.objects('Invoice')).filter(({ DocNumber }) => DocNumber === number);

describe('a bill that was voided', () => {
  beforeAll(async () => {
    firm = await world.firm();
  });

  test('is void in QuickBooks too, by one write and no read', async () => {
    await sync({ billId: 'B1' });
    const before = await firm.qbo.counts();
    await sync({ billId: 'B1', version: 2, state: 'void' });
    expect(await invoice('B1')).toMatchObject([{ TotalAmt: 0, Balance: 0 }]);
    const after = await firm.qbo.counts();
    expect([after.writes - before.writes, after.metered - before.metered]).toEqual([1, 0]);
  });

  test('and approved again is the same invoice, filled again', async () => {
    await sync({ billId: 'B1', version: 3 });
    expect(await invoice('B1')).toMatchObject([{ TotalAmt: 675.5 }]);
  });

  test('before it was ever posted asks nothing of QuickBooks', async () => {
    const before = await firm.qbo.counts();
    await sync({ billId: 'B2', state: 'void' });
    expect((await firm.qbo.counts()).calls).toBe(before.calls);
  });

  test('that somebody has deleted there is as it should be', async () => {
    await sync({ billId: 'B3' });
    const [{ Id } = { Id: '' }] = await invoice('B3');
    await firm.qbo.bookkeeper('Invoice', { Id }, 'delete');
    await sync({ billId: 'B3', version: 2, state: 'void' });
    expect(await invoice('B3')).toEqual([]);
  });

  test('that somebody has voided there is void once', async () => {
    await sync({ billId: 'B4' });
    const [{ Id } = { Id: '' }] = await invoice('B4');
    await firm.qbo.bookkeeper('Invoice', { Id }, 'void');
    await sync({ billId: 'B4', version: 2, state: 'void' });
    expect(await invoice('B4')).toMatchObject([{ TotalAmt: 0 }]);
  });

  test.each([
    ['the answer was lost', 'commit-then-drop'],
    ['the connection broke before', 'drop-before-commit'],
  ])('is void once although %s', async (_what, fault) => {
    const billId = `B-${fault}`.slice(0, 12);
    await sync({ billId });
    await firm.qbo.fault(fault, { match: { operation: 'void' } });
    await sync({ billId, version: 2, state: 'void' });
    expect(await invoice(billId)).toMatchObject([{ TotalAmt: 0 }]);
  });
});

describe('a bill with credits and write-offs that was voided', () => {
  beforeAll(async () => {
    firm = await world.firm();
    await mapAllItems(world, firm);
  });

  test('takes all of them with it, uses first, by one write each and no read', async () => {
    const over = { billId: 'V1', credits: [aCredit()], writeOffs: [aWriteOff()] };
    await app.send(over);
    const cost = await app.send({ ...over, version: 2, state: 'void' });
    expect(cost.writes.slice(0, 4)).toEqual([
      'delete Payment',
      'delete Payment',
      'delete CreditMemo',
      'delete CreditMemo',
    ]);
    expect([await app.uses(), await firm.qbo.objects('CreditMemo')]).toEqual([[], []]);
    expect(await app.numbered('Invoice', 'V1')).toMatchObject([{ TotalAmt: 0, Balance: 0 }]);
  });

  test.each([
    ['its use', 'Payment'],
    ['its credit memo', 'CreditMemo'],
  ])('goes on where the answer about %s was lost', async (_what, entity) => {
    const over = { billId: `V-${entity}`, credits: [aCredit()] };
    await app.send(over);
    await firm.qbo.fault('commit-then-drop', { match: { entity, operation: 'delete' } });
    await app.send({ ...over, version: 2, state: 'void' });
    expect(await app.numbered('Invoice', over.billId)).toMatchObject([{ TotalAmt: 0 }]);
    expect(await firm.qbo.objects('CreditMemo')).toEqual([]);
  });

  test('waits for its payment to be taken off, and goes on by itself then', async () => {
    const { firmId } = firm;
    await app.send({ billId: 'V3' });
    const paid = aPayment({ firmId, paymentId: 'P3', allocations: [{ billId: 'V3', amountCents: 10_000 }] });
    await world.client.syncPayment(paid);
    await eventually(async () => {
      expect(await app.numbered('Invoice', 'V3')).toMatchObject([{ Balance: 575.5 }]);
    });
    const why = await app.sendWaiting({ billId: 'V3', version: 2, state: 'void' });
    expect(why).toBe('Waiting for payment P3 to be taken off bill V3, which goes.');
    expect(await app.numbered('Invoice', 'V3')).toMatchObject([{ TotalAmt: 675.5 }]);
    await world.client.syncPayment({ ...paid, version: 2, allocations: [] });
    await app.settled('V3');
    expect(await app.numbered('Invoice', 'V3')).toMatchObject([{ TotalAmt: 0 }]);
  });
});
