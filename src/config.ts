import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { createKeyring } from './codec/keyring.js';
import { TEST_VARIABLES, VARIABLES, readVariables } from './config/variable.js';
import type { Environment, Name, Values } from './config/variable.js';
import { Secret } from './secret.js';

const INTUIT = {
  sandbox: 'https://sandbox-quickbooks.api.intuit.com',
  production: 'https://quickbooks.api.intuit.com',
  authorize: 'https://appcenter.intuit.com/connect/oauth2',
  token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  revoke: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
};
/** Recording what is about to be sent, and what came back. */
const TWO_TRANSACTIONS_MS = 10_000;
const SLOT_MARGIN_MS = 10_000;

const CLIENT_NAMES = [
  'COUNTERFOIL_SYNC_QUEUE',
  'COUNTERFOIL_TEMPORAL_TIMEOUT',
  'COUNTERFOIL_PAYLOAD_ENCRYPTION',
  'COUNTERFOIL_PAYLOAD_KEYS',
] as const satisfies Name[];
const ALL_NAMES = Object.keys(VARIABLES) as Name[];

type All = Values<Name>;

/** Everything wrong with the environment at once. `mistakes` never holds a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly mistakes: readonly string[]) {
    super(['The environment is not right (see docs/configuration.md):', ...mistakes].join('\n  - '));
  }
}

export type Config = Readonly<ReturnType<typeof assemble>>;
export type ClientConfig = Readonly<ReturnType<typeof assembleClient>>;

/** The whole configuration, for worker and server. Throws one `ConfigError` that lists every mistake. */
export function readConfig(env: Environment = process.env): Config {
  const { values, mistakes } = readVariables(env, ALL_NAMES);
  const temporal = readTemporal(env);
  return assemble(
    requireAll(values, [...mistakes, ...temporal.mistakes, ...mistakesBetween(values), ...strays(env)]),
    temporal,
  );
}

/** What a billing app needs: Temporal and the payload keys. Throws `ConfigError`. */
export function readClientConfig(env: Environment = process.env): ClientConfig {
  const { values, mistakes } = readVariables(env, CLIENT_NAMES);
  const temporal = readTemporal(env);
  return assembleClient(
    requireAll(values, [...mistakes, ...temporal.mistakes, ...payloadMistakes(values)]),
    temporal,
  );
}

/** Where Postgres is, for scripts that need nothing else. Throws `ConfigError`. */
export function readDatabaseUrl(env: Environment = process.env): Secret<string> {
  const { values, mistakes } = readVariables(env, ['DATABASE_URL']);
  return requireAll(values, mistakes).DATABASE_URL;
}

function assembleClient(values: Values<(typeof CLIENT_NAMES)[number]>, temporal: Temporal) {
  return {
    temporal: {
      namespace: temporal.namespace,
      connection: temporal.connection,
      /** How long a caller waits for Temporal before it is told that Temporal is away. */
      timeoutMs: values.COUNTERFOIL_TEMPORAL_TIMEOUT,
    },
    queues: { sync: values.COUNTERFOIL_SYNC_QUEUE },
    /** Without a current key nothing is encrypted. */
    payloadKeyring: createKeyring(values.COUNTERFOIL_PAYLOAD_KEYS ?? [], {
      encrypt: values.COUNTERFOIL_PAYLOAD_ENCRYPTION === 'on',
    }),
  } as const;
}

