import { countParted, listAccountsDue } from '../db/trust-reconciliation.js';
import type { Deps } from './deps.js';
import { askCompany, CannotReconcile, trustReconciler } from './reconcile-trust.js';

/**
 * Compares ledger and QuickBooks for each trust account whose last whole day was not reconciled yet; the bank's statement
 * comes from the firm. One that cannot be now, because its company is not connected for instance, is due again.
 */
export async function reconcileDue(deps: Deps): Promise<{ made: number; failed: number }> {
  const { db, log, metrics } = deps;
  const reconcile = trustReconciler(db, askCompany(deps));
  const done = { made: 0, failed: 0 };
  for (const { firmId, accountId, jurisdiction } of await listAccountsDue(db)) {
    try {
      const { record, result } = await reconcile({ firmId, accountId, jurisdiction });
      done.made += 1;
      const { reconciliationId, on } = record;
      const about = { firmId, accountId, reconciliationId, on };
      if (result.agrees) log.info(about, 'client money agrees');
      else
        log.warn({ ...about, partedOn: result.parting?.on }, 'client money does not agree with QuickBooks');
    } catch (error) {
      if (!(error instanceof CannotReconcile)) throw error;
      done.failed += 1;
      log.warn({ firmId, accountId, reason: error.message }, 'client money could not be reconciled');
    }
  }
  metrics.parted(await countParted(db));
  return done;
}
