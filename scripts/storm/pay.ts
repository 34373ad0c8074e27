import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { Paying } from './life.js';

/** The payments of a bill as it is now: together never more than the bill, and off it when it is void. */
export function paymentsOf(
  payings: readonly Paying[],
  bill: BillSnapshot,
  stage: 'first' | 'last',
): PaymentSnapshot[] {
  let open = bill.state === 'void' ? 0 : totalOf(bill);
  return payings.map(({ cents, mistake }, index) => {
    const isDeleted = stage === 'last' && mistake;
    const amountCents = isDeleted ? 0 : Math.min(cents, open);
    open -= amountCents;
    return {
      firmId: bill.firmId,
      paymentId: `${bill.billId}-P${index + 1}`,
      version: stage === 'first' ? 1 : 2,
      state: isDeleted ? 'deleted' : 'received',
      amountCents: cents,
      receivedOn: '2026-11-21',
      client: bill.client,
      allocations: amountCents > 0 ? [{ billId: bill.billId, amountCents }] : [],
    };
  });
}

export const totalOf = ({ lines }: BillSnapshot): number =>
  lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
