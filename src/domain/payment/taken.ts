import type { PaymentFacts } from '../payment.js';
import { billsOnTheMove } from './move.js';
import { isKept, live } from '../document.js';
import { lies, postedOf } from './posted.js';

/**
 * One that was entered by hand, and that a person has taken as it is, is left so until the billing app says something new
 * of it, or one of its bills waits for it to make way.
 */
export function staysAsTaken(facts: PaymentFacts): boolean {
  const takenAs = postedOf(facts)?.intent.takenAs;
  if (takenAs === undefined || takenAs < facts.desired.version) return false;
  // Somebody has deleted the invoice that it lay on, and another one is in its place.
  const isLeftBehind = lies(facts).some(({ invoiceKey: key, invoiceQboId }) => {
    const invoice = isKept(key) ? undefined : live(facts.documents[key]);
    return invoice !== undefined && invoice.qboId !== invoiceQboId;
  });
  const isAwaited = isLeftBehind || Object.values(facts.bills).some(({ leaves }) => leaves !== undefined);
  return !isAwaited && billsOnTheMove(facts).length === 0;
}
