import { createHash } from 'node:crypto';
import type { AggregateRef } from '../../domain/aggregate.js';
import type { Decision, DocumentKey } from '../../domain/document.js';
import type { Intent } from '../../domain/intent.js';
import { mappingOf, objectOf, readRequest, writeRequest } from '../../qbo/document.js';
import { isActive } from '../../qbo/mapping.js';
import { recordUnreachable, type Connection } from '../../db/company.js';
import type { Queryable } from '../../db/database.js';
import { findLinked, findPosted, takeDecision } from '../../db/document.js';
import { settlePosting, type PostingRow } from '../../db/posting.js';
import { nextOf } from '../plan.js';
import type { Deps } from '../deps.js';
import { deferral, outageFailure } from '../failure.js';
import { park } from '../park.js';
import type { AggregatePort } from '../port.js';
import { adopt } from './adopt.js';
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

/** One read to see what is taken, a write before it where that is inactive; then the link, or a person is asked again. */
export async function carryOut<S>(decided: Decided<S>): Promise<Settled> {
  const { deps, ref, key, intent, decision, company } = decided;
  const posted = await findPosted(deps.db, ref.firmId, key);
  const qboId = decision.qboId ?? posted?.qboId;
  if (qboId === undefined) return await refused(decided, { reason: 'no record was named' });
  const reply = await ask(decided, qboId);
  if (reply.kind === 'unknown') throw await away(decided, reply.why);
  const isOwn = posted?.qboId === qboId && posted.removed !== undefined;
  // It is still gone: the plan says so again, with what may be done.
  if (reply.kind === 'refused' && isOwn) return await finish(decided, (tx) => planAgain(tx, decided));
  if (reply.kind === 'refused') {
    return await refused(decided, {
      qboId,
      reason: reply.refusal.params.reason ?? 'QuickBooks has no such record',
    });
  }
  const object = await active(decided, objectOf(intent.document, reply.answer.json));
  if ('parked' in object) return object.parked;
  const mapping = mappingOf(intent.document);
  const unfit = mapping.unfit?.(intent, object.row);
  if (unfit !== undefined && isOwn) return await finish(decided, (tx) => planAgain(tx, decided));
  if (unfit !== undefined) return await refused(decided, { qboId, reason: unfit });
  const link = { realmId: company.realm_id, qboType: mapping.entity, qboId };
  const holder = await findLinked(deps.db, link);
  if (holder && holder.document_key !== key) {
    return await refused(decided, { qboId, reason: `it stands for ${holder.document_key} already` });
  }
  const differences = mapping.differences(intent, object.row);
  if (differences.length > 0 && !isOwn && decision.confirmed !== true) {
    const found = mapping.read(object.row).summary;
    const params = { qboId, found, differences: differences.join('; '), confirm: 'yes' };
    return await parkDecided(decided, 'adopt-differs', params);
  }
  const { action, by, note } = decision;
  const record = { action, by, note, ...(differences.length > 0 && { differences }) };
  // Our own record, brought back, is written anew where it is different; another one is taken as it is.
  const meant = isOwn && differences.length > 0 ? { ...intent, differs: differences } : intent;
  return await finish(decided, (tx) =>
    adopt(tx, { ...decided, intent: meant, realmId: company.realm_id, object: object.row, record }),
  );
}

const planAgain = async <S>(
  tx: Queryable,
  { deps, port, ref, workflowId }: Decided<S>,
): Promise<Settled> => ({
  next: await nextOf(tx, deps, port, ref, workflowId),
});

/** The record itself, made active again first where that was the decision. */
async function active<S>(
  decided: Decided<S>,
  row: Record<string, unknown>,
): Promise<{ row: Record<string, unknown> } | { parked: Settled }> {
  const { deps, ref, company, intent, decision, key } = decided;
  const body = mappingOf(intent.document).reactivated?.(row);
  if (decision.action !== 'reactivate' || isActive(row) || !body) return { row };
  const bytes = JSON.stringify(body);
  // Doing it twice is harmless, and the token keeps it from undoing what somebody did since.
  const requestId = createHash('sha256')
    .update(`${company.epoch} ${key} ${bytes}`)
    .digest('hex')
    .slice(0, 32);
  const request = writeRequest(intent, 'update', bytes, requestId);
  const subject = subjectOf(ref.firmId, company, intent, 'update');
  const reply = await send(deps, subject, request);
  if (reply.kind === 'unknown') throw await away(decided, reply.why);
  if (reply.kind === 'answered') return { row: objectOf(intent.document, reply.answer.json) };
  const reason = reply.refusal.params.reason ?? reply.refusal.entry.title;
  return { parked: await refused(decided, { reason }) };
}

const subjectOf = (firmId: string, company: Connection, intent: Intent, action: 'read' | 'update') => ({
  firmId,
  realmId: company.realm_id,
  document: intent.document,
  action,
});

async function ask<S>({ deps, ref, company, intent }: Decided<S>, qboId: string): Promise<Reply> {
  const subject = subjectOf(ref.firmId, company, intent, 'read');
  return await send(deps, subject, readRequest(intent.document, qboId));
}

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

const refused = <S>(decided: Decided<S>, params: Record<string, string>): Promise<Settled> =>
  parkDecided(decided, 'adopt-refused', params);

/** It is for a person again. A write whose outcome is unknown stays so. */
async function parkDecided<S>(
  { deps, port, ref, workflowId, company, key, posting }: Decided<S>,
  faultKey: string,
  params: Record<string, string>,
): Promise<Settled> {
  return await deps.db.transaction().execute(async (tx) => {
    if (!(await takeDecision(tx, ref.firmId, key))) throw taken();
    const more = { realmId: company.realm_id, ...(posting && { postingId: posting.posting_id }) };
    return { parked: await park(tx, port, { ref, workflowId, faultKey, params, document: key, ...more }) };
  });
}

async function finish<S>(
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
