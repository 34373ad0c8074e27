import { startBare } from './bare.js';
import { infoFigure, shareFigure, type Figure } from './figure.js';
import { inParallel, timed, type Run } from './run.js';
import { sum } from './statistic.js';
import type { BenchWorld } from './world.js';

const BUDGET_PERCENT = 70;

export interface ThroughputOptions {
  inFlight: number;
  /** Runs of each kind in each round. */
  count: number;
  rounds: number;
  firms: number;
}

/** Rounds of bare workflows and rounds of bills in turns; bills go round all firms. */
export async function measureThroughput(world: BenchWorld, options: ThroughputOptions): Promise<Figure[]> {
  const { temporal, open } = world;
  const { inFlight, count } = options;
  const firms = await Promise.all(Array.from({ length: options.firms }, () => world.firm()));
  for (const firm of firms) await timed(temporal.workflow, () => open.client.syncBill(firm.bill()));

  const round = async (start: (index: number) => Promise<Run>): Promise<number> => {
    const begunAt = performance.now();
    await inParallel(count, inFlight, (index) => timed(temporal.workflow, () => start(index)));
    return (performance.now() - begunAt) / 1000;
  };
  const bareSeconds: number[] = [];
  const billSeconds: number[] = [];
  for (let turn = 0; turn < options.rounds; turn += 1) {
    bareSeconds.push(await round(() => startBare(temporal.workflow)));
    billSeconds.push(await round((index) => open.client.syncBill(firms[index % firms.length]!.bill())));
  }
  const perSecond = (seconds: readonly number[]) => (count * options.rounds) / sum(seconds);
  const about = {
    id: 'throughput',
    title: `bills per second against bare workflows, ${inFlight} in flight, ${options.firms} firms, limits raised`,
  };
  return [
    shareFigure(about, perSecond(billSeconds) / perSecond(bareSeconds), BUDGET_PERCENT),
    infoFigure({ id: 'throughput-bare', title: 'bare workflows' }, `${perSecond(bareSeconds).toFixed(1)}/s`),
    infoFigure({ id: 'throughput-bill', title: 'bills' }, `${perSecond(billSeconds).toFixed(1)}/s`),
  ];
}
