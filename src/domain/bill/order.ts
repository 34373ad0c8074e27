import { centsOn } from '../allocation.js';
import {
  isKept,
  live,
  postedAs,
  sameIntent,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type Step,
} from '../document.js';
import type { ApplicationIntent, CreditMemoIntent, Intent, InvoiceIntent } from '../intent.js';
import { countersIn } from './counter.js';
import { usesIn } from './credit.js';
import { nextMove, type Move } from './crossing.js';
import { documentsOf, type Own } from './own.js';
import { applicationIntent, type ApplicationWish, type Wishes } from './wish.js';

export type BillIntent = InvoiceIntent | CreditMemoIntent | ApplicationIntent;

export const dateOf = (intent: BillIntent): string =>
  intent.document === 'application' ? intent.appliedOn : intent.issuedOn;

type Write = Extract<Step<BillIntent>, { do: 'write' }>;

/**
 * The next write, in the one order in which QuickBooks takes all of them and no money is used twice on the way: uses
 * of credits that go or shrink, credit memos that go, invoices that go, then invoices, credit memos and their uses.
 */
export function nextWrite(wishes: Wishes, documents: Documents, billId: string): Write | undefined {
  return (
    releaseNext(wishes, documents, billId) ??
    removeNext(wishes, documents, billId) ??
    takeBackNext(wishes, documents) ??
    putNext(wishes, documents)
  );
}

/** What stays in closed books is closed off before anything comes in its place. */
function takeBackNext({ counterUses }: Wishes, documents: Documents): Write | undefined {
  for (const wish of counterUses) {
    if (live(documents[wish.key])) continue;
    const shares = wish.shares.filter(({ invoiceKey }) => isKept(invoiceKey));
    const intent = shares.length > 0 && applicationIntent({ ...wish, shares }, documents);
    if (intent) return { do: 'write', key: wish.key, action: 'create', intent };
  }
  return undefined;
}

/** An invoice of the bill that comes or grows while another one waits for payments; all move to a new client together. */
export function nextGrowth({ invoices }: Wishes, documents: Documents): Write | undefined {
  const pairs = invoices.map(({ key, intent }) => ({
    ...{ key, intent },
    posted: live(postedAs<InvoiceIntent>(documents, key))?.intent,
  }));
  if (pairs.some(({ intent, posted }) => posted && posted.customerQboId !== intent.customerQboId))
    return undefined;
  for (const { key, intent, posted } of pairs) {
    const step = (posted?.totalCents ?? 0) < intent.totalCents && put(key, intent, documents);
    if (step) return step;
  }
  return undefined;
}

const ownOf = <I extends BillIntent>(
  documents: Documents,
  billId: string,
  document: I['document'],
): Own<I>[] =>
  documentsOf<I>(documents, billId, document).sort((one, other) => (one.key < other.key ? -1 : 1));

const remove = ({ key, posted }: Own<BillIntent>, action: 'void' | 'delete'): Write => ({
  do: 'write',
  key,
  action,
  intent: posted.intent,
});

/** Credits are taken off before what they link is changed; what was given too much goes back first. */
function releaseNext(wishes: Wishes, documents: Documents, billId: string): Write | undefined {
  const moves: Move[] = [];
  for (const own of ownOf<ApplicationIntent>(documents, billId, 'application')) {
    const wish = usesIn(wishes).find(({ key }) => key === own.key);
    if (!wish || mustGo(own.posted.intent, wish)) return remove(own, 'delete');
    if (!hasShrinking(own.posted.intent, wish)) continue;
    const to = applicationIntent(wish, documents);
    if (to && onlyShrinks(own.posted.intent, wish))
      return { do: 'write', key: own.key, action: 'update', intent: to };
    // What moves from one invoice to the other needs room there: what grows comes first.
    const grows = nextGrowth(wishes, documents) ?? memoGrowth(wish, wishes, documents);
    if (grows) return grows;
    if (to) moves.push({ own, memoKey: wish.memoKey, to });
    else if (!invoicesArePut(wishes, documents)) return remove(own, 'delete');
  }
  const next = nextMove(moves, documents);
  if (!next) return undefined;
  const { own, to } = next.move;
  return next.off ? remove(own, 'delete') : { do: 'write', key: own.key, action: 'update', intent: to };
}