function assemble(values: All, temporal: Temporal) {
  const client = assembleClient(values, temporal);
  const timeoutMs = values.COUNTERFOIL_QBO_TIMEOUT;
  const slotWaitMs = values.COUNTERFOIL_SLOT_WAIT;
  return {
    ...client,
    databaseUrl: values.DATABASE_URL,
    queues: { ...client.queues, qbo: values.COUNTERFOIL_QBO_QUEUE },
    /** Encrypts the tokens that are kept in Postgres. */
    tokenKeyring: createKeyring(values.COUNTERFOIL_TOKEN_KEYS),
    qbo: { ...assembleQbo(values), timeoutMs },
    limits: {
      perMinute: values.COUNTERFOIL_LIMIT_PER_MINUTE,
      perSecond: values.COUNTERFOIL_LIMIT_PER_SECOND,
      atOnce: values.COUNTERFOIL_LIMIT_AT_ONCE,
    },
    timing: {
      slotWaitMs,
      slotLeaseMs: timeoutMs + SLOT_MARGIN_MS,
      throttlePauseMs: values.COUNTERFOIL_THROTTLE_PAUSE,
      replayWindowMs: values.COUNTERFOIL_REPLAY_WINDOW,
      absenceMs: values.COUNTERFOIL_ABSENCE_SETTLE,
      outageFastMs: values.COUNTERFOIL_OUTAGE_FAST,
      outageRetryMs: values.COUNTERFOIL_OUTAGE_RETRY,
      outageTellMs: values.COUNTERFOIL_OUTAGE_TELL,
      booksRecheckMs: values.COUNTERFOIL_BOOKS_RECHECK,
      probeMs: values.COUNTERFOIL_PROBE,
      chequeRecheckMs: values.COUNTERFOIL_CHEQUE_RECHECK,
      chequeNumberMs: values.COUNTERFOIL_CHEQUE_NUMBER,
      /** The longest that one write takes, and so the activity's `startToClose`: slot, token, call, bookkeeping. */
      writeMs: slotWaitMs + 2 * timeoutMs + TWO_TRANSACTIONS_MS,
      heartbeatMs: values.COUNTERFOIL_HEARTBEAT_TIMEOUT,
    },
    ...assembleProcess(values),
  } as const;
}

function assembleQbo(values: All) {
  const environment = values.QBO_ENVIRONMENT;
  return {
    environment,
    clientId: values.QBO_CLIENT_ID,
    clientSecret: values.QBO_CLIENT_SECRET,
    redirectUri: values.QBO_REDIRECT_URI,
    webhookVerifier: values.QBO_WEBHOOK_VERIFIER,
    apiUrl: values.QBO_API_URL ?? INTUIT[environment === 'production' ? 'production' : 'sandbox'],
    authorizeUrl: values.QBO_AUTHORIZE_URL ?? INTUIT.authorize,
    tokenUrl: values.QBO_TOKEN_URL ?? INTUIT.token,
    revokeUrl: values.QBO_REVOKE_URL ?? INTUIT.revoke,
  };
}

function assembleProcess(values: All) {
  const metricsAddress = values.COUNTERFOIL_METRICS_ADDRESS;
  return {
    http: {
      host: values.COUNTERFOIL_HTTP_HOST,
      port: values.COUNTERFOIL_HTTP_PORT,
      apiToken: values.COUNTERFOIL_API_TOKEN,
      /** For what not every operator may do. */
      adminToken: values.COUNTERFOIL_ADMIN_TOKEN,
      publicUrl: values.COUNTERFOIL_PUBLIC_URL.replace(/\/+$/, ''),
    },
    codec: {
      token: values.COUNTERFOIL_CODEC_TOKEN,
      allowLoopback: values.COUNTERFOIL_CODEC_LOOPBACK === 'on',
      allowedOrigins: values.COUNTERFOIL_CODEC_ORIGINS,
    },
    notify: {
      /** From the instant at which something needs a person. */
      withinMs: values.COUNTERFOIL_NOTIFY_WITHIN,
      giveUpMs: values.COUNTERFOIL_NOTIFY_GIVE_UP,
      smtpUrl: values.COUNTERFOIL_SMTP_URL,
      mailFrom: values.COUNTERFOIL_MAIL_FROM,
    },
    metrics: { bindAddress: metricsAddress === 'off' ? undefined : metricsAddress },
    log: { level: values.COUNTERFOIL_LOG_LEVEL, format: values.COUNTERFOIL_LOG_FORMAT },
    worker: {
      workflowSlots: values.COUNTERFOIL_WORKFLOW_SLOTS,
      activitySlots: values.COUNTERFOIL_ACTIVITY_SLOTS,
      cachedWorkflows: values.COUNTERFOIL_CACHED_WORKFLOWS,
      shutdownGraceMs: values.COUNTERFOIL_SHUTDOWN_GRACE,
    },
  };
}

