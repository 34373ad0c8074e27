import { duration, hostAndPort, keys, oneOf, origins, secret, text, url, whole, type Rule } from './rule.js';

interface Variable<T> {
  readonly rule: Rule<T>;
  /** What is read when the variable is absent or empty. */
  readonly preset?: string;
  readonly need: 'required' | 'optional' | 'preset';
}

const required = <T>(rule: Rule<T>): Variable<T> => ({ rule, need: 'required' });
const preset = <T>(value: string, rule: Rule<T>): Variable<T> => ({ rule, need: 'preset', preset: value });
const optional = <T>(rule: Rule<T>): Variable<T | undefined> => ({
  rule: { ...rule, schema: rule.schema.optional() as Rule<T | undefined>['schema'] },
  need: 'optional',
});

/** Every variable that is read, beside Temporal's own. docs/configuration.md says what each is for. */
export const VARIABLES = {
  DATABASE_URL: required(secret(url('postgres:', 'postgresql:'))),

  COUNTERFOIL_SYNC_QUEUE: preset('sync-workflows', text()),
  COUNTERFOIL_QBO_QUEUE: preset('qbo', text()),

  COUNTERFOIL_TEMPORAL_TIMEOUT: preset('5s', duration('1s', '60s')),

  COUNTERFOIL_PAYLOAD_ENCRYPTION: preset('on', oneOf('on', 'off')),
  COUNTERFOIL_PAYLOAD_KEYS: optional(keys),
  COUNTERFOIL_TOKEN_KEYS: required(keys),

  QBO_ENVIRONMENT: required(oneOf('sandbox', 'production', 'custom')),
  QBO_CLIENT_ID: required(text()),
  QBO_CLIENT_SECRET: required(secret(text())),
  QBO_REDIRECT_URI: required(url('https:', 'http:')),
  QBO_WEBHOOK_VERIFIER: optional(secret(text())),
  QBO_API_URL: optional(url('https:', 'http:')),
  QBO_AUTHORIZE_URL: optional(url('https:', 'http:')),
  QBO_TOKEN_URL: optional(url('https:', 'http:')),
  QBO_REVOKE_URL: optional(url('https:', 'http:')),
  COUNTERFOIL_QBO_TIMEOUT: preset('30s', duration('1s', '120s')),

  COUNTERFOIL_LIMIT_PER_MINUTE: preset('485', whole(1, 500)),
  COUNTERFOIL_LIMIT_PER_SECOND: preset('9', whole(1, 10)),
  COUNTERFOIL_LIMIT_AT_ONCE: preset('8', whole(1, 10)),
  COUNTERFOIL_THROTTLE_PAUSE: preset('60s', duration('1s', '10m')),
  COUNTERFOIL_SLOT_WAIT: preset('1s', duration('0s', '30s')),

  COUNTERFOIL_HEARTBEAT_TIMEOUT: preset('5s', duration('2s', '60s')),
  COUNTERFOIL_REPLAY_WINDOW: preset('1h', duration('0s', '1h')),
  COUNTERFOIL_ABSENCE_SETTLE: preset('5m', duration('2m', '1h')),
  COUNTERFOIL_OUTAGE_FAST: preset('30s', duration('1s', '10m')),
  COUNTERFOIL_OUTAGE_RETRY: preset('60s', duration('1s', '1h')),
  COUNTERFOIL_OUTAGE_TELL: preset('15m', duration('1s', '24h')),
  COUNTERFOIL_BOOKS_RECHECK: preset('1h', duration('1m', '24h')),
  COUNTERFOIL_PROBE: preset('15m', duration('0s', '24h')),
  COUNTERFOIL_CHEQUE_RECHECK: preset('15m', duration('0s', '24h')),
  COUNTERFOIL_CHEQUE_NUMBER: preset('1h', duration('0s', '24h')),

  COUNTERFOIL_HTTP_HOST: preset('127.0.0.1', text()),
  COUNTERFOIL_HTTP_PORT: preset('8080', whole(0, 65_535)),
  COUNTERFOIL_API_TOKEN: required(secret(text(16))),
  COUNTERFOIL_ADMIN_TOKEN: optional(secret(text(16))),
  COUNTERFOIL_PUBLIC_URL: preset('http://localhost:8080', url('https:', 'http:')),

  COUNTERFOIL_CODEC_TOKEN: optional(secret(text(16))),
  COUNTERFOIL_CODEC_LOOPBACK: preset('off', oneOf('on', 'off')),
  COUNTERFOIL_CODEC_ORIGINS: preset('http://localhost:8233', origins),

  COUNTERFOIL_NOTIFY_WITHIN: preset('1m', duration('3s', '1h')),
  COUNTERFOIL_NOTIFY_GIVE_UP: preset('24h', duration('1s', '168h')),
  COUNTERFOIL_SMTP_URL: optional(secret(url('smtp:', 'smtps:'))),
  COUNTERFOIL_MAIL_FROM: optional(text()),

  COUNTERFOIL_METRICS_ADDRESS: preset('127.0.0.1:9464', hostAndPort),
  COUNTERFOIL_LOG_LEVEL: preset('info', oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal')),
  COUNTERFOIL_LOG_FORMAT: preset('json', oneOf('json', 'text')),

  COUNTERFOIL_WORKFLOW_SLOTS: preset('30', whole(2, 1000)),
  COUNTERFOIL_ACTIVITY_SLOTS: preset('100', whole(1, 1000)),
  COUNTERFOIL_CACHED_WORKFLOWS: preset('500', whole(0, 10_000)),
  COUNTERFOIL_SHUTDOWN_GRACE: preset('35s', duration('1s', '10m')),
};

/** Read by the tests alone; a variable of ours that is in neither list is taken for a slip of the pen. */
export const TEST_VARIABLES = [
  'COUNTERFOIL_FIXTURES',
  'QBO_SANDBOX_CLIENT_ID',
  'QBO_SANDBOX_CLIENT_SECRET',
  'QBO_SANDBOX_REFRESH_TOKEN',
  'QBO_SANDBOX_REALM_ID',
];

export type Name = keyof typeof VARIABLES;
export type ValueOf<N extends Name> = (typeof VARIABLES)[N] extends Variable<infer T> ? T : never;
export type Values<N extends Name> = { readonly [K in N]: ValueOf<K> };
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the named variables; those that break their rule are told of in `mistakes`, one sentence each, and are left
 * out of the values. An empty variable counts as absent.
 */
export function readVariables<N extends Name>(env: Environment, names: readonly N[]) {
  const values: Partial<Record<Name, unknown>> = {};
  const mistakes: string[] = [];
  for (const name of names) {
    const { rule, preset: otherwise, need } = VARIABLES[name] as Variable<unknown>;
    const given = env[name] === '' ? undefined : env[name];
    const read = rule.schema.safeParse(given ?? otherwise);
    if (read.success) values[name] = read.data;
    else if (given === undefined && need === 'required')
      mistakes.push(`${name} is missing. It must be ${rule.must}.`);
    else mistakes.push(`${name} must be ${rule.must}${rule.secret ? '' : `, not "${given ?? ''}"`}.`);
  }
  return { values: values as Partial<Values<N>>, mistakes };
}
