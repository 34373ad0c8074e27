import { countOpenFaults } from '../db/fault.js';
import { listNotStarted } from '../db/trust-transaction.js';
import { listSettledWaiters } from '../db/waiter.js';
import { signalWithStart } from '../start.js';
import { syncTrustTransaction } from '../workflows/messages.js';
import type { Deps } from './deps.js';
import { release } from './release.js';

/** Wakes who still waits for something that is settled: the net behind every release, should a signal get lost. */
export async function sweepWaiters(deps: Deps): Promise<{ released: number }> {
  const waiters = await listSettledWaiters(deps.db);
  for (const waiter of waiters) await release(deps, waiter);
  await startReserved(deps);
  deps.metrics.parked(await countOpenFaults(deps.db));
  return { released: waiters.length };
}

/** Far longer than the server takes from the reservation to the start. */
const NOT_STARTED_MS = 30_000;

/** Client money that the server has reserved and could not start: whoever sent it may think that it was refused. */
async function startReserved({ db, workflows, syncQueue }: Deps): Promise<void> {
  for (const snapshot of await listNotStarted(db, NOT_STARTED_MS)) {
    const { firmId, trustTransactionId: id } = snapshot;
    await signalWithStart(workflows, syncQueue, {
      ref: { firmId, type: 'trustTransaction', id },
      signal: syncTrustTransaction,
      message: snapshot,
    });
  }
}
