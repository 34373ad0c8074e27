import { inParallel } from '../bench/run.js';
import { within } from '../local/within.js';
import type { Stage } from '../storm/stage.js';
import { newLife, type Life } from './life.js';
import { listen } from './listener.js';
import { operate, type Shift } from './operator.js';
import { play, type Played } from './play.js';
import { troublesOf } from './trouble.js';
import { judge, type FaultVerdict } from './verdict.js';

export interface FaultStormOptions {
  size: number;
  seed: number;
  atOnce: number;
  /** How much trouble comes to each bill. */
  each: number;
  /** Whether somebody is told by webhook; that needs the schedules. */
  listens: boolean;
}

/** The last messages come a moment after what they are about. */
const LAST_MESSAGES_MS = 15_000;

/** Trouble of all kinds over many bills, a scripted operator who reads the lists, and in the end the books. */
export async function runFaultStorm(
  stage: Stage,
  { size, seed, atOnce, each, listens }: FaultStormOptions,
): Promise<FaultVerdict> {
  const troubles = troublesOf(seed, size, each);
  const lives = troubles.map((_all, index) => newLife(stage.firms[index % stage.firms.length]!, index));
  const wide = new Map(stage.firms.map(({ firmId }) => [firmId, new Set<string>()]));
  const listener = listens ? await listen(stage) : undefined;
  const watched = new Map(lives.map((life) => [life.ref.id, life]));
  const strange: string[] = [];
  const over = new AbortController();
  const shift = operate(stage, watched, seed, over.signal, (item) => {
    if (!isExplained(item, watched, wide)) strange.push(`${item.type} ${item.id} was shown ${item.cause}`);
  });
  const played: Played[] = [];
  await Promise.race([
    failed(shift),
    inParallel(size, atOnce, async (index) => {
      played.push(await play(stage, lives[index]!, troubles[index]!, wide));
      if (played.length % 25 === 0) stage.progress(`${played.length} of ${size} bills are through`);
    }),
  ]);
  await within(LAST_MESSAGES_MS, async () => await isQuiet(stage));
  over.abort();
  const done = await shift;
  await listener?.close();
  return await judge(stage, { lives, played, shift: done, told: listener?.told ?? [], strange });
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

function isExplained(
  { firmId, type, id, cause }: Shift['shown'][number],
  lives: ReadonlyMap<string, Life>,
  wide: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (wide.get(firmId)?.has(cause)) return true;
  return type === 'bill' && lives.get(id)?.mayShow.has(cause) === true;
}
