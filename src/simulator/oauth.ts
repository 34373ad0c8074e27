import { randomBytes } from 'node:crypto';
import type { Switches } from './switches.js';

export const DEFAULT_REALM = '9130357849300000';
export const DEFAULT_REFRESH_TOKEN = 'test-refresh-token';
const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 8_726_400;
const HARD_EXPIRY_SECONDS = 157_680_000;
const CODE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

interface Code {
  readonly realm: string;
  readonly grantId: number;
  readonly issuedAtMs: number;
  isUsed: boolean;
}

/** One consent: everything issued from it dies together. */
interface Grant {
  readonly id: number;
  readonly realm: string;
  readonly consentedAtMs: number;
  /** What was asked for, as it was written. */
  readonly scope?: string;
  isRevoked: boolean;
}

interface RefreshToken {
  readonly grant: Grant;
  readonly issuedAtMs: number;
  /** When a newer value was issued; from then on only the grace period is left. */
  supersededAtMs: number | undefined;
  usedAtMs: number;
}

/** As JSON: tokens by their values, and each with the id of its grant. */
export interface OAuthState {
  readonly grants: readonly Grant[];
  readonly codes: readonly (readonly [value: string, code: Code])[];
  readonly access: readonly (readonly [value: string, token: SavedAccess])[];
  readonly refreshes: readonly (readonly [value: string, token: SavedRefresh])[];
  /** Realms that the connecting user is no longer a member of. */
  readonly strangers: readonly string[];
}

interface SavedAccess {
  readonly grantId: number;
  readonly expiresAtMs: number;
}

interface SavedRefresh {
  readonly grantId: number;
  readonly issuedAtMs: number;
  readonly supersededAtMs: number | null;
  readonly usedAtMs: number;
}

interface AccessToken {
  readonly grant: Grant;
  readonly expiresAtMs: number;
}

export interface TokenAnswer {
  readonly token_type: 'bearer';
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly x_refresh_token_expires_in: number;
}

export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, string>>,
  ) {
    super(body['error'] ?? 'oauth');
  }
}

export function invalidGrant(description = 'Token invalid'): OAuthError {
  return new OAuthError(400, { error: 'invalid_grant', error_description: description });
}

export type AccessState = 'malformed' | 'expired' | 'revoked' | 'stranger' | 'wrong-realm' | 'valid';

function secret(prefix: string): string {
  return prefix + randomBytes(24).toString('base64url');
}

/** Consents, codes and tokens of every company, by the simulator's clock. */
export class OAuth {
  private readonly codes = new Map<string, Code>();
  private readonly access = new Map<string, AccessToken>();
  private readonly refreshes = new Map<string, RefreshToken>();
  private readonly grants: Grant[] = [];
  private readonly strangers = new Set<string>();

  constructor(
    private readonly now: () => number,
    private readonly switches: Switches,
  ) {
    this.issueRefresh(this.consent(DEFAULT_REALM), DEFAULT_REFRESH_TOKEN);
  }

  private consent(realm: string, scope?: string): Grant {
    const asked = scope === undefined ? {} : { scope };
    const grant = { id: this.grants.length, realm, consentedAtMs: this.now(), isRevoked: false, ...asked };
    this.grants.push(grant);
    return grant;
  }

  private issueRefresh(grant: Grant, value = secret('RT1-')): string {
    const nowMs = this.now();
    this.refreshes.set(value, { grant, issuedAtMs: nowMs, supersededAtMs: undefined, usedAtMs: nowMs });
    return value;
  }

  private answer(grant: Grant, refreshToken: string): TokenAnswer {
    const accessToken = secret('eyJ');
    this.access.set(accessToken, { grant, expiresAtMs: this.now() + ACCESS_SECONDS * 1000 });
    return {
      token_type: 'bearer',
      access_token: accessToken,
      expires_in: ACCESS_SECONDS,
      refresh_token: refreshToken,
      x_refresh_token_expires_in: REFRESH_SECONDS,
    };
  }

  authorize(realm: string, scope?: string): string {
    const code = secret('AB');
    this.strangers.delete(realm);
    this.codes.set(code, {
      realm,
      grantId: this.consent(realm, scope).id,
      issuedAtMs: this.now(),
      isUsed: false,
    });
    return code;
  }

  /** A code works once. @throws OAuthError */
  exchange(value: string): TokenAnswer {
    const code = this.codes.get(value);
    const grant = code === undefined ? undefined : this.grants[code.grantId];
    if (code === undefined || grant === undefined) throw invalidGrant();
    if (code.isUsed && this.switches.codeReuseRevokes) grant.isRevoked = true;
    if (code.isUsed || this.now() - code.issuedAtMs > CODE_MS) throw invalidGrant();
    code.isUsed = true;
    return this.answer(grant, this.issueRefresh(grant));
  }

