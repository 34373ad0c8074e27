import type { Keyring } from '../codec/keyring.js';
import { openText, sealText } from '../codec/seal.js';
import type { Tokens } from './oauth.js';

export interface SealedTokens {
  accessToken: Buffer;
  accessExpiresAt: Date;
  refreshToken: Buffer;
  refreshExpiresAt: Date;
}

/** Tokens as they rest in Postgres: AES-256-GCM under the ring's current key, whose id goes with them. */
export function sealTokens(keyring: Keyring, tokens: Tokens): SealedTokens {
  return {
    ...tokens,
    accessToken: Buffer.from(sealText(keyring, tokens.accessToken)),
    refreshToken: Buffer.from(sealText(keyring, tokens.refreshToken)),
  };
}

/** Throws `SealError` when its key is no longer in the ring. */
export function openToken(keyring: Keyring, sealed: Buffer): string {
  return openText(keyring, sealed.toString());
}
