import { sql, type RawBuilder, type Selectable, type UpdateObject } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import {
  besides,
  billOf,
  type Decision,
  type Deposit,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type Removal,
} from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import type { Queryable } from './database.js';
import type { DocumentTable, Schema } from './schema.js';

export type DocumentRow = Selectable<DocumentTable>;

/** What a writer needs of the row; named one by one, because a statement with a star is not prepared. */
const LOCKED = [
  'generation',
  'qbo_id',
  'sync_token',
  'revision',
  'decision',
] as const satisfies (keyof DocumentTable)[];

export type LockedDocument = Pick<DocumentRow, (typeof LOCKED)[number]>;

/** Locks the document's row, making it first where it is missing, so that there is always something to lock. */
export async function lockDocument(
  db: Queryable,
  ref: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
): Promise<LockedDocument> {
  return await upsert(db, ref, key, document, {}, { updated_at: sql`document.updated_at` });
}

/** As `lockDocument`, with a generation that no posting of the document has had yet. */
export async function beginGeneration(
  db: Queryable,
  ref: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
): Promise<LockedDocument> {
  const next = sql<number>`document.generation + 1`;
  return await upsert(db, ref, key, document, { generation: 1 }, { generation: next });
}

/**
 * Has whoever waits for the document look again, although it was not written itself: its row is locked and moved, so
 * that a waiter either saw what was changed in this transaction or is seen by who wakes the waiters.
 */
export async function moveRevision(
  db: Queryable,
  ref: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
): Promise<void> {
  await upsert(db, ref, key, document, { revision: 1 }, { revision: sql`document.revision + 1` });
}

