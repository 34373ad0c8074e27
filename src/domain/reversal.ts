import { DEFAULT_PROFILE } from './company.js';
import { takenDay } from './day.js';
import { live, postedAs, reversalKey } from './document.js';
import type { JournalEntryIntent, PaymentIntent } from './intent.js';
import { openPeriod } from './payment/books.js';
import type { PaymentFacts, PaymentStep } from './payment.js';

/** Longest number QuickBooks takes (its documents: DocNumber, 21 characters). */
const NUMBER_LENGTH = 21;

const WHAT = { bounced: 'Bounced', refunded: 'Refunded' } as const;

/** Takes the money out of the account it was paid into and makes the client owe it again, on the day it went back. */
export function reversalIntent(
  facts: PaymentFacts,
  payment: PaymentIntent,
): JournalEntryIntent | PaymentStep {
  const { desired, documents, profile = DEFAULT_PROFILE } = facts;
  const receivableAccountId = profile.receivables?.[payment.currency ?? profile.homeCurrency];
  const paidInto = payment.accountId ?? payment.heldInId;
  if (receivableAccountId === undefined || paidInto === undefined) {
    return {
      do: 'park',
      fault: 'receivable-account-unknown',
      params: {},
      needsCompany: true,
      readsProfile: true,
    };
  }
  const { paymentId, state, reference, reversedOn = desired.receivedOn, amountCents } = desired;
  const what = state === 'refunded' ? WHAT.refunded : WHAT.bounced;
  const description = `${what}: payment ${reference ?? paymentId} of ${desired.receivedOn}`;
  const { currency, exchangeRate, customerQboId } = payment;
  const posted = live(postedAs<JournalEntryIntent>(documents, reversalKey(paymentId)))?.intent;
  const held = posted && { ...posted, on: posted.enteredOn };
  const { on: enteredOn, ...moved } = takenDay(reversedOn, held, openPeriod(facts));
  return {
    document: 'journal-entry',
    number: `R-${paymentId}`.slice(0, NUMBER_LENGTH),
    enteredOn,
    ...moved,
    memo: description,
    lines: [
      { side: 'debit', accountId: receivableAccountId, amountCents, description, customerQboId },
      { side: 'credit', accountId: paidInto, amountCents, description },
    ],
    mark: reversalKey(paymentId),
    ...(currency !== undefined && { currency }),
    ...(exchangeRate !== undefined && { exchangeRate }),
  };
}
