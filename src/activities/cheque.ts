import type { AggregateRef } from '../domain/aggregate.js';
import type { RemedyMessage } from '../domain/remedy.js';
import type { ChequeIntent } from '../domain/intent.js';
import { cheque, isPrinted } from '../qbo/cheque.js';
import { forgetTrouble, savePrinted } from '../db/cheque.js';
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

/** Puts on record that it was printed, where that is all that is new about it; its number comes with the next look. */
export async function wasPrinted(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  intent: ChequeIntent,
  object: Record<string, unknown>,
): Promise<boolean> {
  const isNews = intent.printed === undefined && isPrinted(object);
  if (!isNews || cheque.allDifferences({ ...intent, printed: true }, object).length > 0) return false;
  await savePrinted(db, firmId, trustTransactionId, cheque.read(object).syncToken);
  return true;
}
