import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CounterfoilClient, SnapshotError } from '../../src/client.js';
import { aBill, aClient, expenseLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm({ prefix: 'CF-' });
});
afterAll(async () => world.close());

const settled = (billId: string) =>
  settledOf(world.client, { firmId: firm.firmId, type: 'bill', id: billId });

describe('an approved bill', () => {
  test('appears in QuickBooks once, with its customer, linked, at the cost of two writes and no read', async () => {
    const before = await firm.qbo.counts();
    const bill = aBill({ firmId: firm.firmId });
    await world.client.syncBill(bill);
    await settled('B1');
    const [invoice, ...more] = await firm.qbo.objects('Invoice');
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({
      DocNumber: 'CF-1042',
      TxnDate: '2026-11-10',
      DueDate: '2026-12-10',
      TotalAmt: 675.5,
    });
    const [customer] = (await firm.qbo.objects('Customer')).filter(
      ({ DisplayName }) => DisplayName === 'Ada Lovelace',
    );
    expect(invoice?.CustomerRef).toMatchObject({ value: customer?.Id });
    const after = await firm.qbo.counts();
    expect(after.writes - before.writes).toBe(2);
    expect(after.metered - before.metered).toBe(0);
  });

  test('sent again, older, twice at once and by two processes changes nothing', async () => {
    const before = await firm.qbo.counts();
    const bill = aBill({ firmId: firm.firmId });
    const other = await CounterfoilClient.connect(world.config);
    await world.client.syncBill(bill);
    await settled('B1');
    await Promise.all([world.client.syncBill(bill), other.syncBill(bill), world.client.syncBill(bill)]);
    await settled('B1');
    expect((await firm.qbo.counts()).writes).toBe(before.writes);
    await other.close();
  });

  test('a newer version is one update; the older one that comes late is nothing', async () => {
    const before = await firm.qbo.counts();
    const newer = aBill({ firmId: firm.firmId, version: 3, lines: [expenseLine({ amountCents: 9999 })] });
    await world.client.syncBill(newer);
    await settled('B1');
    await world.client.syncBill(aBill({ firmId: firm.firmId, version: 2, number: '9' }));
    await settled('B1');
    const [invoice] = await firm.qbo.objects('Invoice');
    expect(invoice).toMatchObject({ DocNumber: 'CF-1042', TotalAmt: 99.99 });
    expect((await firm.qbo.counts()).writes - before.writes).toBe(1);
  });

  test('of a client that is known costs one write', async () => {
    const before = await firm.qbo.counts();
    await world.client.syncBill(aBill({ firmId: firm.firmId, billId: 'B2', number: '1043' }));
    await settled('B2');
    expect((await firm.qbo.counts()).writes - before.writes).toBe(1);
  });

  test('ten bills of one new client at once make one customer', async () => {
    const client = aClient({ clientId: 'C9', name: 'Grace Hopper' });
    const ids = Array.from({ length: 10 }, (_, index) => `G${index}`);
    await Promise.all(
      ids.map((billId) =>
        world.client.syncBill(aBill({ firmId: firm.firmId, billId, number: billId, client })),
      ),
    );
    for (const billId of ids) await settled(billId);
    const named = (await firm.qbo.objects('Customer')).filter(
      ({ DisplayName }) => DisplayName === 'Grace Hopper',
    );
    expect(named).toHaveLength(1);
    const invoices = await firm.qbo.objects('Invoice');
    expect(invoices.filter(({ DocNumber }) => String(DocNumber).startsWith('CF-G'))).toHaveLength(10);
  });

  test('a client that changed since is brought up to date', async () => {
    const client = aClient({ version: 2, email: 'ada@lovelace.example' });
    await world.client.syncBill(aBill({ firmId: firm.firmId, billId: 'B3', number: '1044', client }));
    await settled('B3');
    await eventually(async () => {
      const [ada] = (await firm.qbo.objects('Customer')).filter(
        ({ DisplayName }) => DisplayName === 'Ada Lovelace',
      );
      expect(ada?.PrimaryEmailAddr).toEqual({ Address: 'ada@lovelace.example' });
    });
  });
});

test('a snapshot that is none is refused before anything is accepted, naming field, rule and value', async () => {
  const wrong = aBill({ firmId: firm.firmId, billId: 'bad', version: 0, issuedOn: '10/11/2026' });
  const refusal = world.client.syncBill(wrong);
  await expect(refusal).rejects.toThrow(SnapshotError);
  await expect(refusal).rejects.toThrow(
    /version: .*got 0\nissuedOn: must be a calendar day, YYYY-MM-DD; got "10\/11\/2026"/,
  );
  expect(await world.client.isSettled({ firmId: firm.firmId, type: 'bill', id: 'bad' })).toBe(undefined);
});
