import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, readClientConfig, readConfig, readDatabaseUrl } from '../src/config.js';
import { VARIABLES, type Environment } from '../src/config/variable.js';

const KEY_A = Buffer.alloc(32, 1).toString('base64');
const KEY_B = Buffer.alloc(32, 2).toString('base64');

const env: Environment = {
  DATABASE_URL: 'postgres://app:hunter2@localhost:5432/counterfoil',
  COUNTERFOIL_PAYLOAD_KEYS: `2026-11:${KEY_A},2025-11:${KEY_B}`,
  COUNTERFOIL_TOKEN_KEYS: `t1:${KEY_B}`,
  COUNTERFOIL_API_TOKEN: 'correct-horse-battery-staple',
  QBO_ENVIRONMENT: 'sandbox',
  QBO_CLIENT_ID: 'client-id',
  QBO_CLIENT_SECRET: 'client-secret',
  QBO_REDIRECT_URI: 'http://localhost:8080/oauth/callback',
  // Keeps a file in somebody's home directory out of the tests.
  TEMPORAL_CONFIG_FILE: '/nonexistent/temporal.toml',
};

const mistakesOf = (changes: Environment): readonly string[] => {
  try {
    readConfig({ ...env, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
};

describe('a complete environment', () => {
  it('gives every setting, in milliseconds and with the defaults', () => {
    const config = readConfig(env);
    expect(config.databaseUrl.reveal()).toBe(env['DATABASE_URL']);
    expect(config.temporal.namespace).toBe('default');
    expect(config.queues).toEqual({ sync: 'sync-workflows', qbo: 'qbo' });
    expect(config.payloadKeyring.currentId).toBe('2026-11');
    expect([...config.payloadKeyring.keys.keys()]).toEqual(['2026-11', '2025-11']);
    expect(config.tokenKeyring.currentId).toBe('t1');
    expect(config.limits).toEqual({ perMinute: 485, perSecond: 9, atOnce: 8 });
    expect(config.timing).toEqual({
      slotWaitMs: 1000,
      slotLeaseMs: 40_000,
      throttlePauseMs: 60_000,
      replayWindowMs: 3_600_000,
      absenceMs: 300_000,
      outageFastMs: 30_000,
      outageRetryMs: 60_000,
      outageTellMs: 900_000,
      probeMs: 900_000,
      booksRecheckMs: 3_600_000,
      chequeRecheckMs: 900_000,
      chequeNumberMs: 3_600_000,
      writeMs: 71_000,
      heartbeatMs: 5000,
    });
    expect(config.worker.shutdownGraceMs).toBe(35_000);
    expect(config.qbo).toMatchObject({
      apiUrl: 'https://sandbox-quickbooks.api.intuit.com',
      timeoutMs: 30_000,
    });
    expect(config.log).toEqual({ level: 'info', format: 'json' });
    expect(config.http.host).toBe('127.0.0.1');
    expect(config.codec).toEqual({
      token: undefined,
      allowLoopback: false,
      allowedOrigins: ['http://localhost:8233'],
    });
  });

  it('takes Temporal’s own variables', () => {
    const { temporal } = readConfig({
      ...env,
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_NAMESPACE: 'books',
    });
    expect(temporal.namespace).toBe('books');
    expect(temporal.connection.reveal()).toMatchObject({ address: 'temporal:7233' });
  });

  it('takes other addresses for a stand-in of QuickBooks', () => {
    const urls = {
      QBO_API_URL: 'http://127.0.0.1:1/api',
      QBO_AUTHORIZE_URL: 'http://127.0.0.1:1/authorize',
      QBO_TOKEN_URL: 'http://127.0.0.1:1/token',
      QBO_REVOKE_URL: 'http://127.0.0.1:1/revoke',
    };
    expect(readConfig({ ...env, QBO_ENVIRONMENT: 'custom', ...urls }).qbo).toMatchObject({
      environment: 'custom',
      apiUrl: urls.QBO_API_URL,
      tokenUrl: urls.QBO_TOKEN_URL,
    });
  });

  it('goes to the real company in production', () => {
    const production = {
      ...env,
      QBO_ENVIRONMENT: 'production',
      QBO_REDIRECT_URI: 'https://books.example/cb',
    };
    expect(readConfig(production).qbo.apiUrl).toBe('https://quickbooks.api.intuit.com');
  });

  it('treats an empty variable as an absent one', () => {
    expect(readConfig({ ...env, COUNTERFOIL_SYNC_QUEUE: '', QBO_API_URL: '' }).queues.sync).toBe(
      'sync-workflows',
    );
  });

  it('encrypts nothing only when told so, and still knows the old keys', () => {
    const { payloadKeyring } = readConfig({ ...env, COUNTERFOIL_PAYLOAD_ENCRYPTION: 'off' });
    expect(payloadKeyring.currentId).toBeUndefined();
    expect(payloadKeyring.keys.has('2026-11')).toBe(true);
    expect(
      mistakesOf({ COUNTERFOIL_PAYLOAD_ENCRYPTION: 'off', COUNTERFOIL_PAYLOAD_KEYS: undefined }),
    ).toEqual([]);
  });

  it('shows no secret, however it is printed', () => {
    const config = readConfig({
      ...env,
      TEMPORAL_API_KEY: 'temporal-api-key',
      COUNTERFOIL_CODEC_TOKEN: 'codec-token-codec-token',
      QBO_WEBHOOK_VERIFIER: 'verifier-token',
    });
    const shown =
      JSON.stringify(config) + inspect(config, { depth: 20, showHidden: true }) + String(config.databaseUrl);
    for (const hidden of [
      'hunter2',
      'client-secret',
      'correct-horse',
      'temporal-api-key',
      'codec-token',
      'verifier-token',
      KEY_A,
    ]) {
      expect(shown).not.toContain(hidden);
    }
  });
});

describe('mistakes', () => {
  it('are all listed at once', () => {
    const mistakes = mistakesOf({
      DATABASE_URL: 'mysql://root:hunter2@localhost/x',
      COUNTERFOIL_LIMIT_PER_MINUTE: '501',
      QBO_ENVIRONMENT: 'prod',
      QBO_CLIENT_ID: undefined,
    });
    expect(mistakes).toEqual([
      'DATABASE_URL must be an address that begins with postgres:// or postgresql://.',
      'QBO_ENVIRONMENT must be one of sandbox, production, custom, not "prod".',
      'QBO_CLIENT_ID is missing. It must be set.',
      'COUNTERFOIL_LIMIT_PER_MINUTE must be a whole number from 1 to 500, not "501".',
    ]);
  });

  it('of every required variable are found in an empty environment', () => {
    try {
      readConfig({});
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const required = Object.entries(VARIABLES).filter(([, { need }]) => need === 'required');
      const names = [...required.map(([name]) => name), 'COUNTERFOIL_PAYLOAD_KEYS'];
      expect(error.mistakes).toHaveLength(names.length);
      for (const name of names) expect(error.message).toContain(name);
    }
  });

  it.each<[string, string]>([
    ['COUNTERFOIL_QBO_TIMEOUT', '30'],
    ['COUNTERFOIL_QBO_TIMEOUT', '30 s'],
    ['COUNTERFOIL_QBO_TIMEOUT', '0s'],
    ['COUNTERFOIL_QBO_TIMEOUT', '-1s'],
    ['COUNTERFOIL_LIMIT_AT_ONCE', '8.5'],
    ['COUNTERFOIL_LIMIT_AT_ONCE', '1e1'],
    ['COUNTERFOIL_HTTP_PORT', '65536'],
    ['COUNTERFOIL_PUBLIC_URL', 'books.example'],
    ['COUNTERFOIL_PUBLIC_URL', 'javascript:alert(1)'],
    ['COUNTERFOIL_CODEC_ORIGINS', 'http://localhost:8233/'],
    ['COUNTERFOIL_CODEC_ORIGINS', '*'],
    ['COUNTERFOIL_METRICS_ADDRESS', '9464'],
    ['COUNTERFOIL_LOG_LEVEL', 'verbose'],
  ])('name the variable and the value: %s=%s', (name, value) => {
    const mistakes = mistakesOf({ [name]: value });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(name);
    expect(mistakes[0]).toContain(`not "${value}"`);
  });

  it.each<[string, string]>([
    ['COUNTERFOIL_TOKEN_KEYS', 'topsecret'],
    ['COUNTERFOIL_TOKEN_KEYS', `t1:${KEY_A},t1:${KEY_B}`],
    ['COUNTERFOIL_PAYLOAD_KEYS', `a:${Buffer.alloc(16).toString('base64')}`],
    ['COUNTERFOIL_API_TOKEN', 'short'],
  ])('name the variable, never a secret value: %s', (name, value) => {
    const mistakes = mistakesOf({ [name]: value });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(name);
    expect(mistakes[0]).not.toContain(value);
  });

  it.each<[Environment, RegExp]>([
    [{ COUNTERFOIL_PAYLOAD_KEYS: undefined }, /COUNTERFOIL_PAYLOAD_KEYS is missing/],
    [
      { QBO_ENVIRONMENT: 'custom', QBO_API_URL: 'http://127.0.0.1:1' },
      /custom needs QBO_AUTHORIZE_URL, QBO_TOKEN_URL, QBO_REVOKE_URL/,
    ],
    [{ QBO_ENVIRONMENT: 'production' }, /QBO_REDIRECT_URI must begin with https/],
    [{ COUNTERFOIL_SHUTDOWN_GRACE: '30s' }, /COUNTERFOIL_SHUTDOWN_GRACE must be longer/],
    [{ COUNTERFOIL_OUTAGE_TELL: '30s' }, /COUNTERFOIL_OUTAGE_TELL must be longer/],
    [{ COUNTERFOIL_QBO_QEUE: 'x' }, /COUNTERFOIL_QBO_QEUE is not a variable/],
    [{ TEMPORAL_CONFIG_FILE: '/dev/null', TEMPORAL_PROFILE: 'nobody' }, /TEMPORAL_\* cannot be read/],
  ])('between variables are found: %o', (changes, mistake) => {
    const mistakes = mistakesOf(changes);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(mistake);
  });
});

it('does not quote Temporal’s file, which may hold a key', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'counterfoil-')), 'temporal.toml');
  writeFileSync(file, '[profile.default]\napi_key = "temporal-api-key" oops\n');
  const mistakes = mistakesOf({ TEMPORAL_CONFIG_FILE: file });
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).not.toContain('temporal-api-key');
});

