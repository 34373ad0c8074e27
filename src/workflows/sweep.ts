import { planning } from './effects.js';

/** Runs by a schedule. Finds nothing to do unless a process died between a settlement and its signals. */
export async function sweep(): Promise<void> {
  await planning((local) => local.sweepWaiters());
}
