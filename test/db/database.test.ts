import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findCompany } from '../../src/db/company.js';
import type { Database } from '../../src/db/database.js';
import { clientOnRecord } from '../../src/db/contact.js';
import { useDatabase } from '../support/database.js';

let db: Database;
// One connection, so that every statement meets what the ones before it have left there.
useDatabase(
  (opened) => (db = opened),
  () => ({ maxConnections: 1 }),
);
async function prepared(): Promise<string[]> {
  const { rows } = await sql<{
    statement: string;
  }>`select statement from pg_prepared_statements order by prepare_time`.execute(db);
  return rows.map(({ statement }) => statement);
}

test('a statement is planned once per connection, whatever its values', async () => {
  await clientOnRecord(db, 'firm-1', 'C1');
  await clientOnRecord(db, 'firm-2', 'C2');
  const found = await prepared();
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('from contact');
});

test('a migration that adds a column does not stop connections that are open', async () => {
  await findCompany(db, 'firm-1');
  await sql`alter table company add column added_meanwhile text`.execute(db);
  expect(await findCompany(db, 'firm-1')).toBeUndefined();
});

test('a statement that fails says why, and the connection goes on', async () => {
  await expect(sql`select ${'x'}::integer`.execute(db)).rejects.toThrow(
    'invalid input syntax for type integer',
  );
  expect(await clientOnRecord(db, 'firm-1', 'C1')).toEqual({ version: 0, matters: {} });
});
