import OAuthClient from 'intuit-oauth';
import { z } from 'zod';
import type { Secret } from '../secret.js';

export interface OauthConfig {
  clientId: string;
  clientSecret: Secret<string>;
  redirectUri: string;
  authorizeUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  /** A token call waits at most this long, and never longer than ten seconds. */
  timeoutMs: number;
}

export interface Tokens {
  accessToken: string;
  accessExpiresAt: Date;
  /** Replaces the one before it, which may be dead from now on. */
  refreshToken: string;
  refreshExpiresAt: Date;
}

/**
 * The token endpoint did not do it. `rejected`: Intuit said no, with its reason in `error` (`invalid_grant`: these
 * tokens are dead; `invalid_client`: our credentials are wrong). `unreachable`: no usable answer, so the tokens may
 * or may not have been exchanged.
 */
export class OauthError extends Error {
  override readonly name = 'OauthError';
  readonly kind: 'rejected' | 'unreachable';
  readonly error?: string;
  readonly description?: string;
  readonly intuitTid?: string;

  constructor(kind: OauthError['kind'], facts: { error?: string; description?: string; intuitTid?: string }) {
    const what = kind === 'rejected' ? 'Intuit refused' : 'No usable answer from Intuit';
    const why = [facts.error, facts.description].filter(Boolean).join(': ');
    super(why ? `${what} (${why})` : what);
    this.kind = kind;
    Object.assign(this, facts);
  }
}

/** The firm has no working connection to its company; only a person who connects again can help. */
export class CompanyDisconnectedError extends Error {
  override readonly name = 'CompanyDisconnectedError';
}

const LONGEST_TOKEN_CALL_MS = 10_000;

/** How long a token call lasts at most. Short, because the company's row stays locked meanwhile. */
export const tokenCallMs = ({ timeoutMs }: OauthConfig): number => Math.min(timeoutMs, LONGEST_TOKEN_CALL_MS);

/** Where a person goes to give consent. `state` comes back with the redirect. */
export function authorizeUrl(config: OauthConfig, state: string): string {
  return client(config).authorizeUri({ scope: OAuthClient.scopes.Accounting, state });
}

/** Exchanges the code that the redirect brought. It works once. Throws `OauthError`. */
export async function exchangeCode(config: OauthConfig, callbackUrl: string): Promise<Tokens> {
  // Only the code is passed on: the library would take the redirect address from the query, too.
  const code = new URL(callbackUrl, config.redirectUri).searchParams.get('code') ?? '';
  return await issue(() => client(config).createToken(`?${new URLSearchParams({ code }).toString()}`));
}

/** Throws `OauthError`. After `unreachable` the given token may still be good: try it again. */
export async function refreshTokens(config: OauthConfig, refreshToken: string): Promise<Tokens> {
  return await issue(() => client(config).refreshUsingToken(refreshToken));
}

/** Ends the whole connection, whichever of its tokens is given. Throws `OauthError`. */
export async function revoke(config: OauthConfig, token: string): Promise<void> {
  await translated(() => client(config).revoke({ refresh_token: token }));
}

/**
 * The library keeps its endpoints for the whole process, so they are set again before every single use: it reads them
 * before anything else can run.
 */
function client(config: OauthConfig): OAuthClient {
  return new OneShotClient(config).setAuthorizeURLs({
    authorizeEndpoint: config.authorizeUrl,
    tokenEndpoint: config.tokenUrl,
    revokeEndpoint: config.revokeUrl,
    userInfoEndpoint: OAuthClient.userinfo_endpoint_sandbox,
  });
}

/** Sends once and not for ever. A repeated refresh may spend a token that the first one has already replaced. */
class OneShotClient extends OAuthClient {
  readonly #timeoutMs: number;

  constructor(config: OauthConfig) {
    const { clientId, clientSecret, redirectUri } = config;
    super({ clientId, clientSecret: clientSecret.reveal(), redirectUri, environment: 'sandbox' });
    this.#timeoutMs = tokenCallMs(config);
  }

  override async loadResponse(request: object): Promise<unknown> {
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      return (await super.loadResponse({ ...request, signal, maxRedirects: 0 })) as unknown;
    } catch (error) {
      if (signal.aborted) throw new Error(`no answer within ${this.#timeoutMs} ms`, { cause: error });
      throw error;
    }
  }

  override shouldRetry(): boolean {
    return false;
  }
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  x_refresh_token_expires_in: z.number().positive(),
});

async function issue(ask: () => Promise<{ json: unknown }>): Promise<Tokens> {
  // Before the call, so that a slow answer makes a token look older and never younger than it is.
  const askedAt = Date.now();
  const { json } = await translated(ask);
  const answer = tokenAnswer.safeParse(json);
  if (!answer.success) throw new OauthError('unreachable', { description: 'the answer holds no tokens' });
  const { access_token, expires_in, refresh_token, x_refresh_token_expires_in } = answer.data;
  return {
    accessToken: access_token,
    accessExpiresAt: new Date(askedAt + expires_in * 1000),
    refreshToken: refresh_token,
    refreshExpiresAt: new Date(askedAt + x_refresh_token_expires_in * 1000),
  };
}

/** What the library throws: its own object around whatever came back, or nothing but a message. */
const thrown = z.object({
  message: z.string().catch(''),
  intuit_tid: z.string().min(1).optional().catch(undefined),
  authResponse: z
    .object({ response: z.object({ status: z.number() }) })
    .optional()
    .catch(undefined),
});

/** An error as RFC 6749 words it; anything else that came back is not from the token endpoint itself. */
const refusal = z.object({ error: z.string().min(1), error_description: z.string().optional() });

/** What the library throws holds the request with our secret and the token, so it is never passed on as a cause. */
async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { message, intuit_tid, authResponse } = thrown.parse(error);
    const facts = { ...(intuit_tid !== undefined && { intuitTid: intuit_tid }) };
    const status = authResponse?.response.status;
    const said = refusal.safeParse((error as { authResponse?: { json?: unknown } }).authResponse?.json);
    if (status !== undefined && isRefusal(status) && said.success) {
      const { error: code, error_description } = said.data;
      const description = error_description === undefined ? {} : { description: error_description };
      throw new OauthError('rejected', { error: code, ...description, ...facts });
    }
    const description = status === undefined ? message : `HTTP ${status}`;
    throw new OauthError('unreachable', { description, ...facts });
  }
}

const isRefusal = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 408 && status !== 429;
