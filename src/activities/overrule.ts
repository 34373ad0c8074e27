import type { AggregateRef } from '../domain/aggregate.js';
import type { RemedyMessage } from '../domain/remedy.js';
import { mappingOf } from '../qbo/document.js';
import type { Queryable } from '../db/database.js';
import { findPosted, saveSyncToken } from '../db/document.js';
import { findEvidence } from '../db/fault.js';

const CHANGED = 'changed-in-quickbooks';

/**
 * What a person decided about a document that somebody changed in QuickBooks. Whoever retries has seen the
 * difference, so ours goes on top of that very state; what changes after it is asked about again.
 */
export async function overrule(db: Queryable, ref: AggregateRef, { action }: RemedyMessage): Promise<void> {
  if (action !== 'retry') return;
  const open = await findEvidence(db, ref);
  if (open?.document === undefined) return;
  const { fault, document, evidence } = open;
  if (fault !== CHANGED || typeof evidence.body !== 'string') return;
  const posted = await findPosted(db, ref.firmId, document);
  if (!posted) return;
  const seen = JSON.parse(evidence.body) as Record<string, unknown>;
  const { syncToken } = mappingOf(posted.intent.document).read(seen);
  if (syncToken !== '') await saveSyncToken(db, ref.firmId, document, syncToken);
}
