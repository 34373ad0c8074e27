import { isRemoval } from '../../domain/document.js';
import type { QboRequest } from '../../qbo/client.js';
import {
  changesRequest,
  linkIn,
  lookupRequests,
  mappingOf,
  objectOf,
  readRequest,
  rowsOf,
} from '../../qbo/document.js';
import { removalIn } from '../../qbo/mapping.js';
import { DELETED, type Attempt } from './settle.js';
import { isGone, send, type Reply, type Subject } from './send.js';

export type Found =
  /** It is there and it is ours. */
  | { kind: 'found'; object: Record<string, unknown> }
  /** Looks like it, without our mark: only a person can tell. */
  | { kind: 'near'; object: Record<string, unknown>; summary: string }
  | { kind: 'absent' }
  /** It was there, and somebody has deleted it. */
  | { kind: 'gone'; reply: Extract<Reply, { kind: 'refused' }> }
  /** QuickBooks holds neither what we meant nor what it held before. */
  | { kind: 'changed'; object: Record<string, unknown>; differences: string[] }
  /** The question itself was not answered. */
  | { kind: 'unanswered'; reply: Exclude<Reply, { kind: 'answered' }> };

/** Clocks differ: the window opens this long before our first send. */
const SKEW_MS = 120_000;

/** Looks for a write whose answer was lost: a create by its mark, an update by reading the one object. */
export async function look<S>(attempt: Attempt<S>): Promise<Found> {
  return attempt.posting.action === 'create' ? await lookForCreate(attempt) : await lookAtUpdate(attempt);
}

async function lookForCreate<S>(attempt: Attempt<S>): Promise<Found> {
  const { intent, first_sent_at } = attempt.posting;
  const since = new Date((first_sent_at ?? new Date()).getTime() - SKEW_MS);
  const mapping = mappingOf(intent.document);
  const near: Record<string, unknown>[] = [];
  for (const request of [...lookupRequests(intent, since), changesRequest(intent.document, since)]) {
    const reply = await ask(attempt, request);
    if (reply.kind !== 'answered') return { kind: 'unanswered', reply };
    for (const object of rowsOf(intent.document, reply.answer.json)) {
      const read = mapping.read(object);
      // A bookkeeper's copy of an older invoice carries our mark too, but is no child of this send.
      if (read.createdAt !== undefined && read.createdAt < since) continue;
      if (read.mark === intent.mark) return { kind: 'found', object };
      if (mapping.differences(intent, object).length === 0) near.push(object);
    }
  }
  const [object] = near;
  if (!object) return { kind: 'absent' };
  return { kind: 'near', object, summary: mapping.read(object).summary };
}

async function lookAtUpdate<S>(attempt: Attempt<S>): Promise<Found> {
  const { intent, body, action } = attempt.posting;
  const sent = linkIn(body);
  const reply = await ask(attempt, readRequest(intent.document, sent.qboId));
  const removes = isRemoval(action);
  if (reply.kind === 'refused' && isGone(reply)) {
    return removes ? { kind: 'found', object: DELETED } : { kind: 'gone', reply };
  }
  if (reply.kind !== 'answered') return { kind: 'unanswered', reply };
  const object = objectOf(intent.document, reply.answer.json);
  const mapping = mappingOf(intent.document);
  if (removes && removalIn(object) !== undefined) return { kind: 'found', object };
  const differences = mapping.allDifferences(intent, object);
  if (differences.length === 0 && !removes) return { kind: 'found', object };
  if (mapping.read(object).syncToken === sent.syncToken) return { kind: 'absent' };
  return { kind: 'changed', object, differences };
}

/** A read on the way of an attempt; of a document of the same type where it is not said otherwise. */
export async function ask<S>(
  { deps, ref, posting }: Attempt<S>,
  request: QboRequest,
  document: Subject['document'] = posting.intent.document,
): Promise<Reply> {
  const subject: Subject = { firmId: ref.firmId, realmId: posting.realm_id, document, action: 'read' };
  return await send(deps, subject, request);
}
