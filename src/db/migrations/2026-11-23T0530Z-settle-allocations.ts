import { sql, type Kysely } from 'kysely';

/**
 * Every plan asks what lies on a bill. A list of what the index has yet to take in would be read each time, and grows to
 * megabytes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter index document_by_allocation set (fastupdate = off)`.execute(db);
  await sql`select gin_clean_pending_list('document_by_allocation')`.execute(db);
}
