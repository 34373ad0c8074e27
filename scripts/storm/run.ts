import { inParallel } from '../bench/run.js';
import { livesOf } from './life.js';
import { play, type Played } from './play.js';
import type { Stage } from './stage.js';
import { judge, type Verdict } from './verdict.js';
import { clear, killAgainAndAgain, worsen } from './weather.js';

export interface StormOptions {
  size: number;
  seed: number;
  /** Lives that are played at the same time. */
  atOnce: number;
}

/** Plays random lives in bad weather, with a worker that dies all the time; then the sky clears, and it is judged. */
export async function runStorm(stage: Stage, { size, seed, atOnce }: StormOptions): Promise<Verdict> {
  const lives = livesOf(seed, size, stage.firms.length);
  await worsen(stage.firms);
  const over = new AbortController();
  const killing = killAgainAndAgain(stage, over.signal);
  const played: Played[] = [];
  await inParallel(size, atOnce, async (index) => {
    played.push(await play(stage, lives[index]!, index));
    if (played.length % 50 === 0) stage.progress(`${played.length} of ${size} lives played`);
  });
  over.abort();
  stage.progress(`all played; the worker was killed ${await killing} times; the sky clears`);
  await clear(stage);
  return await judge(stage, played);
}
