import type { BillFacts } from '../bill.js';
import type { DocumentKey } from '../document.js';
import type { ApplicationIntent, CreditMemoIntent, InvoiceIntent, KeptCredit } from '../intent.js';
import { sumCents } from '../money.js';
import { isAsWished } from './order.js';
import { documentsOf, type Own } from './own.js';
import type { Wishes } from './wish.js';

/**
 * Credits in closed books that change or go, and can be taken back together with the invoice that they are used on: each
 * as a whole on that one, and all of them less than it, for nothing takes back what comes to nothing.
 */
export function creditsGoing(
  { desired: { billId }, documents, profile }: BillFacts,
  wishes: Wishes,
  { key: invoiceKey, posted: invoice }: Own<InvoiceIntent>,
): KeptCredit[] {
  const closedThrough = profile?.closedThrough ?? '';
  const uses = documentsOf<ApplicationIntent>(documents, billId, 'application');
  const going = documentsOf<CreditMemoIntent>(documents, billId, 'credit-memo').flatMap((own) => {
    const { qboId, intent: memo } = own.posted;
    const use = uses.find(({ posted }) => posted.intent.creditQboId === qboId);
    if (memo.kind === 'counter' || memo.issuedOn > closedThrough || !use) return [];
    if (staysAsItIs(own, use, wishes) || !isWhollyOn(invoiceKey, memo, use.posted.intent)) return [];
    return [{ qboId, memo, useQboId: use.posted.qboId, use: use.posted.intent }];
  });
  const cents = sumCents(going.map(({ memo }) => memo.totalCents));
  return cents < invoice.intent.totalCents ? going : [];
}

/** On which invoice it is used is not what the billing app says. */
function staysAsItIs(memo: Own<CreditMemoIntent>, use: Own<ApplicationIntent>, wishes: Wishes): boolean {
  const wish = wishes.memos.find(({ key }) => key === memo.key);
  const shares = wishes.applications.find(({ key }) => key === use.key)?.shares ?? [];
  const isUsedAlike = centsOf(shares) === centsOf(use.posted.intent.allocations);
  return wish !== undefined && isAsWished(memo.posted, wish.intent) && isUsedAlike;
}

const isWhollyOn = (key: DocumentKey, memo: CreditMemoIntent, { allocations }: ApplicationIntent): boolean =>
  allocations.every((one) => one.invoiceKey === key) && centsOf(allocations) === memo.totalCents;

const centsOf = (parts: readonly { amountCents: number }[]): number =>
  sumCents(parts.map(({ amountCents }) => amountCents));
