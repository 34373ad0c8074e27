import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RemedyRefused } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { signalWithStart } from '../../src/start.js';
import { syncTimekeeper } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

const firmWith = async (
  settings: object = { classes: 'timekeeper' },
  tracksLines = true,
): Promise<TestFirm> => {
  const { firmId, qbo } = await world.unconnectedFirm();
  await qbo.preferences({ AccountingInfoPrefs: { ClassTrackingPerTxnLine: tracksLines } });
  return await world.connect({ firmId, qbo }, settings);
};

const wake = async (firm: TestFirm, timekeeperId: string, name: string): Promise<AggregateRef> => {
  const ref = { firmId: firm.firmId, type: 'timekeeper', id: timekeeperId } as const;
  await signalWithStart(world.temporal.workflow, world.config.queues.sync, {
    ref,
    signal: syncTimekeeper,
    message: { timekeeperId, version: 1, name },
  });
  return ref;
};

const settled = async (ref: AggregateRef) => settledOf(world.client, ref);

const parked = async (ref: AggregateRef, fault: string) =>
  eventually(async () => expect((await world.client.status(ref)).parked?.fault).toBe(fault));

const names = async (firm: TestFirm) => (await firm.qbo.objects('Class')).map(({ Name }) => Name);

test('a timekeeper is a class, made once by one write and no read', async () => {
  const firm = await firmWith();
  const before = await firm.qbo.counts();
  await settled(await wake(firm, 'T1', 'R. Hale'));
  await settled(await wake(firm, 'T1', 'Robin Hale'));
  expect(await names(firm)).toEqual(['R. Hale']);
  const after = await firm.qbo.counts();
  expect([after.writes - before.writes, after.metered - before.metered]).toEqual([1, 0]);
});

test('a class of that name is taken as it is', async () => {
  const firm = await firmWith();
  await firm.qbo.bookkeeper('Class', { Name: 'r. hale' });
  await settled(await wake(firm, 'T1', 'R. Hale'));
  expect(await names(firm)).toEqual(['r. hale']);
});

test.each([
  ['the firm wants none', {}, true],
  ['the company has none on lines', { classes: 'timekeeper' }, false],
])('there is none where %s', async (_why, settings, tracksLines) => {
  const firm = await firmWith(settings, tracksLines);
  await settled(await wake(firm, 'T1', 'R. Hale'));
  expect(await names(firm)).toEqual([]);
});

test('a plan that takes no more is told of, and goes on when there is room', async () => {
  const firm = await firmWith();
  for (let index = 0; index < 40; index += 1) await firm.qbo.bookkeeper('Class', { Name: `Class ${index}` });
  const ref = await wake(firm, 'T1', 'R. Hale');
  await parked(ref, 'class-limit');
  const [first] = await firm.qbo.objects('Class');
  await firm.qbo.bookkeeper('Class', { Id: first!.Id, Name: first!.Name, Active: false });
  await world.client.retry(ref);
  await settled(ref);
  expect(await names(firm)).toContain('R. Hale');
});

test('an answer that was lost makes no second class', async () => {
  const firm = await firmWith();
  await firm.qbo.fault('commit-then-drop', { match: { entity: 'Class' } });
  await settled(await wake(firm, 'T1', 'R. Hale'));
  expect(await names(firm)).toEqual(['R. Hale']);
});

describe('two timekeepers of one name', () => {
  let firm: TestFirm;
  let ref: AggregateRef;
  beforeEach(async () => {
    firm = await firmWith();
    await settled(await wake(firm, 'T1', 'R. Hale'));
    ref = await wake(firm, 'T2', 'r. hale');
    await parked(ref, 'class-name-taken');
  });

  test('are asked about, for the class that is there is the other one’s', async () => {
    const [first] = await firm.qbo.objects('Class');
    const { parked: open } = await world.client.status(ref);
    expect(open?.allowed).toEqual(['adopt', 'retry']);
    await expect(world.client.remediate(ref, { action: 'recreate' })).rejects.toThrow(RemedyRefused);
    await world.client.remediate(ref, { action: 'adopt', qboId: first!.Id });
    await parked(ref, 'adopt-refused');
    expect((await world.client.status(ref)).parked?.cause).toContain('timekeeper/T1/class');
  });

  test('are told apart when the bookkeeper changes the name of one, and somebody retries', async () => {
    const [first] = await firm.qbo.objects('Class');
    await firm.qbo.bookkeeper('Class', { Id: first!.Id, Name: 'R. Hale, senior' });
    await world.client.retry(ref);
    await settled(ref);
    expect(await names(firm)).toEqual(['R. Hale, senior', 'r. hale']);
  });

  test('have a class each when another one is adopted', async () => {
    const { Id: qboId } = await firm.qbo.bookkeeper('Class', { Name: 'R. Hale, junior' });
    await world.client.remediate(ref, { action: 'adopt', qboId, confirm: true, by: 'Kim' });
    await settled(ref);
    expect(await names(firm)).toEqual(['R. Hale', 'R. Hale, junior']);
  });
});
