import { invoicesOf, partOf } from '../allocation.js';
import { countersIn, isGivenOn, unsettledUse } from '../bill/counter.js';
import { billOf, isKept, postedAs } from '../document.js';
import type { AllocationIntent, PaymentIntent } from '../intent.js';
import { sumCents } from '../money.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';
import { lies, oursOf } from './posted.js';
import { nameOf } from './wait.js';

/**
 * What it was paid with before, on an invoice that was taken back, and has no more: the bill takes that off its new
 * invoice before the payment comes to it, or the bill would be paid twice.
 */
export function waitForCarried(
  facts: PaymentFacts,
  parts: readonly AllocationIntent[],
): PaymentStep | undefined {
  const freely = (one: AllocationIntent) => !isKept(one.invoiceKey);
  const [before, after] = [lies(facts).filter(freely), parts.filter(freely)];
  const growing = after
    .map(({ invoiceKey }) => billOf(invoiceKey))
    .filter((billId) => partOf(after, billId) > partOf(before, billId));
  return waitForUse(facts, growing);
}

/**
 * More of it lies on an invoice that was taken back than it is meant to have of that bill, or of the one that replaces it,
 * and was given on: the bill has that money, whatever the billing app says now.
 */
export function isGivenElsewhere(
  { desired, documents, bills }: PaymentFacts,
  kept: readonly AllocationIntent[],
): boolean {
  const meant = (billId: string) =>
    sumCents(
      desired.allocations
        .filter((one) => one.billId === billId || bills[one.billId]?.replaces === billId)
        .map(({ amountCents }) => amountCents),
    );
  const owners = new Set(kept.map(({ invoiceKey }) => billOf(invoiceKey)));
  return [...owners].some(
    (billId) =>
      partOf(kept, billId) > meant(billId) &&
      countersIn(documents, billId).some((counter) => isGivenOn(counter, documents)),
  );
}

/**
 * What lies on an invoice that stays is held there under its customer: where the bill stands under another one by now,
 * that money is a credit of the former, and the bill is open.
 */
export function isUnderFormer(facts: PaymentFacts, kept: readonly AllocationIntent[]): boolean {
  const { desired, documents, bills } = facts;
  const customer = postedAs<PaymentIntent>(documents, oursOf(facts))?.intent.customerQboId;
  const owners = new Set(kept.map(({ invoiceKey }) => billOf(invoiceKey)));
  return desired.allocations
    .filter(({ billId }) => owners.has(billId) || owners.has(bills[billId]?.replaces ?? ''))
    .flatMap(({ billId }) => invoicesOf(documents, billId))
    .some(({ intent }) => intent.customerQboId !== customer);
}

/** Of one that is gone: it has not left its bills before that. */
export function waitAfterLeaving(facts: PaymentFacts): PaymentStep | undefined {
  const lay = postedAs<PaymentIntent>(facts.documents, oursOf(facts))?.intent.allocations ?? [];
  const kept = lay.filter((one) => isKept(one.invoiceKey)).map(({ invoiceKey }) => billOf(invoiceKey));
  return kept.length === 0
    ? undefined
    : waitForUse(facts, [...kept, ...facts.desired.allocations.map(({ billId }) => billId)]);
}

function waitForUse(facts: PaymentFacts, billIds: readonly string[]): PaymentStep | undefined {
  const { documents, bills } = facts;
  const owners = billIds.flatMap((billId) => [billId, bills[billId]?.replaces ?? billId]);
  for (const counter of [...new Set(owners)].flatMap((owner) => countersIn(documents, owner))) {
    const unsettled = unsettledUse(counter, documents);
    if (!unsettled || bills[unsettled.billId]?.excluded) continue;
    const { on, billId: id } = unsettled;
    const why = `${nameOf(facts, id)} to give back what was carried on to it`;
    return { do: 'wait', on, document: 'application', of: { type: 'bill', id }, why };
  }
  return undefined;
}
