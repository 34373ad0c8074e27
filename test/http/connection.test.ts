import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKeyring } from '../../src/codec/keyring.js';
import { connectCompany, findCompany, markDisconnected } from '../../src/db/company.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { answerErrors } from '../../src/http/errors.js';
import { connectionRoutes } from '../../src/http/routes/connection.js';
import { firmRoutes } from '../../src/http/routes/firm.js';
import { settingsRoutes } from '../../src/http/routes/settings.js';
import { createConsent, profileReader } from '../../src/qbo/consent.js';
import { openToken, sealTokens } from '../../src/qbo/secret.js';
import { Secret } from '../../src/secret.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const tokenKeys = createKeyring([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
const TOKEN = { authorization: 'Bearer api-token' };

let simulator: Simulator;
let store: TestDatabase;
let db: Database;
let app: FastifyInstance;
let firmId: string;
let qbo: SimulatorControl;
let firmCount = 0;
/** Firms whose waiting bills were told that the company is there. */
let told: string[] = [];
let isTemporalAway = false;

beforeAll(async () => {
  [simulator, store] = await Promise.all([startSimulator({ seed: 'empty' }), createTestDatabase()]);
  db = openDatabase({ url: store.url });
  const oauth = {
    clientId: 'test-client',
    clientSecret: new Secret('test-secret'),
    redirectUri: 'http://127.0.0.1:8080/v1/oauth/callback',
    authorizeUrl: `${simulator.url}/connect/oauth2`,
    tokenUrl: `${simulator.url}/oauth2/v1/tokens/bearer`,
    revokeUrl: `${simulator.url}/v2/oauth2/tokens/revoke`,
    timeoutMs: 5000,
  };
  const readProfile = profileReader({ apiUrl: simulator.url, timeoutMs: 5000 });
  app = fastify();
  answerErrors(app);
  await app.register(firmRoutes, { db });
  await app.register(settingsRoutes, { db, onSettings: () => Promise.resolve() });
  await app.register(connectionRoutes, {
    db,
    consent: createConsent(oauth, tokenKeys, readProfile),
    onConnected: (firm) => {
      if (isTemporalAway) return Promise.reject(new Error('Temporal is away'));
      told.push(firm);
      return Promise.resolve();
    },
    requireToken: (request) => {
      if (request.headers.authorization === TOKEN.authorization) return Promise.resolve();
      return Promise.reject(Object.assign(new Error('no token'), { statusCode: 401 }));
    },
  });
});

beforeEach(async () => {
  told = [];
  isTemporalAway = false;
  firmId = `firm-${(firmCount += 1)}`;
  qbo = new SimulatorControl(simulator.url, `91300000000000${firmCount}`);
  await put(firmId, { name: 'Hale & Partners' });
});

afterEach(async () => {
  await qbo.clearFaults();
});

afterAll(async () => {
  await app.close();
  await db.destroy();
  await simulator.close();
  await store.drop();
});

const put = (path: string, payload: object) =>
  app.inject({ method: 'PUT', url: `/v1/firms/${path}`, payload });

const get = (path: string) => app.inject({ url: `/v1/firms/${path}`, headers: TOKEN });

async function begin(firm = firmId): Promise<URL> {
  const url = `/v1/firms/${firm}/connection`;
  const answer = await app.inject({ method: 'POST', url, headers: TOKEN });
  return new URL(answer.json<{ authorizeUrl: string }>().authorizeUrl);
}

