import { createHash } from 'node:crypto';
import type { AggregateRef } from '../../domain/aggregate.js';
import type { Decision, DocumentKey, WriteAction } from '../../domain/document.js';
import type { Intent } from '../../domain/intent.js';
import type { QboRequest } from '../../qbo/client.js';
import { readRequest, writeRequest } from '../../qbo/document.js';
import { recordUnreachable, type Connection } from '../../db/company.js';
import type { Queryable } from '../../db/database.js';
import { takeDecision } from '../../db/document.js';
import { throttleRealm } from '../../db/limiter.js';
import { settlePosting, type PostingRow } from '../../db/posting.js';
import type { Deps } from '../deps.js';
import { deferral, outageFailure } from '../failure.js';
import { park } from '../park.js';
import type { AggregatePort } from '../port.js';
import { send, type Reply } from './send.js';
import type { Settled } from './settle.js';

/** Something a person decided that QuickBooks has to be asked for. */
export interface Decided<S> {
  deps: Deps;
  port: AggregatePort<S>;
  ref: AggregateRef;
  workflowId: string;
  company: Connection;
  key: DocumentKey;
  /** What the document is meant to be. */
  intent: Intent;
  decision: Decision;
  /** A write of it whose outcome is unknown; the decision settles it. */
  posting?: PostingRow;
}

const subjectOf = <S>(
  { ref, company, intent }: Decided<S>,
  action: WriteAction | 'read',
  document = intent.document,
) => ({ firmId: ref.firmId, realmId: company.realm_id, document, action });

/** The answer of QuickBooks, or its refusal; throws where it gives neither, and the decision waits for it. */
export async function request<S>(
  decided: Decided<S>,
  action: WriteAction | 'read',
  what: QboRequest,
  document?: Intent['document'],
): Promise<Exclude<Reply, { kind: 'unknown' }>> {
  const reply = await send(decided.deps, subjectOf(decided, action, document), what);
  if (reply.kind === 'unknown')
    throw await (reply.throttled ? paused(decided, reply) : away(decided, reply.why));
  return reply;
}

export const ask = <S>(decided: Decided<S>, qboId: string) =>
  request(decided, 'read', readRequest(decided.intent.document, qboId));

export async function change<S>(decided: Decided<S>, action: WriteAction, bytes: string) {
  const { key, intent } = decided;
  const id = changeId(decided, key, bytes);
  return await request(decided, action, writeRequest(intent, action, bytes, id));
}

/**
 * Of a change that is no posting. Doing it twice is harmless, and the token in the bytes keeps it from undoing what
 * somebody did since.
 */
export const changeId = <S>({ company }: Decided<S>, about: string, bytes: string): string =>
  createHash('sha256').update(`${company.epoch} ${about} ${bytes}`).digest('hex').slice(0, 32);

/** The decision stays, and is carried out when QuickBooks answers. */
async function away<S>({ deps, ref }: Decided<S>, why: string): Promise<Error> {
  const since = await recordUnreachable(deps.db, ref.firmId);
  const { outageFastMs, outageRetryMs: retryAfterMs } = deps.timing;
  const news = {
    since: since.toISOString(),
    retryAfterMs,
    why: `QuickBooks gives no usable answer (${why}).`,
  };
  return outageFailure(news, Date.now() - since.getTime() < outageFastMs);
}

/** That is no outage: the whole company pauses, as after any other call. */
async function paused<S>(
  { deps, ref, company }: Decided<S>,
  { retryAfterMs: toldMs }: Reply & { kind: 'unknown' },
): Promise<Error> {
  const { pauseMs } = await throttleRealm(deps.db, {
    ...{ realmId: company.realm_id, toldMs },
    longestMs: deps.timing.throttlePauseMs,
  });
  return deferral(`QuickBooks is throttling ${ref.firmId}; all of its calls pause.`, pauseMs);
}

export const refused = <S>(decided: Decided<S>, params: Record<string, string>): Promise<Settled> =>
  parkDecided(decided, 'adopt-refused', params);

/** It is for a person again. A write whose outcome is unknown stays so. */
export async function parkDecided<S>(
  { deps, port, ref, workflowId, company, key, posting }: Decided<S>,
  faultKey: string,
  params: Record<string, string>,
  evidence: Record<string, unknown> = {},
): Promise<Settled> {
  return await deps.db.transaction().execute(async (tx) => {
    if (!(await takeDecision(tx, ref.firmId, key))) throw taken();
    const more = { realmId: company.realm_id, ...(posting && { postingId: posting.posting_id }) };
    return {
      parked: await park(tx, port, { ref, workflowId, faultKey, params, evidence, document: key, ...more }),
    };
  });
}

export async function finish<S>(
  { deps, ref, key, posting }: Decided<S>,
  then: (tx: Queryable) => Promise<Settled>,
): Promise<Settled> {
  return await deps.db.transaction().execute(async (tx) => {
    if (!(await takeDecision(tx, ref.firmId, key))) throw taken();
    if (posting && !(await settlePosting(tx, posting, { outcome: 'posted' }))) throw taken();
    return await then(tx);
  });
}

const taken = (): Error => deferral('A newer attempt has carried this decision out.', 1);
