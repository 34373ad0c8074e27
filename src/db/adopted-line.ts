import { sql } from 'kysely';
import type { DocumentKey } from '../domain/document.js';
import type { JournalEntryIntent } from '../domain/intent.js';
import type { Neighbour } from '../domain/trust/adoption/record.js';
import type { Queryable } from './database.js';
import type { Link } from './document.js';

type RecordOf = Pick<Link, 'realmId' | 'qboType' | 'qboId'>;

/** Documents of ours that stand in a record of QuickBooks, but for one. */
export async function listNeighbours(
  db: Queryable,
  { realmId, qboType, qboId }: RecordOf,
  key: DocumentKey,
): Promise<Neighbour[]> {
  const rows = await db
    .selectFrom('document')
    .select(['document_key', 'intent'])
    .where('realm_id', '=', realmId)
    .where('qbo_type', '=', qboType)
    .where('qbo_id', '=', qboId)
    .where('document_key', '<>', key)
    .execute();
  return rows.map(({ document_key, intent }) => {
    const { adopted, lines = [] }: Partial<JournalEntryIntent> =
      intent?.document === 'journal-entry' ? intent : {};
    return { key: document_key, ...(adopted && { taken: adopted.lines }), lines };
  });
}

/** Held until the transaction ends, by whoever takes lines of a record or lets them go. */
export async function lockAdoptedRecord(
  db: Queryable,
  { realmId, qboType, qboId }: RecordOf,
  totalCents: number,
): Promise<void> {
  await sql`
    insert into adopted_record as known (realm_id, qbo_type, qbo_id, total_cents)
    values (${realmId}, ${qboType}, ${qboId}, ${totalCents})
    on conflict (realm_id, qbo_type, qbo_id) do update
      set total_cents = greatest(excluded.total_cents, known.taken_cents)`.execute(db);
}

/** Lines become a document's alone; the constraints of both tables hold that nobody else has them. */
export async function takeLines(
  db: Queryable,
  record: RecordOf,
  { firmId, key }: { firmId: string; key: DocumentKey },
  lines: readonly { line: string; cents: number }[],
): Promise<void> {
  const { realmId, qboType, qboId } = record;
  await releaseLines(db, firmId, key);
  await db
    .insertInto('adopted_line')
    .values(
      lines.map(({ line, cents }) => ({
        realm_id: realmId,
        qbo_type: qboType,
        qbo_id: qboId,
        line,
        firm_id: firmId,
        document_key: key,
        cents,
      })),
    )
    .execute();
  await sql`
    update adopted_record set taken_cents = taken_cents + ${lines.reduce((sum, { cents }) => sum + cents, 0)}
    where realm_id = ${realmId} and qbo_type = ${qboType} and qbo_id = ${qboId}`.execute(db);
}

/** A document stands in no record any more. */
export async function releaseLines(db: Queryable, firmId: string, key: DocumentKey): Promise<void> {
  await sql`
    with gone as (
      delete from adopted_line where firm_id = ${firmId} and document_key = ${key}
      returning realm_id, qbo_type, qbo_id, cents),
    sums as (select realm_id, qbo_type, qbo_id, sum(cents) as cents from gone group by 1, 2, 3)
    update adopted_record as record set taken_cents = taken_cents - sums.cents
    from sums
    where (record.realm_id, record.qbo_type, record.qbo_id) = (sums.realm_id, sums.qbo_type, sums.qbo_id)`.execute(
    db,
  );
}
