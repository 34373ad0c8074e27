import { type JsonWebKey, type KeyObject, createHash, createSign, generateKeyPairSync } from 'node:crypto';

/** The issuer is Intuit's own whatever host answers, because clients compare it with that. */
export const ISSUER = 'https://oauth.platform.intuit.com/op/v1';

/** Who connects, always the same person. */
export const SUBJECT = '2f8fd5a1-2b7a-4c35-9d5e-0a5c1e6f7d42';

const LIFETIME_SECONDS = 3600;

interface Key {
  readonly privateKey: KeyObject;
  readonly publicKey: JsonWebKey;
  readonly kid: string;
}

export interface Claims {
  readonly clientId: string;
  readonly realm: string;
  readonly consentedAtMs: number;
  readonly nowMs: number;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Signs who somebody is. The key is made when it is first needed, because that takes longer than all the rest. */
export class Identity {
  private made: Key | undefined;

  private get key(): Key {
    if (this.made === undefined) {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const jwk = publicKey.export({ format: 'jwk' });
      const kid = createHash('sha256')
        .update(jwk.n ?? '')
        .digest('base64url')
        .slice(0, 22);
      this.made = { privateKey, publicKey: jwk, kid };
    }
    return this.made;
  }

  /** What a client checks tokens with. */
  keys(): unknown {
    const { kid, publicKey } = this.key;
    return { keys: [{ kty: 'RSA', e: publicKey.e, use: 'sig', kid, alg: 'RS256', n: publicKey.n }] };
  }

  /** A signed token, by RS256. */
  token({ clientId, realm, consentedAtMs, nowMs }: Claims): string {
    const issuedAt = Math.floor(nowMs / 1000);
    const payload = {
      sub: SUBJECT,
      aud: [clientId],
      realmid: realm,
      auth_time: Math.floor(consentedAtMs / 1000),
      iss: ISSUER,
      exp: issuedAt + LIFETIME_SECONDS,
      iat: issuedAt,
    };
    const signed = `${encode({ kid: this.key.kid, alg: 'RS256' })}.${encode(payload)}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(this.key.privateKey, 'base64url');
    return `${signed}.${signature}`;
  }
}

/** Where everything is, told by the host that was asked. */
export function discovery(origin: string): unknown {
  return {
    issuer: ISSUER,
    authorization_endpoint: `${origin}/connect/oauth2`,
    token_endpoint: `${origin}/oauth2/v1/tokens/bearer`,
    userinfo_endpoint: `${origin}/v1/openid_connect/userinfo`,
    revocation_endpoint: `${origin}/v2/oauth2/tokens/revoke`,
    jwks_uri: `${origin}/op/v1/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: [
      'openid',
      'email',
      'profile',
      'address',
      'phone',
      'com.intuit.quickbooks.accounting',
      'com.intuit.quickbooks.payment',
    ],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'exp', 'iat', 'iss', 'realmid', 'sub', 'auth_time'],
  };
}
