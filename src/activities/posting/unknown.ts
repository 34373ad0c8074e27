import type { Parked } from '../../domain/remedy.js';
import { isUnreachable, recordUnreachable } from '../../db/company.js';
import { findOpenFault } from '../../db/fault.js';
import { lockFirm } from '../../db/firm.js';
import { throttleRealm } from '../../db/limiter.js';
import { saveUnanswered } from '../../db/posting.js';
import { deferral, outageFailure } from '../failure.js';
import { parkCompany, wakeCompany } from '../company.js';
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
  const { pauseMs } = await throttleRealm(deps.db, {
    realmId: posting.realm_id,
    longestMs: deps.timing.throttlePauseMs,
    toldMs: reply.retryAfterMs,
  });
  return deferral(`QuickBooks is throttling ${ref.firmId}; all of its calls pause.`, pauseMs);
}

/**
 * Two clocks. The company's runs from its first unreachable answer: a bill that comes late into an outage tells nobody
 * anew, and when it has lasted too long the company is parked once. The posting's own runs beside it, because answers
 * to other bills end the company's clock and say nothing about this one.
 */
async function outage<S>(attempt: Attempt<S>, why: string): Promise<Error> {
  const { deps, port, ref, posting } = attempt;
  const { outageFastMs, outageTellMs, outageRetryMs: retryAfterMs } = deps.timing;
  const companySince = await recordUnreachable(deps.db, ref.firmId);
  const postingSince = posting.first_sent_at ?? new Date();
  const since = companySince < postingSince ? companySince : postingSince;
  const lastsMs = (from: Date) => Date.now() - from.getTime();
  const news = {
    since: since.toISOString(),
    retryAfterMs,
    why: `QuickBooks has given no usable answer since ${since.toISOString()} (${why}). It is tried again by itself.`,
  };
  if (lastsMs(since) < outageFastMs) return outageFailure(news, true);
  if (lastsMs(companySince) >= outageTellMs) await tellOfCompany(attempt, why);
  else if (lastsMs(postingSince) >= outageTellMs) {
    return outageFailure({ ...news, parked: await tellOfPosting(attempt, why) }, false);
  }
  await port.save(deps.db, ref, 'waiting');
  return outageFailure(news, false);
}

async function tellOfCompany<S>({ deps, ref }: Attempt<S>, reason: string): Promise<void> {
  const told = await deps.db.transaction().execute(async (tx) => {
    await lockFirm(tx, ref.firmId);
    // Another bill's answer may have ended it meanwhile, and nothing would end what is opened after that.
    if (!(await isUnreachable(tx, ref.firmId))) return false;
    await parkCompany(tx, ref.firmId, 'qbo-unreachable', { params: { reason } });
    return true;
  });
  if (told) await wakeCompany(deps, ref.firmId);
}

async function tellOfPosting<S>(attempt: Attempt<S>, reason: string): Promise<Parked> {
  const { deps, port, ref, workflowId, posting } = attempt;
  return await deps.db.transaction().execute(async (tx) => {
    const open = await findOpenFault(tx, ref);
    return (
      open ??
      (await park(tx, port, {
        ref,
        workflowId,
        faultKey: 'unknown-outcome',
        params: { reason },
        document: posting.document_key,
        postingId: posting.posting_id,
      }))
    );
  });
}
