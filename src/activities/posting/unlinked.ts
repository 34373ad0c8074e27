import type { AllocationIntent, Intent } from '../../domain/intent.js';
import { readRequest } from '../../qbo/document.js';
import { readPayment } from '../../qbo/payment.js';
import { ask } from './look.js';
import { isGone } from './send.js';
import type { Attempt } from './settle.js';

/**
 * A payment as QuickBooks has to have it by now: it takes one off an invoice that somebody deletes, which is no change
 * of the payment itself. Costs a read for each invoice that it lies on no more.
 */
export async function lessDeleted<S>(
  attempt: Attempt<S>,
  intent: Intent,
  object: Record<string, unknown>,
): Promise<Intent> {
  if (intent.document !== 'payment') return intent;
  const { uses } = readPayment(object);
  const allocations: AllocationIntent[] = [];
  for (const one of intent.allocations) {
    const stands = uses.some(({ qboId }) => qboId === one.invoiceQboId);
    if (stands || !(await isDeleted(attempt, one.invoiceQboId))) allocations.push(one);
  }
  return { ...intent, allocations };
}

async function isDeleted<S>(attempt: Attempt<S>, invoiceQboId: string): Promise<boolean> {
  const reply = await ask(attempt, readRequest('invoice', invoiceQboId), 'invoice');
  return reply.kind === 'refused' && isGone(reply);
}
