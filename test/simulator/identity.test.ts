import { type JsonWebKey, createPublicKey, createVerify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, REALM, at } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();

beforeEach(() => bench.control('POST', 'reset', {}));

function consent(more: Record<string, string> = {}): Promise<Response> {
  const asked = {
    client_id: 'test-client',
    redirect_uri: 'http://localhost/cb',
    state: 's',
    response_type: 'code',
  };
  const scope = 'com.intuit.quickbooks.accounting openid';
  const query = new URLSearchParams({ ...asked, scope, ...more });
  return fetch(`${bench.url}/connect/oauth2?${query.toString()}`, { redirect: 'manual' });
}

const locationOf = (response: Response): URLSearchParams =>
  new URL(response.headers.get('location') ?? '').searchParams;

async function exchange(code: string | null): Promise<Json> {
  const response = await fetch(`${bench.url}/oauth2/v1/tokens/bearer`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('test-client:test-secret').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: code ?? '' }),
  });
  return (await response.json()) as Json;
}

const decode = (part: string | undefined): Json =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Json;

describe('a token of identity', () => {
  it('is signed by a key that everybody can look up', async () => {
    const tokens = await exchange(locationOf(await consent()).get('code'));
    const [header, payload, signature] = String(tokens['id_token']).split('.');
    const jwks = (await (await fetch(`${bench.url}/op/v1/jwks`)).json()) as Json;
    const key = at(jwks, 'keys.0') as JsonWebKey & { kid: string };
    expect(decode(header)).toEqual({ kid: key.kid, alg: 'RS256' });
    const verify = createVerify('RSA-SHA256').update(`${String(header)}.${String(payload)}`);
    const publicKey = createPublicKey({ key: { kty: 'RSA', n: key.n!, e: key.e! }, format: 'jwk' });
    expect(verify.verify(publicKey, signature ?? '', 'base64url')).toBe(true);
    expect(decode(payload)).toMatchObject({
      aud: ['test-client'],
      iss: 'https://oauth.platform.intuit.com/op/v1',
      realmid: REALM,
    });
  });

  it('is given only where it was asked for', async () => {
    const response = await consent({ scope: 'com.intuit.quickbooks.accounting' });
    expect(await exchange(locationOf(response).get('code'))).not.toHaveProperty('id_token');
  });
});

it.each(['openid_configuration', 'openid_sandbox_configuration'])(
  '%s says where everything is',
  async (name) => {
    const document = (await (await fetch(`${bench.url}/.well-known/${name}`)).json()) as Json;
    expect(document).toMatchObject({
      token_endpoint: `${bench.url}/oauth2/v1/tokens/bearer`,
      jwks_uri: `${bench.url}/op/v1/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
  },
);

describe('consent', () => {
  it('is taken for granted, unless a person is to be asked', async () => {
    expect((await consent()).status).toBe(302);
    await bench.control('POST', 'switches', { consentPage: true });
    await bench.control('POST', 'companies', { realm: '123', seed: 'empty' });
    const page = await consent({ state: '"><script>' });
    const markup = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(markup).toContain('value="123"');
    expect(markup).not.toContain('"><script>');
  });

  it('may be given for a chosen company, or refused', async () => {
    await bench.control('POST', 'switches', { consentPage: true });
    await bench.control('POST', 'companies', { realm: '123', seed: 'empty' });
    const given = locationOf(await consent({ decision: 'connect', realm: '123' }));
    expect([given.get('realmId'), given.get('state'), given.has('code')]).toEqual(['123', 's', true]);
    const refused = locationOf(await consent({ decision: 'cancel' }));
    expect(Object.fromEntries(refused)).toEqual({ error: 'access_denied', state: 's' });
  });
});
