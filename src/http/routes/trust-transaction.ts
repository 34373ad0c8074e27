import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { CounterfoilClient } from '../../client.js';
import type { Database } from '../../db/database.js';
import { listBalances } from '../../db/trust-balance.js';
import { acceptTrustTransaction, lockTrustRecord } from '../../db/trust-transaction.js';
import { reserve } from '../../db/trust-reservation.js';
import { entryByKey } from '../../domain/fault/catalogue.js';
import { faultText } from '../../domain/fault/text.js';
import { CONTRADICTION } from '../../domain/snapshot.js';
import { legsOf, type TrustTransactionSnapshot } from '../../domain/trust-transaction.js';
import { nameOf, type TrustProblem } from '../../domain/trust/rule.js';
import { read } from '../../snapshot/field.js';
import { parseTrustTransaction } from '../../snapshot/trust-transaction.js';

const query = z.strictObject({ happened: z.literal('true').exactOptional() });

interface Posted {
  Querystring: unknown;
}

/** Client money that was not taken: nothing of it is kept, and the message says what stands in the way. */
export class TrustRefused extends Error {
  override readonly name = 'TrustRefused';
  constructor(
    /** A key of the catalogue, or what is wrong with the message itself. */
    readonly fault: string,
    message: string,
    readonly details: Record<string, string> = {},
  ) {
    super(message);
  }
}

/**
 * `POST /v1/trust-transactions` takes one movement of client money. 202 means that the money is reserved and that the
 * transaction will not be lost; 409 that it is not taken, with the balance and what stands in the way. `?happened=true`
 * says that the bank has done it already: it is taken in any case, and what would overdraw a matter waits for a person.
 */
export const trustTransactionRoutes: FastifyPluginAsync<{ client: CounterfoilClient; db: Database }> = async (
  app,
  { client, db },
) => {
  app.post<Posted>('/v1/trust-transactions', async (request, reply) => {
    const snapshot = parseTrustTransaction(request.body);
    const { happened } = read(query, 'query', request.query);
    const { balances, refused } = await take(db, snapshot, happened !== undefined);
    const accepted = await client.syncTrustTransaction(snapshot);
    return await reply.code(202).send({ ...accepted, balances, ...(refused && { parked: refused.message }) });
  });
  await Promise.resolve();
};

/** One transaction, so that a refusal leaves no trace. The same again answers the same. */
async function take(db: Database, snapshot: TrustTransactionSnapshot, happened: boolean) {
  const { firmId, trustTransactionId, accountId } = snapshot;
  return await db.transaction().execute(async (tx) => {
    const acceptance = await acceptTrustTransaction(tx, snapshot);
    if (typeof acceptance === 'object') throw new TrustRefused('trust-money-fixed', acceptance.refused);
    if (acceptance === 'contradiction') throw new TrustRefused('contradiction', CONTRADICTION);
    const record = await lockTrustRecord(tx, firmId, trustTransactionId);
    if (!record) throw new Error(`${trustTransactionId} was accepted and is not there.`);
    const problem = record.excluded ? undefined : await reserve(tx, record);
    const refused = problem && refusal(problem, snapshot);
    if (refused && !(happened && refused.fault === 'trust-overdraw')) throw refused;
    const own = legsOf(record.desired, record.account, record.original?.desired);
    const isOwn = (one: { clientId: string; matterId: string }) =>
      own.some(({ clientId, matterId }) => clientId === one.clientId && matterId === one.matterId);
    const balances = (await listBalances(tx, firmId, { accountId })).filter(isOwn);
    return { balances, refused };
  });
}

function refusal({ fault, params }: TrustProblem, snapshot: TrustTransactionSnapshot): TrustRefused {
  const entry = entryByKey(fault);
  if (!entry) throw new Error(`The catalogue has no entry "${fault}".`);
  const names = { document: nameOf(snapshot), client: snapshot.client.name };
  const { cause, remedy } = faultText(entry, { ...names, ...params });
  return new TrustRefused(fault, `${cause} ${remedy}`, params);
}
