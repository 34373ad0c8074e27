import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { DocumentKey } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import type { Queryable } from './database.js';
import type { PostingRow } from './posting.js';

export interface RivalPosting {
  key: DocumentKey;
  document: Intent['document'];
  type: AggregateRef['type'];
  id: string;
  /** Of its document, as it was looked at; 0 where it was settled after this posting had begun. */
  revision: number;
}

/** A write of another aggregate's onto one of these invoices that was under way at the same time as this one. */
export async function findRivalPosting(
  db: Queryable,
  { firm_id, document_key, created_at }: Pick<PostingRow, 'firm_id' | 'document_key' | 'created_at'>,
  invoiceKeys: readonly DocumentKey[],
): Promise<RivalPosting | undefined> {
  const { rows } = await sql<RivalPosting>`
    select document.document_key as key, document.document_type as document, document.aggregate_type as type,
      document.aggregate_id as id, case when other.outcome = 'unsettled' then document.revision else 0 end as revision
    from posting as other
    join document on document.firm_id = other.firm_id and document.document_key = other.document_key
    where other.firm_id = ${firm_id} and other.document_key <> ${document_key}
      and (other.outcome = 'unsettled' or other.outcome = 'posted' and other.settled_at > ${created_at})
      and exists (
        select from jsonb_array_elements(other.intent -> 'allocations') as part (one)
        where part.one ->> 'invoiceKey' = any(${[...invoiceKeys]}::text[]))
    order by other.outcome = 'unsettled' desc
    limit 1`.execute(db);
  return rows[0];
}

/** These invoices, and the payments of others and uses of credits that lie on them: room comes when one is written. */
export async function listRivals(
  db: Queryable,
  { firm_id, document_key }: Pick<PostingRow, 'firm_id' | 'document_key'>,
  invoiceKeys: readonly DocumentKey[],
): Promise<RivalPosting[]> {
  if (invoiceKeys.length === 0) return [];
  const onOne = invoiceKeys.map(
    (invoiceKey) => sql`intent -> 'allocations' @> ${JSON.stringify([{ invoiceKey }])}::jsonb`,
  );
  const { rows } = await sql<RivalPosting>`
    select document_key as key, document_type as document, aggregate_type as type, aggregate_id as id, revision
    from document
    where firm_id = ${firm_id} and document_key <> ${document_key} and (
      document_key = any(${[...invoiceKeys]}::text[])
      or document_type in ('payment', 'application') and removed is null and (${sql.join(onOne, sql` or `)}))`.execute(
    db,
  );
  return rows;
}
