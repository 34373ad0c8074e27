import { foreignCurrency } from '../company.js';
import { takenDay } from '../day.js';
import type { FirmSettings } from '../firm.js';
import type { AllocationIntent, PaymentIntent } from '../intent.js';
import type { PaymentFacts, PaymentSnapshot } from '../payment.js';
import { remap, remapKey } from '../reference.js';
import { openPeriod } from './books.js';
import { oursOf, postedOf } from './posted.js';

/** Longest reference QuickBooks takes (its documents: PaymentRefNum, 21 characters). */
const REFERENCE_LENGTH = 21;

/** The payment as it shall be, under this customer and applied so. */
export function paymentIntent(
  facts: PaymentFacts,
  customerQboId: string,
  allocations: AllocationIntent[],
): PaymentIntent {
  const { desired } = facts;
  const posted = postedOf(facts)?.intent;
  const held = posted && { ...posted, on: posted.receivedOn };
  const { on: receivedOn, ...moved } = takenDay(desired.receivedOn, held, openPeriod(facts));
  const { remapped = {} } = facts;
  const terms = remap(posted?.terms ?? termsOf(facts.settings), remapped);
  const currency = foreignCurrency(desired.currency, facts.profile);
  const { account } = desired;
  const accountId =
    account === undefined
      ? terms.depositAccountId
      : (remapped[remapKey({ list: 'Account', id: account })] ?? account);
  const methodId = desired.method === undefined ? undefined : terms.paymentMethods?.[desired.method];
  return {
    document: 'payment',
    customerQboId,
    receivedOn,
    ...moved,
    amountCents: desired.amountCents,
    allocations,
    terms,
    mark: oursOf(facts),
    ...(currency !== undefined && { currency }),
    ...(currency !== undefined &&
      desired.exchangeRate !== undefined && { exchangeRate: desired.exchangeRate }),
    // The end tells references apart; the whole of it stands in the note.
    ...(desired.reference !== undefined && { reference: desired.reference.slice(-REFERENCE_LENGTH).trim() }),
    ...(methodId !== undefined && { methodId }),
    ...(accountId !== undefined && { accountId }),
    ...noteOf(desired, methodId),
    ...(posted?.heldInId !== undefined && { heldInId: posted.heldInId }),
  };
}

/** Settings that an edit of a posted payment keeps. */
const termsOf = ({ depositAccountId, paymentMethods }: FirmSettings): PaymentIntent['terms'] => ({
  ...(depositAccountId !== undefined && { depositAccountId }),
  ...(paymentMethods !== undefined && { paymentMethods }),
});

/** What has no field of its own in QuickBooks: a method that is not on its list, a reference that is too long. */
function noteOf(
  { method, reference = '' }: PaymentSnapshot,
  methodId: string | undefined,
): { memo?: string } {
  const words = [
    ...(method !== undefined && methodId === undefined ? [method] : []),
    ...(reference.length > REFERENCE_LENGTH ? [reference] : []),
  ];
  return words.length === 0 ? {} : { memo: words.join(', ') };
}
