import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { CounterfoilClient } from '../client.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { createLogger } from '../log.js';
import type { Secret } from '../secret.js';
import { codecRoutes } from './codec.js';
import { answerErrors } from './errors.js';
import { refusal } from './refusal.js';
import { attentionRoutes } from './routes/attention.js';
import { billRoutes } from './routes/bill.js';
import { connectionRoutes, type ConnectionDeps } from './routes/connection.js';
import { firmRoutes } from './routes/firm.js';
import { healthRoutes } from './routes/health.js';
import { paymentRoutes } from './routes/payment.js';
import { reconciliationRoutes, type ReconciliationDeps } from './routes/reconciliation.js';
import { schemaRoutes } from './routes/schema.js';
import { settingsRoutes } from './routes/settings.js';
import { storyRoutes } from './routes/story.js';
import { subscriptionRoutes } from './routes/subscription.js';
import { syncLogRoutes } from './routes/sync-log.js';
import { trustAccountRoutes } from './routes/trust-account.js';
import { trustTransactionRoutes } from './routes/trust-transaction.js';

export interface AppDeps extends Pick<ConnectionDeps, 'consent'>, Pick<ReconciliationDeps, 'reconcile'> {
  config: Config;
  db: Database;
  client: CounterfoilClient;
}

/** The server's routes. Everything below /v1 needs the API token, but for the page that Intuit sends people back to. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { config, db, client, consent, reconcile } = deps;
  const onConnected = (firmId: string) => client.companyConnected(firmId);
  const loggerInstance: FastifyBaseLogger = createLogger('server', config.log);
  const logController = new LogController({ disableRequestLogging: true });
  const app = fastify({ loggerInstance, logController });
  const onSettings = async (firmId: string) => {
    try {
      await client.settingsChanged(firmId);
    } catch (err) {
      // They are saved, and the schedule looks for what they mend within a minute.
      app.log.warn({ err, firmId }, 'what the new settings mend could not be tried at once');
    }
  };
  answerErrors(app);
  await app.register(healthRoutes, { db, client });
  await app.register(codecRoutes, { keyring: config.payloadKeyring, ...config.codec });
  await app.register(connectionRoutes, { db, consent, onConnected, requireToken: requireToken(config) });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', requireToken(config));
    await guarded.register(firmRoutes, { db });
    await guarded.register(settingsRoutes, { db, onSettings });
    await guarded.register(billRoutes, { client, db });
    await guarded.register(paymentRoutes, { client });
    await guarded.register(trustAccountRoutes, { db, onSettings });
    await guarded.register(trustTransactionRoutes, { client, db });
    await guarded.register(reconciliationRoutes, { db, reconcile });
    await guarded.register(schemaRoutes);
    await guarded.register(attentionRoutes, { client, db, isAdministrator: adminTokens(config) });
    await guarded.register(syncLogRoutes, { db });
    await guarded.register(storyRoutes, { db });
    await guarded.register(subscriptionRoutes, { db, config });
  });
  return app;
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

interface Request {
  headers: { authorization?: string | undefined };
}

function bears(token: Secret<string> | undefined): (request: Request) => boolean {
  if (!token) return () => false;
  const wanted = digest(`Bearer ${token.reveal()}`);
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), wanted);
}

const adminTokens = ({ http }: Config) => bears(http.adminToken);

function requireToken(config: Config) {
  const isKnown = bears(config.http.apiToken);
  const isAdministrator = adminTokens(config);
  return async (request: Request): Promise<void> => {
    await Promise.resolve();
    if (isKnown(request) || isAdministrator(request)) return;
    throw refusal(401, 'This needs the API token: "Authorization: Bearer …".');
  };
}
