import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { authorizeUrl, exchangeCode, OauthError, refreshTokens, revoke } from '../../src/qbo/oauth.js';
import type { OauthConfig } from '../../src/qbo/oauth.js';
import { Secret } from '../../src/secret.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';

const REALM = '9130357849300001';

let simulator: Simulator;
let qbo: SimulatorControl;
let config: OauthConfig;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: 'empty' });
  qbo = new SimulatorControl(simulator.url, REALM);
  config = {
    clientId: 'test-client',
    clientSecret: new Secret('test-secret'),
    redirectUri: 'http://127.0.0.1:8080/v1/oauth/callback',
    authorizeUrl: `${simulator.url}/connect/oauth2`,
    tokenUrl: `${simulator.url}/oauth2/v1/tokens/bearer`,
    revokeUrl: `${simulator.url}/v2/oauth2/tokens/revoke`,
    timeoutMs: 5000,
  };
});

afterEach(() => qbo.clearFaults());
afterAll(() => simulator.close());

/** What the browser comes back with once the person has agreed. */
async function consent(): Promise<string> {
  const answer = await fetch(`${authorizeUrl(config, 'state-1')}&realm=${REALM}&seed=empty`, {
    redirect: 'manual',
  });
  return answer.headers.get('location') ?? '';
}

const connect = async () => await exchangeCode(config, await consent());

/** Token calls belong to no company until they are answered, so the match says nothing of one. */
async function break_(name: string, options: object = {}): Promise<void> {
  const fault = { name, match: { operation: 'token' }, count: null, ...options };
  await fetch(`${simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

async function tokenCalls(): Promise<{ operation: string; body: string }[]> {
  const answer = await fetch(`${simulator.url}/_control/calls`);
  const { calls } = (await answer.json()) as { calls: { operation: string; body: string }[] };
  return calls.filter((call) => call.operation === 'token');
}

const failure = async (call: Promise<unknown>): Promise<OauthError> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OauthError);
  return error as OauthError;
};

describe('the page of consent', () => {
  test('is asked for accounting and brings the state back', async () => {
    const url = new URL(authorizeUrl(config, 'a b&c'));
    expect(url.origin + url.pathname).toBe(config.authorizeUrl);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'test-client',
      redirect_uri: config.redirectUri,
      response_type: 'code',
      scope: 'com.intuit.quickbooks.accounting',
      state: 'a b&c',
    });
    expect(new URL(await consent()).searchParams.get('realmId')).toBe(REALM);
  });

  test('of one configuration is not that of another in the same process', async () => {
    const other = {
      ...config,
      authorizeUrl: 'http://other/authorize',
      tokenUrl: 'http://127.0.0.1:1/tokens',
    };
    const callback = await consent();
    const [first, second] = await Promise.allSettled([
      exchangeCode(config, callback),
      exchangeCode(other, callback),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'unreachable' } });
    expect(authorizeUrl(other, 's')).toContain('http://other/authorize?');
    expect(authorizeUrl(config, 's')).toContain(config.authorizeUrl);
  });
});

describe('tokens', () => {
  test('come for a code, with the instants at which they end', async () => {
    const before = Date.now();
    const tokens = await connect();
    expect(tokens.accessToken).not.toBe('');
    expect(tokens.accessExpiresAt.getTime() - before).toBeGreaterThanOrEqual(3_600_000);
    expect(tokens.accessExpiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(tokens.refreshExpiresAt.getTime()).toBeGreaterThan(before + 100 * 86_400_000);
  });

  test('come once for a code', async () => {
    const callback = await consent();
    await exchangeCode(config, callback);
    const error = await failure(exchangeCode(config, callback));
    expect(error).toMatchObject({ kind: 'rejected', error: 'invalid_grant' });
    expect(error.intuitTid).toBeTruthy();
  });

  test('are sent to our own address, whatever the callback says', async () => {
    const callback = `${await consent()}&redirectUri=http://elsewhere/`;
    await exchangeCode(config, callback);
    const sent = new URLSearchParams((await tokenCalls()).at(-1)?.body);
    expect(sent.get('redirect_uri')).toBe(config.redirectUri);
  });

  test('are renewed, and the old refresh token is dead then', async () => {
    const first = await connect();
    const second = await refreshTokens(config, first.refreshToken);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const error = await failure(refreshTokens(config, first.refreshToken));
    expect(error).toMatchObject({ kind: 'rejected', error: 'invalid_grant' });
  });

  test('end when the connection is revoked', async () => {
    const { refreshToken } = await connect();
    await revoke(config, refreshToken);
    expect(await failure(refreshTokens(config, refreshToken))).toMatchObject({ error: 'invalid_grant' });
  });

  test('are refused with the reason when the person left the company', async () => {
    const { refreshToken } = await connect();
    await qbo.company('disconnect', { reason: 'user-removed' });
    const error = await failure(refreshTokens(config, refreshToken));
    expect(error).toMatchObject({ kind: 'rejected', error: 'invalid_grant' });
    expect(error.message).toContain('User is not a member of the specified Realm');
  });
});

describe('a token call that fails', () => {
  test.each([
    ['service-unavailable', {}],
    ['throttled', {}],
    ['gateway-timeout', {}],
    ['html-body', {}],
    ['empty-body', {}],
    ['html-body', { status: 403 }],
    ['drop-before-commit', {}],
    ['literal', { status: 200, body: '{"token_type":"bearer"}' }],
    ['literal', { status: 503, body: '{"error":"temporarily_unavailable"}' }],
  ])('by %s %o is an outage and was sent once', async (name, options) => {
    const { refreshToken } = await connect();
    await break_(name, options);
    const { length: before } = await tokenCalls();
    expect(await failure(refreshTokens(config, refreshToken))).toMatchObject({ kind: 'unreachable' });
    expect(await tokenCalls()).toHaveLength(before + 1);
  });

  test('by a redirect does not carry the token elsewhere', async () => {
    const { refreshToken } = await connect();
    await break_('literal', { status: 307, headers: { location: config.tokenUrl }, body: '', count: 1 });
    expect(await failure(refreshTokens(config, refreshToken))).toMatchObject({ kind: 'unreachable' });
  });

  test('by silence ends in time', async () => {
    const { refreshToken } = await connect();
    await break_('hang');
    const error = await failure(refreshTokens({ ...config, timeoutMs: 100 }, refreshToken));
    expect(error).toMatchObject({ kind: 'unreachable', description: 'no answer within 100 ms' });
  });

  test('by nobody listening is an outage', async () => {
    const error = await failure(refreshTokens({ ...config, tokenUrl: 'http://127.0.0.1:1/' }, 'any'));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('by our own credentials does not look like a dead connection', async () => {
    const wrong = { ...config, clientSecret: new Secret('wrong-secret') };
    const error = await failure(refreshTokens(wrong, 'test-refresh-token'));
    expect(error).toMatchObject({ kind: 'rejected', error: 'invalid_client' });
  });

  test('tells neither token nor secret, however it is printed', async () => {
    const { refreshToken } = await connect();
    await break_('service-unavailable');
    const shown = inspect(await failure(refreshTokens(config, refreshToken)), { depth: 20 });
    expect(shown).not.toContain(refreshToken);
    expect(shown).not.toContain(Buffer.from('test-client:test-secret').toString('base64'));
  });
});
