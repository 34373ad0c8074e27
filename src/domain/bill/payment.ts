import { live, type DocumentKey, type Documents, type Foreign, type PostedDocument } from '../document.js';
import type { PaymentIntent } from '../intent.js';
import { sumCents } from '../money.js';

type PostedPayment = PostedDocument<PaymentIntent>;

const isPayment = (posted: PostedDocument): posted is PostedPayment => posted.intent.document === 'payment';

/** Payments in the books that are used on an invoice; each is another aggregate's. */
export function paymentsOn(
  documents: Documents,
  invoiceKey: DocumentKey,
): { key: DocumentKey; of: Foreign['of']; cents: number }[] {
  return Object.entries(documents).flatMap(([key, posted]) => {
    if (!isPayment(posted) || !live(posted)) return [];
    const cents = sumCents(
      posted.intent.allocations
        .filter((allocation) => allocation.invoiceKey === invoiceKey)
        .map(({ amountCents }) => amountCents),
    );
    return cents === 0 ? [] : [{ key, of: ownerOf(key), cents }];
  });
}

/** A payment's own aggregate, or the earned fee that it brings. */
const ownerOf = (key: DocumentKey): Foreign['of'] => ({
  type: key.startsWith('trust/') ? 'trustTransaction' : 'payment',
  id: key.split('/')[1] ?? '',
});

export const paidOn = (documents: Documents, invoiceKey: DocumentKey): number =>
  sumCents(paymentsOn(documents, invoiceKey).map(({ cents }) => cents));
