import { mendedIn } from '../domain/fault/catalogue.js';
import { DEPOSITS } from '../domain/document.js';
import { expireProfile, getCompany } from '../db/company.js';
import { doubtDeposit } from '../db/document.js';
import { beginTrial, listTrials } from '../db/mending.js';
import { listBooksToRead, listDepositsToTry } from '../db/waiter.js';
import { listNewTermsDue, saveTermsTold } from '../db/bill.js';
import { EvenPace } from '../pace.js';
import type { Deps } from './deps.js';
import { readCheques } from './print-queue.js';
import { refreshProfile } from './profile.js';
import { release, rouse, wake } from './release.js';

/** Below what one company takes, so that what people send meanwhile finds room. */
const PER_SECOND = 8;

/** What one firm may have tried in one go; the rest follows with the next. */
const MOST = 400;

const LOST_AFTER_MS = 60_000;

/** Tells the bills that a person has named when changing settings: each plans anew, by those. */
async function tellNewTerms(deps: Deps, firmId?: string): Promise<void> {
  const { db } = deps;
  const pace = new EvenPace(PER_SECOND);
  const due = await listNewTermsDue(db, { ...(firmId !== undefined && { firmId }), limit: MOST });
  for (const { firmId: firm, billId } of due) {
    await pace.turn(firm);
    await rouse(deps, { firmId: firm, type: 'bill', id: billId }, 'settings');
    // Once Temporal has it; told twice is harmless.
    await saveTermsTold(db, firm, billId);
  }
}

/**
 * Tries again whatever was parked for a cause that is mended by now, whoever mended it and where: firm by firm in the
 * order in which it was parked, and no faster than QuickBooks takes it.
 */
export async function mend(deps: Deps, { firmId }: { firmId?: string }): Promise<{ tried: number }> {
  const { db, timing } = deps;
  await tellNewTerms(deps, firmId);
  if (firmId === undefined) {
    await readBooks(deps);
    await tryDeposits(deps);
    await readCheques(deps);
  }
  const trials = await listTrials(db, {
    ...(firmId !== undefined && { firmId }),
    settings: mendedIn('settings'),
    quickbooks: mendedIn('quickbooks'),
    probeAfterMs: timing.probeMs,
    lostAfterMs: LOST_AFTER_MS,
    limit: MOST,
  });
  const pace = new EvenPace(PER_SECOND);
  const firmIds = new Set(trials.map((trial) => trial.firmId));
  await Promise.all(
    [...firmIds].map(async (firm) => {
      for (const trial of trials) {
        if (trial.firmId !== firm) continue;
        await pace.turn(firm);
        // On record first: a signal that gets lost is made good by the next run.
        if (await beginTrial(db, trial)) await wake(deps, trial.workflowId, trial.parkId);
      }
    }),
  );
  return { tried: trials.length };
}

/** Whoever waits for books to be opened is woken by this: their closing date is read, seldom, for reads are metered. */
async function readBooks(deps: Deps): Promise<void> {
  for (const firmId of await listBooksToRead(deps.db, deps.timing.booksRecheckMs)) {
    await expireProfile(deps.db, firmId, new Date());
    await refreshProfile(deps, await getCompany(deps.db, firmId));
  }
}

/** Whoever waits for a payment to be taken off its deposit has its change tried: a refusal of a write is not metered. */
async function tryDeposits(deps: Deps): Promise<void> {
  for (const waiter of await listDepositsToTry(deps.db, deps.timing.booksRecheckMs)) {
    await doubtDeposit(deps.db, waiter.firmId, waiter.causeKey.slice(DEPOSITS.length));
    await release(deps, waiter);
  }
}
