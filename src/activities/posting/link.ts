import type { LinkAction, Removal } from '../../domain/document.js';
import { freezeBody, mappingOf, objectOf, rowsOf } from '../../qbo/document.js';
import { queryRequest } from '../../qbo/query.js';
import { isActive, isApplied, removalIn } from '../../qbo/mapping.js';
import { confirmLink, findLinked, findPosted, forgetLink, saveRemoval } from '../../db/document.js';
import { recordEvent } from '../../db/event.js';
import { ask, change, finish, parkDecided, request, type Decided } from './decided.js';
import { isGone, type Reply } from './send.js';
import { planAgain, type Settled } from './settle.js';
import { changesIn } from './unlinked.js';

/** A record that was found in the place of the one that is gone; it is taken as any other is. */
type Outcome = Settled | { found: string };

/** The record as it is now. */
interface Seen {
  qboId: string;
  object: Record<string, unknown>;
  summary: string;
  syncToken: string;
  /** What of ours somebody has changed in it. */
  changes: string[];
}

/** Nothing is done about a link before QuickBooks was asked for the record that it leads to. */
export async function decideLink<S>(decided: Decided<S>): Promise<Outcome> {
  const { deps, ref, key, intent, decision } = decided;
  const posted = await findPosted(deps.db, ref.firmId, key);
  if (!posted) return await finish(decided, (tx) => planAgain(tx, decided));
  const { qboId, realmId } = posted;
  if (realmId !== decided.company.realm_id) return await elsewhere(decided, qboId);
  const reply = await ask(decided, qboId);
  const action = decision.action as LinkAction;
  if (reply.kind === 'refused') {
    if (!isLost(reply)) return await parkDecided(decided, reply.refusal.entry.key, reply.refusal.params);
    return action === 'resync' ? await findAgain(decided, qboId) : await cleared(decided, 'deleted', qboId);
  }
  const object = objectOf(intent.document, reply.answer.json);
  const { syncToken, summary } = mappingOf(intent.document).read(object);
  const changes = await changesIn({ ...posted, intent }, object, (asked, document) =>
    request(decided, 'read', asked, document),
  );
  const seen = { qboId, object, summary, syncToken, changes };
  const removal = removalIn(object);
  if (removal !== undefined) return await cleared(decided, removal, qboId, syncToken);
  if (action === 'clear-link' || action === 'recreate') return await lives(decided, seen);
  return action === 'resync' ? await restore(decided, seen) : await voidThere(decided, seen);
}

/** Its id means nothing in these books, where a stranger's record may stand under it: that one is not even asked for. */
async function elsewhere<S>(decided: Decided<S>, qboId: string): Promise<Settled> {
  const { ref, key, decision } = decided;
  if (decision.action !== 'recreate' && decision.action !== 'clear-link') {
    return await parkDecided(decided, 'link-of-other-company', {});
  }
  return await finish(decided, async (tx) => {
    await recordEvent(tx, ref, 'link', { document: key, qboId, found: 'other company', ...told(decided) });
    return await planAgain(tx, decided);
  });
}

const isLost = (reply: Extract<Reply, { kind: 'refused' }>): boolean =>
  isGone(reply) || reply.refusal.entry.key === 'contact-gone';

/** Posted anew it would be there twice: a person sees what is there, and decides again. */
function lives<S>(decided: Decided<S>, { qboId, summary }: Seen, reason?: string): Promise<Settled> {
  const { entity } = mappingOf(decided.intent.document);
  const params = { qboId, found: summary, txnType: entity, txnId: qboId, ...(reason && { reason }) };
  return parkDecided(decided, 'record-lives', params);
}

/** It is certain that nothing of it is in the books; the plan posts it anew. */
async function cleared<S>(
  decided: Decided<S>,
  removal: Removal,
  qboId: string,
  syncToken = '',
): Promise<Settled> {
  const { ref, key, intent } = decided;
  // Of these the plan asks a person again as long as it remembers what was there.
  const isForgotten = ['customer', 'vendor', 'class', 'cheque'].includes(intent.document);
  return await finish(decided, async (tx) => {
    if (isForgotten) await forgetLink(tx, ref.firmId, key);
    else await saveRemoval(tx, ref.firmId, key, removal, syncToken);
    await recordEvent(tx, ref, 'link', { document: key, qboId, found: removal, ...told(decided) });
    return await planAgain(tx, decided);
  });
}

const told = <S>({ decision: { action, by, note } }: Decided<S>) => ({ action, by, note });

/** It is there: its token is taken over, and where somebody changed it a person is asked. */
async function restore<S>(
  decided: Decided<S>,
  { qboId, object, summary, syncToken, changes }: Seen,
): Promise<Settled> {
  const { ref, key } = decided;
  if (!isActive(object)) {
    return await finish(decided, async (tx) => {
      await saveRemoval(tx, ref.firmId, key, 'inactive', syncToken);
      return await planAgain(tx, decided);
    });
  }
  if (changes.length > 0) {
    const evidence = { body: JSON.stringify(object) };
    const params = { differences: changes.join('; ') };
    return await parkDecided(decided, 'changed-in-quickbooks', params, evidence);
  }
  return await finish(decided, async (tx) => {
    await confirmLink(tx, ref.firmId, key, syncToken);
    await recordEvent(tx, ref, 'link', { document: key, qboId, found: summary, ...told(decided) });
    return await planAgain(tx, decided);
  });
}

/** It is gone: another one with our mark may have come in its place. */
async function findAgain<S>(decided: Decided<S>, lostId: string): Promise<Outcome> {
  const { deps, ref, key, intent, company } = decided;
  const mapping = mappingOf(intent.document);
  for (const query of mapping.lookups(intent)) {
    const reply = await request(decided, 'read', queryRequest(query));
    if (reply.kind === 'refused') {
      return await parkDecided(decided, reply.refusal.entry.key, reply.refusal.params);
    }
    for (const row of rowsOf(intent.document, reply.answer.json)) {
      const { qboId, mark } = mapping.read(row);
      if (mark !== intent.mark || qboId === lostId || !isActive(row)) continue;
      const link = { realmId: company.realm_id, qboType: mapping.entity, qboId };
      if (await findLinked(deps.db, link)) continue;
      await saveRemoval(deps.db, ref.firmId, key, 'deleted', '');
      return { found: qboId };
    }
  }
  return await cleared(decided, 'deleted', lostId);
}

async function voidThere<S>(decided: Decided<S>, seen: Seen): Promise<Settled> {
  const { intent } = decided;
  if (isApplied(seen.object)) {
    return await lives(decided, seen, 'Money or a credit is applied to it, and has to be taken off first');
  }
  const action = intent.document === 'invoice' ? 'void' : 'delete';
  const reply = await change(decided, action, freezeBody(intent, action, seen));
  if (reply.kind === 'refused') {
    return await lives(decided, seen, reply.refusal.params.reason ?? reply.refusal.entry.title);
  }
  const after = objectOf(intent.document, reply.answer.json);
  const removal = removalIn(after);
  if (removal === undefined) return await lives(decided, seen, 'QuickBooks has not voided it');
  const { syncToken } = mappingOf(intent.document).read(after);
  return await cleared(decided, removal, seen.qboId, syncToken);
}
