import { DEFAULT_PROFILE } from '../company.js';
import { takenDay } from '../day.js';
import { isKept, live, postedAs, reversalKey } from '../document.js';
import type { JournalEntryIntent } from '../intent.js';
import { roadOf } from '../books.js';
import { openPeriod } from './books.js';
import { depositOf } from './deposit.js';
import { postedOf } from './posted.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';

/** Longest number QuickBooks takes (its documents: DocNumber, 21 characters). */
const NUMBER_LENGTH = 21;

const WHAT = { bounced: 'Bounced', refunded: 'Refunded', deleted: 'Entered by mistake' } as const;

/**
 * The payment itself cannot be changed, and is left on its bills: the entry alone says that its money is not there. Once
 * made it stays so.
 */
export function isReversedAsItLies(facts: PaymentFacts): boolean {
  const { desired, documents, profile } = facts;
  const payment = postedOf(facts)?.intent;
  if (!payment) return false;
  const isReversed = live(documents[reversalKey(desired.paymentId)]) !== undefined;
  if (isReversed && payment.allocations.some(({ invoiceKey }) => !isKept(invoiceKey))) return true;
  const isClosed = payment.receivedOn <= (profile?.closedThrough ?? '');
  return roadOf(facts) === 'reverse' && (isClosed || depositOf(facts)?.accountId !== undefined);
}

/**
 * Takes the money out of the account that it is in and makes the client owe it again, on the day it went back. Undefined:
 * there is no payment.
 */
export function reversalIntent(facts: PaymentFacts): JournalEntryIntent | PaymentStep | undefined {
  const { desired, documents, profile = DEFAULT_PROFILE } = facts;
  const posted = postedOf(facts);
  if (!posted) return undefined;
  const { intent: payment, deposit } = posted;
  const receivableAccountId = profile.receivables?.[payment.currency ?? profile.homeCurrency];
  const paidInto = deposit?.accountId ?? payment.accountId ?? payment.heldInId;
  if (receivableAccountId === undefined || paidInto === undefined) {
    return {
      do: 'park',
      fault: 'receivable-account-unknown',
      params: {},
      needsCompany: true,
      readsProfile: true,
    };
  }
  const { paymentId, state, reference, reversedOn = desired.receivedOn } = desired;
  const what = state === 'received' ? WHAT.bounced : WHAT[state];
  const description = `${what}: payment ${reference ?? paymentId} of ${desired.receivedOn}`;
  const { amountCents, currency, exchangeRate, customerQboId } = payment;
  const entry = live(postedAs<JournalEntryIntent>(documents, reversalKey(paymentId)))?.intent;
  const held = entry && { ...entry, on: entry.enteredOn };
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
