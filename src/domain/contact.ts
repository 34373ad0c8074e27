import { customerKey, sameIntent, type CustomerIntent, type PostedDocument, type Step } from './document.js';

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
  posted?: PostedDocument<CustomerIntent>;
}

/** Pure and total: what remains to be written for this client. */
export function planContact(facts: ContactFacts): Step<CustomerIntent> {
  const { desired, posted } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  const key = customerKey(desired.clientId);
  const intent: CustomerIntent = {
    document: 'customer',
    name: desired.name,
    ...(desired.email !== undefined && { email: desired.email }),
    mark: key,
  };
  if (posted && sameIntent(posted.intent, intent)) return { do: 'nothing' };
  return { do: 'write', key, action: posted ? 'update' : 'create', intent };
}
