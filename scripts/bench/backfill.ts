import { setTimeout as pause } from 'node:timers/promises';
import { startBare } from './bare.js';
import type { BenchFirm } from './firm.js';
import { exactFigure, infoFigure, ratioFigure, shareFigure, type Figure } from './figure.js';
import { completion, timed, type Run, type Timed } from './run.js';
import { percentiles, type Percentiles } from './statistic.js';
import type { BenchWorld } from './world.js';

/** Intuit's published limits for one company. */
const PUBLISHED_PER_MINUTE = 500;
const PUBLISHED = { requestsPerMinute: PUBLISHED_PER_MINUTE, requestsPerSecond: 10 };
const RATE_BUDGET_PERCENT = 95;
const P99_BUDGET = 1.5;

/** So far apart that the second firm's own limit is never what it waits for. */
const APART_MS = 400;
const HEAD_START_MS = 3000;
const MINUTE_MS = 60_000;

export interface BackfillOptions {
  /** How long it is watched. */
  windowMs: number;
  /** Whether QuickBooks refuses what is above its limits. */
  enforced: boolean;
}

/** One firm sends far more than its limits allow, and a second firm its daily bills beside it. */
export async function measureBackfill(
  world: BenchWorld,
  { windowMs, enforced }: BackfillOptions,
): Promise<Figure[]> {
  const [busy, other] = [await world.firm(), await world.firm()];
  for (const firm of [busy, other]) await completion(world.temporal.workflow, await send(world, firm));
  await busy.qbo.switches({ ...PUBLISHED, rateLimits: enforced });

  const bill = () => send(world, other);
  const alone = await daily(world, bill, windowMs / 2);
  const [submitting, neighbour] = [submit(world, busy, windowMs), daily(world, bill, windowMs)];
  await pause(HEAD_START_MS);
  const [begunAt, before] = [performance.now(), await busy.qbo.counts()];
  await pause(windowMs);
  const [endedAt, after] = [performance.now(), await busy.qbo.counts()];
  const beside = await neighbour;
  for (const run of await submitting) await completion(world.temporal.workflow, run);
  alone.push(...(await daily(world, bill, windowMs / 2)));

  const throttled = [...(await busy.qbo.calls()), ...(await other.qbo.calls())].filter(
    ({ status }) => status === 429,
  );
  await busy.qbo.switches({ rateLimits: false });
  const perMinute = ((after.committed - before.committed) / (endedAt - begunAt)) * MINUTE_MS;
  const seconds = ((endedAt - begunAt) / 1000).toFixed(0);
  return [
    ...rateFigures(perMinute, world.paced.limits.perMinute, seconds),
    throttledFigure(throttled.length),
    ...neighbourFigures(percentiles(alone), percentiles(beside), [alone.length, beside.length]),
    await measureMachine(world, windowMs / 2),
  ];
}

const send = (world: BenchWorld, firm: BenchFirm, priority: 'normal' | 'backfill' = 'normal'): Promise<Run> =>
  world.paced.client.syncBill(firm.bill(), { priority });

/**
 * One bill after the other, as an import does and as fast as the client takes them; a tenth more than can be posted by
 * the end of the window, so that somebody always waits for a slot.
 */
async function submit(world: BenchWorld, firm: BenchFirm, windowMs: number): Promise<Run[]> {
  const { perMinute } = world.paced.limits;
  const count = Math.ceil(1.1 * perMinute * ((windowMs + HEAD_START_MS) / MINUTE_MS)) + perMinute / 60;
  const runs: Run[] = [];
  while (runs.length < count) runs.push(await send(world, firm, 'backfill'));
  return runs;
}

/**
 * The same with bare workflows in place of all bills, at the pace of the backfill: what this machine and its Temporal
 * server make of a neighbour that does nothing at all.
 */
async function measureMachine(world: BenchWorld, forMs: number): Promise<Figure> {
  const { workflow } = world.temporal;
  const bare = () => startBare(workflow);
  const alone = percentiles(await daily(world, bare, forMs));
  const [beside] = await Promise.all([
    daily(world, bare, forMs),
    daily(world, bare, forMs, MINUTE_MS / world.paced.limits.perMinute),
  ]);
  const { p50, p99 } = percentiles(beside);
  const times = `p50 ${(p50 / alone.p50).toFixed(2)} ×, p99 ${(p99 / alone.p99).toFixed(2)} × its own`;
  return infoFigure(
    {
      id: 'neighbour-machine',
      title: 'a bare workflow beside as many bare workflows as that backfill has bills',
    },
    times,
  );
}

/** A firm's ordinary day: runs begun at fixed instants, however long the one before takes. */
async function daily(
  world: BenchWorld,
  start: () => Promise<Run>,
  forMs: number,
  apartMs = APART_MS,
): Promise<number[]> {
  const runs: Promise<Timed>[] = [];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    runs.push(timed(world.temporal.workflow, start));
    await pause(apartMs);
  }
  return (await Promise.all(runs)).map(({ doneMs }) => doneMs);
}

function rateFigures(perMinute: number, configured: number, seconds: string): Figure[] {
  const of = (limit: string) => `backfill of one firm over ${seconds} s against ${limit}`;
  return [
    shareFigure(
      { id: 'backfill-published', title: of(`Intuit's published ${PUBLISHED_PER_MINUTE} calls a minute`) },
      perMinute / PUBLISHED_PER_MINUTE,
      RATE_BUDGET_PERCENT,
    ),
    shareFigure(
      { id: 'backfill-configured', title: of(`the configured ${configured} calls a minute`) },
      perMinute / configured,
      RATE_BUDGET_PERCENT,
    ),
    infoFigure({ id: 'backfill-rate', title: 'backfill: bills posted' }, `${perMinute.toFixed(1)} a minute`),
  ];
}

/** Depends on the machine: calls that were granted in time can still arrive in a bunch. */
const throttledFigure = (calls: number): Figure => ({
  ...exactFigure(
    { id: 'backfill-throttled', title: 'backfill: calls that QuickBooks refused as too many' },
    String(calls),
    '0',
  ),
  kind: 'time',
});

function neighbourFigures(alone: Percentiles, beside: Percentiles, runs: [number, number]): Figure[] {
  const of = ({ p50, p99 }: Percentiles, count: number) =>
    `p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)} ms of ${count}`;
  return [
    ratioFigure(
      { id: 'neighbour-p99', title: "a second firm's p99 while another backfills, against its own without" },
      beside.p99 / alone.p99,
      P99_BUDGET,
    ),
    infoFigure({ id: 'neighbour-alone', title: 'second firm alone, accepted → posted' }, of(alone, runs[0])),
    infoFigure({ id: 'neighbour-beside', title: 'second firm beside a backfill' }, of(beside, runs[1])),
  ];
}
