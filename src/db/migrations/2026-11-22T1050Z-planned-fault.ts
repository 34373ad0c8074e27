import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Found by planning, before QuickBooks was asked: planning may find that it is no longer so, and take it back.
  await sql`alter table fault add column planned boolean not null default false`.execute(db);
}
