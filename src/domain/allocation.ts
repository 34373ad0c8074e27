import {
  billOf,
  interestKey,
  invoiceKey,
  isKept,
  live,
  postedAs,
  type DocumentKey,
  type Documents,
} from './document.js';
import type { AllocationIntent, InvoiceIntent, PaymentIntent } from './intent.js';
import { sumCents } from './money.js';
import { isUse } from './use.js';

/** A part of a payment that is meant for one bill. */
export interface Allocation {
  billId: string;
  amountCents: number;
}

/** The invoices of a bill that are in the books: its own, and that of its interest where it has one. */
export const invoicesOf = (documents: Documents, billId: string) =>
  [invoiceKey(billId), interestKey(billId)].flatMap((key) => {
    const invoice = live(postedAs<InvoiceIntent>(documents, key));
    return invoice ? [{ key, qboId: invoice.qboId, intent: invoice.intent }] : [];
  });

const byKey = (one: AllocationIntent, other: AllocationIntent): number =>
  one.invoiceKey < other.invoiceKey ? -1 : 1;

/** What is used on one invoice. */
export const centsOn = (allocations: readonly AllocationIntent[], key: DocumentKey): number =>
  sumCents(allocations.filter(({ invoiceKey }) => invoiceKey === key).map(({ amountCents }) => amountCents));

/** By invoice: what a bill that waits for payments leaves them of it. */
export type Leaves = Readonly<Record<DocumentKey, number>>;

/**
 * How the parts of a payment fall on invoices. A bill has one, unless its interest stands on another: then what is
 * open on the bill's own comes first. What was posted stays where it is as long as it comes to the same, unless the
 * bill waits for payments to make way and there is room for all of it. What there is no room for then is left out.
 */
export function allocate(
  wanted: readonly Allocation[],
  documents: Documents,
  ours: DocumentKey,
  leavesOf: (billId: string) => Leaves | undefined = () => undefined,
): AllocationIntent[] {
  const posted = liesOn(documents, ours);
  const allocated = wanted.flatMap((one) => allocateBill(one, documents, ours, posted, leavesOf(one.billId)));
  const stays = posted.filter(
    ({ invoiceKey: key }) => isKept(key) && !wanted.some(({ billId }) => billId === billOf(key)),
  );
  return [...allocated, ...stays].sort(byKey);
}

/** Where a payment lies in the books. */
export const liesOn = (documents: Documents, ours: DocumentKey): AllocationIntent[] =>
  live(postedAs<PaymentIntent>(documents, ours))?.intent.allocations ?? [];

/** What a payment has on invoices that stay in closed books; nothing of it can be moved. */
export const keptOn = (documents: Documents, ours: DocumentKey): AllocationIntent[] =>
  liesOn(documents, ours).filter((one) => isKept(one.invoiceKey));

/**
 * What is still to be brought to bills: what lies on an invoice that stays in closed books counts for its bill, or for
 * the one that replaces it, because the credit memo that took it back carries it on.
 */
export function lessKept(
  wanted: readonly Allocation[],
  kept: readonly AllocationIntent[],
  replaces: (billId: string) => string | undefined,
): Allocation[] {
  const left = new Map<string, number>();
  for (const one of kept) {
    left.set(billOf(one.invoiceKey), (left.get(billOf(one.invoiceKey)) ?? 0) + one.amountCents);
  }
  return wanted.flatMap((one) => {
    const former = replaces(one.billId);
    const carried = former === undefined ? 0 : Math.min(one.amountCents, left.get(former) ?? 0);
    if (former !== undefined) left.set(former, (left.get(former) ?? 0) - carried);
    const amountCents = one.amountCents - carried;
    return amountCents > 0 ? [{ ...one, amountCents }] : [];
  });
}

function allocateBill(
  { billId, amountCents }: Allocation,
  documents: Documents,
  ours: DocumentKey,
  posted: readonly AllocationIntent[],
  leaves: Leaves | undefined,
): AllocationIntent[] {
  const invoices = invoicesOf(documents, billId).map((one) => ({
    ...one,
    open: openCents(documents, ours, one.key, Math.min(one.intent.totalCents, leaves?.[one.key] ?? Infinity)),
  }));
  const held = posted.filter(({ invoiceKey }) => billOf(invoiceKey) === billId);
  const kept = held.filter((one) => isKept(one.invoiceKey));
  const stands = held.every(
    (one) =>
      isKept(one.invoiceKey) ||
      invoices.some(({ key, qboId }) => key === one.invoiceKey && qboId === one.invoiceQboId),
  );
  const left = Math.max(0, amountCents - sumCents(kept.map((one) => one.amountCents)));
  if (stands && held.length > 0 && sumCents(held.map((one) => one.amountCents)) === amountCents) {
    const isInTheWay = held.some(
      (one) => one.amountCents > (invoices.find(({ key }) => key === one.invoiceKey)?.open ?? Infinity),
    );
    const hasRoom = sumCents(invoices.map(({ open }) => open)) >= left;
    if (!leaves || !isInTheWay || !hasRoom) return held;
  }
  return [...kept, ...spread(left, invoices, leaves !== undefined)];
}

/** The first ones are filled first. The last one takes all that is left: too much is for others to say. */
function spread(
  cents: number,
  invoices: readonly { key: DocumentKey; qboId: string; open: number }[],
  noMore: boolean,
): AllocationIntent[] {
  let left = cents;
  return invoices.flatMap(({ key, qboId, open }, index) => {
    const part = !noMore && index === invoices.length - 1 ? left : Math.min(left, open);
    left -= part;
    return part > 0 ? [{ invoiceKey: key, invoiceQboId: qboId, amountCents: part }] : [];
  });
}

/** What others have left open of so much of an invoice, as far as it is ours to know. */
export function openCents(documents: Documents, ours: DocumentKey, key: DocumentKey, cents: number): number {
  const used = Object.entries(documents).map(([other, posted]) =>
    other !== ours && live(posted) && isUse(posted.intent) ? centsOn(posted.intent.allocations, key) : 0,
  );
  return Math.max(0, cents - sumCents(used));
}

/** How much of it is on one bill. */
export const partOf = (allocations: readonly AllocationIntent[], billId: string): number =>
  sumCents(
    allocations.filter((one) => billOf(one.invoiceKey) === billId).map(({ amountCents }) => amountCents),
  );

/** What stays of a posted payment when it is taken off every bill that it is no longer meant for. */
export function keep(posted: readonly AllocationIntent[], wanted: readonly Allocation[]): AllocationIntent[] {
  const left = new Map(wanted.map(({ billId, amountCents }) => [billId, amountCents]));
  return posted.flatMap((one) => {
    const billId = billOf(one.invoiceKey);
    const amountCents = isKept(one.invoiceKey)
      ? one.amountCents
      : Math.min(one.amountCents, left.get(billId) ?? 0);
    left.set(billId, (left.get(billId) ?? 0) - amountCents);
    return amountCents > 0 ? [{ ...one, amountCents }] : [];
  });
}
