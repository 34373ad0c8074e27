import { EXIT } from '../command.js';
import { summary, type Verdict } from './verdict.js';

/** What has come by then, else nothing: what hangs is left behind, and whatever becomes of it is nobody's concern. */
export async function inTime<T>(timeoutMs: number, what: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Far longer than any life takes that goes on at all: one that is not through by then is lost. */
export const LIFE_MS = 15 * 60_000;

/** So long all that was started may take to end. */
const CLOSE_MS = 60_000;

/**
 * Plays a storm on a stage and takes the stage down, whatever hangs. Past the deadline nobody can say what has become of
 * anything: then all of it counts as lost.
 */
export async function onStage<S extends { close(): Promise<void> }, V>(
  stage: S,
  { deadlineMs }: { deadlineMs: number },
  perform: (stage: S) => Promise<V>,
): Promise<V | undefined> {
  try {
    return await inTime(deadlineMs, perform(stage));
  } finally {
    await inTime(CLOSE_MS, stage.close());
  }
}

/** Where nothing is known any more. */
export const noEnd = (size: number): { code: number; lastLine: string } => ({
  code: EXIT.refused,
  lastLine: summary({ posted: 0, parked: 0, duplicates: 0, lost: size, unexplained: 0, complaints: [] }),
});

/** Lives that were given up count as lost, whatever the books say of them. */
export const withHanging = <V extends Pick<Verdict, 'lost' | 'complaints'>>(
  verdict: V,
  hanging: readonly string[],
): V => ({
  ...verdict,
  lost: verdict.lost + hanging.length,
  complaints: [...verdict.complaints, ...hanging.map((what) => `lost: ${what}`)],
});
