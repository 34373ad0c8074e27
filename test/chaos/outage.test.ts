import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '../../scripts/demo/stage.js';
import { startLocalWorld, type LocalWorld } from '../../scripts/local/world.js';

/** Servers of its own, because they are stopped. Every part is a process, as in production. */
let dir: string;
let world: LocalWorld;
let stage: Stage;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'counterfoil-outage-'));
  world = await startLocalWorld({ dir, headless: true });
  stage = await Stage.open(world, 'outage');
});
afterAll(async () => {
  await stage.close();
  await world.stop();
  await rm(dir, { recursive: true, force: true });
});

const onlyOnce = async (number: string) => {
  expect(await stage.invoiceNumbers(number)).toEqual([number]);
  const calls = (await stage.qbo.calls()).filter(({ body }) => body?.includes(`"${number}"`));
  expect(calls.filter(({ committed }) => committed)).toHaveLength(1);
};

test.each<[string, 'before-commit' | 'after-commit', 'fast' | 'immediate']>([
  ['before QuickBooks commits', 'before-commit', 'immediate'],
  ['after QuickBooks has committed', 'after-commit', 'immediate'],
  ['in good order', 'after-commit', 'fast'],
])(
  'Postgres stops in the middle of a posting, %s',
  async (title, phase, mode) => {
    const number = `P${title.length}`;
    const held = await stage.qbo.hold({ entity: 'Invoice', operation: 'create' }, phase);
    await stage.billing.syncBill(stage.bill(number));
    await held.caught();
    await world.postgres.stop(mode);
    await held.release();
    await world.postgres.restart();
    await stage.settled(number);
    await onlyOnce(number);
  },
  120_000,
);

test('a bill that is sent while Postgres is away is accepted and comes through', async () => {
  await world.postgres.stop('immediate');
  await stage.billing.syncBill(stage.bill('P-away'));
  await world.postgres.restart();
  await stage.settled('P-away');
  await onlyOnce('P-away');
}, 120_000);

test.each(['stop', 'kill'] as const)(
  'Temporal goes away (%s) in the middle of a posting',
  async (how) => {
    const number = `T-${how}`;
    const held = await stage.qbo.hold({ entity: 'Invoice', operation: 'create' }, 'after-commit');
    await stage.billing.syncBill(stage.bill(number));
    await held.caught();
    await world.temporal[how]();
    await held.release();
    await world.temporal.restart();
    await stage.settled(number);
    await onlyOnce(number);
  },
  180_000,
);

test('what was parked is still parked after everything was away, and can be fixed', async () => {
  await stage.takeNumber('S1');
  await stage.billing.syncBill(stage.bill('S1'));
  await stage.parked('S1');
  await world.worker.kill();
  await world.temporal.kill();
  await world.postgres.kill();
  await world.postgres.restart();
  await world.temporal.restart();
  await world.worker.restart();
  await stage.parked('S1');
  await stage.billing.remediate(stage.ref('S1'), { action: 'renumber', number: 'S1-again' });
  await stage.settled('S1');
  await onlyOnce('S1-again');
}, 180_000);
