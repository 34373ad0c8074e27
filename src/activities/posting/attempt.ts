import { isRemoval } from '../../domain/document.js';
import type { AggregateRef } from '../../domain/aggregate.js';
import type { DocumentType } from '../../domain/fault/entry.js';
import type { Intent } from '../../domain/intent.js';
import { objectOf, writeRequest } from '../../qbo/document.js';
import { saveUnanswered } from '../../db/posting.js';
import { refuse } from './refuse.js';
import { resolve, STALE } from './resolve.js';
import { send } from './send.js';
import { DELETED, parkUnknown, settleAnswer, type Attempt, type Settled } from './settle.js';
import { unknown } from './unknown.js';

/** The answer to the removal of what is not there any more (610). */
const GONE = 'already-deleted';

/** Sends the frozen bytes, or looks first where a replay could post twice, and settles what came of it. */
export async function attemptPosting<S>(attempt: Attempt<S>): Promise<Settled> {
  const { deps, ref, posting, earlier, company } = attempt;
  if (posting.realm_id !== company.realm_id) {
    const found = `it went to company ${posting.realm_id}, and the firm is connected to another one now`;
    return await parkUnknown(attempt, { found }, { body: '' });
  }
  if (earlier && isForgotten(attempt)) return await resolve(attempt);
  if (earlier) await saveUnanswered(deps.db, posting.posting_id, 'now');
  const { document } = posting.intent;
  const request = writeRequest(posting.intent, posting.action, posting.body, posting.request_id);
  const subject = {
    firmId: ref.firmId,
    realmId: posting.realm_id,
    document: kindOf(ref, posting.intent),
    action: posting.action,
  };
  const reply = await send(deps, subject, request);
  await deps.checkpoint?.('answered');
  switch (reply.kind) {
    case 'answered': {
      const { json, ...evidence } = reply.answer;
      return await settleAnswer(attempt, objectOf(document, json), evidence);
    }
    case 'refused':
      // It was answered: only what was sent before it may still be under way, and that one's clock goes on.
      if (earlier) await saveUnanswered(deps.db, posting.posting_id, earlier.unansweredAt);
      // Somebody was quicker, or we were: what was to be removed is gone.
      if (isRemoval(posting.action) && reply.refusal.entry.key === GONE) {
        return await settleAnswer(attempt, DELETED, reply.evidence);
      }
      // The refusal of a replay may be about our own earlier write: its number, its name, its token.
      if (earlier || reply.refusal.entry.key === STALE) return await resolve(attempt, reply);
      return await refuse(attempt, reply);
    case 'unknown':
      throw await unknown(attempt, reply);
  }
}

/** As the catalogue of faults tells documents apart. */
function kindOf({ type }: AggregateRef, intent: Intent): DocumentType {
  if (intent.document === 'invoice' && intent.about === 'interest') return 'interest-invoice';
  return intent.document === 'journal-entry' && type === 'payment' ? 'reversal' : intent.document;
}

/** Past the window QuickBooks may have forgotten the request id, and a replay would post a second time. */
function isForgotten<S>({ deps, posting }: Attempt<S>): boolean {
  const firstSentAt = posting.first_sent_at?.getTime() ?? Date.now();
  return Date.now() - firstSentAt > deps.timing.replayWindowMs;
}
