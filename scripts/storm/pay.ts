import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { Paying } from './life.js';

/** The payments of a bill as it is now: together never more than is open of it, and off it when it is void. */
export function paymentsOf(
  payings: readonly Paying[],
  bill: BillSnapshot,
  stage: 'first' | 'last',
): PaymentSnapshot[] {
  let open = bill.state === 'void' ? 0 : openOf(bill);
  // One that is generated anew keeps the payments of the bill that it replaces.
  const paidFor = bill.replaces ?? bill.billId;
  return payings.map(({ cents, mistake }, index) => {
    const isDeleted = stage === 'last' && mistake;
    const amountCents = isDeleted ? 0 : Math.min(cents, open);
    open -= amountCents;
    return {
      firmId: bill.firmId,
      paymentId: `${paidFor}-P${index + 1}`,
      version: stage === 'first' ? 1 : 2,
      state: isDeleted ? 'deleted' : 'received',
      amountCents: cents,
      receivedOn: '2026-11-21',
      client: bill.client,
      allocations: amountCents > 0 ? [{ billId: bill.billId, amountCents }] : [],
    };
  });
}

export const totalOf = ({ lines }: BillSnapshot): number => sum(lines);

/** What credit notes and write-offs leave of it. */
const openOf = (bill: BillSnapshot): number => totalOf(bill) - creditedOf(bill);

export const creditedOf = ({ credits = [], writeOffs = [] }: BillSnapshot): number =>
  credits.reduce((all, { amountCents, appliedCents = amountCents }) => all + appliedCents, 0) +
  sum(writeOffs);

const sum = (amounts: readonly { amountCents: number }[]): number =>
  amounts.reduce((all, { amountCents }) => all + amountCents, 0);
