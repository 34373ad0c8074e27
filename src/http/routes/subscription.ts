import type { FastifyPluginAsync } from 'fastify';
import type { Config } from '../../config.js';
import type { Database } from '../../db/database.js';
import { endSubscription, listSubscriptions } from '../../db/subscription.js';
import { parseEnd, parseSubscription, parseSubscriptionFilter } from '../../snapshot/subscription.js';
import { subscribe } from '../../subscribe.js';
import { refusal } from '../refusal.js';
import { knownFirm } from './firm.js';

/** Who is told what needs a person, and how. */
export const subscriptionRoutes: FastifyPluginAsync<{
  db: Database;
  config: Pick<Config, 'tokenKeyring' | 'notify'>;
}> = async (app, { db, config }) => {
  const { tokenKeyring, notify } = config;
  app.post('/v1/subscriptions', async ({ body }, reply) => {
    const wanted = parseSubscription(body);
    await knownFirm(db, wanted.firmId);
    const hasMail = notify.smtpUrl !== undefined;
    return await reply.code(201).send(await subscribe({ db, tokenKeyring, hasMail }, wanted));
  });
  app.get('/v1/subscriptions', async ({ query }) => ({
    items: await listSubscriptions(db, parseSubscriptionFilter(query)),
  }));
  app.delete<{ Params: { subscriptionId: string } }>(
    '/v1/subscriptions/:subscriptionId',
    async ({ params: { subscriptionId }, query }) => {
      if (await endSubscription(db, subscriptionId, parseEnd(query).by)) return { ended: subscriptionId };
      throw refusal(404, `There is no subscription "${subscriptionId}" that could be ended.`);
    },
  );
  await Promise.resolve();
};
