import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { aBill, aClient, expenseLine } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let other: CounterfoilClient;
beforeAll(async () => {
  world = await createWorld({ worker: false });
  firm = await world.firm();
  other = await CounterfoilClient.connect(world.config);
});
afterAll(async () => {
  await other.close();
  await world.close();
});

interface Delivery {
  version: number;
  /** Delivered together with the one before it. */
  together: boolean;
  byTheOther: boolean;
}

/** A bill's versions, and how they arrive: again, out of order, at once, from two processes. */
const lives = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((amounts) =>
  fc.record({
    amounts: fc.constant(amounts),
    deliveries: fc.array(
      fc.record({
        version: fc.integer({ min: 1, max: amounts.length }),
        together: fc.boolean(),
        byTheOther: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

const snapshot = (billId: string, version: number, amount: number): BillSnapshot =>
  aBill({
    firmId: firm.firmId,
    billId,
    number: billId,
    version,
    client: aClient({ clientId: `C-${billId}`, name: `Client ${billId}` }),
    lines: [expenseLine({ amountCents: amount * 100 })],
  });

async function deliver(billId: string, amounts: number[], deliveries: Delivery[]): Promise<void> {
  let pending: Promise<unknown>[] = [];
  for (const { version, together, byTheOther } of deliveries) {
    if (!together) {
      await Promise.all(pending);
      pending = [];
    }
    const client = byTheOther ? other : world.client;
    pending.push(client.syncBill(snapshot(billId, version, amounts[version - 1]!)));
  }
  await Promise.all(pending);
}

const settled = async (billId: string) => {
  const ref: AggregateRef = { firmId: firm.firmId, type: 'bill', id: billId };
  await settledOf(world.client, ref, 60_000);
};

const writesOf = async (billId: string) =>
  (await firm.qbo.calls()).filter(
    ({ entity, body }) => entity === 'Invoice' && body?.includes(`bill/${billId}/`),
  );

async function expectNewest(billId: string, amounts: number[], deliveries: Delivery[]): Promise<void> {
  const newest = Math.max(...deliveries.map(({ version }) => version));
  const invoices = (await firm.qbo.objects('Invoice')).filter(({ DocNumber }) => DocNumber === billId);
  expect(invoices.map(({ TotalAmt }) => TotalAmt)).toEqual([amounts[newest - 1]]);
}

test('what piled up before a worker came is one write, of the newest', async () => {
  const billId = `P-${randomUUID().slice(0, 8)}`;
  const deliveries = [2, 1, 3, 3, 2].map((version) => ({
    version,
    together: true,
    byTheOther: version === 2,
  }));
  await deliver(billId, [10, 20, 30], deliveries);
  await world.startWorker();
  await settled(billId);
  await expectNewest(billId, [10, 20, 30], deliveries);
  expect(await writesOf(billId)).toHaveLength(1);
});

test('however its versions arrive, QuickBooks ends with the newest, by the least writes', async () => {
  const before = await firm.qbo.counts();
  await fc.assert(
    fc.asyncProperty(lives, async ({ amounts, deliveries }) => {
      const billId = `L-${randomUUID().slice(0, 8)}`;
      await deliver(billId, amounts, deliveries);
      await settled(billId);
      await expectNewest(billId, amounts, deliveries);
      const writes = await writesOf(billId);
      const sent = writes.map(({ body }) => totalOf(body));
      // No write said what the one before it had said already, and none was for a version that never came.
      expect(sent.filter((total, index) => total === sent[index - 1])).toEqual([]);
      expect(writes.length).toBeLessThanOrEqual(new Set(deliveries.map(({ version }) => version)).size);
    }),
    { numRuns: 25 },
  );
  const after = await firm.qbo.counts();
  expect([after.metered - before.metered, after.replayed - before.replayed]).toEqual([0, 0]);
}, 180_000);

test('one version with two contents: the first stands, the second is refused on record', async () => {
  const billId = `X-${randomUUID().slice(0, 8)}`;
  await world.client.syncBill(snapshot(billId, 1, 10));
  await settled(billId);
  await world.client.syncBill(snapshot(billId, 1, 20));
  await settled(billId);
  await expectNewest(billId, [10], [{ version: 1, together: false, byTheOther: false }]);
  const events = await world.db.selectFrom('event').selectAll().where('aggregate_id', '=', billId).execute();
  const refusals = events.filter(({ kind }) => kind === 'message-refused');
  expect(refusals.map(({ data }) => data.reason)).toEqual([
    expect.stringContaining('sent before with other contents'),
  ]);
});

function totalOf(body: string | null): number {
  const { Line } = JSON.parse(body ?? '{}') as { Line: { Amount: number }[] };
  return Line.reduce((sum, { Amount }) => sum + Amount, 0);
}
