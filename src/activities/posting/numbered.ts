import type { Intent } from '../../domain/intent.js';
import { findLinked, type DocumentRow } from '../../db/document.js';
import { registerWaiter } from '../../db/waiter.js';
import { parkPosting, planAgain, settleNo, type Attempt, type Refused, type Settled } from './settle.js';

const USED = /^number-used-/;

/**
 * The number is on another document of ours, of another aggregate: it is for a person, and is looked at again as soon as
 * that one is written, for numbers move from one bill to the next.
 */
export async function settleNumbered<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { deps, ref, workflowId, posting } = attempt;
  const { entry, params } = refused.refusal;
  const { txnType, txnId: qboId } = params;
  if (!USED.test(entry.key) || txnType === undefined || qboId === undefined) return undefined;
  const link = { realmId: posting.realm_id, qboType: txnType.replaceAll(' ', ''), qboId };
  const holder = await findLinked(deps.db, link);
  if (!holder || holder.firm_id !== ref.firmId || isOf(ref, holder)) return undefined;
  if (!hasNumber(holder, numberOf(posting.intent))) {
    // Let go of meanwhile: once more, but only where that was news; else QuickBooks knows it under another number than we.
    const isNews = holder.updated_at > posting.created_at;
    return isNews ? await settleNo(attempt, refused, (tx) => planAgain(tx, attempt)) : undefined;
  }
  return await settleNo(attempt, refused, async (tx) => {
    // What was written since it was read is found by the sweep: its revision is another one by then.
    const { document_key: causeKey, revision: seenRevision } = holder;
    await registerWaiter(tx, { firmId: ref.firmId, causeKey, workflowId, seenRevision });
    return { parked: await parkPosting(tx, attempt, entry.key, params, refused.evidence, true) };
  });
}

const isOf = ({ type, id }: Attempt<unknown>['ref'], holder: DocumentRow): boolean =>
  holder.aggregate_type === type && holder.aggregate_id === id;

const numberOf = (intent: Intent | null): string | undefined =>
  intent && 'number' in intent ? intent.number : undefined;

/** A voided record keeps its number. */
const hasNumber = ({ intent, removed }: DocumentRow, number: string | undefined): boolean =>
  removed !== 'deleted' && numberOf(intent) === number;
