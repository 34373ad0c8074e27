import { countOpenFaults } from '../db/fault.js';
import { expireProfile, getCompany } from '../db/company.js';
import { listBooksToRead, listSettledWaiters } from '../db/waiter.js';
import type { Deps } from './deps.js';
import { refreshProfile } from './profile.js';
import { release } from './release.js';

/** How often the closing date of a company is read in whose books somebody waits: reads are metered. */
async function readBooks(deps: Deps): Promise<void> {
  for (const firmId of await listBooksToRead(deps.db, deps.timing.booksRecheckMs)) {
    await expireProfile(deps.db, firmId, new Date());
    await refreshProfile(deps, await getCompany(deps.db, firmId));
  }
}

/** Wakes who still waits for something that is settled: the net behind every release, should a signal get lost. */
export async function sweepWaiters(deps: Deps): Promise<{ released: number }> {
  await readBooks(deps);
  const waiters = await listSettledWaiters(deps.db);
  for (const waiter of waiters) await release(deps, waiter);
  deps.metrics.parked(await countOpenFaults(deps.db));
  return { released: waiters.length };
}
