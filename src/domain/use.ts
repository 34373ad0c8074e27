import type { AllocationIntent, Intent } from './intent.js';
import { sumCents } from './money.js';

/** What uses money on invoices: a payment, or the use of a credit. */
export type Use = Extract<Intent, { allocations: AllocationIntent[] }>;

export const isUse = (intent: Intent): intent is Use =>
  intent.document === 'payment' || intent.document === 'application';

/**
 * QuickBooks' ids of the invoices and the credit memo of which more, less or nothing any more is used: it counts that as
 * a change of each of them. Seen of a payment that is made; taken to be so of one that is changed or goes, because the
 * invoice changes as well.
 */
export function changedBy(before: Use | undefined, after: Use | undefined): string[] {
  const [was, is] = [usedBy(before), usedBy(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
}

function usedBy(use: Use | undefined): Map<string, number> {
  const used = new Map(
    (use?.allocations ?? []).map(({ invoiceQboId, amountCents }) => [invoiceQboId, amountCents]),
  );
  if (use?.document !== 'application') return used;
  return used.set(use.creditQboId, sumCents(use.allocations.map(({ amountCents }) => amountCents)));
}
