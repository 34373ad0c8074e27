import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // While it is tried again nobody has decided anything: it stays open, and gives way only to what QuickBooks says.
  await sql`
    alter table fault
      add column trying_since timestamptz,
      add column trying_by text,
      add column tried_at timestamptz,
      add column tried_as text check (tried_as in ('probe', 'release'))`.execute(db);
}
