import { invoicesOf } from '../allocation.js';
import { invoiceKey, live, paymentKey, trustPaymentKey, type Documents, type Foreign } from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { PaymentIntent } from '../intent.js';
import type { PaymentStep } from '../payment.js';
import { planPayment } from '../payment/plan.js';
import type { TrustFacts } from './facts.js';

/**
 * The payment by which an earned fee reaches its bill: planned as any payment of the client, but on the very day of the
 * fee, and never into a trust account. It goes again when the fee is taken back.
 */
export function planFeePayment(facts: TrustFacts): PaymentStep {
  const { desired, settings, bills = {}, profile, reversedBy } = facts;
  const {
    firmId,
    trustTransactionId: id,
    version,
    amountCents,
    date,
    client,
    billId = '',
    reference,
  } = desired;
  const { depositAccountId } = settings;
  if (depositAccountId !== undefined && facts.trustBanks?.includes(depositAccountId)) {
    const reason = `payments of this firm go to account ${depositAccountId}, which is a trust account`;
    return { do: 'park', fault: 'trust-account-unfit', params: { reason } };
  }
  const strange = invoicesOf(facts.documents, billId).some(
    ({ intent }) => !isCustomerOf(facts.documents, client.clientId, intent.customerQboId),
  );
  if (strange) return { do: 'park', fault: 'trust-fee-of-another', params: {}, until: invoiceOf(billId) };
  const step = planPayment({
    desired: {
      firmId,
      paymentId: id,
      version,
      state: reversedBy === undefined ? 'received' : 'deleted',
      amountCents,
      receivedOn: date,
      method: 'Trust',
      ...(reference !== undefined && { reference }),
      client,
      allocations: [{ billId, amountCents }],
    },
    excluded: false,
    documents: renamed(facts.documents, trustPaymentKey(id), paymentKey(id)),
    settings: undated(settings),
    bills,
    ...(facts.onTheWay && { onTheWay: facts.onTheWay }),
    ...(facts.lockChoice && { lockChoice: facts.lockChoice }),
    ...(profile && { profile }),
  });
  return ours(step, id);
}

/** One client's money never pays the bill of another one. */
const isCustomerOf = (documents: Documents, clientId: string, customerQboId: string): boolean =>
  Object.entries(documents).some(
    ([key, { qboId }]) => key.startsWith(`contact/${clientId}/`) && qboId === customerQboId,
  );

const invoiceOf = (billId: string): Foreign => ({
  on: invoiceKey(billId),
  document: 'invoice',
  of: { type: 'bill', id: billId },
});

/** The start of the firm is of bills, and client money is never given another date. */
function undated({ startOn: _startOn, locked, ...rest }: FirmSettings): FirmSettings {
  return { ...rest, ...(locked === 'wait' && { locked }) };
}

function renamed(documents: Documents, from: string, to: string): Documents {
  const { [from]: posted, ...others } = documents;
  return posted ? { ...others, [to]: { ...posted, intent: { ...posted.intent, mark: to } } } : documents;
}

/** The payment is this transaction's, and says so. */
function ours(step: PaymentStep, id: string): PaymentStep {
  if (step.do === 'park' && step.on === paymentKey(id)) return { ...step, on: trustPaymentKey(id) };
  if (step.do !== 'write') return step;
  const mark = trustPaymentKey(id);
  return { ...step, key: mark, intent: { ...step.intent, mark } as PaymentIntent };
}

/** Taken back: its payment has to be off the bill before the money goes back. */
export const hasFeePayment = (documents: Documents, id: string): boolean =>
  live(documents[trustPaymentKey(id)]) !== undefined;
