import type { Answer } from './answer.js';
import type { Call } from './call.js';
import { consentPage } from './consent.js';
import { isFields } from './fields.js';
import { SUBJECT, discovery } from './identity.js';
import { DEFAULT_REALM, OAuthError, invalidGrant } from './oauth.js';
import type { World } from './world.js';

const PATHS: Readonly<Record<string, string>> = {
  '/connect/oauth2': 'authorize',
  '/oauth2/v1/tokens/bearer': 'token',
  '/v2/oauth2/tokens/revoke': 'revoke',
  '/v1/openid_connect/userinfo': 'userinfo',
  '/op/v1/jwks': 'jwks',
  '/.well-known/openid_configuration': 'discovery',
  '/.well-known/openid_sandbox_configuration': 'discovery',
};

export function oauthOperation(path: string): string | undefined {
  return PATHS[path];
}

function isClient(world: World, call: Call): boolean {
  const header = call.headers['authorization'];
  const basic = typeof header === 'string' ? /^Basic (.+)$/i.exec(header)?.[1] : undefined;
  const decoded = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const form = new URLSearchParams(call.body);
  const { clientId, clientSecret } = world.credentials;
  return (
    decoded === `${clientId}:${clientSecret}` ||
    (form.get('client_id') === clientId && form.get('client_secret') === clientSecret)
  );
}

function bearer(call: Call): string {
  const header = call.headers['authorization'];
  return (typeof header === 'string' ? /^Bearer (.+)$/i.exec(header)?.[1] : undefined) ?? '';
}

function redirectTo(address: string, params: Readonly<Record<string, string>>): Answer {
  const target = new URL(address);
  for (const [name, value] of Object.entries(params)) target.searchParams.set(name, value);
  return { status: 302, literal: '', headers: { Location: target.href } };
}

function askForConsent(world: World, params: URLSearchParams): Answer {
  const choices = world.all().map((company) => ({ realm: company.realm, name: company.name }));
  const page = consentPage(params, choices).markup;
  return { status: 200, literal: page, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
}

/** The redirect that follows consent, or the page that asks for it where that is switched on. */
function authorize(world: World, call: Call): Answer {
  const { params } = call;
  const redirect = params.get('redirect_uri');
  if (params.get('client_id') !== world.credentials.clientId || redirect === null) {
    return { status: 400, value: { error: 'invalid_request' } };
  }
  const state = params.get('state') ?? '';
  const decision = params.get('decision');
  if (world.switches.consentPage && decision === 'cancel') {
    return redirectTo(redirect, { error: 'access_denied', state });
  }
  if (world.switches.consentPage && decision !== 'connect') return askForConsent(world, params);
  const realm = params.get('realm') ?? DEFAULT_REALM;
  world.company(realm, params.get('seed') ?? undefined);
  const code = world.oauth.authorize(realm, params.get('scope') ?? undefined);
  return redirectTo(redirect, { code, state, realmId: realm });
}

function token(world: World, call: Call): Answer {
  if (!isClient(world, call)) throw new OAuthError(401, { error: 'invalid_client' });
  const form = new URLSearchParams(call.body);
  const wantsHardExpiry = call.headers['x-include-refresh-token-hard-expires-in'] === 'true';
  const issued = issue(world, form);
  const extra = wantsHardExpiry
    ? { x_refresh_token_hard_expires_in: world.oauth.hardExpirySeconds(issued.refresh_token) }
    : {};
  return { status: 200, value: { ...issued, ...identify(world, issued.refresh_token), ...extra } };
}

/** Says who connected, where the consent was asked to. */
function identify(world: World, refreshToken: string): { id_token?: string } {
  const grant = world.oauth.grantOf(refreshToken);
  if (grant?.scope?.split(' ').includes('openid') !== true) return {};
  const { clientId } = world.credentials;
  const { realm, consentedAtMs } = grant;
  return { id_token: world.identity.token({ clientId, realm, consentedAtMs, nowMs: world.clock.now() }) };
}

function issue(world: World, form: URLSearchParams): ReturnType<World['oauth']['connect']> {
  const grantType = form.get('grant_type');
  if (grantType === 'authorization_code') return world.oauth.exchange(form.get('code') ?? '');
  if (grantType === 'refresh_token') return world.oauth.refresh(form.get('refresh_token') ?? '');
  throw new OAuthError(400, { error: 'invalid_request' });
}

function revoke(world: World, call: Call): Answer {
  if (!isClient(world, call)) throw new OAuthError(401, { error: 'invalid_client' });
  let value = new URLSearchParams(call.body).get('token') ?? '';
  if (call.body.trimStart().startsWith('{')) {
    const parsed = JSON.parse(call.body) as unknown;
    if (isFields(parsed) && typeof parsed['token'] === 'string') value = parsed['token'];
  }
  if (!world.oauth.revoke(value)) throw invalidGrant();
  return { status: 200, literal: '' };
}

function userinfo(world: World, call: Call): Answer {
  if (!world.oauth.isKnown(bearer(call))) return { status: 401, value: { error: 'invalid_token' } };
  return {
    status: 200,
    value: {
      sub: SUBJECT,
      email: 'bookkeeper@example.com',
      emailVerified: true,
      givenName: 'Robin',
      familyName: 'Bookkeeper',
      phoneNumber: '+1 8315550100',
      phoneNumberVerified: false,
      address: {
        streetAddress: '1 Courthouse Square',
        locality: 'Monterey',
        region: 'CA',
        postalCode: '93940',
        country: 'US',
      },
    },
  };
}

const HANDLERS: Readonly<Record<string, (world: World, call: Call) => Answer>> = {
  authorize,
  token,
  revoke,
  userinfo,
  jwks: (world) => ({ status: 200, value: world.identity.keys() }),
  discovery: (_world, call) => ({
    status: 200,
    value: discovery(`http://${call.headers['host'] as string}`),
  }),
};

/** The identity service: authorize, token, revoke, user info. Its errors are JSON whatever was accepted. */
export function answerOAuth(world: World, call: Call): Answer {
  const asJson = { 'Content-Type': 'application/json;charset=UTF-8' };
  try {
    const answer = HANDLERS[call.operation]?.(world, call) ?? { status: 404, literal: '' };
    if (answer.literal !== undefined) return answer;
    return { status: answer.status, literal: JSON.stringify(answer.value), headers: asJson };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { status: error.status, literal: JSON.stringify(error.body), headers: asJson };
  }
}
