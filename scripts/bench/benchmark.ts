import type { Progress } from '../local/temporal-cli.js';
import { measureBackfill } from './backfill.js';
import { Constancy } from './constancy.js';
import type { Figure } from './figure.js';
import { measureLatency } from './latency.js';
import { measureQuickBooksCalls } from './quickbooks-call.js';
import { createReport, describeMachine, type Report } from './report.js';
import { measureThroughput } from './throughput.js';
import { startBenchWorld, type BenchWorld, type ServerKind } from './world.js';

export interface BenchOptions {
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
    const { server, runs, inFlight, qboLatencyMs, windowMs, quick } = options;
    const settings = { server, runs, 'in flight': inFlight, 'QBO latency ms': qboLatencyMs };
    return createReport(begun, { ...settings, 'backfill s': windowMs / 1000, quick }, figures);
  } finally {
    end.cancel();
    progress('Stopping');
    await world.close();
  }
}

async function measure(world: BenchWorld, options: BenchOptions, progress: Progress): Promise<Figure[]> {
  const { quick, runs, inFlight, qboLatencyMs, windowMs } = options;
  progress('Counting calls to QuickBooks');
  const calls = await measureQuickBooksCalls(world);
  progress('Counting history events and round trips to Postgres');
  const constancy = await Constancy.begin(world);
  progress(`Latency: ${runs} bills and ${runs} bare workflows in turns`);
  const latency = await measureLatency(world, { runs, warmUp: quick ? 2 : 20, latencyMs: qboLatencyMs });
  progress(`Throughput, ${inFlight} in flight`);
  const throughput = await measureThroughput(
    world,
    quick
      ? { inFlight, count: inFlight, rounds: 1, firms: 3 }
      : { inFlight, count: 150, rounds: 3, firms: 10 },
  );
  progress(`Backfill of one firm beside a second one, ${windowMs / 1000} s`);
  const backfill = await measureBackfill(world, { windowMs, enforced: !quick });
  progress('Counting again');
  const counts = await constancy.finish(quick ? 3 : 50, quick ? 2 : 20);
  return [...latency, ...throughput, ...backfill, ...calls, ...counts];
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
