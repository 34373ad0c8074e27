import type { AggregateRef } from '../domain/aggregate.js';
import type { RemedyMessage } from '../domain/remedy.js';
import { forgetTrouble } from '../db/cheque.js';
import type { Queryable } from '../db/database.js';
import { forgetRemoved, recheckRemoved } from '../db/document.js';
import { findOpenFault } from '../db/fault.js';

const GONE = 'cheque-gone';

/** What a person decided about a cheque that QuickBooks does not hold as it should. */
export async function decideCheque(
  db: Queryable,
  ref: AggregateRef,
  { action }: RemedyMessage,
): Promise<void> {
  const isGone = (await findOpenFault(db, ref))?.fault === GONE;
  if (isGone && action === 'recreate') await forgetRemoved(db, ref);
  if (isGone && action === 'retry') await recheckRemoved(db, ref);
  await forgetTrouble(db, ref, action === 'allow-duplicate-number');
}
