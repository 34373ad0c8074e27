import { createHash, randomUUID } from 'node:crypto';
import type { AggregateRef } from '../../domain/aggregate.js';
import type { Decision, DocumentKey, WriteStep } from '../../domain/document.js';
import type { Intent } from '../../domain/intent.js';
import { sameJson } from '../../domain/json.js';
import type { Next } from '../../domain/progress.js';
import { freezeBody } from '../../qbo/document.js';
import type { Connection } from '../../db/company.js';
import type { Queryable } from '../../db/database.js';
import { beginGeneration, lockLink, type LockedDocument } from '../../db/document.js';
import { findOpenFault } from '../../db/fault.js';
import { insertPosting, takeOverUnsettled, type PostingRow } from '../../db/posting.js';
import { findStanding } from '../../db/standing.js';
import { nextOf } from '../plan.js';
import type { Deps } from '../deps.js';
import type { AggregatePort } from '../port.js';

export type Prepared =
  /** Frozen now; it has never been sent. */
  | { kind: 'fresh'; posting: PostingRow }
  /** Begun by an earlier attempt whose outcome is unknown. */
  | { kind: 'unsettled'; posting: PostingRow; unansweredAt: Date | null }
  /** A person decided about it: that comes in place of a write. `posting` is one whose outcome is unknown. */
  | { kind: 'decided'; key: DocumentKey; intent: Intent; decision: Decision; posting?: PostingRow }
  /** Nothing to write after all. */
  | { kind: 'next'; next: Next };

/** Transaction 1: freeze what will be sent, or take over what an earlier attempt has left unsettled. */
export async function prepare<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  company: Connection,
): Promise<Prepared> {
  const lease = randomUUID();
  return await deps.db.transaction().execute(async (tx): Promise<Prepared> => {
    const standing = await findStanding(tx, ref);
    const unsettled = standing.unsettled ? await takeOverUnsettled(tx, ref, lease) : undefined;
    if (unsettled) {
      const { previously_unanswered_at: unansweredAt, decision, ...posting } = unsettled;
      // What is looked for again is compared with what was posted last: whether this write was, is found out first.
      if (decision && decision.action !== 'resync') {
        const { document_key: key, intent } = posting;
        return { kind: 'decided', key, intent, decision, posting };
      }
      return { kind: 'unsettled', posting, unansweredAt };
    }
    // An earlier attempt may have parked it and died before it could say so: nothing is sent behind a person's back.
    const parked = standing.parked ? await findOpenFault(tx, ref) : undefined;
    if (parked) return { kind: 'next', next: { do: 'park', parked } };
    const link = standing.decided === null ? undefined : await lockLink(tx, ref.firmId, standing.decided);
    if (link) return { kind: 'decided', ...link };
    const step = await port.plan(tx, ref);
    if (step?.do !== 'write' || !(await isHeld(tx, port, ref, step))) {
      return { kind: 'next', next: await nextOf(tx, deps, port, ref, workflowId) };
    }
    return await freeze(tx, port, ref, step, company, lease);
  });
}

/** Whether it is still what the plan says, with all that it relies on locked. */
export async function isHeld<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  step: WriteStep,
): Promise<boolean> {
  if (!(await port.hold?.(tx, ref, step))) return true;
  return sameJson(await port.plan(tx, ref), step);
}

/** Puts on record the bytes of a write; from the commit on it counts as sent. */
export async function freeze<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  step: WriteStep,
  company: Connection,
  lease: string = randomUUID(),
): Promise<Extract<Prepared, { kind: 'fresh' | 'decided' }>> {
  const row = await beginGeneration(tx, ref, step.key, step.intent.document);
  const { generation, decision } = row;
  if (decision) {
    // Decided since this was planned: what is there is looked at as it was posted, and not as it shall be.
    const link = await lockLink(tx, ref.firmId, step.key);
    return { kind: 'decided', ...(link ?? { key: step.key, intent: step.intent, decision }) };
  }
  const posting = await insertPosting(tx, {
    ...frozen(step, row),
    firmId: ref.firmId,
    realmId: company.realm_id,
    generation,
    requestId: requestId(company.epoch, ref.firmId, step.key, generation),
    lease,
  });
  await port.prepared?.(tx, ref, posting);
  return { kind: 'fresh', posting };
}

function frozen({ key, action, intent }: WriteStep, row: LockedDocument) {
  if (action === 'create') return { key, action, intent, body: freezeBody(intent, action) };
  const { qbo_id: qboId, sync_token: syncToken } = row;
  if (qboId === null || syncToken === null) throw new Error(`There is no ${key} in QuickBooks to ${action}.`);
  return { key, action, intent, body: freezeBody(intent, action, { qboId, syncToken }) };
}

/**
 * Deterministic, so that every attempt of one posting carries the same one, and 32 characters, because a batch takes
 * 36 at most. Each generation has its own: QuickBooks may replay a cached refusal for an old one.
 */
export function requestId(epoch: string, firmId: string, key: DocumentKey, generation: number): string {
  return createHash('sha256')
    .update(JSON.stringify([epoch, firmId, key, generation]))
    .digest('hex')
    .slice(0, 32);
}
