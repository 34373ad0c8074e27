import { sql } from 'kysely';
import type { FastifyPluginAsync } from 'fastify';
import type { CounterfoilClient } from '../../client.js';
import type { Database } from '../../db/database.js';

export interface HealthDeps {
  db: Database;
  client: Pick<CounterfoilClient, 'ping'>;
}

/** `/healthz`: the process runs. `/readyz`: it can reach its Postgres and its Temporal; 503 names what it cannot. */
export const healthRoutes: FastifyPluginAsync<HealthDeps> = async (app, { db, client }) => {
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (request, reply) => {
    const asked = { postgres: sql`select 1`.execute(db), temporal: client.ping() };
    const [postgres, temporal] = await Promise.allSettled([asked.postgres, asked.temporal]);
    const answers = { postgres, temporal };
    const away = Object.entries(answers).flatMap(([name, { status }]) =>
      status === 'rejected' ? [name] : [],
    );
    if (away.length === 0) return { ok: true };
    request.log.warn({ away }, 'not ready');
    const message = `Not ready: ${away.join(' and ')} cannot be reached.`;
    return await reply.code(503).send({ error: 'not-ready', message, away });
  });
  await Promise.resolve();
};
