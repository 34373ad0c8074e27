import { live, postedAs } from '../document.js';
import type { LockPolicy } from '../firm.js';
import type { JournalEntryIntent, PaymentIntent } from '../intent.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';

type Write = Extract<PaymentStep, { do: 'write' }>;

/** What is done where books are closed: as a person chose for this one payment, else as the firm has set. */
const roadOf = ({ lockChoice, settings }: PaymentFacts): LockPolicy => lockChoice ?? settings.locked ?? 'ask';

/** Only what is new may get another day: what is in closed books stays there. */
export const openPeriod = (facts: PaymentFacts) => ({
  closedThrough: facts.profile?.closedThrough,
  goesOn: roadOf(facts) === 'reverse',
});

const dateOf = (intent: PaymentIntent | JournalEntryIntent): string =>
  intent.document === 'payment' ? intent.receivedOn : intent.enteredOn;

/** QuickBooks takes nothing into closed books, out of them, or within them. */
export function waitForBooks(facts: PaymentFacts, { key, action, intent }: Write): PaymentStep | undefined {
  const closedThrough = facts.profile?.closedThrough;
  if (closedThrough === undefined) return undefined;
  const held = live(postedAs<PaymentIntent | JournalEntryIntent>(facts.documents, key))?.intent;
  const dates = [...(held ? [dateOf(held)] : []), ...(action === 'delete' ? [] : [dateOf(intent)])];
  const date = dates.find((one) => one <= closedThrough);
  if (date === undefined) return undefined;
  if (roadOf(facts) === 'wait') {
    const why = `the books, closed through ${closedThrough}, to be open for ${date}`;
    return { do: 'wait-for-books', closedThrough, why };
  }
  const fault = action === 'create' ? 'closed-period' : 'closed-period-payment';
  return { do: 'park', fault, params: { date, closedThrough }, readsProfile: true, on: key };
}
