import { sql, type Selectable } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { DocumentKey } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import { REFERENCE_LISTS, type Reference } from '../domain/reference.js';
import type { Parked, RemedyName } from '../domain/remedy.js';
import { placeOf } from '../domain/trust/adoption/record.js';
import type { Queryable } from './database.js';
import type { FaultTable } from './schema.js';

export interface NewFault {
  aggregate: AggregateRef;
  workflowId: string;
  parked: Parked;
  postingId?: number;
  /** Found by planning, which may take it back. */
  planned?: boolean;
  params: Record<string, string>;
  /** The raw answer, kept for the person on call. */
  evidence: Record<string, unknown>;
}

/**
 * Opens the row an operator's list is made of. The one open fault of an aggregate gives way to the newer one; but one
 * that was tried again by itself and met the same fault stays the row that it was, with its id and its age.
 */
export async function openFault(db: Queryable, fault: NewFault): Promise<Parked> {
  const { aggregate, parked } = fault;
  const kept = await keepTried(db, fault);
  if (kept) return kept;
  await closeFault(db, aggregate, { by: 'counterfoil', why: 'a newer fault took its place' });
  await db
    .insertInto('fault')
    .values({
      park_id: parked.parkId,
      firm_id: aggregate.firmId,
      aggregate_type: aggregate.type,
      aggregate_id: aggregate.id,
      workflow_id: fault.workflowId,
      document_key: parked.document ?? null,
      posting_id: fault.postingId ?? null,
      fault_key: parked.fault,
      cause: parked.cause,
      remedy: parked.remedy,
      allowed: parked.allowed,
      planned: fault.planned ?? false,
      params: paramsOf(fault.params, parked),
      evidence: JSON.stringify(fault.evidence),
      opened_at: parked.since,
    })
    .execute();
  return parked;
}

async function keepTried(
  db: Queryable,
  { aggregate: { firmId, type, id }, parked, postingId, planned = false, params, evidence }: NewFault,
): Promise<Parked | undefined> {
  const row = await db
    .updateTable('fault')
    .set({
      trying_since: null,
      trying_by: null,
      tried_at: sql`now()`,
      cause: parked.cause,
      remedy: parked.remedy,
      allowed: parked.allowed,
      document_key: parked.document ?? null,
      posting_id: postingId ?? null,
      planned,
      params: paramsOf(params, parked),
      evidence: JSON.stringify(evidence),
    })
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('closed_at', 'is', null)
    .where('trying_since', 'is not', null)
    .where('fault_key', '=', parked.fault)
    .returning(PARKED)
    .executeTakeFirst();
  return row && toParked(row);
}

const paramsOf = (params: Record<string, string>, { qboUrl, realmId }: Parked): string =>
  JSON.stringify({ ...params, ...(qboUrl && { qboUrl }), ...(realmId && { realmId }) });

export async function closeFault(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  closedBy: Record<string, unknown>,
  /** Only if it is this one. */
  faultKey?: string,
): Promise<boolean> {
  let query = db
    .updateTable('fault')
    .set({ closed_at: sql`now()`, closed_by: JSON.stringify(closedBy) })
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('closed_at', 'is', null)
    .returning('park_id');
  if (faultKey !== undefined) query = query.where('fault_key', '=', faultKey);
  return (await query.executeTakeFirst()) !== undefined;
}

const PARKED = [
  'park_id',
  'fault_key',
  'cause',
  'remedy',
  'allowed',
  'opened_at',
  'document_key',
  'params',
] as const satisfies (keyof FaultTable)[];

/** The open fault, its row locked in share mode: it cannot be closed while a waiter is being registered behind it. */
export async function findOpenFault(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
): Promise<Parked | undefined> {
  const row = await db
    .selectFrom('fault')
    .select(PARKED)
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('closed_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row && toParked(row);
}

/** `planned`: planning found it, and may find that it is no longer so. `trying`: it is being tried again by itself. */
export async function footingOf(
  db: Queryable,
  { parkId }: Parked,
): Promise<{ planned: boolean; trying: boolean }> {
  return await db
    .selectFrom('fault')
    .select(['planned', sql<boolean>`trying_since is not null`.as('trying')])
    .where('park_id', '=', parkId)
    .executeTakeFirstOrThrow();
}

/** The open fault with the raw answer that it came from. */
export async function findEvidence(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
): Promise<{ fault: string; document?: DocumentKey; evidence: Record<string, unknown> } | undefined> {
  const row = await db
    .selectFrom('fault')
    .select(['fault_key', 'document_key', 'evidence'])
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { fault_key: fault, document_key: document, evidence } = row;
  return { fault, evidence, ...(document !== null && { document }) };
}

/** The entry of a list that the parameters of a fault name. */
export function referenceIn({ refList, refId, refInactive }: Record<string, string>): {
  reference?: Reference;
} {
  const list = REFERENCE_LISTS.find((one) => one === refList);
  if (!list || refId === undefined) return {};
  return { reference: { list, id: refId, ...(refInactive !== undefined && { inactive: true }) } };
}

/** What was meant by the write that the open fault came from. */
export async function findRefusedIntent(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
): Promise<Intent | undefined> {
  const row = await db
    .selectFrom('fault')
    .innerJoin('posting', 'posting.posting_id', 'fault.posting_id')
    .select('posting.intent')
    .where('fault.firm_id', '=', firmId)
    .where('fault.aggregate_type', '=', type)
    .where('fault.aggregate_id', '=', id)
    .where('fault.closed_at', 'is', null)
    .executeTakeFirst();
  return row?.intent;
}

function toParked(row: Pick<Selectable<FaultTable>, (typeof PARKED)[number]>): Parked {
  return {
    parkId: row.park_id,
    fault: row.fault_key,
    cause: row.cause,
    remedy: row.remedy,
    allowed: row.allowed as RemedyName[],
    since: row.opened_at.toISOString(),
    ...(row.document_key !== null && { document: row.document_key }),
    ...(row.params.qboUrl !== undefined && { qboUrl: row.params.qboUrl }),
    ...(row.params.realmId !== undefined && { realmId: row.params.realmId }),
    ...(row.params.qboId !== undefined && { qboId: row.params.qboId }),
    ...placeOf(row.params),
    ...(row.params.confirm !== undefined && { confirm: true }),
    ...referenceIn(row.params),
  };
}

export interface OpenFault {
  firmId: string;
  ref: AggregateRef;
  workflowId: string;
  parked: Parked;
}

/** What needs a person, oldest first. */
export async function listOpenFaults(
  db: Queryable,
  filter: { firm?: string; fault?: string },
): Promise<OpenFault[]> {
  let query = db.selectFrom('fault').selectAll().where('closed_at', 'is', null).orderBy('opened_at');
  if (filter.firm !== undefined) query = query.where('firm_id', '=', filter.firm);
  if (filter.fault !== undefined) query = query.where('fault_key', '=', filter.fault);
  const rows = await query.execute();
  return rows.map((row) => ({
    firmId: row.firm_id,
    ref: { firmId: row.firm_id, type: row.aggregate_type, id: row.aggregate_id },
    workflowId: row.workflow_id,
    parked: toParked(row),
  }));
}

export async function countOpenFaults(db: Queryable): Promise<number> {
  const { count } = await db
    .selectFrom('fault')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
