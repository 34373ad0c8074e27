import type { AggregateRef } from '../../domain/aggregate.js';
import { companyCause } from '../../domain/company.js';
import type { Classification } from '../../domain/fault/classify.js';
import type { Next } from '../../domain/progress.js';
import type { Parked } from '../../domain/remedy.js';
import { mappingOf } from '../../qbo/document.js';
import { removalIn } from '../../qbo/mapping.js';
import { isRemoval } from '../../domain/document.js';
import { expireProfile, suspectProfile, type Connection } from '../../db/company.js';
import { saveRemoval, saveSyncToken } from '../../db/document.js';
import type { Queryable } from '../../db/database.js';
import { recordEvent } from '../../db/event.js';
import { closeFault } from '../../db/fault.js';
import { settlePosting, type PostingRow, type Settlement } from '../../db/posting.js';
import { settleHeld } from '../../db/settlement.js';
import { registerWaiter } from '../../db/waiter.js';
import { nextOf } from '../plan.js';
import { parkCompany } from '../company.js';
import type { Deps } from '../deps.js';
import { deferral } from '../failure.js';
import { park } from '../park.js';
import type { AggregatePort } from '../port.js';
import { advanceLinked } from './linked.js';

/** One attempt at one posting, and all that settling it needs to know. */
export interface Attempt<S> {
  deps: Deps;
  port: AggregatePort<S>;
  ref: AggregateRef;
  workflowId: string;
  posting: PostingRow;
  company: Connection;
  /** Set when an earlier attempt sent these bytes already; `unansweredAt` when such a send may still be under way. */
  earlier?: { unansweredAt: Date | null };
}

export interface Evidence {
  httpStatus?: number;
  intuitTid?: string | undefined;
  body: string;
}

export type Refusal = Pick<Classification, 'entry' | 'params'>;

export interface Refused {
  refusal: Refusal;
  evidence: Evidence;
}

export type Settled = { next: Next; parked?: never } | { parked: Parked; next?: never };

/** What QuickBooks answers to a deletion, and what it comes to when it has no such record any more. */
export const DELETED = { status: 'Deleted' };

/** Transaction 2 for an answer that is a success. */
export const settleAnswer = <S>(
  attempt: Attempt<S>,
  object: Record<string, unknown>,
  evidence: Evidence,
): Promise<Settled> =>
  isRemoval(attempt.posting.action)
    ? settleRemoved(attempt, object, evidence)
    : settlePosted(attempt, object, evidence);

/** Transaction 2, it is out of the books: outcome, link and event together, then the next plan. */
async function settleRemoved<S>(
  attempt: Attempt<S>,
  object: Record<string, unknown>,
  evidence: Evidence,
): Promise<Settled> {
  const { ref, posting } = attempt;
  const { document_key: document, action } = posting;
  const removal = removalIn(object);
  const { syncToken, summary } = mappingOf(posting.intent.document).read(object);
  return await settle(attempt, { outcome: 'posted', ...asSettlement(evidence) }, async (tx) => {
    if (removal === undefined) {
      await saveSyncToken(tx, ref.firmId, document, syncToken);
      const params = { differences: `meant nothing of it to be left, QuickBooks has ${summary}` };
      return { parked: await parkPosting(tx, attempt, 'answer-differs', params, evidence) };
    }
    await saveRemoval(tx, ref.firmId, document, removal, syncToken);
    await advanceLinked(tx, posting);
    await recordEvent(tx, ref, 'posted', { document, action });
    await closeFault(tx, ref, { by: 'counterfoil', why: 'removed' });
    return await planAgain(tx, attempt);
  });
}

/** Transaction 2, QuickBooks has it: outcome, link and event together, then the next plan. */
async function settlePosted<S>(
  attempt: Attempt<S>,
  object: Record<string, unknown>,
  evidence: Evidence,
): Promise<Settled> {
  const { port, ref, posting } = attempt;
  const mapping = mappingOf(posting.intent.document);
  const read = mapping.read(object);
  // An answer may differ from what was meant: a void that did nothing answers 200 as well.
  const differences = mapping.differences(posting.intent, object);
  const meant = mapping.held?.(posting.intent, object) ?? posting.intent;
  const { qboId, syncToken } = read;
  const holding = {
    intent: differences.length > 0 ? { ...meant, differs: differences } : meant,
    link: { realmId: posting.realm_id, qboType: mapping.entity, qboId, syncToken },
  };
  const settlement = { outcome: 'posted', ...asSettlement(evidence) } as const;
  return await settle(
    attempt,
    settlement,
    async (tx) => {
      if (differences.length === 0) {
        await advanceLinked(tx, posting);
        await port.posted?.(tx, posting);
        return await planAgain(tx, attempt);
      }
      const params = { differences: differences.join('; ') };
      return { parked: await parkPosting(tx, attempt, 'answer-differs', params, evidence) };
    },
    (tx) => settleHeld(tx, ref, posting, settlement, holding),
  );
}

/** Transaction 2, QuickBooks said no: the refusal, the fault a person sees, and the event together. */
export async function settleRefused<S>(
  attempt: Attempt<S>,
  { entry, params }: Refusal,
  evidence: Evidence,
): Promise<Settled> {
  return await settleNo(attempt, { refusal: { entry, params }, evidence }, async (tx) => {
    if (CLOSED.test(entry.key) && (await isExplained(tx, attempt))) return await planAgain(tx, attempt);
    if (entry.readsProfile) await expireProfile(tx, attempt.ref.firmId, new Date());
    if (entry.scope === 'document')
      return { parked: await parkPosting(tx, attempt, entry.key, params, evidence) };
    return await waitForCompany(tx, attempt, { entry, params }, evidence);
  });
}

