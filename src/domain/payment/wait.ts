import { invoiceKey, type Foreign } from '../document.js';
import type { PaymentStep } from '../payment.js';

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
