import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPostgres, type Postgres } from '../../scripts/local/postgres.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('postgres');
const dataDir = join(folder, 'data');
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, persistent: false, own: true });
  await query('create table receipt (id int)');
});
afterAll(() => postgres.dispose());

async function query(statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('an outage: it comes back on the same port with its data', async () => {
  await query('insert into receipt values (1)');
  await postgres.stop();
  await expect(query('select 1')).rejects.toThrow(/ECONNREFUSED/);
  await postgres.restart();
  expect(await query('select id from receipt where id = 1')).toEqual([{ id: 1 }]);
});

test('a crash right after a commit loses nothing, though fsync is off', async () => {
  expect(await query('show fsync')).toEqual([{ fsync: 'off' }]);
  await query('insert into receipt values (2)');
  await postgres.stop('immediate');
  await postgres.restart();
  expect(await query('select id from receipt where id = 2')).toEqual([{ id: 2 }]);

  await query('insert into receipt values (3)');
  await postgres.kill();
  await postgres.restart();
  expect(await query('select id from receipt where id = 3')).toEqual([{ id: 3 }]);
});

test('a stale pid file that names a stranger does not keep it down', async () => {
  await postgres.kill();
  const pidFile = join(postgres.dataDir!, 'postmaster.pid');
  const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
  writeFileSync(pidFile, [process.pid, ...rest].join('\n'));
  await postgres.restart();
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a second one on the same directory is refused', async () => {
  await expect(startPostgres({ dataDir, persistent: true, own: true })).rejects.toThrow(/already runs on/);
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('DATABASE_URL is used in place of a new one, and is not stopped', async () => {
  vi.stubEnv('DATABASE_URL', postgres.url);
  const given = await startPostgres({ dataDir: join(folder, 'never'), persistent: false });
  vi.unstubAllEnvs();
  expect(given).toMatchObject({ url: postgres.url, port: postgres.port, own: false });
  await given.dispose();
  expect(existsSync(join(folder, 'never'))).toBe(false);
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('text sorts the same on every machine', async () => {
  const sorted = await query(
    `select word from (values ('b'), ('Ä'), ('a'), ('B')) list (word) order by word`,
  );
  expect(sorted).toEqual([{ word: 'B' }, { word: 'a' }, { word: 'b' }, { word: 'Ä' }]);
});

test('one that is not persistent leaves no directory', async () => {
  const other = await startPostgres({ dataDir: join(folder, 'other'), persistent: false, own: true });
  expect(existsSync(other.dataDir!)).toBe(true);
  await other.dispose();
  expect(existsSync(other.dataDir!)).toBe(false);
});
