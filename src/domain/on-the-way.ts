import {
  isRemoval,
  live,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type WriteAction,
} from './document.js';
import type { AllocationIntent, Intent } from './intent.js';
import { isUse } from './use.js';

/** Writes of other aggregates whose outcome is not known yet, by document. */
export type OnTheWay = Readonly<Record<DocumentKey, { action: WriteAction; intent: Intent }>>;

/**
 * The books at their tightest, whichever of these writes QuickBooks has carried out by now: an invoice has no more room
 * than before and after, none where it goes or changes its customer, and a payment or the use of a credit lies where it lay and where it goes.
 */
export function tightest(documents: Documents, onTheWay: OnTheWay = {}): Documents {
  const tight: Record<DocumentKey, PostedDocument> = { ...documents };
  for (const [key, { action, intent }] of Object.entries(onTheWay)) {
    const posted = live(documents[key]);
    if (posted) tight[key] = { ...posted, intent: tighter(posted.intent, action, intent) };
    else if (isUse(intent)) tight[key] = { intent, qboId: '', syncToken: '' };
  }
  return tight;
}

function tighter(before: Intent, action: WriteAction, after: Intent): Intent {
  if (before.document === 'invoice' && after.document === 'invoice') {
    const goes = isRemoval(action) || before.customerQboId !== after.customerQboId;
    return { ...before, totalCents: goes ? 0 : Math.min(before.totalCents, after.totalCents) };
  }
  if (!isUse(before) || !isUse(after) || isRemoval(action)) return before;
  return { ...before, allocations: both(before.allocations, after.allocations) };
}

/** On each invoice the larger of the two. */
function both(before: readonly AllocationIntent[], after: readonly AllocationIntent[]): AllocationIntent[] {
  const larger = new Map<DocumentKey, AllocationIntent>();
  for (const one of [...before, ...after]) {
    const other = larger.get(one.invoiceKey);
    if (!other || other.amountCents < one.amountCents) larger.set(one.invoiceKey, one);
  }
  return [...larger.values()];
}
