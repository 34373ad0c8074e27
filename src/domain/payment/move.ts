import { billedTo } from '../contact.js';
import { invoicesOf } from '../allocation.js';
import { billOf, isKept, live } from '../document.js';
import type { PaymentFacts } from '../payment.js';
import { lies } from './posted.js';

/**
 * Bills of this payment whose client or matter has changed, and of which an invoice has yet to follow: QuickBooks takes every
 * payment off an invoice that goes to another customer.
 */
export function billsOnTheMove({ desired, documents, bills, profile }: PaymentFacts): string[] {
  return desired.allocations
    .map(({ billId }) => billId)
    .filter((billId) => {
      const bill = bills[billId];
      const invoices = invoicesOf(documents, billId);
      const [first] = invoices;
      if (bill?.billing === undefined || bill.excluded || bill.state === 'void' || !first) return false;
      const matters = bill.newMatters ?? first.intent.terms.matters;
      const wished = live(documents[billedTo(bill.billing, { ...(matters && { matters }) }, profile)]);
      return wished !== undefined && invoices.some(({ intent }) => intent.customerQboId !== wished.qboId);
    });
}

/**
 * Those that this payment lies on, and that wait for just that: it makes way, and follows them. So it does where another
 * of its bills has gone there already, for it cannot stand under two customers.
 */
export function billsToLeave(facts: PaymentFacts): string[] {
  const { desired, documents, bills } = facts;
  const customers = desired.allocations.flatMap(({ billId }) =>
    invoicesOf(documents, billId).map(({ intent }) => intent.customerQboId),
  );
  const isParted = new Set(customers).size > 1;
  return billsOnTheMove(facts).filter(
    (billId) => (isParted || bills[billId]?.leaves !== undefined) && liesOnBill(facts, billId),
  );
}

const liesOnBill = (facts: PaymentFacts, billId: string): boolean =>
  lies(facts).some(({ invoiceKey: key }) => !isKept(key) && billOf(key) === billId);

/** One that this payment has left, and that has not moved yet. */
export const billToFollow = (facts: PaymentFacts): string | undefined =>
  billsOnTheMove(facts).find((billId) => !liesOnBill(facts, billId));