  /** @throws OAuthError when the token is unknown, superseded, idle too long or taken back */
  refresh(value: string): TokenAnswer {
    const token = this.refreshes.get(value);
    if (token === undefined || token.grant.isRevoked) throw invalidGrant();
    const nowMs = this.now();
    if (this.strangers.has(token.grant.realm)) {
      throw new OAuthError(400, {
        error: 'invalid_grant',
        error_description: 'Unauthorized Request: User is not a member of the specified Realm',
        x_error_reason: 'user_not_in_realm',
        x_error_reason_detail: 'The user is not in the specified realm',
      });
    }
    const isIdle = nowMs - token.usedAtMs > REFRESH_SECONDS * 1000;
    const isTooOld = nowMs - token.grant.consentedAtMs > HARD_EXPIRY_SECONDS * 1000;
    if (isIdle || isTooOld || this.isSuperseded(token, nowMs)) throw invalidGrant();
    token.usedAtMs = nowMs;
    return this.answer(token.grant, this.rotate(value, token, nowMs));
  }

  private isSuperseded(token: RefreshToken, nowMs: number): boolean {
    if (token.supersededAtMs === undefined) return false;
    return nowMs - token.supersededAtMs >= this.switches.refreshGraceMs;
  }

  private rotate(value: string, token: RefreshToken, nowMs: number): string {
    const { refreshRotation } = this.switches;
    const isDue = refreshRotation === 'always' || nowMs - token.issuedAtMs >= DAY_MS;
    if (refreshRotation === 'never' || !isDue) return value;
    token.supersededAtMs ??= nowMs;
    return this.issueRefresh(token.grant);
  }

  /** The consent behind a refresh token that was just given. */
  grantOf(refreshToken: string): Grant | undefined {
    return this.refreshes.get(refreshToken)?.grant;
  }

  hardExpirySeconds(refreshToken: string): number {
    const token = this.refreshes.get(refreshToken);
    const ageMs = this.now() - (token?.grant.consentedAtMs ?? 0);
    return Math.max(0, HARD_EXPIRY_SECONDS - Math.floor(ageMs / 1000));
  }

  /** Either kind of token ends the whole connection. False when it is unknown. */
  revoke(value: string): boolean {
    const grant = this.refreshes.get(value)?.grant ?? this.access.get(value)?.grant;
    if (grant === undefined || grant.isRevoked) return false;
    grant.isRevoked = true;
    return true;
  }

  check(value: string, realm: string): AccessState {
    const token = this.access.get(value);
    if (token === undefined) return 'malformed';
    if (token.grant.isRevoked) return 'revoked';
    if (this.now() >= token.expiresAtMs) return 'expired';
    if (token.grant.realm !== realm) return 'wrong-realm';
    return this.strangers.has(realm) ? 'stranger' : 'valid';
  }

  isKnown(accessToken: string): boolean {
    const token = this.access.get(accessToken);
    return token !== undefined && !token.grant.isRevoked && this.now() < token.expiresAtMs;
  }

  /** A connection without a browser, for tests. */
  connect(realm: string): TokenAnswer {
    const grant = this.consent(realm);
    this.strangers.delete(realm);
    return this.answer(grant, this.issueRefresh(grant));
  }

  /** What happens when somebody disconnects inside QuickBooks, or the connecting user is removed. */
  disconnect(realm: string, reason: 'revoked' | 'user-removed'): void {
    if (reason === 'user-removed') this.strangers.add(realm);
    else for (const grant of this.grants) if (grant.realm === realm) grant.isRevoked = true;
  }

  /** Lets every access token of a company expire now, refresh tokens staying as they are. */
  expireAccess(realm: string): void {
    for (const [value, token] of this.access) {
      if (token.grant.realm === realm) this.access.set(value, { ...token, expiresAtMs: this.now() });
    }
  }

  save(): OAuthState {
    const { grants, codes, strangers } = this;
    return {
      grants,
      codes: [...codes],
      access: [...this.access].map(([value, { grant, ...token }]) => [
        value,
        { grantId: grant.id, ...token },
      ]),
      refreshes: [...this.refreshes].map(([value, { grant, ...token }]) => [
        value,
        { grantId: grant.id, ...token, supersededAtMs: token.supersededAtMs ?? null },
      ]),
      strangers: [...strangers],
    };
  }

  /** @throws Error when a token belongs to no grant */
  static restore(state: OAuthState, now: () => number, switches: Switches): OAuth {
    const oauth = new OAuth(now, switches);
    oauth.refreshes.clear();
    oauth.grants.splice(0, Infinity, ...state.grants.map((grant) => ({ ...grant })));
    const grantAt = (id: number): Grant => {
      const grant = oauth.grants[id];
      if (grant?.id !== id) throw new Error(`a code or token belongs to grant ${id}, which is not there`);
      return grant;
    };
    for (const [value, code] of state.codes) {
      oauth.codes.set(value, { ...code, grantId: grantAt(code.grantId).id });
    }
    for (const [value, { grantId, ...token }] of state.access) {
      oauth.access.set(value, { ...token, grant: grantAt(grantId) });
    }
    for (const [value, { grantId, supersededAtMs, ...token }] of state.refreshes) {
      const grant = grantAt(grantId);
      oauth.refreshes.set(value, { ...token, grant, supersededAtMs: supersededAtMs ?? undefined });
    }
    for (const realm of state.strangers) oauth.strangers.add(realm);
    return oauth;
  }
}
