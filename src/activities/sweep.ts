import { countOpenFaults } from '../db/fault.js';
import { listSettledWaiters } from '../db/waiter.js';
import type { Deps } from './deps.js';
import { release } from './release.js';

/** Wakes who still waits for something that is settled: the net behind every release, should a signal get lost. */
export async function sweepWaiters(deps: Deps): Promise<{ released: number }> {
  const waiters = await listSettledWaiters(deps.db);
  for (const waiter of waiters) await release(deps, waiter);
  deps.metrics.parked(await countOpenFaults(deps.db));
  return { released: waiters.length };
}
