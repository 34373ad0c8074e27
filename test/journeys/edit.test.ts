import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClient, aPayment, expenseLine, timeLine } from '../support/builder.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const lines = (amountCents: number) => [expenseLine({ amountCents })];
const invoiceOf = async (number: string) => {
  const [invoice] = await app.numbered('Invoice', number);
  return invoice ?? expect.fail(`there is no invoice ${number}`);
};

describe('an edit', () => {
  test('of everything is one update and no read', async () => {
    await app.send({ billId: 'E1' });
    const cost = await app.send({
      billId: 'E1',
      version: 2,
      number: 'E1b',
      issuedOn: '2026-11-12',
      dueOn: '2026-12-24',
      notes: 'Thank you',
      lines: [timeLine({ amountCents: 46_000 }), expenseLine()],
      matters: [],
    });
    expect(cost).toEqual({ writes: ['update Invoice'], metered: 0 });
    expect(await invoiceOf('E1b')).toMatchObject({
      TxnDate: '2026-11-12',
      DueDate: '2026-12-24',
      TotalAmt: 585.5,
      CustomerMemo: { value: 'Thank you' },
    });
    expect(await app.numbered('Invoice', 'E1')).toEqual([]);
  });

  test('to another client moves the same invoice', async () => {
    await app.send({ billId: 'E2' });
    const { Id } = await invoiceOf('E2');
    const client = aClient({ clientId: 'C2', name: 'Grace Hopper' });
    const { writes } = await app.send({ billId: 'E2', version: 2, client });
    expect(writes).toEqual(['create Customer', 'update Invoice']);
    expect(await invoiceOf('E2')).toMatchObject({ Id, CustomerRef: { name: 'Grace Hopper' } });
  });

  test('while the first write is under way follows it', async () => {
    const held = await firm.qbo.hold({ entity: 'Invoice', operation: 'create' });
    const first = app.send({ billId: 'E3' });
    await held.caught();
    const second = app.send({ billId: 'E3', version: 2, lines: lines(777) });
    await held.release();
    await Promise.all([first, second]);
    expect(await app.numbered('Invoice', 'E3')).toMatchObject([{ TotalAmt: 7.77 }]);
  });

  test('after a part payment goes through, by one write and no read', async () => {
    const { firmId } = firm;
    await app.send({ billId: 'E4', lines: lines(50_000) });
    await world.client.syncPayment(
      aPayment({
        firmId,
        paymentId: 'P4',
        amountCents: 20_000,
        allocations: [{ billId: 'E4', amountCents: 20_000 }],
      }),
    );
    await settledOf(world.client, { firmId, type: 'payment', id: 'P4' });
    const cost = await app.send({ billId: 'E4', version: 2, lines: lines(60_000) });
    expect(cost).toEqual({ writes: ['update Invoice'], metered: 0 });
    expect(await invoiceOf('E4')).toMatchObject({ TotalAmt: 600, Balance: 400 });
  });

  test('to less than was paid waits for the payment, and goes on by itself', async () => {
    const { firmId } = firm;
    expect(await app.sendWaiting({ billId: 'E4', version: 3, lines: lines(10_000) })).toBe(
      'Waiting for payment P4 to be taken off bill E4, which is less than was paid.',
    );
    await world.client.syncPayment(
      aPayment({
        firmId,
        paymentId: 'P4',
        version: 2,
        amountCents: 20_000,
        allocations: [{ billId: 'E4', amountCents: 10_000 }],
      }),
    );
    await app.settled('E4');
    expect(await invoiceOf('E4')).toMatchObject({ TotalAmt: 100, Balance: 0 });
  });
});

describe('an edit that QuickBooks calls stale although nobody has changed anything', () => {
  const stale = (count: number | null) =>
    firm.qbo.fault('stale-object', { count, match: { entity: 'Invoice', operation: 'update' } });

  test('goes through by itself, after one read', async () => {
    await app.send({ billId: 'T1' });
    await stale(1);
    const cost = await app.send({ billId: 'T1', version: 2, lines: lines(100) });
    expect(cost).toEqual({ writes: ['update Invoice'], metered: 1 });
    expect(await invoiceOf('T1')).toMatchObject({ TotalAmt: 1 });
  });

  test('is asked about when it never ends, and goes on by a retry', async () => {
    await stale(null);
    const { fault } = await app.sendParked({ billId: 'T1', version: 3, lines: lines(200) });
    expect(fault).toBe('changed-in-quickbooks');
    await firm.qbo.clearFaults();
    await world.client.retry(app.ref('T1'));
    await app.settled('T1');
    expect(await invoiceOf('T1')).toMatchObject({ TotalAmt: 2 });
  });
});

