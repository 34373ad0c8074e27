import { randomBytes } from 'node:crypto';

export interface Places {
  databaseUrl: string;
  temporal: { address: string; namespace: string };
  simulatorUrl: string;
  /** Keeps task queues of worlds on one server apart. */
  suffix?: string;
  /** Where the server listens; 0 lets the system choose. */
  httpPort?: number;
  payloadKey?: string;
  tokenKey?: string;
}

export const freshKey = (): string => randomBytes(32).toString('base64');

/** The environment of a whole local world, for child processes as well as for `readConfig`. */
export function localEnvironment(places: Places): Record<string, string> {
  const { databaseUrl, temporal, simulatorUrl, suffix = '', httpPort = 0 } = places;
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    COUNTERFOIL_SYNC_QUEUE: `sync-workflows${suffix}`,
    COUNTERFOIL_QBO_QUEUE: `qbo${suffix}`,
    // A machine that runs all of it at once may be slow for a while.
    COUNTERFOIL_TEMPORAL_TIMEOUT: '20s',
    COUNTERFOIL_PAYLOAD_KEYS: `local:${places.payloadKey ?? freshKey()}`,
    COUNTERFOIL_TOKEN_KEYS: `local:${places.tokenKey ?? freshKey()}`,
    COUNTERFOIL_API_TOKEN: 'local-api-token-of-the-demo',
    COUNTERFOIL_ADMIN_TOKEN: 'local-admin-token-of-the-demo',
    COUNTERFOIL_CODEC_LOOPBACK: 'on',
    COUNTERFOIL_HTTP_PORT: String(httpPort),
    COUNTERFOIL_PUBLIC_URL: `http://127.0.0.1:${httpPort}`,
    // Here reads cost nothing, and nobody likes to wait.
    COUNTERFOIL_CHEQUE_RECHECK: '0s',
    COUNTERFOIL_METRICS_ADDRESS: 'off',
    COUNTERFOIL_LOG_LEVEL: 'info',
    QBO_ENVIRONMENT: 'custom',
    QBO_CLIENT_ID: 'test-client',
    QBO_CLIENT_SECRET: 'test-secret',
    QBO_REDIRECT_URI: `http://127.0.0.1:${httpPort}/v1/oauth/callback`,
    QBO_API_URL: simulatorUrl,
    QBO_AUTHORIZE_URL: `${simulatorUrl}/connect/oauth2`,
    QBO_TOKEN_URL: `${simulatorUrl}/oauth2/v1/tokens/bearer`,
    QBO_REVOKE_URL: `${simulatorUrl}/v2/oauth2/tokens/revoke`,
  };
}
