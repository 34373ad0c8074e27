import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { aBill } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { startMortalWorker } from '../support/mortal.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** One world each, because a task queue belongs to the worker that is killed. */
async function scene(): Promise<{ world: World; firm: TestFirm; ref: AggregateRef }> {
  const world = await createWorld({ worker: false });
  const firm = await world.firm();
  return { world, firm, ref: { firmId: firm.firmId, type: 'bill', id: 'B1' } };
}

const settled = async (world: World, ref: AggregateRef) => settledOf(world.client, ref, 90_000);

/** What the simulator holds, and that it was asked to write no more than it had to. */
async function expectOnce(firm: TestFirm, total: number): Promise<void> {
  const [invoices, customers] = await Promise.all([
    firm.qbo.objects('Invoice'),
    firm.qbo.objects('Customer'),
  ]);
  expect(invoices.map((invoice) => [invoice.DocNumber, invoice.TotalAmt])).toEqual([['1042', total]]);
  expect(customers.filter(({ DisplayName }) => DisplayName === 'Ada Lovelace')).toHaveLength(1);
}

/** A new client and a bill pass so many recovery points; the last of them is asserted below. */
const POINTS = Array.from({ length: 12 }, (_, index) => index + 1);

describe('a worker killed at every step boundary', () => {
  test.concurrent.each(POINTS)(
    'boundary %i',
    async (point) => {
      const { world, firm, ref } = await scene();
      const mortal = startMortalWorker(world.env, point);
      await world.client.syncBill(aBill({ firmId: firm.firmId }));
      await mortal.death;
      await world.startWorker();
      await settled(world, ref);
      await expectOnce(firm, 675.5);
      await world.close();
    },
    180_000,
  );

  test('there are no more boundaries than these', async () => {
    const { world, firm, ref } = await scene();
    const mortal = startMortalWorker(world.env);
    await world.client.syncBill(aBill({ firmId: firm.firmId }));
    await settled(world, ref);
    await mortal.kill();
    const points = mortal.passed.filter((line) => line !== 'ready');
    expect(points).toHaveLength(POINTS.length);
    await world.close();
  }, 120_000);
});

describe.each(['Customer', 'Invoice'])('killed while QuickBooks works on the %s', (entity) => {
  test.concurrent.each<[string, 'before-commit' | 'after-commit', 'continue' | 'drop']>([
    ['which it never commits', 'before-commit', 'drop'],
    ['which it commits after the worker is dead', 'before-commit', 'continue'],
    ['which it has committed', 'after-commit', 'drop'],
  ])(
    '%s',
    async (_title, phase, outcome) => {
      const { world, firm, ref } = await scene();
      const held = await firm.qbo.hold({ entity, operation: 'create' }, phase);
      const mortal = startMortalWorker(world.env);
      await world.client.syncBill(aBill({ firmId: firm.firmId }));
      await held.caught();
      await mortal.kill();
      await held.release(outcome);
      await world.startWorker();
      await settled(world, ref);
      await expectOnce(firm, 675.5);
      await world.close();
    },
    180_000,
  );
});

describe('killed while QuickBooks works on an update', () => {
  let world: World;
  let firm: TestFirm;
  let ref: AggregateRef;
  beforeAll(async () => {
    ({ world, firm, ref } = await scene());
  });
  afterAll(async () => world.close());

  test('which it has committed: the change is there once', async () => {
    const mortal = startMortalWorker(world.env);
    await world.client.syncBill(aBill({ firmId: firm.firmId }));
    await settled(world, ref);
    const held = await firm.qbo.hold({ entity: 'Invoice', operation: 'update' }, 'after-commit');
    await world.client.syncBill(aBill({ firmId: firm.firmId, version: 2, lines: aBill().lines.slice(0, 1) }));
    await held.caught();
    await mortal.kill();
    await held.release('drop');
    await world.startWorker();
    await settled(world, ref);
    await expectOnce(firm, 450);
    expect((await firm.qbo.counts()).committedByOperation['Invoice.update']).toBe(1);
  }, 180_000);
});
