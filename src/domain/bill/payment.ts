import { centsOn } from '../allocation.js';
import { roadOf } from '../books.js';
import type { BillFacts } from '../bill.js';
import {
  live,
  postedAs,
  payerOf,
  type DocumentKey,
  type Documents,
  type Foreign,
  type PostedDocument,
  type Step,
} from '../document.js';
import type { InvoiceIntent, PaymentIntent } from '../intent.js';
import { sumCents } from '../money.js';
import type { BillIntent } from './order.js';
import { countersIn } from './counter.js';
import { usesIn } from './credit.js';
import { documentsOf } from './own.js';
import type { Wishes } from './wish.js';

type Held = Extract<Step<BillIntent>, { do: 'wait' | 'park' }>;
type PostedPayment = PostedDocument<PaymentIntent>;

const isPayment = (posted: PostedDocument): posted is PostedPayment => posted.intent.document === 'payment';

/** Payments in the books that are used on an invoice; each is another aggregate's. */
function paymentsOn(documents: Documents, invoiceKey: DocumentKey): (Foreign & { cents: number })[] {
  return Object.entries(documents).flatMap(([key, posted]) => {
    if (!isPayment(posted) || !live(posted)) return [];
    const cents = centsOn(posted.intent.allocations, invoiceKey);
    return cents === 0 ? [] : [{ on: key, document: 'payment', of: payerOf(key), cents }];
  });
}

const centsOf = (payments: readonly { cents: number }[]): number =>
  sumCents(payments.map(({ cents }) => cents));

export const paidOn = (documents: Documents, invoiceKey: DocumentKey): number =>
  centsOf(paymentsOn(documents, invoiceKey));

/**
 * QuickBooks would take a payment off by itself where an invoice shrinks below it, goes, or changes its customer, and
 * the payment is another aggregate's. It makes way where what the bill leaves is enough for it; else the billing app
 * says first what becomes of it. One that is excluded makes way for nobody, and a person is asked.
 */
export function waitForPayments(facts: BillFacts, wishes: Wishes): Held | undefined {
  const { desired, documents, excludedPayments = [] } = facts;
  const own = documentsOf<InvoiceIntent>(documents, desired.billId, 'invoice').map(({ key }) => ({
    key,
    ...leftOf(key, documents, wishes),
  }));
  const leaves = Object.fromEntries(own.map(({ key, cents }) => [key, cents]));
  for (const { key, cents, why } of own) {
    const payments = paymentsOn(documents, key);
    if (centsOf(payments) <= cents) continue;
    const excluded = payments.filter(({ on }) => excludedPayments.includes(on));
    const [stays] = excluded;
    if (stays && centsOf(excluded) > cents) {
      const params = {
        payment: `${stays.of.type === 'payment' ? 'payment' : 'trust transaction'} ${stays.of.id}`,
      };
      const { cents: _cents, ...until } = stays;
      return { do: 'park', fault: 'excluded-payment-in-the-way', params, until };
    }
    const [first, ...others] = payments.map(({ cents: _cents, ...payment }) => payment);
    if (!first) continue;
    return {
      do: 'wait',
      ...first,
      why: `${named([first, ...others])} to be taken off bill ${desired.number}, ${why}`,
      ...(others.length > 0 && { also: others }),
      leaves,
    };
  }
  return undefined;
}

/**
 * Payments on an invoice that somebody has deleted, now that another one is in its place, and on one that stays under a
 * customer whom the bill has left: they do not know of it.
 */
export function leftBehind({ desired, documents, excludedPayments = [] }: BillFacts): {
  tells?: DocumentKey[];
} {
  const invoices = documentsOf<InvoiceIntent>(documents, desired.billId, 'invoice');
  const stranded = invoices.flatMap(({ key, posted }) =>
    paymentsOn(documents, key).filter(({ on }) => {
      const lies = postedAs<PaymentIntent>(documents, on)?.intent.allocations ?? [];
      return lies.some((one) => one.invoiceKey === key && one.invoiceQboId !== posted.qboId);
    }),
  );
  const kept = countersIn(documents, desired.billId)
    .filter(({ memo }) => invoices.some(({ posted }) => posted.intent.customerQboId !== memo.customerQboId))
    .flatMap(({ keptKey }) => paymentsOn(documents, keptKey));
  const tells = new Set([...stranded, ...kept].map(({ on }) => on));
  for (const on of excludedPayments) tells.delete(on);
  return tells.size === 0 ? {} : { tells: [...tells] };
}

/**
 * Payments that stay in a deposit come to more than this invoice may leave them, so that nothing it waits for would ever
 * come. Others, which may go yet, go first where all of it goes. Not where it changes its customer: what it was paid
 * would stay with the old one.
 */
export function isHeldByDeposits(facts: BillFacts, wishes: Wishes, key: DocumentKey): boolean {
  const { documents } = facts;
  const wish = wishes.invoices.find((one) => one.key === key)?.intent;
  const posted = postedAs<InvoiceIntent>(documents, key)?.intent;
  if (wish && wish.customerQboId !== posted?.customerQboId) return false;
  const payments = paymentsOn(documents, key);
  const staying = payments.filter(({ on }) => {
    const deposit = documents[on]?.deposit;
    return deposit !== undefined && (deposit.stays === true || roadOf(facts) === 'reverse');
  });
  if (!wish && staying.length < payments.length) return false;
  return centsOf(staying) > leftOf(key, documents, wishes).cents;
}

const named = (payments: readonly Foreign[]): string =>
  `${payments.length === 1 ? 'payment' : 'one of payments'} ${payments.map(({ of }) => of.id).join(', ')}`;

/** How much of an invoice payments may have once it is as it shall be. */
function leftOf(key: DocumentKey, documents: Documents, wishes: Wishes): { cents: number; why: string } {
  const wish = wishes.invoices.find((one) => one.key === key)?.intent;
  if (wish === undefined) return { cents: 0, why: 'which goes' };
  const held = postedAs<InvoiceIntent>(documents, key)?.intent.customerQboId;
  if (wish.customerQboId !== held) return { cents: 0, why: 'whose client has changed' };
  return { cents: wish.totalCents - creditedOn(wishes, key), why: 'which is less than was paid' };
}

const creditedOn = (wishes: Wishes, key: DocumentKey): number =>
  sumCents(
    usesIn(wishes)
      .flatMap(({ shares }) => shares)
      .filter(({ invoiceKey: on }) => on === key)
      .map(({ amountCents }) => amountCents),
  );