/** Where the browser is sent once the person has agreed. */
async function agree(consent: URL, realm = qbo.realm): Promise<string> {
  consent.searchParams.set('realm', realm);
  const answer = await fetch(consent, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return `${back.pathname}${back.search}`;
}

const visit = (url: string) => app.inject({ url });

async function tokenCallCount(): Promise<number> {
  const answer = await fetch(`${simulator.url}/_control/calls`);
  const { calls } = (await answer.json()) as { calls: { operation: string }[] };
  return calls.filter((call) => call.operation === 'token').length;
}

describe('connecting a company', () => {
  test('stores tokens and profile, tells who waits, and says so to the person', async () => {
    const page = await visit(await agree(await begin()));
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(page.body).toContain('QuickBooks is connected');
    const company = await findCompany(db, firmId);
    expect(company).toMatchObject({ realm_id: qbo.realm, status: 'connected' });
    expect(company?.preferences).toMatchObject({ homeCurrency: 'USD', country: 'US' });
    expect(openToken(tokenKeys, company!.access_token!)).not.toBe('');
    expect(told).toEqual([firmId]);
    const events = db.selectFrom('event').select(['kind', 'data']).where('firm_id', '=', firmId);
    expect(await events.execute()).toEqual([
      { kind: 'connected', data: { realmId: qbo.realm, epoch: company!.epoch } },
    ]);
    expect(company?.preferences.receivables).toEqual({ USD: expect.stringMatching(/^\d+$/) as string });
    expect((await qbo.counts()).reads).toBe(3);
  });

  test('again keeps the epoch and replaces the tokens', async () => {
    await visit(await agree(await begin()));
    const before = await findCompany(db, firmId);
    await markDisconnected(db, firmId);
    await visit(await agree(await begin()));
    const after = await findCompany(db, firmId);
    expect(after).toMatchObject({ status: 'connected', epoch: before!.epoch });
    expect(after!.refresh_token).not.toEqual(before!.refresh_token);
  });

  test('tells the person when those who wait cannot be told', async () => {
    isTemporalAway = true;
    const page = await visit(await agree(await begin()));
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('could not be told');
    expect(await findCompany(db, firmId)).toMatchObject({ status: 'connected' });
  });

  test('needs our token to begin, and a firm', async () => {
    const url = `/v1/firms/${firmId}/connection`;
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(401);
    expect((await app.inject({ url })).statusCode).toBe(401);
    const answer = await app.inject({ method: 'POST', url: '/v1/firms/nobody/connection', headers: TOKEN });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      message: expect.stringContaining('PUT /v1/firms/nobody') as string,
    });
  });
});

