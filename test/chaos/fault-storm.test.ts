import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stage } from '../../scripts/storm/stage.js';
import { runFaultStorm } from '../../scripts/storm-faults/run.js';
import { TROUBLES, troublesOf } from '../../scripts/storm-faults/repertoire.js';
import { entryByKey } from '../../src/domain/fault/catalogue.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firms: TestFirm[];
beforeAll(async () => {
  world = await createWorld({ timing: { booksRecheckMs: 0 } });
  firms = [await world.firm(), await world.firm()];
});
afterAll(async () => world.close());

/** `npm run storm -- --what faults` plays ten thousand, and listens to what people are told. */
test('a few bills in trouble of all kinds are posted or kept out, and nothing is shown as something else', async () => {
  const seed = Date.now() % 1_000_000;
  const stage: Stage = {
    ...{ client: world.client, db: world.db, temporal: world.temporal, firms },
    call: (method, path, body) => world.call(method, path, body),
    killWorker: () => Promise.resolve(),
    progress: () => undefined,
  };
  const options = { size: 6, seed, atOnce: 6, each: 4, listens: false, mend: () => world.mend() };
  const { posted, excluded, troubles, shown, complaints, ...rest } = await runFaultStorm(stage, options);
  const { duplicates, lost, unexplained, parked } = rest;
  expect({ seed, complaints, duplicates, lost, unexplained, parked }).toEqual({
    ...{ seed, complaints: [], duplicates: 0, lost: 0, unexplained: 0, parked: 0 },
  });
  // And what was paid on them.
  expect(posted + excluded).toBeGreaterThanOrEqual(6);
  expect(troubles).toBeGreaterThan(12);
  expect(shown).toBeGreaterThan(0);
}, 300_000);

test('every trouble is one that the catalogue knows, or heals by itself', () => {
  const keys = TROUBLES.flatMap(({ shows }) => shows);
  expect(keys.filter((key) => entryByKey(key)?.kind !== 'permanent')).toEqual([]);
  expect(new Set(TROUBLES.map(({ name }) => name)).size).toBe(TROUBLES.length);
});

test('the same seed brings the same trouble, another one other', () => {
  const names = (seed: number) => troublesOf(seed, 5, 10).map((one) => one.map(({ name }) => name));
  expect(names(7)).toEqual(names(7));
  expect(names(8)).not.toEqual(names(7));
});
