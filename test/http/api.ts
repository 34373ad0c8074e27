import { askCompany, trustReconciler } from '../../src/activities/reconcile-trust.js';
import { accessTokens } from '../../src/activities/token.js';
import type { FastifyInstance } from 'fastify';
import type { CounterfoilClient } from '../../src/client.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { createApp } from '../../src/http/app.js';
import { localEnvironment } from '../../scripts/local/environment.js';
import { quickConfig } from '../support/config.js';
import { createTestDatabase } from '../support/postgres.js';

export interface Api {
  app: FastifyInstance;
  db: Database;
  /** What a caller with the right to call sends. */
  headers: { authorization: string };
  close(): Promise<void>;
}

/** The whole app as the server makes it, on a database of its own; nobody in these tests goes to Intuit. */
export async function startApi(client: CounterfoilClient): Promise<Api> {
  const store = await createTestDatabase();
  const temporal = { address: '127.0.0.1:1', namespace: 'default' };
  const env = localEnvironment({ databaseUrl: store.url, temporal, simulatorUrl: 'http://127.0.0.1:1' });
  const config = quickConfig(env);
  const db = openDatabase({ url: store.url });
  const consent = {
    authorizeUrl: (state: string) => `http://127.0.0.1:1/?state=${state}`,
    complete: () => Promise.resolve({ kind: 'refused' as const, reason: 'nobody is asked here' }),
  };
  const { qbo, tokenKeyring: tokenKeys } = config;
  const reconcile = trustReconciler(
    db,
    askCompany({ db, qbo, accessToken: accessTokens({ db, oauth: qbo, tokenKeys }) }),
  );
  const app = await createApp({ config, db, client, consent, reconcile });
  return {
    app,
    db,
    headers: { authorization: `Bearer ${config.http.apiToken.reveal()}` },
    async close() {
      await app.close();
      await db.destroy();
      await store.drop();
    },
  };
}
