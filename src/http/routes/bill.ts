import type { FastifyPluginAsync } from 'fastify';
import type { CounterfoilClient } from '../../client.js';
import { parseBill } from '../../snapshot/bill.js';

/** 32 MiB of JSON compress to far less than the 1 MiB that the client allows. */
const LARGEST_SNAPSHOT_BYTES = 32 * 1024 * 1024;

/** `POST /v1/bills` takes a snapshot; 202 means that it is accepted and will not be lost. */
export const billRoutes: FastifyPluginAsync<{ client: CounterfoilClient }> = async (app, { client }) => {
  app.post('/v1/bills', { bodyLimit: LARGEST_SNAPSHOT_BYTES }, async (request, reply) => {
    const accepted = await client.syncBill(parseBill(request.body));
    return await reply.code(202).send(accepted);
  });
  await Promise.resolve();
};
