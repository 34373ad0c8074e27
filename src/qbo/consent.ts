import type { Keyring } from '../codec/keyring.js';
import { classify } from '../domain/fault/classify.js';
import type { CompanyProfile } from '../domain/company.js';
import { callQbo, QboError, QboUnreachable, type QboOptions } from './client.js';
import { authorizeUrl, exchangeCode, OauthError, type OauthConfig } from './oauth.js';
import { profileRequests, readProfile, readReceivables } from './profile.js';
import { sealTokens, type SealedTokens } from './secret.js';

/** What came of a person's consent. `reason` is for people. */
export type Consented =
  | { kind: 'granted'; tokens: SealedTokens; profile: CompanyProfile }
  | { kind: 'refused' | 'unreachable'; reason: string };

export interface Consent {
  authorizeUrl(state: string): string;
  /** `callbackUrl` is what the browser came back to, with its query. */
  complete(callbackUrl: string, realmId: string): Promise<Consented>;
}

export type ReadProfile = (realmId: string, accessToken: string) => Promise<CompanyProfile>;

/** The connection of a company, from the page where a person agrees to tokens and the company's profile. */
export function createConsent(oauth: OauthConfig, tokenKeys: Keyring, profile: ReadProfile): Consent {
  return {
    authorizeUrl: (state) => authorizeUrl(oauth, state),
    async complete(callbackUrl, realmId) {
      try {
        const tokens = await exchangeCode(oauth, callbackUrl);
        return {
          kind: 'granted',
          tokens: sealTokens(tokenKeys, tokens),
          profile: await profile(realmId, tokens.accessToken),
        };
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
export const profileReader =
  (options: QboOptions): ReadProfile =>
  async (realmId, accessToken) => {
    const requests = profileRequests(realmId);
    const preferences = await callQbo(options, { ...requests.preferences, realmId, accessToken });
    const companyInfo = await callQbo(options, { ...requests.companyInfo, realmId, accessToken });
    const accounts = await callQbo(options, { ...requests.receivables, realmId, accessToken });
    const profile = readProfile(preferences.json, companyInfo.json);
    return { ...profile, ...readReceivables(accounts.json, profile) };
  };
