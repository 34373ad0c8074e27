import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { answerErrors } from '../../src/http/errors.js';
import { healthRoutes, type HealthDeps } from '../../src/http/routes/health.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(async () => store.drop());

const NOWHERE = 'postgres://127.0.0.1:1/nowhere';
const HERE = { ping: () => Promise.resolve() };
const AWAY = { ping: () => Promise.reject(new Error('14 UNAVAILABLE')) };

async function ask(databaseUrl: string, client: HealthDeps['client'], url: string) {
  const db = openDatabase({ url: databaseUrl });
  const app = fastify();
  answerErrors(app);
  await app.register(healthRoutes, { db, client });
  try {
    const { statusCode, json } = await app.inject({ url });
    return [statusCode, json<Record<string, unknown>>()] as const;
  } finally {
    await app.close();
    await db.destroy();
  }
}

test('is ready while Postgres and Temporal answer, without a token', async () => {
  expect(await ask(store.url, HERE, '/readyz')).toEqual([200, { ok: true }]);
});

test.each([
  ['Postgres', NOWHERE, HERE, ['postgres']],
  ['Temporal', undefined, AWAY, ['temporal']],
  ['both', NOWHERE, AWAY, ['postgres', 'temporal']],
])('is alive but not ready without %s, and names it', async (_title, url, client, away) => {
  const [status, body] = await ask(url ?? store.url, client, '/readyz');
  expect([status, body.error, body.away]).toEqual([503, 'not-ready', away]);
  expect(await ask(url ?? store.url, client, '/healthz')).toEqual([200, { ok: true }]);
});
