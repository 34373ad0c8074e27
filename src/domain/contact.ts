import { foreignCurrency, type CompanyProfile } from './company.js';
import {
  customerKey,
  matterKey,
  postedAs,
  sameIntent,
  type DocumentKey,
  type Documents,
  type Step,
} from './document.js';
import type { CustomerIntent } from './intent.js';

/** A client of the firm as the billing app knows it; in QuickBooks a customer. */
export interface ContactSnapshot {
  clientId: string;
  /** Only grows; an older or equal version is ignored. */
  version: number;
  name: string;
  email?: string;
}

/** All that a contact's plan depends on. */
export interface ContactFacts {
  desired: ContactSnapshot;
  excluded: boolean;
  documents: Documents;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
}

/** A bill or payment, as far as it decides whom it stands under. */
export interface Billing {
  client: Pick<ContactSnapshot, 'clientId'>;
  /** ISO 4217; absent = the company's own. */
  currency?: string;
  matters: readonly { matterId: string }[];
}

/**
 * The document of the customer that a bill or payment stands under: the client's of that currency, or the one matter's
 * where the firm wants matters as sub-customers. Several matters, or none, go to the client.
 */
export function billedTo(
  { client: { clientId }, currency, matters }: Billing,
  settings: { matters?: 'memo' | 'sub-customer' },
  profile?: CompanyProfile,
): DocumentKey {
  const foreign = foreignCurrency(currency, profile);
  const [matter, ...more] = matters;
  if (settings.matters !== 'sub-customer' || !matter || more.length > 0) {
    return customerKey(clientId, foreign);
  }
  return matterKey(clientId, matter.matterId, foreign);
}

/** Pure and total: what remains to be written for this client. */
export function planContact(facts: ContactFacts): Step<CustomerIntent> {
  const { desired } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  const key = customerKey(desired.clientId);
  const intent: CustomerIntent = {
    document: 'customer',
    name: desired.name,
    ...(desired.email !== undefined && { email: desired.email }),
    mark: key,
  };
  const posted = postedAs<CustomerIntent>(facts.documents, key);
  if (posted && sameIntent(posted.intent, intent)) return { do: 'nothing' };
  return { do: 'write', key, action: posted ? 'update' : 'create', intent };
}
