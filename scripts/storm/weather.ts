import type { ConnectedFirm } from '../local/office.js';
import type { Stage } from './stage.js';

/** Trouble that heals by itself, and how often a call meets it. That others change what is ours is a meddler's part. */
const WEATHER: readonly [name: string, probability: number, options?: Record<string, unknown>][] = [
  ['service-unavailable', 0.03],
  ['bad-gateway', 0.01],
  ['gateway-internal', 0.01],
  ['throttled', 0.005],
  ['token-expired', 0.01],
  ['empty-body', 0.005],
  ['html-body', 0.005],
  ['transient-6000', 0.01],
  ['drop-before-commit', 0.02],
  ['commit-then-drop', 0.04],
  ['commit-then-status', 0.01, { status: 500 }],
  ['commit-then-empty-body', 0.01],
  // Said of an update although nobody has changed anything: two programs met, and neither wrote.
  ['stale-object', 0.02, { match: { operation: 'update' } }],
];

/** Begins it in every company. */
export async function worsen(firms: readonly ConnectedFirm[]): Promise<void> {
  for (const { qbo } of firms) {
    for (const [name, probability, options] of WEATHER) {
      await qbo.fault(name, { count: null, probability, ...options });
    }
  }
}

/** How many calls it has hit. */
export async function clear({ firms }: Stage): Promise<void> {
  for (const { qbo } of firms) await qbo.clearFaults();
}

const FIRST_KILL_MS = [1000, 4000] as const;
/**
 * Longer than the ten seconds after which Temporal gives a dead worker's tasks to another one: killed more often than
 * that, nobody gets anything done, and for minutes at a time.
 */
const BETWEEN_KILLS_MS = [12_000, 18_000] as const;

/** Kills the worker again and again until told to stop; answers how often. */
export async function killAgainAndAgain(
  stage: Pick<Stage, 'killWorker'>,
  over: AbortSignal,
  betweenMs: readonly [number, number] = BETWEEN_KILLS_MS,
): Promise<number> {
  let kills = 0;
  for (;;) {
    const [least, most] = kills === 0 ? FIRST_KILL_MS : betweenMs;
    await pause(least + Math.random() * (most - least), over);
    if (over.aborted) return kills;
    await stage.killWorker();
    kills += 1;
  }
}

async function pause(ms: number, over: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      over.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    over.addEventListener('abort', end);
  });
}
