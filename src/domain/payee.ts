import type { ContactFacts, ContactSnapshot } from './contact.js';
import { live, postedAs, vendorKey, type Step } from './document.js';
import type { VendorIntent } from './intent.js';
import type { TrustTransactionSnapshot } from './trust-transaction.js';

/** More than this is not printed on a cheque (QuickBooks' documents: PrintOnCheckName, 100 characters). */
export const PAYEE_LENGTH = 100;

type Paid = Pick<TrustTransactionSnapshot, 'cheque' | 'payee' | 'client'>;

/** Who gets a cheque, where that is not the client: one contact for each name of a firm. Undefined for all others. */
export function payeeOf({ cheque, payee, client }: Paid): ContactSnapshot | undefined {
  if (cheque === undefined || payee === undefined || sameName(payee, client.name)) return undefined;
  const { address } = cheque;
  return {
    clientId: payeeId(payee),
    version: 1,
    name: payee,
    payee: { ...(address !== undefined && { address }) },
  };
}

/** As QuickBooks tells names apart: neither by capitals nor by how many spaces there are. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ');

const sameName = (one: string, other: string): boolean => folded(one) === folded(other);

const READABLE_LENGTH = 32;

/** No id that a billing app may give holds this sign. What can be read of the name comes before what tells it apart. */
export function payeeId(name: string): string {
  const same = folded(name);
  const readable = same.replaceAll(/[^a-z0-9]+/g, '-').slice(0, READABLE_LENGTH);
  return `payee~${readable}~${fingerprint(same)}`;
}

const BITS = 64;
const OFFSET = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;

/** FNV-1a, for there are no packages here: two of a firm's payees would have to agree in what can be read, too. */
function fingerprint(text: string): string {
  let hash = OFFSET;
  for (const character of text) {
    hash = BigInt.asUintN(BITS, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * PRIME);
  }
  return hash.toString(36);
}

/** A colon would read as a level of its own. */
const vendorName = (name: string): string => name.replaceAll(/\s*:\s*/g, ' - ').trim();

/** Pure and total: one vendor, made once. What a bookkeeper changes about it afterwards stays. */
export function planPayee({
  desired,
  documents,
}: Pick<ContactFacts, 'desired' | 'documents'>): Step<VendorIntent> {
  const { clientId, name, payee } = desired;
  const key = vendorKey(clientId);
  const posted = postedAs<VendorIntent>(documents, key);
  if (live(posted)) return { do: 'nothing' };
  if (posted && posted.decided !== true) {
    const fault = posted.removed === 'inactive' ? 'payee-inactive' : 'payee-gone';
    return { do: 'park', fault, params: { found: posted.intent.name, qboId: posted.qboId }, on: key };
  }
  const address = payee?.address;
  const intent: VendorIntent = {
    document: 'vendor',
    name: vendorName(name),
    ...(address !== undefined && { address }),
    mark: key,
  };
  return { do: 'write', key, action: 'create', intent };
}
