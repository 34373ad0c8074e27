import type { Progress } from '../local/temporal-cli.js';
import { measureBackfill } from './backfill.js';
import { Constancy } from './constancy.js';
import type { Figure } from './figure.js';
import { measureLatency } from './latency.js';
import { measureLifeCalls } from './life-call.js';
import { measureQuickBooksCalls } from './quickbooks-call.js';
import { measureReconciliation } from './reconciliation.js';
import { createReport, describeMachine, type Report } from './report.js';
import { measureThroughput } from './throughput.js';
import { measureTrustCalls } from './trust-call.js';
import { startBenchWorld, type BenchWorld, type ServerKind } from './world.js';

export const PARTS = ['counts', 'latency', 'throughput', 'backfill', 'reconciliation'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  only: readonly Part[];
  server: ServerKind;
  /** Bills, and as many bare workflows, whose latency is taken. */
  runs: number;
  inFlight: number;
  /** Added to each call to QuickBooks of the latency comparison. */
  qboLatencyMs: number;
  /** How long the backfill is watched. */
  windowMs: number;
  quick: boolean;
}

/** Nothing that is healthy takes so long. */
const DEADLINE_MS = { quick: 5 * 60_000, full: 30 * 60_000 };

/** The whole benchmark in a world of its own, which is gone when this returns, also after Ctrl-C. */
export async function runBenchmark(options: BenchOptions, progress: Progress): Promise<Report> {
  const begun = { at: new Date(), machine: describeMachine() };
  const world = await startBenchWorld(options.server, progress);
  const end = earlyEnd(options.quick ? DEADLINE_MS.quick : DEADLINE_MS.full);
  try {
    const figures = await Promise.race([measure(world, options, progress), end.promise]);
    const { server, runs, inFlight, qboLatencyMs, windowMs, quick, only } = options;
    const settings = { server, runs, 'in flight': inFlight, 'QBO latency ms': qboLatencyMs };
    return createReport(
      begun,
      { ...settings, 'backfill s': windowMs / 1000, quick, parts: only.join(' ') },
      figures,
    );
  } finally {
    end.cancel();
    progress('Stopping');
    await world.close();
  }
}

async function measure(world: BenchWorld, options: BenchOptions, progress: Progress): Promise<Figure[]> {
  const { only, quick, runs, inFlight, qboLatencyMs, windowMs } = options;
  const part = async (name: Part, title: string, measured: () => Promise<Figure[]>): Promise<Figure[]> => {
    if (!only.includes(name)) return [];
    progress(title);
    return await measured();
  };
  const calls = await part('counts', 'Counting calls to QuickBooks', async () => [
    ...(await measureQuickBooksCalls(world)),
    ...(await measureLifeCalls(world)),
    ...(await measureTrustCalls(world)),
  ]);
  const constancy = only.includes('counts') ? await Constancy.begin(world) : undefined;
  const latency = await part('latency', `Latency: ${runs} bills and ${runs} bare workflows in turns`, () =>
    measureLatency(world, { runs, warmUp: quick ? 2 : 20, latencyMs: qboLatencyMs }),
  );
  const throughput = await part('throughput', `Throughput, ${inFlight} in flight`, () =>
    measureThroughput(
      world,
      quick
        ? { inFlight, count: inFlight, rounds: 1, firms: 3 }
        : { inFlight, count: 150, rounds: 3, firms: 10 },
    ),
  );
  const backfill = await part('backfill', `Backfill beside a second firm, ${windowMs / 1000} s`, () =>
    measureBackfill(world, { windowMs, enforced: !quick }),
  );
  const counts = await part('counts', 'Counting history events and round trips to Postgres', async () =>
    constancy ? await constancy.finish(quick ? 3 : 50, quick ? 2 : 20) : [],
  );
  const reconciliation = await part('reconciliation', 'Reconciling client money', () =>
    measureReconciliation(
      world.databaseUrl,
      quick ? { transactions: 2_000, matters: 100 } : { transactions: 100_000, matters: 5_000 },
    ),
  );
  return [...latency, ...throughput, ...backfill, ...calls, ...counts, ...reconciliation];
}

/** Ends the measuring, but not the tidying up after it, by a signal or because it has taken too long. */
function earlyEnd(deadlineMs: number): { promise: Promise<never>; cancel(): void } {
  let cancel = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const interrupted = () => reject(new Error('Interrupted.'));
    const late = () => reject(new Error(`The benchmark has not ended within ${deadlineMs / 1000} s.`));
    const timer = setTimeout(late, deadlineMs);
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    cancel = () => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    };
  });
  return { promise, cancel: () => cancel() };
}
