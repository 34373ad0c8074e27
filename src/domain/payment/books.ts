import { closedDate, closedFor, roadOf } from '../books.js';
import { paymentKey } from '../document.js';
import type { JournalEntryIntent, PaymentIntent } from '../intent.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';

type Write = Extract<PaymentStep, { do: 'write' }>;

/** Only what is new may get another day: what is in closed books stays there. */
export const openPeriod = (facts: PaymentFacts) => ({
  closedThrough: facts.profile?.closedThrough,
  goesOn: roadOf(facts) === 'reverse',
});

const dateOf = (intent: PaymentIntent | JournalEntryIntent): string =>
  intent.document === 'payment' ? intent.receivedOn : intent.enteredOn;

export function waitForBooks(facts: PaymentFacts, step: Write): PaymentStep | undefined {
  const closedThrough = facts.profile?.closedThrough;
  if (closedThrough === undefined) return undefined;
  const date = closedDate(step, facts.documents, closedThrough, dateOf);
  const fault = step.action === 'create' ? 'closed-period' : faultOf(facts, step);
  return date === undefined ? undefined : closedFor(step, facts, { date, closedThrough }, fault);
}

/** A payment whose money went back can be left as it is. */
const faultOf = ({ desired: { paymentId, state } }: PaymentFacts, { key }: Write): string =>
  key === paymentKey(paymentId) && state !== 'received'
    ? 'closed-period-payment-returned'
    : 'closed-period-payment';
