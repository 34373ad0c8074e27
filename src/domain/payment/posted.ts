import { liesOn } from '../allocation.js';
import { live, paymentKey, postedAs, type DocumentKey, type PostedDocument } from '../document.js';
import type { AllocationIntent, PaymentIntent } from '../intent.js';
import type { PaymentFacts } from '../payment.js';

type Seen = Pick<PaymentFacts, 'desired' | 'documents'>;

/** The key of this payment. */
export const oursOf = ({ desired }: Pick<Seen, 'desired'>): DocumentKey => paymentKey(desired.paymentId);

/** What is in the books of it. */
export const postedOf = (facts: Seen): PostedDocument<PaymentIntent> | undefined =>
  live(postedAs<PaymentIntent>(facts.documents, oursOf(facts)));

/** Where it lies. */
export const lies = (facts: Seen): AllocationIntent[] => liesOn(facts.documents, oursOf(facts));
