import { fileURLToPath } from 'node:url';
import { askCompany, trustReconciler } from './activities/reconcile-trust.js';
import { accessTokens } from './activities/token.js';
import { CounterfoilClient } from './client.js';
import { readConfig, type Config } from './config.js';
import { openDatabase } from './db/database.js';
import { createLogger } from './log.js';
import { createApp } from './http/app.js';
import { createConsent, profileReader } from './qbo/consent.js';

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

/** Starts the HTTP API: for billing apps that are no TypeScript, for operators, for Intuit's redirect, for the codec. */
export async function startServer(config: Config): Promise<RunningServer> {
  const db = openDatabase({ url: config.databaseUrl.reveal() });
  const client = await CounterfoilClient.connect(config);
  const consent = createConsent(config.qbo, config.tokenKeyring, profileReader(config.qbo));
  const { qbo, tokenKeyring: tokenKeys } = config;
  const reconcile = trustReconciler(
    db,
    askCompany({ db, qbo, accessToken: accessTokens({ db, oauth: qbo, tokenKeys }) }),
  );
  const app = await createApp({ config, db, client, consent, reconcile });
  const url = await app.listen({ host: config.http.host, port: config.http.port });
  return {
    url,
    async close() {
      await app.close();
      await client.close();
      await db.destroy();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = readConfig();
  const server = await startServer(config);
  createLogger('server', config.log).info({ url: server.url }, 'server ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}
