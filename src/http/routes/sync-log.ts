import type { FastifyPluginAsync } from 'fastify';
import type { Database } from '../../db/database.js';
import { listSyncLog } from '../../db/sync-log.js';
import { parseSyncLogFilter } from '../../snapshot/filter.js';

/** What happened in one firm, newest first. */
export const syncLogRoutes: FastifyPluginAsync<{ db: Database }> = async (app, { db }) => {
  app.get('/v1/sync-log', async ({ query }) => await listSyncLog(db, parseSyncLogFilter(query)));
  await Promise.resolve();
};
