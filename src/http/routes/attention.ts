import type { FastifyPluginAsync } from 'fastify';
import type { CounterfoilClient } from '../../client.js';
import type { AggregateRef, AggregateType } from '../../domain/aggregate.js';
import type { RemedyMessage } from '../../domain/remedy.js';
import { listAttention, listCauses } from '../../db/attention.js';
import type { Database } from '../../db/database.js';
import { listUnposted } from '../../db/unposted.js';
import { parseAttentionFilter, parseUnpostedFilter } from '../../snapshot/filter.js';

interface Params {
  type: AggregateType;
  firmId: string;
  id: string;
}

const ref = ({ type, firmId, id }: Params): AggregateRef => ({ type, firmId, id });

/** What is not in QuickBooks and why, the live state of one aggregate, and a person's decision about it. */
export const attentionRoutes: FastifyPluginAsync<{ client: CounterfoilClient; db: Database }> = async (
  app,
  { client, db },
) => {
  app.get('/v1/attention', async ({ query }) => await listCauses(db, parseAttentionFilter(query)));
  app.get('/v1/attention/items', async ({ query }) => await listAttention(db, parseAttentionFilter(query)));
  app.get('/v1/unposted', async ({ query }) => await listUnposted(db, parseUnpostedFilter(query)));

  app.get<{ Params: Params }>(
    '/v1/:type/:firmId/:id/status',
    async ({ params }) => await client.status(ref(params)),
  );

  app.post<{ Params: Params; Body: RemedyMessage }>(
    '/v1/:type/:firmId/:id/remedies',
    async ({ params, body }) => await client.remediate(ref(params), body),
  );
  await Promise.resolve();
};
