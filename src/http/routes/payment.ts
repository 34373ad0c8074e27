import type { FastifyPluginAsync } from 'fastify';
import type { CounterfoilClient } from '../../client.js';
import { parsePayment } from '../../snapshot/payment.js';

/** `POST /v1/payments` takes a snapshot; 202 means that it is accepted and will not be lost. */
export const paymentRoutes: FastifyPluginAsync<{ client: CounterfoilClient }> = async (app, { client }) => {
  app.post('/v1/payments', async (request, reply) => {
    const accepted = await client.syncPayment(parsePayment(request.body));
    return await reply.code(202).send(accepted);
  });
  await Promise.resolve();
};
