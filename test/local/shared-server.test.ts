import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/postgres.js';
import { connectTestTemporal } from '../support/temporal.js';

async function tableCount(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from information_schema.tables where table_schema = 'public'`,
    );
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}

test('each test database has the newest schema and is nobody else’s', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(one.url).not.toBe(other.url);
  expect(await tableCount(one.url)).toBeGreaterThan(0);

  await one.drop();
  await expect(tableCount(one.url)).rejects.toThrow(/does not exist/);
  expect(await tableCount(other.url)).toBeGreaterThan(0);
  await other.drop();
});

test('the shared Temporal server knows our search attributes', async () => {
  const temporal = await connectTestTemporal();
  const { customAttributes } = await temporal.connection.operatorService.listSearchAttributes({
    namespace: temporal.namespace,
  });
  expect(Object.keys(customAttributes)).toEqual(
    expect.arrayContaining([
      'FirmId',
      'RealmId',
      'AggregateType',
      'SyncState',
      'FaultKey',
      'NeedsAttentionSince',
    ]),
  );
  await temporal.close();
});
