import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Database, type DatabaseOptions } from '../../src/db/database.js';
import { createTestDatabase } from './postgres.js';

/** Opens an empty database with the newest schema before the tests of a file, and removes it after them. */
export function useDatabase(
  opened: (db: Database) => void,
  options: () => Omit<DatabaseOptions, 'url'> = () => ({}),
): void {
  let close: () => Promise<void>;
  beforeAll(async () => {
    const store = await createTestDatabase();
    const db = openDatabase({ url: store.url, ...options() });
    close = async () => {
      await db.destroy();
      await store.drop();
    };
    opened(db);
  });
  afterAll(() => close());
}

/** Who waits in this database for a lock that another transaction holds. */
export async function lockWaiters(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows[0]!.count;
}