/** A credit memo that grows makes room for its use. */
function memoGrowth(
  { memoKey }: ApplicationWish,
  { memos }: Wishes,
  documents: Documents,
): Write | undefined {
  const memo = memos.find(({ key }) => key === memoKey);
  const posted = postedAs<CreditMemoIntent>(documents, memoKey)?.intent;
  if (!memo || memo.intent.totalCents <= (posted?.totalCents ?? 0)) return undefined;
  return put(memo.key, memo.intent, documents);
}

/** All documents of a bill change their customer together, and linked ones cannot. */
const mustGo = (posted: ApplicationIntent, { rest }: ApplicationWish): boolean =>
  posted.customerQboId !== rest.customerQboId || posted.currency !== rest.currency;

const hasShrinking = (posted: ApplicationIntent, { shares }: ApplicationWish): boolean =>
  posted.allocations.some(
    ({ invoiceKey, amountCents }) =>
      amountCents > (shares.find((share) => share.invoiceKey === invoiceKey)?.amountCents ?? 0),
  );

const onlyShrinks = (posted: ApplicationIntent, { shares }: ApplicationWish): boolean =>
  shares.every(({ invoiceKey, amountCents }) => amountCents <= centsOn(posted.allocations, invoiceKey));

const invoicesArePut = ({ invoices }: Wishes, documents: Documents): boolean =>
  invoices.every(({ key, intent }) => isAsWished(documents[key], intent));

/** A voided invoice keeps its number, and a credit memo can only be deleted. */
function removeNext(wishes: Wishes, documents: Documents, billId: string): Write | undefined {
  const wanted = [...wishes.memos, ...countersIn(documents, billId)].map(({ key }) => key);
  const memo = ownOf<CreditMemoIntent>(documents, billId, 'credit-memo').find(
    ({ key }) => !wanted.includes(key),
  );
  if (memo) return remove(memo, 'delete');
  const invoice = ownOf<InvoiceIntent>(documents, billId, 'invoice').find(
    ({ key }) => !wishes.invoices.some((wish) => wish.key === key),
  );
  return invoice && remove(invoice, 'void');
}

/** A number that moves within the bill is let go of before it is taken. */
function afterItsNumber(
  wanted: readonly { key: DocumentKey; intent: InvoiceIntent | CreditMemoIntent }[],
  documents: Documents,
): Write | undefined {
  const steps = wanted.flatMap(({ key, intent }) => {
    const step = put(key, intent, documents);
    const held = live(postedAs<InvoiceIntent | CreditMemoIntent>(documents, key))?.intent.number;
    return step ? [{ step, wants: intent.number, held }] : [];
  });
  const isFree = ({ step, wants }: (typeof steps)[number]) =>
    wants === '' || !steps.some((other) => other.step.key !== step.key && other.held === wants);
  return (steps.find(isFree) ?? steps[0])?.step;
}

function putNext(wishes: Wishes, documents: Documents): Write | undefined {
  const next = afterItsNumber([...wishes.invoices, ...wishes.memos], documents);
  if (next) return next;
  for (const wish of usesIn(wishes)) {
    const intent = wish.shares.length > 0 && applicationIntent(wish, documents);
    const step = intent && put(wish.key, intent, documents);
    if (step) return step;
  }
  return undefined;
}

function put(key: DocumentKey, intent: BillIntent, documents: Documents): Write | undefined {
  const posted = documents[key];
  if (isAsWished(posted, intent)) return undefined;
  // A voided invoice is filled again; only what was deleted is made anew.
  const action = posted && posted.removed !== 'deleted' ? 'update' : 'create';
  return { do: 'write', key, action, intent };
}

export const isAsWished = (posted: PostedDocument | undefined, intent: BillIntent): boolean => {
  const present = live(posted);
  return present !== undefined && sameIntent(booked(present.intent), booked(intent));
};

/** Without the terms and what was allowed: they are kept for later, and QuickBooks knows nothing of them. */
function booked(intent: Intent): Intent {
  if (intent.document !== 'invoice' && intent.document !== 'credit-memo') return intent;
  const { duplicateAllowed: _allowed, ...rest } = intent;
  return rest.document === 'invoice' ? { ...rest, terms: { prefix: '', items: {} } } : rest;
}
