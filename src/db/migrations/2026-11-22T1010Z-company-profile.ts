import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The column holds what we need of QuickBooks' settings from now on, no longer the whole answer: read it anew.
  await sql`
    alter table company
      add column profile_read_at timestamptz,
      add column profile_due_at timestamptz not null default now()`.execute(db);
  await sql`update company set preferences = '{}'`.execute(db);
}
