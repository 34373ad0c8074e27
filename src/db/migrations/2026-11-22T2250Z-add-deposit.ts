import { sql, type Kysely } from 'kysely';

/** A payment that lies in a deposit takes no change: what was seen of that, for its plan and for those of its bills. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table document add column deposit jsonb`.execute(db);
}
