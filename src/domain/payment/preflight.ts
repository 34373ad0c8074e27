import { invoicesOf, partOf } from '../allocation.js';
import { foreignCurrency } from '../company.js';
import { formatCents, sumCents } from '../money.js';
import type { PaidBill, PaymentFacts, PaymentStep } from '../payment.js';
import { lies } from './posted.js';
import { invoiceOf, nameOf, waitForInvoice } from './wait.js';

/** What can be told of a payment and its bills before QuickBooks is asked. */
export function preflight(facts: PaymentFacts): PaymentStep | undefined {
  const { desired, documents, bills, profile } = facts;
  const currency = foreignCurrency(desired.currency, profile);
  for (const { billId, amountCents } of desired.allocations) {
    const name = nameOf(facts, billId);
    const invoices = invoicesOf(documents, billId);
    if (invoices.some(({ intent }) => foreignCurrency(intent.currency, profile) !== currency)) {
      return { do: 'park', fault: 'currency-mixed', params: { bill: name }, until: invoiceOf(billId) };
    }
    const totalCents = sumCents(invoices.map(({ intent }) => intent.totalCents));
    const newestCents = newestOf(bills[billId]) ?? totalCents;
    const fits = amountCents <= totalCents;
    if (fits && (amountCents <= newestCents || amountCents <= partOf(lies(facts), billId))) continue;
    // The bill has grown and its invoice follows; then it is enough, by itself.
    if (amountCents <= newestCents) {
      return waitForInvoice(billId, `${name} to come to ${formatCents(amountCents)} in QuickBooks`);
    }
    if (fits) return waitForInvoice(billId, `the newest change of ${name} to be in QuickBooks`);
    return { do: 'park', fault: 'over-applied', params: { bill: name }, until: invoiceOf(billId) };
  }
  return undefined;
}

/** What the bill shall come to; undefined where it stays as it is in the books, or nothing is known of it. */
const newestOf = (bill: PaidBill | undefined): number | undefined =>
  bill === undefined || bill.excluded ? undefined : bill.state === 'void' ? 0 : bill.totalCents;
