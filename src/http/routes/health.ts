import { sql } from 'kysely';
import type { FastifyPluginAsync } from 'fastify';
import type { Database } from '../../db/database.js';

/** `/healthz`: the process runs. `/readyz`: it can reach its Postgres. */
export const healthRoutes: FastifyPluginAsync<{ db: Database }> = async (app, { db }) => {
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async () => {
    await sql`select 1`.execute(db);
    return { ok: true };
  });
  await Promise.resolve();
};
