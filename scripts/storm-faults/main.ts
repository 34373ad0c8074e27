import { EXIT } from '../command.js';
import { noEnd, onStage } from '../storm/deadline.js';
import type { StormCommand } from '../storm/main.js';
import { openStage } from '../storm/open.js';
import { summary } from '../storm/verdict.js';
import { runFaultStorm } from './run.js';
import type { FaultVerdict } from './verdict.js';

/** Each bill of a full storm meets so much trouble. */
const EACH = 10;

/** Within which people are to hear of what needs them. */
const TOLD_WITHIN_MS = 15_000;

/** Plays a storm of faults against the real parts, says what it measured, and answers the exit code. */
export async function playFaults(command: StormCommand): Promise<{ code: number; lastLine: string }> {
  const { size, seed } = command;
  const env = { COUNTERFOIL_NOTIFY_WITHIN: `${TOLD_WITHIN_MS}ms`, COUNTERFOIL_BOOKS_RECHECK: '1m' };
  const verdict = await onStage(await openStage({ ...command, env }), command, (stage) =>
    runFaultStorm(stage, { size, seed, atOnce: 60, each: EACH, listens: true }),
  );
  if (!verdict) return noEnd(size);
  for (const line of report(verdict)) console.error(line);
  const { duplicates, lost, unexplained } = verdict;
  const isRight = duplicates + lost + unexplained === 0 && verdict.latestTellingMs <= TOLD_WITHIN_MS;
  return { code: isRight ? EXIT.done : EXIT.refused, lastLine: summary(verdict) };
}

export function report(verdict: FaultVerdict): string[] {
  const { complaints, troubles, shown, excluded, falseAlarms, latestTellingMs, preflight, chosen } = verdict;
  const share = (part: number, of: number) =>
    `${part} of ${of} (${((100 * part) / Math.max(1, of)).toFixed(0)} %)`;
  const remedies = [...chosen]
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`);
  return [
    ...complaints,
    `${troubles} troubles; ${shown} shown to the operator, who chose ${remedies.join(', ')}; ${excluded} bills excluded`,
    `told about what heals itself: ${falseAlarms}; latest telling after ${(latestTellingMs / 1000).toFixed(1)} s, bound ${TOLD_WITHIN_MS / 1000} s; the worker was killed ${verdict.kills} times, and what met that was told after ${(verdict.latestTellingAfterKillMs / 1000).toFixed(1)} s`,
    `found before QuickBooks was asked: ${share(preflight.before, preflight.parkings)} parkings, ${share(preflight.causesBefore, preflight.causes)} causes`,
  ];
}