describe('the page says plainly that', () => {
  test('a link works once', async () => {
    const callback = await agree(await begin());
    await visit(callback);
    const page = await visit(callback);
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain('This link was used already');
  });

  test('a link that we did not make does nothing', async () => {
    const callback = new URL(await agree(await begin()), simulator.url);
    callback.searchParams.set('state', 'guessed');
    const page = await visit(`${callback.pathname}${callback.search}`);
    expect(page.statusCode).toBe(400);
    expect(await findCompany(db, firmId)).toBeUndefined();
  });

  test('the person did not allow it, and the link is used up', async () => {
    const state = (await begin()).searchParams.get('state') ?? '';
    const refused = `/v1/oauth/callback?error=access_denied&state=${state}`;
    const page = await visit(refused);
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('was not allowed (access_denied). Nothing was changed.');
    expect((await visit(refused)).statusCode).toBe(400);
  });

  test('no company was named', async () => {
    const state = (await begin()).searchParams.get('state') ?? '';
    const page = await visit(`/v1/oauth/callback?code=abc&state=${state}`);
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain('without saying which company was meant');
  });

  test('the company is another firm’s, before anything is asked of Intuit', async () => {
    await visit(await agree(await begin()));
    await put(`${firmId}-b`, { name: 'Others' });
    const callback = await agree(await begin(`${firmId}-b`));
    const before = await tokenCallCount();
    const page = await visit(callback);
    expect(page.statusCode).toBe(409);
    expect(page.body).toContain('connected to another firm');
    expect(await tokenCallCount()).toBe(before);
    expect(await findCompany(db, `${firmId}-b`)).toBeUndefined();
  });

  test('the company is another firm’s, which was quicker by a moment', async () => {
    await put(`${firmId}-b`, { name: 'Others' });
    const { id } = await hold('token', 2);
    const callbacks = await Promise.all(
      [firmId, `${firmId}-b`].map(async (firm) => agree(await begin(firm))),
    );
    const pages = callbacks.map((callback) => visit(callback));
    await fetch(`${simulator.url}/_control/holds/${id}?wait=true&caught=2&timeoutMs=20000`);
    await fetch(`${simulator.url}/_control/holds/${id}/release`, { method: 'POST' });
    const statuses = (await Promise.all(pages)).map((page) => page.statusCode);
    expect(statuses.sort()).toEqual([200, 409]);
    expect(told).toHaveLength(1);
  });

  test('Intuit refused the code', async () => {
    const callback = new URL(await agree(await begin()), simulator.url);
    callback.searchParams.set('code', 'unknown');
    const page = await visit(`${callback.pathname}${callback.search}`);
    expect(page.statusCode).toBe(502);
    expect(page.body).toContain('refused to complete the connection: Intuit refused (invalid_grant');
    expect(told).toEqual([]);
  });

  test.each([
    ['could not be reached', 'service-unavailable', { match: { operation: 'token' } }],
    ['could not be reached', 'drop-before-commit', { match: { entity: 'Preferences' } }],
    ['could not be reached', 'gateway-timeout', { match: { entity: 'Preferences' } }],
    ['refused', 'subscription-ended', { match: { entity: 'Preferences' } }],
  ])('QuickBooks %s (%s), and nothing is stored', async (said, name, options) => {
    const callback = await agree(await begin());
    const body = JSON.stringify({ name, ...options });
    await fetch(`${simulator.url}/_control/faults`, { method: 'POST', body });
    const page = await visit(callback);
    expect(page.statusCode).toBe(502);
    expect(page.body).toContain(said);
    expect(await findCompany(db, firmId)).toBeUndefined();
  });

  test('something is wrong without running what the address brings', async () => {
    const state = (await begin()).searchParams.get('state') ?? '';
    const page = await visit(`/v1/oauth/callback?state=${state}&error=${encodeURIComponent('<script>"&\'')}`);
    expect(page.body).toContain('&lt;script&gt;&quot;&amp;&#39;');
    expect(page.body).not.toContain('<script>');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

async function hold(operation: string, count: number): Promise<{ id: string }> {
  const body = JSON.stringify({ match: { operation }, count });
  const answer = await fetch(`${simulator.url}/_control/holds`, { method: 'POST', body });
  return (await answer.json()) as { id: string };
}

describe('the state of a connection', () => {
  test('is none, then connected, then disconnected', async () => {
    expect((await get(`${firmId}/connection`)).json()).toEqual({ status: 'not-connected' });
    await visit(await agree(await begin()));
    expect((await get(`${firmId}/connection`)).json()).toMatchObject({
      status: 'connected',
      realmId: qbo.realm,
      unreachableSince: null,
    });
    await markDisconnected(db, firmId);
    expect((await get(`${firmId}/connection`)).json()).toMatchObject({ status: 'disconnected' });
  });

  test('shows no token', async () => {
    const tokens = {
      accessToken: 'access-token',
      accessExpiresAt: new Date(),
      refreshToken: 'refresh-token',
      refreshExpiresAt: new Date(),
    };
    await connectCompany(db, firmId, qbo.realm, sealTokens(tokenKeys, tokens));
    const { body } = await get(`${firmId}/connection`);
    expect(body).not.toMatch(/access-?token|refresh-?token|k1\./i);
  });
});

describe('a firm', () => {
  test('is made, named anew and shown', async () => {
    await put(firmId, { name: 'Hale, Reed & Partners' });
    expect((await get(firmId)).json()).toEqual({
      firmId,
      name: 'Hale, Reed & Partners',
      settings: { prefix: '', items: {} },
      settingsVersion: 1,
    });
    expect((await get('nobody')).statusCode).toBe(404);
  });

  test('changes the settings that are given', async () => {
    await put(`${firmId}/settings`, { items: { time: '1' } });
    const answer = await put(`${firmId}/settings`, { prefix: 'CF-' });
    expect(answer.json()).toEqual({
      settings: { prefix: 'CF-', items: { time: '1' } },
      settingsVersion: 3,
    });
    expect((await put('nobody/settings', { prefix: 'CF-' })).statusCode).toBe(404);
  });

  test.each([
    ['settings', { prefix: 'much too long' }, 'prefix', 'at most 10', 'much too long'],
    ['settings', { items: { time: 'Legal services' } }, 'items.time', 'digits only', 'Legal services'],
    ['settings', { prefx: 'CF-' }, '', 'prefx', undefined],
    ['', { name: '' }, 'name', '>=1', ''],
  ])('is told the field, the rule and the value: %s %o', async (path, payload, field, rule, value) => {
    const answer = await put(path ? `${firmId}/${path}` : firmId, payload);
    expect(answer.statusCode).toBe(400);
    const { problems, message } = answer.json<{
      problems: { field: string; rule: string; value: unknown }[];
      message: string;
    }>();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ field, ...(value !== undefined && { value }) });
    expect(problems[0]!.rule).toContain(rule);
    expect(message).toContain(rule);
  });

  test('cannot have an id that would not fit into a workflow’s', async () => {
    const answer = await put('a%3Ab', { name: 'X' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('firmId');
  });
});
