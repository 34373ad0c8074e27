import type { FastifyPluginAsync } from 'fastify';
import { RemedyRefused, type CounterfoilClient } from '../../client.js';
import type { AggregateRef, AggregateType } from '../../domain/aggregate.js';
import type { RemedyMessage } from '../../domain/remedy.js';
import { listAttention, listCauses } from '../../db/attention.js';
import { findChequeStatus } from '../../db/cheque.js';
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

interface AttentionDeps {
  client: CounterfoilClient;
  db: Database;
  isAdministrator: (request: { headers: { authorization?: string | undefined } }) => boolean;
}

const ADMINISTRATOR = { as: 'administrator' } as const;

/** Over HTTP it is the token that gives rights. What is no remedy is refused where it is read. */
function withoutRights(body: RemedyMessage | undefined): RemedyMessage {
  const { as: _claimed, ...rest } = { ...body } as RemedyMessage;
  return rest;
}

/** What is not in QuickBooks and why, the live state of one aggregate, and a person's decision about it. */
export const attentionRoutes: FastifyPluginAsync<AttentionDeps> = async (
  app,
  { client, db, isAdministrator },
) => {
  app.get('/v1/attention', async ({ query }) => await listCauses(db, parseAttentionFilter(query)));
  app.get('/v1/attention/items', async ({ query }) => await listAttention(db, parseAttentionFilter(query)));
  app.get('/v1/unposted', async ({ query }) => await listUnposted(db, parseUnpostedFilter(query)));

  app.get<{ Params: Params }>('/v1/:type/:firmId/:id/status', async ({ params }) => {
    const about = ref(params);
    const cheque = about.type === 'trustTransaction' ? await findChequeStatus(db, about) : undefined;
    return { ...(await client.status(about)), ...(cheque && { cheque }) };
  });

  app.post<{ Params: Params; Body: RemedyMessage | undefined }>(
    '/v1/:type/:firmId/:id/remedies',
    async (request) => {
      const { params, body } = request;
      const about = ref(params);
      if (body?.action === 'include' && !(await isExcluded(db, about))) {
        throw new RemedyRefused(`${about.type} ${about.id} is not excluded, so there is nothing to include.`);
      }
      return await client.remediate(about, {
        ...withoutRights(body),
        ...(isAdministrator(request) && ADMINISTRATOR),
      });
    },
  );
  await Promise.resolve();
};
