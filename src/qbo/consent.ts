import type { Keyring } from '../codec/keyring.js';
import { classify } from '../domain/fault/classify.js';
import { callQbo, QboError, QboUnreachable, type QboOptions } from './client.js';
import { authorizeUrl, exchangeCode, OauthError, type OauthConfig } from './oauth.js';
import { sealTokens, type SealedTokens } from './secret.js';

/** What came of a person's consent. `reason` is for people. */
export type Consented =
  | { kind: 'granted'; tokens: SealedTokens; preferences: Record<string, unknown> }
  | { kind: 'refused' | 'unreachable'; reason: string };

export interface Consent {
  authorizeUrl(state: string): string;
  /** `callbackUrl` is what the browser came back to, with its query. */
  complete(callbackUrl: string, realmId: string): Promise<Consented>;
}

export type ReadPreferences = (realmId: string, accessToken: string) => Promise<Record<string, unknown>>;

/** The connection of a company, from the page where a person agrees to tokens and the company's preferences. */
export function createConsent(
  oauth: OauthConfig,
  tokenKeys: Keyring,
  readPreferences: ReadPreferences,
): Consent {
  return {
    authorizeUrl: (state) => authorizeUrl(oauth, state),
    async complete(callbackUrl, realmId) {
      try {
        const tokens = await exchangeCode(oauth, callbackUrl);
        const preferences = await readPreferences(realmId, tokens.accessToken);
        return { kind: 'granted', tokens: sealTokens(tokenKeys, tokens), preferences };
      } catch (error) {
        if (error instanceof OauthError) {
          return { kind: error.kind === 'rejected' ? 'refused' : 'unreachable', reason: error.message };
        }
        if (error instanceof QboError) return { kind: kindOf(error), reason: error.message };
        if (error instanceof QboUnreachable) return { kind: 'unreachable', reason: error.message };
        throw error;
      }
    },
  };
}

function kindOf(error: QboError): 'refused' | 'unreachable' {
  const { entry } = classify(error.fault, { document: 'company', action: 'read' });
  return entry.kind === 'permanent' ? 'refused' : 'unreachable';
}

/** The company's settings, asked for once; what we post adapts to them. Throws `QboError` and `QboUnreachable`. */
export const preferencesReader =
  (options: QboOptions): ReadPreferences =>
  async (realmId, accessToken) => {
    const { json } = await callQbo(options, { method: 'GET', path: 'preferences', realmId, accessToken });
    const { Preferences } = json as { Preferences?: Record<string, unknown> };
    return Preferences ?? {};
  };
