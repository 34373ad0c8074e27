import { startBare } from './bare.js';
import { infoFigure, ratioFigure, type Figure } from './figure.js';
import { timed, type Timed } from './run.js';
import { percentiles, type Percentiles } from './statistic.js';
import { listenToQuickBooks } from './wire.js';
import type { BenchWorld } from './world.js';

const P50_BUDGET = 1.5;
const P99_BUDGET = 2.5;

export interface LatencyOptions {
  runs: number;
  warmUp: number;
  latencyMs: number;
}

/** One at a time and in turns, so that whatever else the machine does meets both alike. */
export async function measureLatency(world: BenchWorld, options: LatencyOptions): Promise<Figure[]> {
  const { temporal, open } = world;
  const firm = await world.firm({ latencyMs: options.latencyMs });
  const oneBare = () => timed(temporal.workflow, () => startBare(temporal.workflow));
  const oneBill = () => timed(temporal.workflow, () => open.client.syncBill(firm.bill()));
  for (let warm = 0; warm < options.warmUp; warm += 1) {
    await oneBare();
    await oneBill();
  }
  const wire = listenToQuickBooks(world.simulatorUrl);
  const bares: Timed[] = [];
  const bills: (Timed & { qboMs: number })[] = [];
  try {
    for (let run = 0; run < options.runs; run += 1) {
      bares.push(await oneBare());
      wire.takeMs();
      const bill = await oneBill();
      bills.push({ ...bill, qboMs: wire.takeMs() });
    }
  } finally {
    wire.stop();
  }
  return figures(
    percentiles(bares.map(({ doneMs }) => doneMs)),
    percentiles(bills.map(({ doneMs }) => doneMs)),
    percentiles(bills.map(({ doneMs, qboMs }) => doneMs - qboMs)),
    [
      ['latency-qbo', "QuickBooks' own time for a bill", percentiles(bills.map(({ qboMs }) => qboMs))],
      ['accept-bare', 'the call that starts a bare workflow', percentiles(bares.map((run) => run.acceptMs))],
      ['accept-bill', 'the call that accepts a bill', percentiles(bills.map((run) => run.acceptMs))],
    ],
  );
}

function figures(
  bare: Percentiles,
  bill: Percentiles,
  own: Percentiles,
  others: [id: string, title: string, values: Percentiles][],
): Figure[] {
  const about = (percent: string) => ({
    id: `latency-${percent}`,
    title: `accepted → posted above QuickBooks' own time, ${percent} against a bare workflow`,
  });
  return [
    ratioFigure(about('p50'), own.p50 / bare.p50, P50_BUDGET),
    ratioFigure(about('p99'), own.p99 / bare.p99, P99_BUDGET),
    infoFigure({ id: 'latency-bare', title: 'bare workflow' }, inMs(bare)),
    infoFigure({ id: 'latency-bill', title: 'bill of a known client' }, inMs(bill)),
    infoFigure({ id: 'latency-own', title: "bill of a known client, above QuickBooks' own time" }, inMs(own)),
    ...others.map(([id, title, values]) => infoFigure({ id, title }, inMs(values))),
  ];
}

const inMs = ({ p50, p90, p99 }: Percentiles): string =>
  `p50 ${p50.toFixed(0)}, p90 ${p90.toFixed(0)}, p99 ${p99.toFixed(0)} ms`;
