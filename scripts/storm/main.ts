import { EXIT } from '../command.js';
import { noEnd, onStage } from './deadline.js';
import { openStage } from './open.js';
import type { Patience } from './rest.js';
import { runStorm } from './run.js';
import { summary } from './verdict.js';

export interface StormCommand {
  dir: string;
  size: number;
  seed: number;
  firms: number;
  progress: (line: string) => void;
  patience: Patience;
  /** It is given up then, whatever hangs. */
  deadlineMs: number;
}

/** Plays lives of bills against the real parts, and answers the exit code. */
export async function playBills(command: StormCommand): Promise<{ code: number; lastLine: string }> {
  const { size, seed, patience } = command;
  const verdict = await onStage(await openStage(command), command, (stage) =>
    runStorm(stage, { size, seed, atOnce: 30, patience }),
  );
  if (!verdict) return noEnd(size);
  for (const complaint of verdict.complaints) console.error(complaint);
  const { duplicates, lost, unexplained } = verdict;
  const isRight = duplicates + lost + unexplained === 0;
  return { code: isRight ? EXIT.done : EXIT.refused, lastLine: summary(verdict) };
}
