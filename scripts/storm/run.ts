import { ITEM_KINDS } from '../../src/domain/firm.js';
import { inParallel } from '../bench/run.js';
import { Clients } from './client.js';
import { livesOf } from './life.js';
import { inTime, LIFE_MS, withHanging } from './deadline.js';
import { play, type Played } from './play.js';
import { untilStill, type Patience } from './rest.js';
import type { Stage } from './stage.js';
import { judge, type Verdict } from './verdict.js';
import { clear, killAgainAndAgain, worsen } from './weather.js';

export interface StormOptions {
  size: number;
  seed: number;
  /** Lives that are played at the same time. */
  atOnce: number;
  patience: Patience;
}

/** A firm's prefixes, one after the other; what is posted keeps the one that it was posted under. */
const PREFIXES = ['', 'N-'];

/** Plays random lives in bad weather, with a worker that dies all the time; then the sky clears, and it is judged. */
export async function runStorm(
  stage: Stage,
  { size, seed, atOnce, patience }: StormOptions,
): Promise<Verdict> {
  const lives = livesOf(seed, size, stage.firms.length);
  const clients = new Clients();
  await setUp(stage);
  await worsen(stage.firms);
  const over = new AbortController();
  const killing = killAgainAndAgain(stage, over.signal);
  const played: Played[] = [];
  const hanging: string[] = [];
  try {
    await inParallel(size, atOnce, async (index) => {
      const one = await inTime(LIFE_MS, play(stage, lives[index]!, index, clients));
      if (one) played.push(one);
      else hanging.push(`life ${index + 1} does not end`);
      if (played.length === Math.ceil(size / 2)) await changePrefixes(stage);
      if (played.length % 50 === 0) stage.progress(`${played.length} of ${size} lives played`);
    });
  } finally {
    over.abort();
    const kills = await killing;
    const meddled = played.flatMap((life) => life.meddled).length;
    stage.progress(
      `${played.length} played, ${meddled} meddled with; the worker was killed ${kills} times; the sky clears`,
    );
    await clear(stage);
  }
  const rest = await untilStill(stage, patience);
  stage.progress(`all is still, with ${rest.size} open; it is judged`);
  return withHanging(await judge(stage, { played, clients, rest, prefixes: PREFIXES }), hanging);
}

/** Every second firm has its matters as sub-customers, every third its interest as a line. */
async function setUp({ call, firms }: Stage): Promise<void> {
  for (const [index, { firmId, items }] of firms.entries()) {
    await call('PUT', `/v1/firms/${firmId}/settings`, {
      items: Object.fromEntries(
        ITEM_KINDS.map((kind) => [kind, kind === 'expense' ? items.expense : items.time]),
      ),
      ...(index % 2 === 1 && { matters: 'sub-customer' }),
      ...(index % 3 === 2 && { interest: 'line' }),
    });
  }
}

async function changePrefixes({ call, firms, progress }: Stage): Promise<void> {
  for (const { firmId } of firms) {
    await call('PUT', `/v1/firms/${firmId}/settings`, { prefix: PREFIXES.at(-1) });
  }
  progress('the firms change their prefixes');
}
