import { customerKey, postedAs, sameIntent, type Documents, type Step } from './document.js';
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
