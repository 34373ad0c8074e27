import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table bill
      -- Settings that a person has confirmed for a bill that was posted under others.
      add column new_terms jsonb,
      -- Its workflow has yet to be told; cleared once Temporal has that.
      add column new_terms_due boolean not null default false`.execute(db);
  await sql`create index bill_new_terms_due on bill (firm_id, bill_id) where new_terms_due`.execute(db);
}
