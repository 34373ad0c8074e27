import type { AllocationIntent, Intent } from '../../domain/intent.js';
import { isUse } from '../../domain/use.js';
import { changesSince, readRequest } from '../../qbo/document.js';
import { readPayment } from '../../qbo/payment.js';
import type { QboRequest } from '../../qbo/client.js';
import { isGone, type Reply } from './send.js';

/** A question on the way, and its answer; throws where there is none. */
type Ask = (request: QboRequest, document: 'invoice') => Promise<Exclude<Reply, { kind: 'unknown' }>>;

/**
 * What of ours somebody has changed in a record since it was written last. QuickBooks takes a payment, or the use of a
 * credit, off an invoice that somebody deletes: that is no change of the payment itself. Costs a read for each invoice
 * that it lies on no more.
 */
export async function changesIn(
  posted: { intent: Intent; accepted?: readonly string[] },
  object: Record<string, unknown>,
  ask: Ask,
): Promise<string[]> {
  const changes = changesSince(posted, object);
  const { intent } = posted;
  if (changes.length === 0 || !isUse(intent)) return changes;
  const { uses } = readPayment(object);
  const allocations: AllocationIntent[] = [];
  for (const one of intent.allocations) {
    const lies = uses.some(({ qboId }) => qboId === one.invoiceQboId);
    if (lies || !(await isDeleted(one.invoiceQboId, ask))) allocations.push(one);
  }
  return changesSince({ ...posted, intent: { ...intent, allocations } }, object);
}

async function isDeleted(invoiceQboId: string, ask: Ask): Promise<boolean> {
  const reply = await ask(readRequest('invoice', invoiceQboId), 'invoice');
  return reply.kind === 'refused' && isGone(reply);
}
