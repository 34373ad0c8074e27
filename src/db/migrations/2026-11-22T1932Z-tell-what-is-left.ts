import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table waiter
      -- By invoice of a bill that waits for payments: how much of it they may have.
      add column leaves jsonb`.execute(db);
}
