import { sql, type Selectable } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { DocumentKey, Intent, PostedDocument } from '../domain/document.js';
import type { Queryable } from './database.js';
import type { DocumentTable } from './schema.js';

/** `known` = older or the same again; `contradiction` = the same version with other contents. */
export type Acceptance = 'accepted' | 'known' | 'contradiction';

export type DocumentRow = Selectable<DocumentTable>;

/** Locks the document's row, making it first where it is missing, so that there is always something to lock. */
export async function lockDocument(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
): Promise<DocumentRow> {
  return await db
    .insertInto('document')
    .values({
      firm_id: firmId,
      document_key: key,
      document_type: document,
      aggregate_type: type,
      aggregate_id: id,
    })
    .onConflict((conflict) =>
      conflict.columns(['firm_id', 'document_key']).doUpdateSet({ updated_at: sql`document.updated_at` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function nextGeneration(db: Queryable, firmId: string, key: DocumentKey): Promise<number> {
  const { generation } = await db
    .updateTable('document')
    .set({ generation: sql`generation + 1` })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .returning('generation')
    .executeTakeFirstOrThrow();
  return generation;
}

export interface Link {
  realmId: string;
  qboType: string;
  qboId: string;
  syncToken: string;
}

/** Links our document to theirs and keeps what we meant: the planner compares the next wish with it. */
export async function saveLink(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  intent: Intent,
  link: Link,
): Promise<void> {
  await db
    .updateTable('document')
    .set({
      intent: JSON.stringify(intent),
      realm_id: link.realmId,
      qbo_type: link.qboType,
      qbo_id: link.qboId,
      sync_token: link.syncToken,
      posted_at: sql`coalesce(posted_at, now())`,
      updated_at: sql`now()`,
    })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .execute();
}

/** Takes over a newer token that QuickBooks named, without a change of ours. */
export async function saveSyncToken(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
  syncToken: string,
): Promise<void> {
  await db
    .updateTable('document')
    .set({ sync_token: syncToken, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .execute();
}

export async function findPosted(
  db: Queryable,
  firmId: string,
  key: DocumentKey,
): Promise<PostedDocument | undefined> {
  const row = await db
    .selectFrom('document')
    .select(['intent', 'qbo_id', 'sync_token'])
    .where('firm_id', '=', firmId)
    .where('document_key', '=', key)
    .executeTakeFirst();
  return row && postedDocument(row);
}

export function postedDocument<I extends Intent>(row: {
  intent: Intent | null;
  qbo_id: string | null;
  sync_token: string | null;
}): PostedDocument<I> | undefined {
  if (row.intent === null || row.qbo_id === null || row.sync_token === null) return undefined;
  return { intent: row.intent as I, qboId: row.qbo_id, syncToken: row.sync_token };
}
