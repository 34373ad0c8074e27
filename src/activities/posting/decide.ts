import { isLinkAction } from '../../domain/document.js';
import { mappingOf, objectOf } from '../../qbo/document.js';
import { isActive } from '../../qbo/mapping.js';
import { findLinked, findPosted } from '../../db/document.js';
import { adopt } from './adopt.js';
import { ask, change, finish, parkDecided, refused, type Decided } from './decided.js';
import { decideLink } from './link.js';
import { reactivateReference } from './reactivate.js';
import { planAgain, type Settled } from './settle.js';

/** What a person decided that comes in place of a write. */
export async function carryOut<S>(decided: Decided<S>): Promise<Settled> {
  const own = await decided.port.decide?.(decided);
  if (own) return own;
  const { reference } = decided.decision;
  if (reference) return await reactivateReference(decided, reference);
  if (!isLinkAction(decided.decision.action)) return await take(decided);
  const outcome = await decideLink(decided);
  if (!('found' in outcome)) return outcome;
  return await take({ ...decided, decision: { ...decided.decision, action: 'adopt', qboId: outcome.found } });
}

/** One read to see what is taken, a write before it where that is inactive; then the link, or a person is asked again. */
async function take<S>(decided: Decided<S>): Promise<Settled> {
  const { deps, ref, key, intent, decision, company } = decided;
  const known = await findPosted(deps.db, ref.firmId, key);
  const posted = known?.realmId === company.realm_id ? known : undefined;
  const qboId = decision.qboId ?? posted?.qboId;
  // What was posted to other books has no record here that could be made active again.
  if (qboId === undefined && known) return await finish(decided, (tx) => planAgain(tx, decided));
  if (qboId === undefined) return await refused(decided, { reason: 'no record was named' });
  const reply = await ask(decided, qboId);
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
  const found = isOwn ? undefined : await decided.port.found?.(decided, object.row);
  if (found && 'unfit' in found) return await refused(decided, { qboId, reason: found.unfit });
  const differences = mapping.differences(intent, object.row);
  if (differences.length > 0 && !isOwn && decision.confirmed !== true) {
    const { summary } = mapping.read(object.row);
    const params = { qboId, found: summary, differences: differences.join('; '), confirm: 'yes' };
    return await parkDecided(decided, 'adopt-differs', params);
  }
  const { action, by, note } = decision;
  const record = { action, by, note, ...(differences.length > 0 && { differences }) };
  // Our own record, brought back, is written anew where it is different; another one is taken as it is.
  const { differs: _former, ...whole } = found ?? intent;
  const meant = isOwn && differences.length > 0 ? { ...whole, differs: differences } : whole;
  return await finish(decided, (tx) =>
    adopt(tx, { ...decided, intent: meant, realmId: company.realm_id, object: object.row, record }),
  );
}

/** The record itself, made active again first where that was the decision. */
async function active<S>(
  decided: Decided<S>,
  row: Record<string, unknown>,
): Promise<{ row: Record<string, unknown> } | { parked: Settled }> {
  const { intent, decision } = decided;
  const body = mappingOf(intent.document).reactivated?.(row);
  if (decision.action !== 'reactivate' || isActive(row) || !body) return { row };
  const reply = await change(decided, 'update', JSON.stringify(body));
  if (reply.kind === 'answered') return { row: objectOf(intent.document, reply.answer.json) };
  const reason = reply.refusal.params.reason ?? reply.refusal.entry.title;
  return { parked: await refused(decided, { reason }) };
}
