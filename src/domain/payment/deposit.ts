import { roadOf } from '../books.js';
import { billOf, keptKey, type Deposit, type DocumentKey } from '../document.js';
import type { AllocationIntent } from '../intent.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';
import { billsOnTheMove } from './move.js';
import { lies, oursOf, postedOf } from './posted.js';
import { nameOf, waitForInvoice } from './wait.js';

/** The deposit that this payment lies in, as far as that is beyond doubt. */
export function depositOf(facts: PaymentFacts): Deposit | undefined {
  const deposit = postedOf(facts)?.deposit;
  return deposit?.version === facts.desired.version ? deposit : undefined;
}

/** What a person is shown of it. */
export const shownOf = ({ qboId: txnId, summary }: Omit<Deposit, 'version'>): Record<string, string> => ({
  ...(summary !== undefined && { deposit: summary }),
  ...(txnId !== undefined && { txnType: 'Deposit', txnId }),
});

/**
 * QuickBooks takes no change of a payment that lies in a deposit: what comes in place of one. Where it is meant to leave
 * bills that wait for just that, these can be taken back around it; `plan` says whether that would be all.
 */
export function heldInDeposit(
  facts: PaymentFacts,
  { key }: { key: DocumentKey },
  plan: (facts: PaymentFacts) => PaymentStep,
): PaymentStep | undefined {
  const deposit = key === oursOf(facts) ? depositOf(facts) : undefined;
  if (!deposit) return undefined;
  const road = roadOf(facts);
  if (road === 'wait') {
    const why = `the deposit that it lies in${deposit.summary === undefined ? '' : `, ${deposit.summary},`} to leave it free`;
    return { do: 'wait-for-deposit', key, why };
  }
  const params = shownOf(deposit);
  const park = (fault: string, more = {}): PaymentStep => ({
    do: 'park',
    fault,
    params: { ...params, ...more },
    on: key,
  });
  if (facts.desired.state !== 'received') {
    return park(deposit.accountId === undefined ? 'payment-deposited' : 'deposited-payment-returned');
  }
  const [first] = inTheWay(facts).map(({ invoiceKey }) => billOf(invoiceKey));
  // A bill that goes to another client would leave behind what it was paid.
  const isReversible = first !== undefined && !billsOnTheMove(facts).includes(first);
  if (!isReversible || plan(leftThere(facts)).do === 'write') return park('payment-deposited');
  const bill = nameOf(facts, first);
  if (road !== 'reverse') return park('deposited-payment-in-the-way', { bill });
  return waitForInvoice(first, `${bill} to be taken back, because its payment stays in a deposit`);
}

/** Where it lies on a bill that waits for it to leave. */
const inTheWay = (facts: PaymentFacts): AllocationIntent[] =>
  lies(facts).filter(
    ({ invoiceKey, amountCents }) =>
      amountCents > (facts.bills[billOf(invoiceKey)]?.leaves?.[invoiceKey] ?? Infinity),
  );

/** On paper, with the invoices that it is in the way of taken back already. */
function leftThere(facts: PaymentFacts): PaymentFacts {
  const posted = postedOf(facts);
  if (!posted) return facts;
  const left = new Set(inTheWay(facts).map(({ invoiceKey }) => invoiceKey));
  const allocations = posted.intent.allocations.map((one) =>
    left.has(one.invoiceKey)
      ? { ...one, invoiceKey: keptKey(billOf(one.invoiceKey), one.invoiceQboId) }
      : one,
  );
  const others = Object.entries(facts.documents).filter(([key]) => !left.has(key));
  const payment = { ...posted, intent: { ...posted.intent, allocations } };
  return { ...facts, documents: { ...Object.fromEntries(others), [oursOf(facts)]: payment } };
}
