import fastify from 'fastify';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { answerErrors } from '../../src/http/errors.js';
import { healthRoutes } from '../../src/http/routes/health.js';
import { createTestDatabase } from '../support/postgres.js';

async function ask(databaseUrl: string, url: string) {
  const db = openDatabase({ url: databaseUrl });
  const app = fastify();
  answerErrors(app);
  await app.register(healthRoutes, { db });
  try {
    return await app.inject({ url });
  } finally {
    await app.close();
    await db.destroy();
  }
}

test('is ready while Postgres answers, without a token', async () => {
  const store = await createTestDatabase();
  const answer = await ask(store.url, '/readyz');
  await store.drop();
  expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true }]);
});

test('is alive but not ready while Postgres is away', async () => {
  const nowhere = 'postgres://127.0.0.1:1/nowhere';
  expect((await ask(nowhere, '/readyz')).statusCode).toBeGreaterThanOrEqual(500);
  expect((await ask(nowhere, '/healthz')).statusCode).toBe(200);
});
