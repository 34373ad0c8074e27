import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepWaiters } from '../../src/activities/sweep.js';
import { createDeps } from '../../src/activities/create-deps.js';
import { registerWaiter } from '../../src/db/waiter.js';
import { createLogger } from '../../src/log.js';
import { createMetrics } from '../../src/metric.js';
import { noopMetricMeter } from '@temporalio/common';
import { aBill, aClient } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

const sweep = () =>
  sweepWaiters(
    createDeps(world.config, {
      db: world.db,
      workflows: world.temporal.workflow,
      log: createLogger('test', { level: 'fatal', format: 'json' }),
      metrics: createMetrics(noopMetricMeter),
    }),
  );

test('a waiter whose wake-up was lost is woken, one that has to wait is not', async () => {
  const settled = async (id: string) => settledOf(world.client, { firmId: firm.firmId, type: 'bill', id });
  await world.client.syncBill(aBill({ firmId: firm.firmId }));
  await settled('B1');
  const held = await firm.qbo.hold({ entity: 'Customer', operation: 'create' });
  const client = aClient({ clientId: 'C2', name: 'Grace Hopper' });
  await world.client.syncBill(aBill({ firmId: firm.firmId, billId: 'B2', number: '1043', client }));
  await held.caught();
  const lost = { firmId: firm.firmId, causeKey: 'contact/C1/customer', workflowId: `bill:${firm.firmId}:B2` };
  await registerWaiter(world.db, lost);
  expect(await sweep()).toEqual({ released: 1 });
  expect(await sweep()).toEqual({ released: 0 });
  await held.release();
  await settled('B2');
});
