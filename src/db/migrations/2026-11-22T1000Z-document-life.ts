import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document
      add column removed text check (removed in ('voided', 'deleted')),
      -- Counts what was posted, changed and removed: who waits for news of it knows which one it has seen.
      add column revision bigint not null default 0`.execute(db);
  await sql`update document set revision = 1 where qbo_id is not null`.execute(db);
  await sql`alter table waiter add column seen_revision bigint not null default 0`.execute(db);
  await sql`create index document_by_aggregate on document (firm_id, aggregate_type, aggregate_id)`.execute(
    db,
  );
  // Finds the payments that are used on an invoice.
  await sql`
    create index document_by_allocation on document using gin ((intent -> 'allocations') jsonb_path_ops)
    where document_type = 'payment'`.execute(db);
}
