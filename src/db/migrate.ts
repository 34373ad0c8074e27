import { Migrator, type Migration, type MigrationProvider } from 'kysely';
import { openDatabase } from './database.js';
import * as init from './migrations/2026-11-22T0700Z-init.js';
import * as limiter from './migrations/2026-11-22T0710Z-limiter.js';
import * as documentLife from './migrations/2026-11-22T1000Z-document-life.js';
import * as companyProfile from './migrations/2026-11-22T1010Z-company-profile.js';
import * as bookSlot from './migrations/2026-11-22T1013Z-book-slot.js';
import * as addPayment from './migrations/2026-11-22T1020Z-add-payment.js';
import * as decision from './migrations/2026-11-22T1030Z-decision.js';
import * as plannedFault from './migrations/2026-11-22T1050Z-planned-fault.js';
import * as billLife from './migrations/2026-11-22T1055Z-bill-life.js';
import * as addTimekeeper from './migrations/2026-11-22T1130Z-add-timekeeper.js';
import * as attentionViews from './migrations/2026-11-22T1255Z-add-attention-views.js';
import * as addSubscription from './migrations/2026-11-22T1320Z-add-subscription.js';
import * as wholeLife from './migrations/2026-11-22T1345Z-whole-life.js';
import * as mendFaults from './migrations/2026-11-22T1410Z-mend-faults.js';
import * as moreRemedies from './migrations/2026-11-22T1600Z-more-remedies.js';
import * as newTerms from './migrations/2026-11-22T1625Z-new-terms.js';
import * as addTrust from './migrations/2026-11-22T1650Z-add-trust.js';
import * as addTrustJournal from './migrations/2026-11-22T1710Z-add-trust-journal.js';
import * as takeBackOnce from './migrations/2026-11-22T1715Z-take-back-once.js';
import * as addReconciliation from './migrations/2026-11-22T1725Z-add-reconciliation.js';
import * as addCheque from './migrations/2026-11-22T1930Z-add-cheque.js';
import * as tellWhatIsLeft from './migrations/2026-11-22T1932Z-tell-what-is-left.js';
import * as tellNumbers from './migrations/2026-11-22T2020Z-tell-numbers.js';
import * as tellOfParting from './migrations/2026-11-22T2240Z-tell-of-parting.js';
import * as addDeposit from './migrations/2026-11-22T2250Z-add-deposit.js';
import * as adoptRecords from './migrations/2026-11-22T2305Z-adopt-records.js';
import * as addAccepted from './migrations/2026-11-23T0155Z-add-accepted.js';
import * as settleAllocations from './migrations/2026-11-23T0530Z-settle-allocations.js';

// Listed here, not read from the folder, so that a bundle and a container find them; a test holds the list complete.
export const migrations: Record<string, Migration> = {
  '2026-11-22T0700Z-init': init,
  '2026-11-22T0710Z-limiter': limiter,
  '2026-11-22T1000Z-document-life': documentLife,
  '2026-11-22T1010Z-company-profile': companyProfile,
  '2026-11-22T1013Z-book-slot': bookSlot,
  '2026-11-22T1020Z-add-payment': addPayment,
  '2026-11-22T1030Z-decision': decision,
  '2026-11-22T1050Z-planned-fault': plannedFault,
  '2026-11-22T1055Z-bill-life': billLife,
  '2026-11-22T1130Z-add-timekeeper': addTimekeeper,
  '2026-11-22T1255Z-add-attention-views': attentionViews,
  '2026-11-22T1320Z-add-subscription': addSubscription,
  '2026-11-22T1345Z-whole-life': wholeLife,
  '2026-11-22T1410Z-mend-faults': mendFaults,
  '2026-11-22T1600Z-more-remedies': moreRemedies,
  '2026-11-22T1625Z-new-terms': newTerms,
  '2026-11-22T1650Z-add-trust': addTrust,
  '2026-11-22T1710Z-add-trust-journal': addTrustJournal,
  '2026-11-22T1715Z-take-back-once': takeBackOnce,
  '2026-11-22T1725Z-add-reconciliation': addReconciliation,
  '2026-11-22T1930Z-add-cheque': addCheque,
  '2026-11-22T1932Z-tell-what-is-left': tellWhatIsLeft,
  '2026-11-22T2020Z-tell-numbers': tellNumbers,
  '2026-11-22T2240Z-tell-of-parting': tellOfParting,
  '2026-11-22T2250Z-add-deposit': addDeposit,
  '2026-11-22T2305Z-adopt-records': adoptRecords,
  '2026-11-23T0155Z-add-accepted': addAccepted,
  '2026-11-23T0530Z-settle-allocations': settleAllocations,
};

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(migrations) };

/** Applies what is missing, in order; safe to run from several processes at once (kysely takes a lock). */
export async function migrateToLatest(databaseUrl: string): Promise<string[]> {
  const db = openDatabase({ url: databaseUrl, maxConnections: 2 });
  try {
    const migrator = new Migrator({ db: db, provider });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error('A migration failed', { cause: error });
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
