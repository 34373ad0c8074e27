import { recordUnreachable } from '../../db/company.js';
import { pauseRealm } from '../../db/limiter.js';
import { saveUnanswered } from '../../db/posting.js';
import { deferral, outageFailure } from '../failure.js';
import { park } from '../park.js';
import type { Reply } from './send.js';
import type { Attempt } from './settle.js';

/** QuickBooks' gateway gave up waiting for QuickBooks itself, which may still be at it. */
const GATEWAY_TIMEOUT = 504;

/** The posting stays unsettled: the next attempt replays the same bytes under the same id, or looks first. */
export async function unknown<S>(attempt: Attempt<S>, reply: Reply & { kind: 'unknown' }): Promise<Error> {
  const { deps, ref, posting, earlier } = attempt;
  deps.metrics.posting('unknown');
  const status = reply.evidence?.httpStatus;
  if (status !== undefined && status !== GATEWAY_TIMEOUT) {
    await saveUnanswered(deps.db, posting.posting_id, earlier?.unansweredAt ?? null);
  }
  if (!reply.throttled) return await outage(attempt, reply.why);
  const pauseMs = deps.timing.throttlePauseMs;
  await pauseRealm(deps.db, { realmId: posting.realm_id, pauseMs });
  return deferral(`QuickBooks is throttling ${ref.firmId}; all of its calls pause.`, pauseMs);
}

/** The clock is the company's first unreachable answer: a bill that comes late into an outage tells nobody anew. */
async function outage<S>(attempt: Attempt<S>, why: string): Promise<Error> {
  const { deps, port, ref, workflowId, posting } = attempt;
  const since = await recordUnreachable(deps.db, ref.firmId);
  const lastedMs = Date.now() - since.getTime();
  const news = {
    since: since.toISOString(),
    retryAfterMs: deps.timing.outageRetryMs,
    why: `QuickBooks has given no usable answer since ${since.toISOString()} (${why}). It is tried again by itself.`,
  };
  if (lastedMs < deps.timing.outageFastMs) return outageFailure(news, true);
  if (lastedMs < deps.timing.outageTellMs) {
    await port.save(deps.db, ref, 'waiting');
    return outageFailure(news, false);
  }
  const parked = await deps.db.transaction().execute((tx) =>
    park(tx, port, {
      ref,
      workflowId,
      faultKey: 'qbo-unreachable',
      params: { reason: why },
      document: posting.document_key,
      postingId: posting.posting_id,
    }),
  );
  return outageFailure({ ...news, parked }, false);
}
