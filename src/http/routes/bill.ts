import type { FastifyPluginAsync } from 'fastify';
import type { CounterfoilClient } from '../../client.js';
import { factsIfAccepted } from '../../db/bill.js';
import type { Database } from '../../db/database.js';
import { previewBill } from '../../domain/bill/preview.js';
import { parseBill } from '../../snapshot/bill.js';
import { knownFirm } from './firm.js';

/** 32 MiB of JSON compress to far less than the 1 MiB that the client allows. */
const LARGEST_SNAPSHOT_BYTES = 32 * 1024 * 1024;

/**
 * `POST /v1/bills` takes a snapshot; 202 means that it is accepted and will not be lost. `POST /v1/bills/preview` says
 * what it would do, and does nothing.
 */
export const billRoutes: FastifyPluginAsync<{ client: CounterfoilClient; db: Database }> = async (
  app,
  { client, db },
) => {
  app.post('/v1/bills', { bodyLimit: LARGEST_SNAPSHOT_BYTES }, async (request, reply) => {
    const accepted = await client.syncBill(parseBill(request.body));
    return await reply.code(202).send(accepted);
  });
  app.post('/v1/bills/preview', { bodyLimit: LARGEST_SNAPSHOT_BYTES }, async (request) => {
    const bill = parseBill(request.body);
    await knownFirm(db, bill.firmId);
    const facts = await factsIfAccepted(db, bill);
    return facts && previewBill(facts);
  });
  await Promise.resolve();
};
