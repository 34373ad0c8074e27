import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, type Json } from './company.js';
import { fixtures } from './recorded/fixture.js';
import { lacking, notePaths } from './recorded/path.js';

let bench: Bench;
let tokens: Record<string, string>;

const BASIC = `Basic ${Buffer.from('test-client:test-secret').toString('base64')}`;

async function post(path: string, form: Record<string, string>): Promise<Record<string, string>> {
  const init = { method: 'POST', headers: { authorization: BASIC }, body: new URLSearchParams(form) };
  return (await (await fetch(`${bench.url}${path}`, init)).json()) as Record<string, string>;
}

async function get(path: string, token = ''): Promise<Json> {
  const headers = { authorization: `Bearer ${token}` };
  return (await (await fetch(`${bench.url}${path}`, { headers })).json()) as Json;
}

beforeAll(async () => {
  bench = await Bench.start();
  const asked = {
    client_id: 'test-client',
    redirect_uri: 'http://localhost/cb',
    response_type: 'code',
    state: 's',
  };
  const scope = 'com.intuit.quickbooks.accounting openid profile email phone address';
  const query = new URLSearchParams({ ...asked, scope }).toString();
  const consent = await fetch(`${bench.url}/connect/oauth2?${query}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
  tokens = await post('/oauth2/v1/tokens/bearer', { grant_type: 'authorization_code', code });
});

afterAll(() => bench.close());

/** A recorded answer of the service of identity, and how the simulator is asked for the same. */
const ANSWERS: Readonly<Record<string, () => Json | Promise<Json>>> = {
  'js-mocks/bearer-token.json': () => tokens,
  'js-mocks/tokenResponse.json': () => tokens,
  'dotnet-documents/success_token_response.json': () => tokens,
  'dotnet-documents/success_refreshtoken_response.json': () =>
    post('/oauth2/v1/tokens/bearer', {
      grant_type: 'refresh_token',
      refresh_token: tokens['refresh_token'] ?? '',
    }),
  'dotnet-documents/failure_token_response.json': () =>
    post('/oauth2/v1/tokens/bearer', { grant_type: 'refresh_token', refresh_token: 'never-given' }),
  'dotnet-documents/discovery.json': () => get('/.well-known/openid_configuration'),
  'js-mocks/jwkResponse.json': () => get('/op/v1/jwks'),
  'js-mocks/userInfo.json': () => get('/v1/openid_connect/userinfo', tokens['access_token']),
  'dotnet-documents/success_userinfo_response.json': () =>
    get('/v1/openid_connect/userinfo', tokens['access_token']),
  'js-mocks/validateIdToken.json': () =>
    JSON.parse(Buffer.from(tokens['id_token']?.split('.')[1] ?? '', 'base64url').toString()) as Json,
};

describe('what was recorded of the service of identity', () => {
  it('begins with a connection', () => {
    expect(tokens['token_type']).toBe('bearer');
  });

  if (fixtures === undefined) return;
  const folder = join(fixtures, 'intuit-oauth');

  it.each(Object.keys(ANSWERS))('is answered with all parts of %s', async (file) => {
    const recorded = JSON.parse(readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '')) as Json;
    const answered = (await ANSWERS[file]?.()) ?? {};
    expect(lacking(notePaths(recorded, '', new Map()), notePaths(answered, '', new Map()))).toEqual([]);
  });
});