/** The same for all documents of an aggregate: whether a person keeps it out is news of each of them. */
export async function moveRevisions(db: Queryable, { firmId, type, id }: AggregateRef): Promise<void> {
  await db
    .updateTable('document')
    .set({ revision: sql`revision + 1`, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .execute();
}

/** Never nothing: that would lock no row. */
type Known =
  { updated_at: RawBuilder<Date> } | { generation: RawBuilder<number> } | { revision: RawBuilder<number> };

async function upsert(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
  fresh: { generation?: number; revision?: number },
  known: Known,
): Promise<LockedDocument> {
  return await db
    .insertInto('document')
    .values({
      firm_id: firmId,
      document_key: key,
      document_type: document,
      aggregate_type: type,
      aggregate_id: id,
      ...fresh,
    })
    .onConflict((conflict) => conflict.columns(['firm_id', 'document_key']).doUpdateSet(known))
    .returning(LOCKED)
    .executeTakeFirstOrThrow();
}

async function change(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  columns: UpdateObject<Schema, 'document'>,
): Promise<void> {
  await db
    .updateTable('document')
    .set({ ...columns, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .execute();
}

export interface Link {
  realmId: string;
  qboType: string;
  qboId: string;
  syncToken: string;
  /** Where ours is one line of several. */
  qboLine?: string;
  /** How the record differs from what is meant, where a person has taken it as it is. */
  accepted?: string[];
}

/** What a link changes in the row. */
export const linkedTo = (intent: Intent, link: Link) => ({
  intent: JSON.stringify(intent),
  realm_id: link.realmId,
  qbo_type: link.qboType,
  qbo_id: link.qboId,
  qbo_line: link.qboLine ?? null,
  sync_token: link.syncToken,
  removed: null,
  decision: null,
  deposit: null,
  accepted: link.accepted ? JSON.stringify(link.accepted) : null,
  revision: sql<number>`revision + 1`,
  posted_at: sql<Date>`coalesce(posted_at, now())`,
});

/** Links our document to theirs and keeps what we meant: the planner compares the next wish with it. */
export async function saveLink(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  intent: Intent,
  link: Link,
): Promise<void> {
  await change(db, firmId, key, linkedTo(intent, link));
  await moveBeside(db, firmId, key);
}

/** Who waits for the invoice of a bill waits for that of its interest, too. */
async function moveBeside(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  const beside = besides(key);
  if (beside === undefined) return;
  await moveRevision(db, { firmId, type: 'bill', id: billOf(key) }, beside, 'invoice');
}

/** It is out of the books. The link stays, for who asks what became of it. */
export async function saveRemoval(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  removed: Removal,
  /** That of a voided record, which can be written again. */
  syncToken: string,
): Promise<void> {
  await change(db, firmId, key, {
    removed,
    revision: sql`revision + 1`,
    ...(removed === 'voided' && { sync_token: syncToken }),
  });
  await moveBeside(db, firmId, key);
}

/** Keeps what a person decided about a document until the next write carries it out. */
export async function saveDecision(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  decision: Decision,
): Promise<void> {
  await change(db, firmId, key, { decision: JSON.stringify(decision) });
}

/** What was seen of the deposit that a payment lies in; its bills have news by that. */
export async function saveDeposit(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  deposit: Omit<Deposit, 'version' | 'stays'>,
): Promise<void> {
  const version = sql`(
    select version from payment where payment.firm_id = document.firm_id and payment.payment_id = document.aggregate_id)`;
  const ours = sql`jsonb_build_object('stays', deposit -> 'stays', 'version', ${version})`;
  await change(db, firmId, key, {
    deposit: sql`jsonb_strip_nulls(${ours} || ${JSON.stringify(deposit)}::jsonb)`,
    revision: sql`revision + 1`,
  });
}

/** Has the next change of a payment tried, whatever was seen before. */
export async function doubtDeposit(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  await change(db, firmId, key, { deposit: sql`deposit || '{"version": 0}'` });
}

/** A person wants a payment to stay in its deposit; its bills have news by that. */
export async function keepInDeposit(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  await change(db, firmId, key, {
    deposit: sql`deposit || '{"stays": true}'`,
    revision: sql`revision + 1`,
  });
}

/** What was decided is not wanted any more. */
export async function dropDecision(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  await change(db, firmId, key, { decision: null });
}

/** A posted document and what a person decided about it, locked. */
export async function lockLink(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
): Promise<{ key: DocumentKey; intent: Intent; decision: Decision } | undefined> {
  const row = await db
    .selectFrom('document')
    .select(['intent', 'decision'])
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.intent || !row.decision) return undefined;
  return { key, intent: row.intent, decision: row.decision };
}

/** Nothing is known any more of the record that it was; it is made anew. */
export async function forgetLink(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  await change(db, firmId, key, FORGOTTEN);
}

const FORGOTTEN = {
  intent: null,
  qbo_id: null,
  sync_token: null,
  removed: null,
  decision: null,
  deposit: null,
} as const;

/** False when another attempt has carried it out by now. */
export async function takeDecision(db: Queryable, firmId: string, key: DocumentKey): Promise<boolean> {
  const taken = await db
    .updateTable('document')
    .set({ decision: null, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .where('decision', 'is not', null)
    .returning('document_key')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Which document of ours a record of QuickBooks stands for. */
export async function findLinked(
  db: Queryable,
  link: Pick<Link, 'realmId' | 'qboType' | 'qboId'>,
): Promise<DocumentRow | undefined> {
  return await db
    .selectFrom('document')
    .selectAll()
    .where('realm_id', '=', link.realmId)
    .where('qbo_type', '=', link.qboType)
    .where('qbo_id', '=', link.qboId)
    .executeTakeFirst();
}

/** Forgets the records of an aggregate that are gone from QuickBooks, so that they are made anew. */
export async function forgetRemoved(db: Queryable, { firmId, type, id }: AggregateRef): Promise<void> {
  await db
    .updateTable('document')
    .set({ ...FORGOTTEN, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('removed', 'is not', null)
    .execute();
}

/** Has QuickBooks asked again about the records of an aggregate that were gone: somebody may have brought them back. */
export async function recheckRemoved(db: Queryable, { firmId, type, id }: AggregateRef): Promise<void> {
  await db
    .updateTable('document')
    .set({ decision: sql`jsonb_build_object('action', 'adopt', 'qboId', qbo_id)` })
    .where('firm_id', '=', firmId)
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .where('removed', 'is not', null)
    .execute();
}

/** Takes over a newer token that QuickBooks named, without a change of ours. */
export async function saveSyncToken(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  syncToken: string,
): Promise<void> {
  await change(db, firmId, key, { sync_token: syncToken });
}

/** It is there as we left it: its token is taken over, and who waits for news of it has some. */
export async function confirmLink(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  syncToken: string,
): Promise<void> {
  await change(db, firmId, key, { sync_token: syncToken, revision: sql`revision + 1` });
}

/**
 * What we wrote has moved the tokens of these transactions by one each. Only where no write of their own was under way
 * meanwhile: then nobody can say which came first, and their next write finds out by a read.
 */
export async function advanceTokens(
  db: Queryable,
  { firmId, realmId, qboIds, since }: { firmId: string; realmId: string; qboIds: string[]; since: Date },
): Promise<void> {
  await db
    .updateTable('document')
    .set({ sync_token: sql`(sync_token::bigint + 1)::text`, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('realm_id', '=', realmId)
    .where('qbo_type', 'in', ['Invoice', 'CreditMemo'])
    .where('qbo_id', 'in', qboIds)
    .where('removed', 'is', null)
    .where(
      sql<boolean>`not exists (
        select from posting as other
        where other.firm_id = document.firm_id and other.document_key = document.document_key
          and (other.outcome = 'unsettled' or other.settled_at >= ${since}))`,
    )
    .execute();
}

/**
 * What QuickBooks holds of the documents that a condition picks, by key: an expression for the list of a select whose
 * rows have a `company`. The condition sees them as `found`.
 */
export const documentsWhere = (condition: RawBuilder<unknown>): RawBuilder<Documents> => sql<Documents>`
  coalesce((
    select jsonb_object_agg(found.document_key, jsonb_strip_nulls(jsonb_build_object(
      'intent', found.intent, 'qboId', found.qbo_id, 'syncToken', found.sync_token, 'removed', found.removed,
      'decided', case when found.decision is not null then true end, 'deposit', found.deposit)))
    from document as found
    where found.firm_id = company.firm_id and found.realm_id = company.realm_id
      and found.qbo_id is not null and (${condition})), '{}')`;

/** With the company that it is in, and how it differed when a person took it as it was. */
type KnownDocument = PostedDocument & { realmId: string | null; accepted?: string[] };

export async function findPosted(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
): Promise<KnownDocument | undefined> {
  const row = await db
    .selectFrom('document')
    .select(['intent', 'realm_id', 'qbo_id', 'sync_token', 'removed', 'accepted'])
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .executeTakeFirst();
  if (!row || row.intent === null || row.qbo_id === null || row.sync_token === null) return undefined;
  const { intent, realm_id: realmId, qbo_id: qboId, sync_token: syncToken, removed, accepted } = row;
  return {
    ...{ intent, realmId, qboId, syncToken },
    ...(removed !== null && { removed }),
    ...(accepted !== null && { accepted }),
  };
}
