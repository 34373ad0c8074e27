import type { PaymentFacts } from '../payment.js';
import { billsOnTheMove } from './move.js';
import { postedOf } from './posted.js';

/**
 * One that was entered by hand, and that a person has taken as it is, is left so until the billing app says something new
 * of it, or one of its bills waits for it to make way.
 */
export function staysAsTaken(facts: PaymentFacts): boolean {
  const takenAs = postedOf(facts)?.intent.takenAs;
  if (takenAs === undefined || takenAs < facts.desired.version) return false;
  const isAwaited = Object.values(facts.bills).some(({ leaves }) => leaves !== undefined);
  return !isAwaited && billsOnTheMove(facts).length === 0;
}
