import { planClientAccount, type ClientAccount } from './client-account.js';
import { foreignCurrency, type CompanyProfile } from './company.js';
import { clientName, matterName } from './customer-name.js';
import {
  customerKey,
  live,
  matterKey,
  postedAs,
  sameIntent,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type Step,
} from './document.js';
import type { AccountIntent, CustomerIntent, VendorIntent } from './intent.js';
import { planPayee } from './payee.js';

/** A client of the firm as the billing app knows it; in QuickBooks a customer, or a vendor where it is only paid. */
export interface ContactSnapshot {
  clientId: string;
  /** Only grows; an older or equal version is ignored. */
  version: number;
  name: string;
  email?: string;
  /** Set for who is no client and is paid by cheque; never sent by a billing app. */
  payee?: { address?: string };
}

/** A bill or payment, as far as it decides whom it stands under. */
export interface Billing<M = { matterId: string }> {
  client: Pick<ContactSnapshot, 'clientId'>;
  /** ISO 4217; absent = the company's own. */
  currency?: string;
  matters: readonly M[];
}

/** What of the firm's settings decides about customers. */
export interface ContactSettings {
  matters?: 'memo' | 'sub-customer';
}

/** One bill or payment of the client, with what its matters are called. */
export type NamedBilling = Billing<{ matterId: string; number: string; description: string }>;

/** All that a contact's plan depends on. */
export interface ContactFacts {
  desired: ContactSnapshot;
  excluded: boolean;
  documents: Documents;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
  settings?: ContactSettings;
  /** Its bills and payments that are meant for QuickBooks, the one taken in last at the end. Absent = one of its own. */
  billings?: readonly NamedBilling[];
  /** Accounts of its own that its client money is owed on. Absent = none. */
  clientAccounts?: readonly ClientAccount[];
}

/**
 * The document of the customer that a bill or payment stands under: the client's of that currency, or the one matter's
 * where the firm wants matters as sub-customers. Several matters, or none, go to the client.
 */
export function billedTo(
  { client: { clientId }, currency, matters }: Billing,
  settings: ContactSettings,
  profile?: CompanyProfile,
): DocumentKey {
  const foreign = foreignCurrency(currency, profile);
  const [matter, ...more] = matters;
  if (settings.matters !== 'sub-customer' || !matter || more.length > 0) {
    return customerKey(clientId, foreign);
  }
  return matterKey(clientId, matter.matterId, foreign);
}

/** A customer as it should be; `parent` is the key of the client's where it is a matter. */
interface Wish {
  key: DocumentKey;
  parent?: DocumentKey;
  intent: CustomerIntent;
  /** A bill or payment stands under it; otherwise it is only kept up to date if it is there. */
  needed: boolean;
}

/** Pure and total: what remains to be written for this client, its own customers before those of its matters. */
export function planContact(facts: ContactFacts): Step<CustomerIntent | VendorIntent | AccountIntent> {
  if (facts.excluded) return { do: 'nothing', excluded: true };
  if (facts.desired.payee) return planPayee(facts);
  for (const wish of wishes(facts)) {
    const step = stepFor(wish, facts.documents);
    if (step) return step;
  }
  const { desired, clientAccounts = [], documents, profile } = facts;
  return planClientAccount(desired, clientAccounts, documents, profile) ?? { do: 'nothing' };
}

function stepFor(wish: Wish, documents: Documents): Step<CustomerIntent> | undefined {
  const { key, needed } = wish;
  const posted = postedAs<CustomerIntent>(documents, key);
  if (!needed && !live(posted)) return undefined;
  const parent = wish.parent === undefined ? undefined : live(documents[wish.parent]);
  // A matter waits for its client, which comes before it in the list and is in somebody's hands then.
  if (wish.parent !== undefined && !parent) return undefined;
  const intent = { ...wish.intent, ...(parent && { parentQboId: parent.qboId }) };
  if (!posted) return { do: 'write', key, action: 'create', intent };
  // What a person decided about a customer that is gone is carried out by the write.
  if (posted.removed !== undefined) {
    return posted.decided ? { do: 'write', key, action: 'create', intent } : gone(key, posted);
  }
  const wanted = withClearedEmail(inKeptCurrency(intent, posted.intent), posted.intent);
  if (posted.decided !== true && sameIntent(keptEmail(posted.intent), wanted)) return undefined;
  return { do: 'write', key, action: 'update', intent: wanted };
}

function gone(
  key: DocumentKey,
  { qboId, intent, removed }: PostedDocument<CustomerIntent>,
): Step<CustomerIntent> {
  const fault = removed === 'inactive' ? 'contact-inactive' : 'contact-gone';
  return { do: 'park', fault, on: key, params: { id: qboId, found: intent.name } };
}

/** A currency is for ever: what was made without naming one is never given one. */
function inKeptCurrency(wish: CustomerIntent, { currency }: CustomerIntent): CustomerIntent {
  const { currency: _wished, ...rest } = wish;
  return currency === undefined ? rest : { ...rest, currency };
}

/** An address that was ours and is no longer wished is taken away; one that never was is not ours to touch. */
function withClearedEmail(wish: CustomerIntent, posted: CustomerIntent): CustomerIntent {
  return wish.email === undefined && posted.email ? { ...wish, email: '' } : wish;
}

/** Once taken away, what stands there later is somebody else's. */
function keptEmail({ email, ...rest }: CustomerIntent): CustomerIntent {
  return email ? { ...rest, email } : rest;
}

function wishes({ desired, documents, profile, settings = {}, billings }: ContactFacts): Wish[] {
  const { clientId, name, email } = desired;
  // A company with several currencies wants one named on each customer, its own too.
  const home = profile?.multiCurrency ? profile.homeCurrency : undefined;
  const named = (currency = home) => (currency === undefined ? {} : { currency });
  const needed = new Set<DocumentKey>();
  const matters = new Map<DocumentKey, Wish>();
  const foreign = new Set<string>();
  for (const billing of billings ?? [{ client: { clientId }, matters: [] }]) {
    const currency = foreignCurrency(billing.currency, profile);
    // Such a bill is parked itself: QuickBooks would make its customer in the company's own currency.
    if (currency !== undefined && profile?.multiCurrency !== true) continue;
    if (currency !== undefined) foreign.add(currency);
    const key = billedTo(billing, settings, profile);
    const parent = customerKey(clientId, currency);
    needed.add(key).add(parent);
    for (const matter of billing.matters) {
      // Also that of a bill over several matters: it may bring the new name of one that has a customer.
      const matterDocument = matterKey(clientId, matter.matterId, currency);
      const intent: CustomerIntent = {
        document: 'customer',
        name: matterName(matter, currency),
        ...named(currency),
        mark: matterDocument,
      };
      matters.set(matterDocument, { key: matterDocument, parent, intent, needed: false });
    }
  }
  const own = `${customerKey(clientId)}/`;
  for (const key of Object.keys(documents)) if (key.startsWith(own)) foreign.add(key.slice(own.length));
  const customers = [undefined, ...[...foreign].sort()].map((currency): Wish => {
    const key = customerKey(clientId, currency);
    const intent: CustomerIntent = {
      document: 'customer',
      name: clientName(name, currency),
      ...(email !== undefined && { email }),
      ...named(currency),
      mark: key,
    };
    return { key, intent, needed: needed.has(key) };
  });
  const subCustomers = [...matters.values()].map((wish) => ({ ...wish, needed: needed.has(wish.key) }));
  return [...customers, ...subCustomers];
}
