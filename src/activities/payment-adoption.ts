import type { AggregateRef } from '../domain/aggregate.js';
import { paymentKey } from '../domain/document.js';
import type { AllocationIntent, PaymentIntent } from '../domain/intent.js';
import type { RemedyMessage } from '../domain/remedy.js';
import { removalIn } from '../qbo/mapping.js';
import { readPayment, type FoundPayment } from '../qbo/payment.js';
import type { Queryable } from '../db/database.js';
import { findLinked } from '../db/document.js';
import { findOpenFault } from '../db/fault.js';
import { lockPaymentFacts } from '../db/payment.js';
import type { Decided } from './posting/decided.js';
import { keepAdoption } from './take-in.js';

/** Of a payment from before the start nothing is known here but what the person says. */
export async function adoptOld(db: Queryable, ref: AggregateRef, message: RemedyMessage): Promise<void> {
  const open = await findOpenFault(db, ref);
  if (open?.fault !== 'payment-before-start' || message.qboId === undefined) return;
  await keepAdoption(db, ref, paymentKey(ref.id), 'payment', message, open);
}

/**
 * The payment as it lies in QuickBooks. What is kept of it is the truth of the books: others rely on where it lies, and a
 * later update sends all of its lines anew.
 */
export async function asFound<S>(
  decided: Decided<S>,
  object: Record<string, unknown>,
): Promise<PaymentIntent | { unfit: string } | undefined> {
  const { deps, ref, intent: meant } = decided;
  if (meant.document !== 'payment') return undefined;
  const facts = await lockPaymentFacts(deps.db, ref.firmId, ref.id);
  if (!facts) return undefined;
  if (removalIn(object) !== undefined) return { unfit: 'it is voided' };
  const { reference, currency, ...found } = readPayment(object);
  const expected = meant.currency ?? facts.profile?.homeCurrency;
  if (currency !== undefined && expected !== undefined && currency !== expected) {
    return { unfit: `it is in ${currency}, and this payment is in ${expected}` };
  }
  const allocations = await allocationsOf(decided, meant, found);
  if ('unfit' in allocations) return allocations;
  const { reference: _ours, memo: _note, meantOn: _day, ...rest } = meant;
  return {
    ...rest,
    customerQboId: found.customerQboId ?? meant.customerQboId,
    receivedOn: found.receivedOn ?? meant.receivedOn,
    amountCents: found.amountCents,
    ...(reference !== undefined && { reference }),
    ...(meant.accountId !== undefined && { accountId: found.accountId ?? meant.accountId }),
    allocations,
    takenAs: facts.desired.version,
  };
}

/** What it pays here, by our own names; an update would take it off whatever has none. */
async function allocationsOf<S>(
  { deps, ref, company }: Decided<S>,
  meant: PaymentIntent,
  { uses }: Pick<FoundPayment, 'uses'>,
): Promise<AllocationIntent[] | { unfit: string }> {
  const allocations: AllocationIntent[] = [];
  for (const { type, qboId, amountCents } of uses) {
    const link = { realmId: company.realm_id, qboType: type, qboId };
    const known = meant.allocations.find(({ invoiceQboId }) => type === 'Invoice' && invoiceQboId === qboId);
    const row = known ? undefined : await findLinked(deps.db, link);
    const isOurs = row?.firm_id === ref.firmId && row.document_type === 'invoice' && row.removed === null;
    const key = known?.invoiceKey ?? (isOurs ? row.document_key : undefined);
    if (key === undefined) {
      return { unfit: `it is applied to ${type} ${qboId}, which stands for no bill here` };
    }
    allocations.push({ invoiceKey: key, invoiceQboId: qboId, amountCents });
  }
  return allocations.sort((one, other) => (one.invoiceKey < other.invoiceKey ? -1 : 1));
}
