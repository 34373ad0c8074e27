import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stage } from '../../scripts/storm/stage.js';
import { runTrustStorm } from '../../scripts/storm-trust/run.js';
import { startMortalWorker, type Mortal } from '../support/mortal.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firms: TestFirm[];
let worker: Mortal;
beforeAll(async () => {
  world = await createWorld({ worker: false, env: { COUNTERFOIL_CHEQUE_RECHECK: '2s' } });
  firms = [await world.firm(), await world.firm()];
  worker = startMortalWorker(world.env);
});
afterAll(async () => {
  await worker.kill();
  await world.close();
});

const PATIENCE = { withoutProgressMs: 90_000, inAllMs: 200_000 };

/** `npm run storm -- --what trust` plays three hundred matters. */
test('ten matters in bad weather: none is below zero after any write, and three ways agree or a bookkeeper is named', async () => {
  const seed = Date.now() % 1_000_000;
  const { client, db, temporal } = world;
  const stage: Stage = {
    ...{ client, db, temporal, firms },
    call: (method, path, body) => world.call(method, path, body),
    progress: () => undefined,
    async killWorker() {
      await worker.kill();
      worker = startMortalWorker(world.env);
      // One that is killed while it starts would do nothing at all for as long as the storm lasts.
      await worker.ready;
    },
  };
  const verdict = await runTrustStorm(stage, { size: 10, seed, atOnce: 10, patience: PATIENCE });
  // Parked is only what the bookkeeper did to cheques, and all else is complained of.
  const { posted, parked: _asked, writes, ...wrong } = verdict;
  expect({ seed, ...wrong }).toEqual({
    ...{ seed, duplicates: 0, lost: 0, unexplained: 0, negative: 0, complaints: [] },
  });
  expect(posted).toBeGreaterThan(10);
  expect(writes).toBeGreaterThanOrEqual(posted / 2);
}, 300_000);