/** The books were closed since we looked: planning says what comes of it, once the closing date is known. */
const CLOSED = /^closed-period/;

async function isExplained<S>(tx: Queryable, { port, ref, posting }: Attempt<S>): Promise<boolean> {
  if (await suspectProfile(tx, ref.firmId, posting.document_key)) return true;
  const step = await port.plan(tx, ref);
  return step !== undefined && step.do !== 'write';
}

/** The whole company is stopped. What an earlier send did stays open: it is looked into when the company is back. */
export async function leaveToCompany<S>(
  attempt: Attempt<S>,
  refusal: Refusal,
  evidence: Evidence,
): Promise<Settled> {
  return await attempt.deps.db.transaction().execute((tx) => waitForCompany(tx, attempt, refusal, evidence));
}

async function waitForCompany<S>(
  tx: Queryable,
  { port, ref, workflowId, posting }: Attempt<S>,
  { entry, params }: Refusal,
  evidence: Evidence,
): Promise<Settled> {
  const more = { params, postingId: posting.posting_id, evidence: { ...evidence } };
  const company = await parkCompany(tx, ref.firmId, entry.key, more);
  await registerWaiter(tx, { firmId: ref.firmId, causeKey: companyCause, workflowId });
  await port.save(tx, ref, 'waiting');
  return { next: { do: 'wait', on: companyCause, why: company.cause } };
}

/** Transaction 2, QuickBooks said no: outcome and event, and what comes of it is for the caller to say. */
export async function settleNo<S>(
  attempt: Attempt<S>,
  refused: Refused,
  then: (tx: Queryable) => Promise<Settled>,
  /** What the event tells of the reason. */
  why: Record<string, unknown> = { fault: refused.refusal.entry.key },
): Promise<Settled> {
  const { ref, posting } = attempt;
  return await settle(attempt, asNo(refused), async (tx) => {
    await recordEvent(tx, ref, 'refused', { document: posting.document_key, ...why });
    return await then(tx);
  });
}

/** Transaction 2, it is certain that QuickBooks never took it: plan again, under a new generation. */
export async function settleAbsent<S>(
  attempt: Attempt<S>,
  why: string,
  /** What QuickBooks said when it did not take it. */
  said?: string,
): Promise<Settled> {
  const { ref, posting } = attempt;
  const settlement = { outcome: 'absent', ...(said !== undefined && { faultKey: said }) } as const;
  return await settle(attempt, settlement, async (tx) => {
    await recordEvent(tx, ref, 'absent', { document: posting.document_key, why });
    return await planAgain(tx, attempt);
  });
}

/** The outcome stays unknown and a machine cannot find out: a person sees both sides. Nothing else is written. */
export async function parkUnknown<S>(
  attempt: Attempt<S>,
  params: Record<string, string>,
  evidence: Evidence,
): Promise<Settled> {
  return await attempt.deps.db.transaction().execute(async (tx) => ({
    parked: await parkPosting(tx, attempt, 'unknown-outcome', params, evidence),
  }));
}

export async function parkPosting<S>(
  tx: Queryable,
  { port, ref, workflowId, posting }: Attempt<S>,
  faultKey: string,
  params: Record<string, string>,
  evidence: Evidence,
  planned = false,
): Promise<Parked> {
  return await park(tx, port, {
    ref,
    workflowId,
    faultKey,
    params,
    document: posting.document_key,
    entity: mappingOf(posting.intent.document).entity,
    realmId: posting.realm_id,
    postingId: posting.posting_id,
    planned,
    evidence: { ...evidence },
  });
}

export async function settle<S>(
  { deps, port, ref, posting }: Attempt<S>,
  settlement: Settlement,
  then: (tx: Queryable) => Promise<Settled>,
  record = (tx: Queryable): Promise<boolean> => settlePosting(tx, posting, settlement),
): Promise<Settled> {
  const settled = await deps.db.transaction().execute(async (tx) => {
    // A newer attempt has taken over; what this one learnt is that attempt's to learn again.
    if (!(await record(tx))) throw deferral('A newer attempt of this posting has taken over.', 1);
    if (settlement.outcome !== 'posted') await port.declined?.(tx, ref, posting);
    return await then(tx);
  });
  const { outcome, faultKey } = settlement;
  if (outcome !== 'absent') deps.metrics.posting(outcome);
  if (faultKey !== undefined) deps.metrics.fault(faultKey);
  deps.log.info({ ...ref, document: posting.document_key, outcome, fault: faultKey }, 'posting settled');
  return settled;
}

export const asNo = ({ refusal, evidence }: Refused) =>
  ({ outcome: 'refused', faultKey: refusal.entry.key, ...asSettlement(evidence) }) as const;

/** The next plan, within the caller's transaction. */
export const planAgain = async <S>(
  tx: Queryable,
  { deps, port, ref, workflowId }: Pick<Attempt<S>, 'deps' | 'port' | 'ref' | 'workflowId'>,
): Promise<Settled> => ({ next: await nextOf(tx, deps, port, ref, workflowId) });

const asSettlement = ({ httpStatus, intuitTid, body }: Evidence) => ({
  answer: body,
  intuitTid,
  ...(httpStatus !== undefined && { httpStatus }),
});