interface Temporal {
  readonly namespace: string;
  /** May hold an API key or a client certificate. */
  readonly connection: Secret<ClientConnectConfig['connectionOptions']>;
  readonly mistakes: readonly string[];
}

/** Temporal's own variables and file, the same that its CLI reads. */
function readTemporal(env: Environment): Temporal {
  const given = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(given),
    });
    return { namespace: namespace ?? 'default', connection: new Secret(connectionOptions), mistakes: [] };
  } catch (error) {
    // Only the first line: the others quote the file, and with it perhaps a key.
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : 'unknown reason';
    return {
      namespace: '',
      connection: new Secret({}),
      mistakes: [`TEMPORAL_* cannot be read: ${why ?? ''}`],
    };
  }
}

/** Rules over several variables; one that broke its own rule is left out of them. */
function mistakesBetween(values: Partial<All>): string[] {
  const mistakes = payloadMistakes(values);
  const urls = ['QBO_API_URL', 'QBO_AUTHORIZE_URL', 'QBO_TOKEN_URL', 'QBO_REVOKE_URL'] as const;
  const missing = urls.filter((name) => name in values && values[name] === undefined);
  if (values.QBO_ENVIRONMENT === 'custom' && missing.length > 0) {
    mistakes.push(`QBO_ENVIRONMENT=custom needs ${missing.join(', ')} to be set.`);
  }
  if (values.QBO_ENVIRONMENT === 'production' && values.QBO_REDIRECT_URI?.startsWith('http:')) {
    mistakes.push('QBO_REDIRECT_URI must begin with https:// in production: Intuit refuses any other.');
  }
  const { COUNTERFOIL_SHUTDOWN_GRACE: graceMs, COUNTERFOIL_QBO_TIMEOUT: callMs } = values;
  if (graceMs !== undefined && callMs !== undefined && graceMs <= callMs) {
    mistakes.push(
      'COUNTERFOIL_SHUTDOWN_GRACE must be longer than COUNTERFOIL_QBO_TIMEOUT, or a write is cut off.',
    );
  }
  if (values.COUNTERFOIL_SMTP_URL !== undefined && values.COUNTERFOIL_MAIL_FROM === undefined) {
    mistakes.push('COUNTERFOIL_SMTP_URL needs COUNTERFOIL_MAIL_FROM, the address that messages come from.');
  }
  const { COUNTERFOIL_OUTAGE_FAST: fastMs, COUNTERFOIL_OUTAGE_TELL: tellMs } = values;
  if (fastMs !== undefined && tellMs !== undefined && tellMs <= fastMs) {
    mistakes.push('COUNTERFOIL_OUTAGE_TELL must be longer than COUNTERFOIL_OUTAGE_FAST.');
  }
  return mistakes;
}

function payloadMistakes(values: Partial<Values<(typeof CLIENT_NAMES)[number]>>): string[] {
  const isMissing = 'COUNTERFOIL_PAYLOAD_KEYS' in values && values.COUNTERFOIL_PAYLOAD_KEYS === undefined;
  if (values.COUNTERFOIL_PAYLOAD_ENCRYPTION !== 'on' || !isMissing) return [];
  return [`COUNTERFOIL_PAYLOAD_KEYS is missing. It must be ${VARIABLES.COUNTERFOIL_PAYLOAD_KEYS.rule.must}.`];
}

/** A misspelt variable would otherwise leave its default in force without a word. */
function strays(env: Environment): string[] {
  const known = new Set<string>([...ALL_NAMES, ...TEST_VARIABLES]);
  return Object.keys(env)
    .filter((name) => /^(COUNTERFOIL|QBO)_/.test(name) && !known.has(name))
    .map((name) => `${name} is not a variable that this service knows.`);
}

function requireAll<N extends Name>(values: Partial<Values<N>>, mistakes: readonly string[]): Values<N> {
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return values as Values<N>;
}
