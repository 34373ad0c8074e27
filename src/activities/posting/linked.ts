import { isRemoval } from '../../domain/document.js';
import { changedBy, isUse } from '../../domain/use.js';
import type { Queryable } from '../../db/database.js';
import { advanceTokens } from '../../db/document.js';
import { findFormer, type PostingRow } from '../../db/posting.js';

/** What money is used on changes with its use, so that its own next write needs no read. */
export async function advanceLinked(tx: Queryable, posting: PostingRow): Promise<void> {
  const { firm_id: firmId, realm_id: realmId, action, intent, first_sent_at: since } = posting;
  if (!isUse(intent) || since === null) return;
  const former = action === 'update' ? await findFormer(tx, posting) : undefined;
  const before = isRemoval(action) ? intent : former && isUse(former) ? former : undefined;
  const qboIds = changedBy(before, isRemoval(action) ? undefined : intent);
  if (qboIds.length > 0) await advanceTokens(tx, { firmId, realmId, qboIds, since });
}
