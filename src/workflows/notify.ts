import { planning } from './effects.js';

/** Runs by a schedule: keeps the operators' list of stuck workflows. */
export async function notify(): Promise<void> {
  await planning((local) => local.sweepStuck());
}
