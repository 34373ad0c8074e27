import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../bench/run.js';
import { within } from '../local/within.js';
import { inTime, LIFE_MS, withHanging } from '../storm/deadline.js';
import type { Stage } from '../storm/stage.js';
import { killAgainAndAgain } from '../storm/weather.js';
import { livesOf, type BillItem, type Item, type PaymentItem } from './life.js';
import { listen } from './listener.js';
import { officeOf, officesOf, type Offices } from './office.js';
import { operate, type Shift } from './operator.js';
import { play, type Played } from './play.js';
import { troublesOf } from './repertoire.js';
import { judge, type FaultVerdict } from './verdict.js';

export interface FaultStormOptions {
  size: number;
  seed: number;
  atOnce: number;
  /** How much trouble comes to each bill and what is paid on it. */
  each: number;
  /** Whether somebody is told by webhook; that needs the schedules. */
  listens: boolean;
  /** What else the schedules do, where there are none. */
  mend?: () => Promise<void>;
}

/** Seldom enough that people are told of what needs them between two. */
const BETWEEN_KILLS_MS = [30_000, 50_000] as const;

const MEND_EVERY_MS = 3000;

/** The last messages come a moment after what they are about. */
const LAST_MESSAGES_MS = 15_000;

/** Trouble of all kinds over many bills, a scripted operator who reads the lists, and in the end the books. */
export async function runFaultStorm(
  stage: Stage,
  { size, seed, atOnce, each, listens, mend }: FaultStormOptions,
): Promise<FaultVerdict> {
  const troubles = troublesOf(seed, size, each);
  const lives = livesOf(stage.firms, size);
  const offices = officesOf(stage.firms);
  const listener = listens ? await listen(stage) : undefined;
  const items = new Map<string, Item>(
    lives.flatMap(({ bill, payment }) =>
      [bill, payment].map((item) => [`${item.ref.type} ${item.ref.id}`, item]),
    ),
  );
  const strange: string[] = [];
  const over = new AbortController();
  const shift = operate(stage, items, offices, seed, over.signal, (shown) => {
    const { firmId, type, id, cause, text } = shown;
    if (isExplained(shown, items, offices)) return;
    strange.push(`${firmId}: ${type} ${id} was shown ${cause}: ${text}`);
  });
  const kills: number[] = [];
  const killWorker = async () => {
    kills.push(Date.now());
    await stage.killWorker();
  };
  const killing = killAgainAndAgain({ killWorker }, over.signal, BETWEEN_KILLS_MS);
  const mending = mend ? mendAgainAndAgain(mend, over.signal) : undefined;
  const played: Played[] = [];
  const hanging: string[] = [];
  await Promise.race([
    failed(shift),
    inParallel(size, atOnce, async (index) => {
      const life = lives[index]!;
      const one = await inTime(LIFE_MS, play(stage, life, troubles[index]!, offices));
      if (one) played.push(one);
      else hanging.push(`${life.bill.ref.firmId} ${life.bill.ref.id} does not end`);
      if (played.length % 25 === 0) stage.progress(`${played.length} of ${size} bills are through`);
    }),
  ]);
  await within(LAST_MESSAGES_MS, async () => await isQuiet(stage));
  over.abort();
  const done = await shift;
  await killing;
  await mending;
  await listener?.close();
  const verdict = await judge(stage, {
    lives,
    offices,
    played,
    shift: done,
    told: listener?.told ?? [],
    kills,
    strange,
  });
  return withHanging(verdict, hanging);
}

async function mendAgainAndAgain(mend: () => Promise<void>, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await mend();
    await pause(MEND_EVERY_MS);
  }
}

/** Never settles but by failing: an operator who gives up ends the storm. */
const failed = async (shift: Promise<Shift>): Promise<never> => {
  await shift;
  return await new Promise<never>(() => undefined);
};

const isQuiet = async (stage: Stage): Promise<boolean> => {
  const all = await Promise.all(
    stage.firms.map(({ firmId }) => stage.call('GET', `/v1/attention/items?firm=${firmId}&limit=1`)),
  );
  return all.every(({ items }) => (items as unknown[]).length === 0);
};

/** What comes of money that somebody has entered on a bill stands in the way of the bill's own uses as well. */
const OF_BOTH = 'over-applied';

function isExplained(
  { firmId, type, id, cause }: Shift['shown'][number],
  items: ReadonlyMap<string, Item>,
  offices: Offices,
): boolean {
  const office = officeOf(offices, firmId);
  if (office.mayShow.has(cause)) return true;
  if (type === 'contact' && office.mayShowOfClient.get(id)?.has(cause) === true) return true;
  const item = items.get(`${type} ${id}`);
  if (item?.mayShow.has(cause) || item?.mayShowAlways.has(cause)) return true;
  const bills = item && 'bills' in item ? (item as PaymentItem).bills : [];
  if (cause === OF_BOTH && item && 'paidBy' in item) return (item as BillItem).mayShowOfPaid.has(cause);
  return bills.some(({ mayShowOfPaid }) => mayShowOfPaid.has(cause));
}