describe('an edit of what somebody has changed in QuickBooks', () => {
  test('goes on top of fields that are not ours, after one read', async () => {
    await app.send({ billId: 'Q1' });
    const { Id } = await invoiceOf('Q1');
    await firm.qbo.bookkeeper('Invoice', { Id, ShipMethodRef: { value: 'Courier' } });
    const cost = await app.send({ billId: 'Q1', version: 2, lines: lines(100) });
    expect(cost).toEqual({ writes: ['update Invoice'], metered: 1 });
    expect(await invoiceOf('Q1')).toMatchObject({ TotalAmt: 1, ShipMethodRef: { value: 'Courier' } });
  });

  test.each<[string, string, (id: string) => Promise<Record<string, unknown>>]>([
    [
      'amounts',
      'total: meant 1.00, QuickBooks has 9.99',
      (itemId) =>
        Promise.resolve({
          Line: [
            {
              DetailType: 'SalesItemLineDetail',
              Amount: 9.99,
              SalesItemLineDetail: { ItemRef: { value: itemId } },
            },
          ],
        }),
    ],
    [
      'dates',
      'date: meant 2026-11-10, QuickBooks has 2026-01-01',
      () => Promise.resolve({ TxnDate: '2026-01-01' }),
    ],
    [
      'customer',
      'customer: meant',
      async () => {
        const stranger = await firm.qbo.bookkeeper('Customer', { DisplayName: 'Somebody else' });
        return { CustomerRef: { value: stranger.Id } };
      },
    ],
  ])(
    'and it is our %s asks, shows the difference, and puts ours on top when told to',
    async (what, difference, change) => {
      const billId = `Q-${what}`;
      await app.send({ billId });
      const { Id } = await invoiceOf(billId);
      await firm.qbo.bookkeeper('Invoice', { Id, ...(await change(firm.items.time)) });
      const parked = await app.sendParked({ billId, version: 2, lines: lines(100) });
      expect(parked.fault).toBe('changed-in-quickbooks');
      expect(parked.cause).toContain(difference);
      await world.client.retry(app.ref(billId));
      await app.settled(billId);
      expect(await invoiceOf(billId)).toMatchObject({ Id, TotalAmt: 1, TxnDate: '2026-11-10' });
    },
  );

  test('and deleted it asks, and makes it anew when told to', async () => {
    await app.send({ billId: 'Q9' });
    const { Id } = await invoiceOf('Q9');
    await firm.qbo.bookkeeper('Invoice', { Id }, 'delete');
    const parked = await app.sendParked({ billId: 'Q9', version: 2, lines: lines(100) });
    expect(parked.fault).toBe('document-deleted');
    expect(parked.allowed).toContain('recreate');
    expect(await app.numbered('Invoice', 'Q9')).toEqual([]);
    await world.client.remediate(app.ref('Q9'), { action: 'recreate' });
    await app.settled('Q9');
    expect(await invoiceOf('Q9')).toMatchObject({ TotalAmt: 1 });
  });

  test('and deleted although it was paid: the payment comes to the one that is made anew', async () => {
    const { firmId } = firm;
    await app.send({ billId: 'Q10', lines: lines(10_000) });
    const allocations = [{ billId: 'Q10', amountCents: 6000 }];
    await world.client.syncPayment(aPayment({ firmId, paymentId: 'P10', amountCents: 6000, allocations }));
    const payment = { firmId, type: 'payment', id: 'P10' } as const;
    await settledOf(world.client, payment);
    const { Id } = await invoiceOf('Q10');
    await firm.qbo.bookkeeper('Invoice', { Id }, 'delete');
    await app.sendParked({ billId: 'Q10', version: 2, lines: lines(11_000) });
    await world.client.remediate(app.ref('Q10'), { action: 'recreate' });
    await app.settled('Q10');
    await eventually(async () => {
      expect(await invoiceOf('Q10')).toMatchObject({ TotalAmt: 110, Balance: 50 });
    });
    expect((await firm.qbo.objects('Payment')).filter(({ TotalAmt }) => TotalAmt === 60)).toHaveLength(1);
  });
});
