import type { FastifyPluginAsync } from 'fastify';
import { RemedyRefused, type CounterfoilClient } from '../../client.js';
import type { AggregateRef, AggregateType } from '../../domain/aggregate.js';
import type { RemedyMessage } from '../../domain/remedy.js';
import { listAttention, listCauses } from '../../db/attention.js';
import type { Database } from '../../db/database.js';
import { isExcluded } from '../../db/exclusion.js';
import { listUnposted } from '../../db/unposted.js';
import { parseAttentionFilter, parseUnpostedFilter } from '../../snapshot/filter.js';

interface Params {
  type: AggregateType;
  firmId: string;
  id: string;
}

const ref = ({ type, firmId, id }: Params): AggregateRef => ({ type, firmId, id });

/** An empty body is refused like anything else that is no remedy. */
const NOTHING = {} as RemedyMessage;

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

  app.post<{ Params: Params; Body: RemedyMessage | undefined }>(
    '/v1/:type/:firmId/:id/remedies',
    async ({ params, body }) => {
      const about = ref(params);
      if (body?.action === 'include' && !(await isExcluded(db, about))) {
        throw new RemedyRefused(`${about.type} ${about.id} is not excluded, so there is nothing to include.`);
      }
      return await client.remediate(about, body ?? NOTHING);
    },
  );
  await Promise.resolve();
};
