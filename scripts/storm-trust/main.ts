import { EXIT } from '../command.js';
import { noEnd, onStage } from '../storm/deadline.js';
import type { StormCommand } from '../storm/main.js';
import { openStage } from '../storm/open.js';
import { runTrustStorm } from './run.js';
import { summary } from './verdict.js';

/** Cheques are looked at as often as a storm of minutes needs. */
const LOOK_OFTEN = { COUNTERFOIL_CHEQUE_RECHECK: '5s' };

/** Plays a storm of client money against the real parts, and answers the exit code. */
export async function playTrust(command: StormCommand): Promise<{ code: number; lastLine: string }> {
  const { size, seed, patience } = command;
  const verdict = await onStage(await openStage({ ...command, env: LOOK_OFTEN }), command, (stage) =>
    runTrustStorm(stage, { size, seed, atOnce: 20, patience }),
  );
  if (!verdict) return noEnd(size);
  for (const line of verdict.complaints) console.error(line);
  const { duplicates, lost, unexplained, negative, writes } = verdict;
  console.error(`${writes} writes of client money were looked at, one after the other`);
  const isRight = duplicates + lost + unexplained + negative === 0;
  return { code: isRight ? EXIT.done : EXIT.refused, lastLine: summary(verdict) };
}
