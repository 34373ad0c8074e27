import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClient, aPayment, expenseLine } from '../support/builder.js';
import { billingApp, parkedOf, type BillingApp } from '../support/billing-app.js';
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

const LINES = [expenseLine({ amountCents: 5000 })];

const payment = (billId: string) => ({ firmId: firm.firmId, type: 'payment', id: `P-${billId}` }) as const;

/** A bill that is paid in full, and goes to another client while QuickBooks lets nobody touch the payment, which is kept out then. */
async function movedAround(billId: string): Promise<void> {
  const { id: paymentId } = payment(billId);
  await app.send({ billId, lines: LINES });
  const allocations = [{ billId, amountCents: 5000 }];
  await world.client.syncPayment(
    aPayment({ firmId: firm.firmId, paymentId, amountCents: 5000, allocations }),
  );
  await settledOf(world.client, payment(billId));
  await firm.qbo.fault('literal', {
    count: 1,
    match: { entity: 'Payment', method: 'POST', body: `payment/${paymentId}/payment` },
    status: 400,
    body: {
      Fault: { Error: [{ Message: 'Refused', Detail: 'It is matched to a bank line.', code: '6480' }] },
    },
  });
  await app.sendWaiting({
    billId,
    version: 2,
    lines: LINES,
    client: aClient({ clientId: 'C2', name: 'Grace Hopper' }),
  });
  expect((await parkedOf(world, payment(billId))).fault).toBe('matched-transaction');
  // By a signal: at this very moment its bill has it look again, and an update may meet its end.
  await world.temporalCli(
    ...['workflow', 'signal', '--workflow-id', `payment:${firm.firmId}:${paymentId}`],
    ...['--name', 'retry', '--input', JSON.stringify({ action: 'exclude', by: 'Kim' })],
  );
}

const asItStands = async (billId: string) =>
  (await app.numbered('Invoice', billId)).map(({ CustomerRef, Balance }) => [
    (CustomerRef as { name: string }).name,
    Balance,
  ]);

describe('a payment that is kept out, in the way of its bill', () => {
  test('has a person asked about the bill, and is included again', async () => {
    await movedAround('A');
    const { fault, cause, allowed } = await app.parked('A');
    expect([fault, allowed]).toEqual(['excluded-payment-in-the-way', ['retry', 'exclude']]);
    expect(cause).toContain('payment P-A');
    expect(await asItStands('A')).toEqual([['Ada Lovelace', 0]]);
    await world.client.remediate(payment('A'), { action: 'include', by: 'Kim' });
    await app.settled('A');
    await settledOf(world.client, payment('A'));
    expect(await asItStands('A')).toEqual([['Grace Hopper', 0]]);
  });

  test('is asked about again where nothing has become of it, until the bill is as it was', async () => {
    await movedAround('B');
    const { parkId } = await app.parked('B');
    await world.client.retry(app.ref('B'));
    await eventually(async () => expect((await app.parked('B')).parkId).not.toBe(parkId));
    await app.send({ billId: 'B', version: 3, lines: LINES });
    expect(await asItStands('B')).toEqual([['Ada Lovelace', 0]]);
  });
});
