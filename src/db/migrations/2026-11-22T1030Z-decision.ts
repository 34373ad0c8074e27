import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document
      drop constraint document_removed_check,
      add constraint document_removed_check check (removed in ('voided', 'deleted', 'inactive')),
      -- What a person decided about it that QuickBooks has to be asked for; gone once it is carried out.
      add column decision jsonb`.execute(db);
  await sql`
    alter table bill
      -- Of two bills that name a matter differently, the one taken in last is right.
      add column accepted_at timestamptz not null default now()`.execute(db);
  await sql`create index bill_by_client on bill (firm_id, client_id)`.execute(db);
}
