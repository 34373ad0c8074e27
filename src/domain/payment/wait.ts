import { invoiceKey, type Foreign } from '../document.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';

export const invoiceOf = (billId: string): Foreign => ({
  on: invoiceKey(billId),
  document: 'invoice',
  of: { type: 'bill', id: billId },
});

export const waitForInvoice = (billId: string, why: string): PaymentStep => ({
  do: 'wait',
  ...invoiceOf(billId),
  why,
});

/** A bill as a person knows it. */
export const nameOf = ({ bills }: Pick<PaymentFacts, 'bills'>, billId: string): string =>
  `bill ${bills[billId]?.number ?? billId}`;
