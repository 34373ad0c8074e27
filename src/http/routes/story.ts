import type { FastifyPluginAsync } from 'fastify';
import type { Database } from '../../db/database.js';
import { readStory } from '../../db/story.js';
import { parsePaging, parseRef } from '../../snapshot/filter.js';
import { refusal } from '../refusal.js';

/** All that happened to one item, with every request and answer on record. */
export const storyRoutes: FastifyPluginAsync<{ db: Database }> = async (app, { db }) => {
  app.get('/v1/:type/:firmId/:id/story', async ({ params, query }) => {
    const ref = parseRef(params);
    const paging = parsePaging(query);
    const story = await readStory(db, ref, paging);
    if (story.items.length > 0 || paging.after !== undefined) return story;
    throw refusal(404, `Nothing is on record about ${ref.type} "${ref.id}" of firm "${ref.firmId}".`);
  });
  await Promise.resolve();
};
