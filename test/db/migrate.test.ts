import { sql } from 'kysely';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { migrateToLatest, migrations } from '../../src/db/migrate.js';
import { createDatabase, type NamedDatabase } from '../support/template-database.js';

const all = Object.keys(migrations);

let store: NamedDatabase;
beforeEach(async () => {
  store = await createDatabase(inject('postgres').url, 'migrate', 'template1');
});
afterEach(async () => store.drop());

async function tables(): Promise<string[]> {
  const db = openDatabase({ url: store.url, maxConnections: 1 });
  try {
    const { rows } = await sql<{
      name: string;
    }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
    return rows.map(({ name }) => name);
  } finally {
    await db.destroy();
  }
}

test('an empty database gets every table, in order, and a second run finds nothing to do', async () => {
  expect(await tables()).toEqual([]);
  expect(await migrateToLatest(store.url)).toEqual(all);
  expect(await tables()).toEqual(expect.arrayContaining(['firm', 'bill', 'posting', 'waiter', 'slot']));
  expect(await migrateToLatest(store.url)).toEqual([]);
});

test('processes that start side by side apply each migration once', async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrateToLatest(store.url)));
  expect(applied.flat().sort()).toEqual(all);
  expect(await tables()).toContain('bill');
});

test('the names sort in the order in which they are applied', () => {
  expect([...all].sort()).toEqual(all);
});

test('a database that cannot be reached is said, not passed over', async () => {
  await expect(migrateToLatest('postgres://127.0.0.1:1/nowhere')).rejects.toThrow('ECONNREFUSED');
});
