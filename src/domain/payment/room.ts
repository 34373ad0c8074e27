import { centsOn, invoicesOf, type Allocation } from '../allocation.js';
import { live, payerOf, type DocumentKey } from '../document.js';
import { sumCents } from '../money.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';
import { isUse } from '../use.js';
import { oursOf } from './posted.js';
import { nameOf, waitForInvoice } from './wait.js';

/** Another payment that lies on a bill of this one. */
export interface Rival {
  state: 'received' | 'bounced' | 'refunded' | 'deleted';
  excluded: boolean;
  /** Its money went back, and yet it stays where it lies: an entry of its own says so. */
  reversed?: boolean;
  /** What it is meant for by now. */
  allocations: Allocation[];
}

/**
 * Where others of ours still take the room that this payment is meant to have: behind the payment that makes way, or
 * behind the bill's invoices where the bill comes to more than those. Otherwise QuickBooks says whether it is too much.
 */
export function waitForRoom(facts: PaymentFacts): PaymentStep | undefined {
  const { desired, documents, bills } = facts;
  for (const { billId, amountCents } of desired.allocations) {
    const invoices = invoicesOf(documents, billId);
    const keys = invoices.map(({ key }) => key);
    const totalCents = sumCents(invoices.map(({ intent }) => intent.totalCents));
    const used = usesOf(facts, keys);
    const usedCents = sumCents(used.map(({ cents }) => cents));
    if (usedCents === 0 || usedCents + amountCents <= totalCents) continue;
    const name = nameOf(facts, billId);
    const leaving = used.find(
      ({ paymentId, cents }) => !isReversed(facts, paymentId) && cents > meantCents(facts, paymentId, billId),
    );
    if (leaving?.paymentId !== undefined) {
      const { key, paymentId: id } = leaving;
      const of = { type: 'payment', id } as const;
      return { do: 'wait', on: key, document: 'payment', of, why: `payment ${id} to be taken off ${name}` };
    }
    if (usedCents + amountCents > (bills[billId]?.totalCents ?? 0)) continue;
    return waitForInvoice(billId, `all invoices of ${name} to be in QuickBooks`);
  }
  return undefined;
}

interface Use {
  key: DocumentKey;
  /** Absent for the use of a credit, and for an earned fee. */
  paymentId?: string;
  cents: number;
}

function usesOf(facts: PaymentFacts, on: readonly DocumentKey[]): Use[] {
  return Object.entries(facts.documents).flatMap(([key, posted]) => {
    const { intent } = posted;
    if (key === oursOf(facts) || !live(posted)) return [];
    if (!isUse(intent)) return [];
    const cents = sumCents(on.map((one) => centsOn(intent.allocations, one)));
    if (cents === 0) return [];
    const { type, id } = payerOf(key);
    const isPayment = intent.document === 'payment' && type === 'payment';
    return [{ key, cents, ...(isPayment && { paymentId: id }) }];
  });
}

/** What it will have of the bill; of one that a person excludes, all that it has. */
function meantCents({ rivals = {} }: PaymentFacts, paymentId: string | undefined, billId: string): number {
  const rival = paymentId === undefined ? undefined : rivals[paymentId];
  if (!rival || rival.excluded) return Number.POSITIVE_INFINITY;
  if (rival.state !== 'received') return 0;
  return sumCents(
    rival.allocations.filter((one) => one.billId === billId).map(({ amountCents }) => amountCents),
  );
}

const isReversed = ({ rivals = {} }: PaymentFacts, paymentId: string | undefined): boolean =>
  paymentId !== undefined && rivals[paymentId]?.reversed === true;

/** A payment whose money went back takes room on this bill for good: what comes after it stays with the client. */
export const isTakenFor = (facts: PaymentFacts, billId: string): boolean =>
  usesOf(
    facts,
    invoicesOf(facts.documents, billId).map(({ key }) => key),
  ).some(({ paymentId }) => isReversed(facts, paymentId));
