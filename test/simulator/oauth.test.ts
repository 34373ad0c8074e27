import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, REALM } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();

beforeEach(() => bench.control('POST', 'reset', {}));

const BASIC = `Basic ${Buffer.from('test-client:test-secret').toString('base64')}`;

async function token(
  form: Record<string, string>,
  authorization = BASIC,
): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${bench.url}/oauth2/v1/tokens/bearer`, {
    method: 'POST',
    headers: { authorization, accept: 'application/json' },
    body: new URLSearchParams(form),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

function refresh(value: unknown): Promise<{ status: number; json: Json }> {
  return token({ grant_type: 'refresh_token', refresh_token: String(value) });
}

async function authorize(realm?: string): Promise<URLSearchParams> {
  const query = new URLSearchParams({
    client_id: 'test-client',
    redirect_uri: 'http://localhost/cb',
    state: 's',
  });
  if (realm !== undefined) query.set('realm', realm);
  const response = await fetch(`${bench.url}/connect/oauth2?${query.toString()}`, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams;
}

async function readCompany(accessToken: unknown, realm = REALM): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${bench.url}/v3/company/${realm}/companyinfo/${realm}`, {
    headers: { authorization: `Bearer ${String(accessToken)}`, accept: 'application/json' },
  });
  return { status: response.status, json: (await response.json()) as Json };
}

describe('consent', () => {
  it('comes back with code, state and company, and the code works once', async () => {
    const params = await authorize();
    expect([params.get('state'), params.get('realmId')]).toEqual(['s', REALM]);
    const form = { grant_type: 'authorization_code', code: params.get('code') ?? '' };
    const { json } = await token(form);
    expect(json).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      x_refresh_token_expires_in: 8_726_400,
    });
    expect((await readCompany(json['access_token'])).status).toBe(200);
    expect(await token(form)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await readCompany(json['access_token'])).status).toBe(200);
  });

  it('ends when a code is used twice, where that is switched on', async () => {
    await bench.control('POST', 'switches', { codeReuseRevokes: true });
    const form = { grant_type: 'authorization_code', code: (await authorize()).get('code') ?? '' };
    const { json } = await token(form);
    await token(form);
    expect((await readCompany(json['access_token'])).status).toBe(401);
  });

  it('makes a company that was not there, and its token opens no other', async () => {
    const params = await authorize('42');
    const { json } = await token({ grant_type: 'authorization_code', code: params.get('code') ?? '' });
    expect((await readCompany(json['access_token'], '42')).status).toBe(200);
    const wrong = await readCompany(json['access_token']);
    expect(wrong.status).toBe(403);
    expect(wrong.json['fault']).toMatchObject({ error: [{ code: '3100' }], type: 'SERVICE' });
  });

  it('needs the right secret', async () => {
    const wrong = `Basic ${Buffer.from('test-client:wrong').toString('base64')}`;
    expect(
      await token({ grant_type: 'refresh_token', refresh_token: 'test-refresh-token' }, wrong),
    ).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    });
  });
});

describe('a token', () => {
  it('expires by the clock, in the words of the gateway', async () => {
    const { json } = await refresh('test-refresh-token');
    await bench.control('POST', 'clock', { advanceMs: 3_600_000 });
    const expired = await readCompany(json['access_token']);
    expect(expired.status).toBe(401);
    expect(expired.json).toMatchObject({
      fault: {
        error: [
          {
            message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
            code: '3200',
            element: null,
          },
        ],
        type: 'AUTHENTICATION',
      },
      batchItemResponse: [],
      requestId: null,
    });
    expect(typeof expired.json['time']).toBe('number');
  });

  it('is replaced by each refresh, and the old one is dead', async () => {
    const first = await refresh('test-refresh-token');
    expect((await refresh('test-refresh-token')).json['error']).toBe('invalid_grant');
    expect((await refresh(first.json['refresh_token'])).status).toBe(200);
  });

  it('has a period of grace, or stays, as switched', async () => {
    await bench.control('POST', 'switches', { refreshGraceMs: 86_400_000 });
    await refresh('test-refresh-token');
    expect((await refresh('test-refresh-token')).status).toBe(200);
    await bench.control('POST', 'clock', { advanceMs: 86_400_000 });
    expect((await refresh('test-refresh-token')).status).toBe(400);
    await bench.control('POST', 'reset', {});
    await bench.control('POST', 'switches', { refreshRotation: 'daily' });
    expect((await refresh('test-refresh-token')).json['refresh_token']).toBe('test-refresh-token');
    await bench.control('POST', 'clock', { advanceMs: 86_400_000 });
    expect((await refresh('test-refresh-token')).json['refresh_token']).not.toBe('test-refresh-token');
  });

  it('dies after a hundred idle days', async () => {
    await bench.control('POST', 'clock', { advanceMs: 8_726_400_001 });
    expect((await refresh('test-refresh-token')).json['error']).toBe('invalid_grant');
  });

  it('opens nothing any more when its user was removed, though it has not expired', async () => {
    const { access_token } = (await bench.control('POST', `companies/${REALM}/connect`)).json;
    await bench.control('POST', `companies/${REALM}/disconnect`, { reason: 'user-removed' });
    const { status, json } = await readCompany(access_token);
    expect([status, JSON.stringify(json)]).toEqual([401, expect.stringContaining('"code":"120"')]);
  });

  it('dies with its connection, and says so when its user was removed', async () => {
    await bench.control('POST', `companies/${REALM}/disconnect`, { reason: 'user-removed' });
    expect((await refresh('test-refresh-token')).json).toMatchObject({ x_error_reason: 'user_not_in_realm' });
    const { access_token } = (await bench.control('POST', `companies/${REALM}/connect`)).json;
    expect((await readCompany(access_token)).status).toBe(200);
    await bench.control('POST', `companies/${REALM}/disconnect`);
    expect((await readCompany(access_token)).status).toBe(401);
  });
});
