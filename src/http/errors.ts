import type { FastifyInstance } from 'fastify';
import { RemedyRefused } from '../client.js';
import { isDatabaseAway } from '../db/away.js';
import { CursorError } from '../db/page.js';
import { TrustRefused } from './routes/trust-transaction.js';
import { SubscriptionRefused } from '../subscribe.js';
import { SnapshotError } from '../snapshot/field.js';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';

/** The one place that turns an error into a status and a sentence. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: unknown, request, reply) => {
    if (error instanceof SnapshotError) {
      return await reply
        .code(400)
        .send({ error: 'snapshot-refused', message: error.message, problems: error.problems });
    }
    if (error instanceof CursorError) {
      return await reply.code(400).send({ error: 'bad-request', message: error.message });
    }
    if (error instanceof SubscriptionRefused) {
      return await reply.code(409).send({ error: 'subscription-refused', message: error.message });
    }
    if (error instanceof RemedyRefused && error.cause instanceof WorkflowNotFoundError) {
      return await reply.code(404).send({ error: 'not-in-flight', message: error.message });
    }
    if (error instanceof TrustRefused) {
      const { fault, message, details } = error;
      return await reply.code(409).send({ error: fault, message, details });
    }
    if (error instanceof RemedyRefused) {
      return await reply.code(409).send({ error: 'remedy-refused', message: error.message });
    }
    if (error instanceof WorkflowNotFoundError) {
      return await reply
        .code(404)
        .send({ error: 'not-in-flight', message: 'Nothing is in flight or parked under this id.' });
    }
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
      const message =
        'No worker has answered in time. It may still be carried out: look at the item before you send it again.';
      return await reply.code(503).send({ error: 'no-answer-in-time', message });
    }
    // The client wraps what gRPC says.
    if (error instanceof ServiceError || isGrpcServiceError(error)) {
      request.log.error({ error }, 'Temporal cannot be reached');
      const message =
        'Temporal has not answered, so this does not count as accepted. Send it again later: that is harmless, should it have arrived.';
      return await reply.code(503).send({ error: 'temporal-unreachable', message });
    }
    if (isDatabaseAway(error)) {
      request.log.error({ error }, 'Postgres cannot be reached');
      const message = 'Postgres cannot be reached, so nothing can be shown or changed. Ask again later.';
      return await reply.code(503).send({ error: 'postgres-unreachable', message });
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status < 500) {
      return await reply.code(status).send({ error: 'bad-request', message: (error as Error).message });
    }
    request.log.error({ error }, 'unexpected');
    return await reply
      .code(500)
      .send({ error: 'internal-error', message: 'A mistake of this program; see its log.' });
  });
}
