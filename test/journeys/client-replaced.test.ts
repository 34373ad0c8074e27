import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aPayment, expenseLine } from '../support/builder.js';
import { billingApp, parkedOf, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
  await app.send({ billId: 'B1', lines: [expenseLine({ amountCents: 10_000 })] });
  await app.send({ billId: 'B2', lines: [expenseLine({ amountCents: 10_000 })] });
});

const contact = () => ({ firmId: firm.firmId, type: 'contact', id: 'C1' }) as const;
const payment = () => ({ firmId: firm.firmId, type: 'payment', id: 'P1' }) as const;

/** A payment that lies on these bills, 10 on each. */
const pay = (version: number, ...billIds: string[]) =>
  world.client.syncPayment(
    aPayment({
      ...{ firmId: firm.firmId, version, amountCents: 5000 + version },
      allocations: billIds.map((billId) => ({ billId, amountCents: 1000 })),
    }),
  );

const paid = () => eventually(async () => expect(await world.client.isSettled(payment())).toBe(true));

async function makeInactive(): Promise<void> {
  const [customer] = await firm.qbo.objects('Customer');
  const { Id, SyncToken } = customer!;
  await firm.qbo.bookkeeper('Customer', { Id, SyncToken, sparse: true, Active: false });
}

/** The client is asked about once, and whoever goes by it waits. */
async function decide(action: 'reactivate' | 'recreate'): Promise<void> {
  expect((await parkedOf(world, contact())).fault).toBe('contact-inactive');
  await world.client.remediate(contact(), { action, by: 'Kim' });
}

const refusals = async (key: string) =>
  await world.db
    .selectFrom('posting')
    .select('fault_key')
    .where('firm_id', '=', firm.firmId)
    .where('document_key', '=', key)
    .where('outcome', '=', 'refused')
    .execute();

const parkings = async () =>
  (
    await world.db
      .selectFrom('fault')
      .select(['aggregate_type', 'fault_key'])
      .where('firm_id', '=', firm.firmId)
      .execute()
  ).map((one) => [one.aggregate_type, one.fault_key]);

const openOf = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries((await firm.qbo.objects('Invoice')).map((one) => [String(one.DocNumber), one.Balance]));

describe('a payment of a client who was made inactive', () => {
  test('is refused once, waits for the client, and follows when that is made active again', async () => {
    await makeInactive();
    await pay(1, 'B1');
    await eventually(async () => {
      const { state, waitingFor } = await world.client.status(payment());
      expect([state, waitingFor]).toEqual([
        'waiting',
        'Waiting for client Ada Lovelace to be in QuickBooks.',
      ]);
    });
    expect(await refusals('payment/P1/payment')).toHaveLength(1);
    await decide('reactivate');
    await paid();
    expect(await parkings()).toEqual([['contact', 'contact-inactive']]);
    expect((await firm.qbo.objects('Payment')).map(({ TotalAmt }) => TotalAmt)).toEqual([50.01]);
  });

  test('goes with its bill to the client that was created again, though nothing is new about the bill', async () => {
    await makeInactive();
    await pay(1, 'B1');
    await decide('recreate');
    await paid();
    expect(await parkings()).toEqual([['contact', 'contact-inactive']]);
    expect(await openOf()).toEqual({ B1: 90, B2: 100 });
  });

  test('of two bills takes both along', async () => {
    await pay(1, 'B1', 'B2');
    await paid();
    await makeInactive();
    await app.sendWaiting({ billId: 'B3', lines: [expenseLine({ amountCents: 10_000 })] });
    await decide('recreate');
    await app.settled('B3');
    await app.send({ billId: 'B1', version: 2, lines: [expenseLine({ amountCents: 11_000 })] });
    await pay(2, 'B1', 'B2');
    await paid();
    expect(await parkings()).toEqual([['contact', 'contact-inactive']]);
    await eventually(async () => expect(await openOf()).toEqual({ B1: 100, B2: 90, B3: 100 }));
    const customers = (await firm.qbo.objects('Invoice')).map(
      ({ CustomerRef }) => (CustomerRef as { value: string }).value,
    );
    expect(new Set(customers).size).toBe(1);
  });
});