describe('a smaller process', () => {
  it('as a billing app needs Temporal and the payload keys only', () => {
    const { COUNTERFOIL_PAYLOAD_KEYS, TEMPORAL_CONFIG_FILE } = env;
    const config = readClientConfig({ COUNTERFOIL_PAYLOAD_KEYS, TEMPORAL_CONFIG_FILE });
    expect(config.payloadKeyring.currentId).toBe('2026-11');
    expect(() => readClientConfig({ TEMPORAL_CONFIG_FILE })).toThrow('COUNTERFOIL_PAYLOAD_KEYS is missing');
  });

  it('as a script needs the database only', () => {
    expect(readDatabaseUrl({ DATABASE_URL: 'postgresql://localhost/x' }).reveal()).toBe(
      'postgresql://localhost/x',
    );
    expect(() => readDatabaseUrl({})).toThrow('DATABASE_URL is missing');
  });
});

describe('docs/configuration.md', () => {
  const rows = readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

  it('has one row for each variable and no other', () => {
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it.each(Object.entries(VARIABLES))('says what %s defaults to and must be', (name, variable) => {
    const [, , preset, must, purpose] = rows.find((row) => row[1] === name) ?? [];
    expect(preset).toBe(
      'preset' in variable ? variable.preset : variable.need === 'required' ? 'required' : 'none',
    );
    expect(must).toBe(variable.rule.must);
    expect(purpose).not.toBe('');
  });
});
