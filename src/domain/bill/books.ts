import type { BillFacts } from '../bill.js';
import { closedDate, closedFor, roadOf } from '../books.js';
import { takenDay } from '../day.js';
import { counterKey, type Step } from '../document.js';
import type { InvoiceIntent } from '../intent.js';
import { countersIn, counterIntent } from './counter.js';
import { creditsGoing } from './credited.js';
import { dateOf, isAsWished, nextWrite, type BillIntent } from './order.js';
import { documentsOf } from './own.js';
import { carriedOut } from './paper.js';
import { isHeldByDeposits } from './payment.js';
import type { Wishes } from './wish.js';

type BillStep = Step<BillIntent>;
type Write = Extract<BillStep, { do: 'write' }>;

/** The day that a document of the bill gets; one whose invoice was taken back goes by the open period. */
export function openDate(
  meantOn: string,
  posted: { issuedOn: string; meantOn?: string } | undefined,
  facts: BillFacts,
): { issuedOn: string; meantOn?: string } {
  const { on: issuedOn, ...more } = takenDay(meantOn, posted && { ...posted, on: posted.issuedOn }, {
    closedThrough: facts.profile?.closedThrough,
    goesOn: roadOf(facts) === 'reverse' || countersIn(facts.documents, facts.desired.billId).length > 0,
  });
  return { issuedOn, ...more };
}

/**
 * Takes back in the open period what has to stay as it is, where a person or the firm wants that: it lies in closed books,
 * or a credit that goes does, or a payment on it that is in the way lies in a deposit.
 */
export function takeBack(facts: BillFacts, wishes: Wishes): Write | undefined {
  const closedThrough = facts.profile?.closedThrough;
  const { billId } = facts.desired;
  for (const own of documentsOf<InvoiceIntent>(facts.documents, billId, 'invoice')) {
    const { key, posted } = own;
    const wish = wishes.invoices.find((one) => one.key === key);
    const credits = roadOf(facts) === 'reverse' ? creditsGoing(facts, wishes, own) : [];
    if (wish && isAsWished(posted, wish.intent) && credits.length === 0) continue;
    const isClosed = roadOf(facts) === 'reverse' && posted.intent.issuedOn <= (closedThrough ?? '');
    if (!isClosed && credits.length === 0 && !isHeldByDeposits(facts, wishes, key)) continue;
    const intent = counterIntent(billId, posted, closedThrough, credits);
    return { do: 'write', key: counterKey(billId, posted.qboId), action: 'create', intent };
  }
  return undefined;
}

/** Looked at to the end: a void that meets closed books half way would leave the credits off and the invoice on. */
export function waitForBooks(first: Write, facts: BillFacts, wishes: Wishes): BillStep | undefined {
  const closedThrough = facts.profile?.closedThrough;
  if (closedThrough === undefined) return undefined;
  let books = facts.documents;
  for (let step: Write | undefined = first; step; step = nextWrite(wishes, books, facts.desired.billId)) {
    const date = closedDate(step, books, closedThrough, dateOf);
    if (date !== undefined) return closedFor(step, facts, { date, closedThrough }, faultOf(step));
    books = carriedOut(books, step);
  }
  return undefined;
}

function faultOf({ action, intent }: Write): string {
  if (action === 'create') return 'closed-period';
  return intent.document === 'invoice' ? 'closed-period-correction' : 'closed-period-credit';
}
