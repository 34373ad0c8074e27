import { afterAll, beforeAll, expect, test } from 'vitest';
import { livesOf, snapshotsOf } from '../../scripts/storm/life.js';
import { runStorm } from '../../scripts/storm/run.js';
import { summary } from '../../scripts/storm/verdict.js';
import { startMortalWorker, type Mortal } from '../support/mortal.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firms: TestFirm[];
let worker: Mortal;
beforeAll(async () => {
  world = await createWorld({ worker: false });
  firms = [await world.firm(), await world.firm()];
  worker = startMortalWorker(world.env);
});
afterAll(async () => {
  await worker.kill();
  await world.close();
});

/** `npm run storm` plays a thousand; ten other ones in each run of the tests finds what became worse. */
test('ten random lives in bad weather, with a worker that dies, end right', async () => {
  const seed = Date.now() % 1_000_000;
  const stage = {
    client: world.client,
    firms,
    progress: () => undefined,
    async killWorker() {
      await worker.kill();
      worker = startMortalWorker(world.env);
      // One that is killed while it starts would do nothing at all for as long as the storm lasts.
      await worker.ready;
    },
  };
  const { posted, parked, ...wrong } = await runStorm(stage, { size: 10, seed, atOnce: 10 });
  expect({ seed, ...wrong }).toEqual({ seed, duplicates: 0, lost: 0, unexplained: 0, complaints: [] });
  const payments = livesOf(seed, 10, 2).flatMap((life) => life.payments);
  expect(posted + parked).toBe(10 + payments.length);
}, 300_000);

test('the same seed gives the same lives, another one others', () => {
  expect(livesOf(7, 5, 2)).toEqual(livesOf(7, 5, 2));
  expect(livesOf(8, 5, 2)).not.toEqual(livesOf(7, 5, 2));
});

test('versions of a life only grow, and the last one is what is wanted', () => {
  for (const [index, life] of livesOf(3, 50, 2).entries()) {
    const versions = snapshotsOf(life, 'firm-1', `B${index}`).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_version, place) => place + 1));
  }
});

test('the last line of a storm says everything that its exit code stands for', () => {
  const verdict = { posted: 9, parked: 1, duplicates: 0, lost: 2, unexplained: 0, complaints: [] };
  expect(summary(verdict)).toBe('posted 9 parked 1 duplicates 0 lost 2 unexplained 0');
});
