import { centsOn } from '../allocation.js';
import {
  billOf,
  counterKey,
  counterUseKey,
  keptCreditKey,
  keptKey,
  live,
  postedAs,
  type DocumentKey,
  type Documents,
  type PostedDocument,
} from '../document.js';
import type {
  AllocationIntent,
  ApplicationIntent,
  CreditMemoIntent,
  Intent,
  InvoiceIntent,
  KeptCredit,
} from '../intent.js';
import { takenDay } from '../day.js';
import { sumCents } from '../money.js';
import { isUse } from '../use.js';
import type { Share } from './credit.js';
import { NUMBER_LENGTH } from './number.js';

/** An invoice that stays, in closed books or under a payment in a deposit, and the credit memo that takes it back. */
export interface Counter {
  key: DocumentKey;
  useKey: DocumentKey;
  /** The invoice, as plans see it. */
  keptKey: DocumentKey;
  memo: CreditMemoIntent;
  memoQboId: string;
  invoice: InvoiceIntent;
  qboId: string;
  /** What was credited on it and is taken back with it. */
  credits: KeptCredit[];
}

/** Those of one bill, or of all that are known. */
export function countersIn(documents: Documents, billId?: string): Counter[] {
  return Object.entries(documents).flatMap(([key, posted]) => {
    const { intent } = posted;
    if (intent.document !== 'credit-memo' || !intent.counters || !live(posted)) return [];
    const owner = billOf(key);
    if (billId !== undefined && owner !== billId) return [];
    const { qboId, invoice, credits = [] } = intent.counters;
    // Somebody has deleted the invoice: nothing is left to take back, and the credit memo goes.
    const its = documents[intent.counters.key];
    if (its?.qboId === qboId && its.removed === 'deleted') return [];
    const keys = { key, useKey: counterUseKey(owner, qboId), keptKey: keptKey(owner, qboId) };
    return [{ ...keys, memo: intent, memoQboId: posted.qboId, invoice, qboId, credits }];
  });
}

/**
 * The books as plans look at them: an invoice that was taken back in the open period has a key of its own from then on,
 * and so has what was paid and credited on it. Its former key is free for the invoice that replaces it, and so are those
 * of the credits that were taken back with it.
 */
export function withKept(documents: Documents): Documents {
  const counters = countersIn(documents);
  if (counters.length === 0) return documents;
  const keptAs = new Map(counters.map((one) => [one.qboId, one.keptKey]));
  const credits = counters.flatMap((one) => keptCredits(one));
  const gone = new Set([
    ...[...keptAs.keys()].map((id) => `invoice/${id}`),
    ...credits.map(([, one]) => nameOf(one)),
  ]);
  const others = Object.entries(documents)
    .filter(([, posted]) => !gone.has(nameOf(posted)))
    .map(([key, posted]): [DocumentKey, PostedDocument] => [
      key,
      { ...posted, intent: renamed(posted.intent, keptAs) },
    ]);
  const kept = counters.map((one): [DocumentKey, PostedDocument] => [
    one.keptKey,
    { intent: one.invoice, qboId: one.qboId, syncToken: '' },
  ]);
  return Object.fromEntries([...others, ...kept, ...credits]);
}

const nameOf = ({ intent, qboId }: PostedDocument): string => `${intent.document}/${qboId}`;

const keptCredits = ({ key, keptKey: invoiceKey, credits }: Counter): [DocumentKey, PostedDocument][] =>
  credits.flatMap(({ qboId, memo, useQboId, use }): [DocumentKey, PostedDocument][] => {
    const allocations = use.allocations.map((one) => ({ ...one, invoiceKey }));
    const owner = billOf(key);
    return [
      [keptCreditKey(owner, qboId), { intent: memo, qboId, syncToken: '' }],
      [keptCreditKey(owner, useQboId), { intent: { ...use, allocations }, qboId: useQboId, syncToken: '' }],
    ];
  });

function renamed(intent: Intent, keptAs: ReadonlyMap<string, DocumentKey>): Intent {
  if (!isUse(intent)) return intent;
  const allocations = intent.allocations.map((one) => ({
    ...one,
    invoiceKey: keptAs.get(one.invoiceQboId) ?? one.invoiceKey,
  }));
  return { ...intent, allocations };
}

/** As it is stored: under the key that the invoice had, by which payments on it are found. */
export function asStored(allocations: readonly AllocationIntent[], documents: Documents): AllocationIntent[] {
  const former = new Map(countersIn(documents).map(({ keptKey: kept, invoice }) => [kept, invoice.mark]));
  return allocations.map((one) => ({ ...one, invoiceKey: former.get(one.invoiceKey) ?? one.invoiceKey }));
}

/** The invoice of a bill that was posted last under this key, also where it stays in closed books by now. */
export function lastPosted(
  documents: Documents,
  billId: string,
  key: DocumentKey,
): InvoiceIntent | undefined {
  const posted = postedAs<InvoiceIntent>(documents, key);
  return (
    posted?.intent ?? countersIn(documents, billId).findLast(({ invoice }) => invoice.mark === key)?.invoice
  );
}

/** The same number again would be refused: what stays has it. Nothing has an empty one. */
export function freeNumber(number: string, documents: Documents, billId: string): string {
  const used = new Set(
    countersIn(documents, billId).flatMap(({ invoice, credits }) => [
      invoice.number,
      ...credits.map(({ memo }) => memo.number),
    ]),
  );
  let free = number;
  if (number === '') return number;
  for (let count = 1; used.has(free); count += 1) free = `${number}-R${count}`;
  return free;
}

/**
 * The credit memo that takes an invoice back: all of it, on its own day or the first after it that is open. What was
 * credited on it and goes, too, is taken back by a line against it, so that each account gets back what it had.
 */
export function counterIntent(
  billId: string,
  { intent: invoice, qboId }: PostedDocument<InvoiceIntent>,
  closedThrough: string | undefined,
  credits: readonly KeptCredit[] = [],
): CreditMemoIntent {
  const number = `${invoice.number}-REV`;
  const { customerQboId, currency, exchangeRate, tax } = invoice;
  const against = credits
    .flatMap(({ memo }) => memo.lines)
    .map((line) => ({ ...line, amountCents: -line.amountCents }));
  return {
    document: 'credit-memo',
    kind: 'counter',
    counters: { key: invoice.mark, qboId, invoice, ...(credits.length > 0 && { credits: [...credits] }) },
    number: number.length <= NUMBER_LENGTH ? number : '',
    customerQboId,
    ...(currency !== undefined && { currency }),
    ...(exchangeRate !== undefined && { exchangeRate }),
    issuedOn: takenDay(invoice.issuedOn, undefined, { closedThrough, goesOn: true }).on,
    memo: `Takes back invoice ${invoice.number} of ${invoice.issuedOn}${credits.length > 0 ? ', less what was credited on it' : ''}`,
    lines: [...invoice.lines, ...against],
    ...(tax && { tax }),
    totalCents: invoice.totalCents + sumCents(against.map(({ amountCents }) => amountCents)),
    mark: counterKey(billId, qboId),
  };
}

/** What is open of an invoice that stays, but for the use of what takes it back. */
export function openOfKept({ keptKey: kept, useKey, invoice }: Counter, documents: Documents): number {
  let open = invoice.totalCents;
  for (const [key, posted] of Object.entries(documents)) {
    const { intent } = posted;
    if (key === useKey || !live(posted)) continue;
    if (!isUse(intent)) continue;
    open -= centsOn(intent.allocations, kept);
  }
  return Math.max(0, open);
}

/** The use of what takes an invoice back that has to change because somebody's money has left the invoice. */
export interface Unsettled {
  on: DocumentKey;
  billId: string;
}

/**
 * What was paid on an invoice that stays is carried on by what takes it back. Where it is paid there no more, that comes
 * back first: by whoever has it now, and then by the bill of the invoice, which is open by as much.
 */
export function unsettledUse(counter: Counter, documents: Documents): Unsettled | undefined {
  const used = usesOf(counter, documents);
  const own = used.find(({ key }) => key === counter.useKey)?.allocations ?? [];
  const missing = openOfKept(counter, documents) - centsOn(own, counter.keptKey);
  if (missing <= 0) return undefined;
  const left =
    counter.memo.totalCents - sumCents(used.flatMap(({ allocations }) => allocations).map(centsIn));
  const carried = left < missing ? used.find(({ key }) => key !== counter.useKey) : undefined;
  const on = carried?.key ?? counter.useKey;
  return { on, billId: billOf(on) };
}

/** Whether what was paid on it is used on another invoice by now. */
export const isGivenOn = (counter: Counter, documents: Documents): boolean =>
  usesOf(counter, documents)
    .flatMap(({ allocations }) => allocations)
    .some(({ invoiceKey }) => invoiceKey !== counter.keptKey);

const usesOf = ({ memoQboId }: Counter, documents: Documents) =>
  Object.entries(documents).flatMap(([key, posted]) => {
    const { intent } = posted;
    if (intent.document !== 'application' || !live(posted) || intent.creditQboId !== memoQboId) return [];
    return [{ key, allocations: intent.allocations }];
  });

const centsIn = ({ amountCents }: { amountCents: number }): number => amountCents;

/** How much of the new invoices what was paid on those that stay may have: what credits need of them comes first. */
export interface Spare {
  cents: number;
}

/**
 * What takes an invoice back is used on what is open of it. What was paid and credited there before is as much of the
 * credit memo that is left, and goes on to the invoices in its place; what they do not need stays with the client.
 */
export function counterShares(
  counter: Counter,
  documents: Documents,
  room: Map<DocumentKey, number>,
  spare: Spare,
): Share[] {
  const open = openOfKept(counter, documents);
  const shares: Share[] = open > 0 ? [{ invoiceKey: counter.keptKey, amountCents: open }] : [];
  return [...shares, ...filled(counter.memo.totalCents - open, room, spare)];
}

/** What the bill itself has left of it, and does not need for its invoice, for the bill that replaces it. */
export function restShares(
  counter: Counter,
  documents: Documents,
  room: Map<DocumentKey, number>,
  spare: Spare,
): Share[] {
  const { memo, useKey, keptKey: kept } = counter;
  const use = live(postedAs<ApplicationIntent>(documents, useKey))?.intent.allocations ?? [];
  const elsewhere = use.filter(({ invoiceKey }) => invoiceKey !== kept);
  const held = Math.max(centsOn(use, kept), openOfKept(counter, documents));
  return filled(memo.totalCents - held - sumCents(elsewhere.map(centsIn)), room, spare);
}

function filled(cents: number, room: Map<DocumentKey, number>, spare: Spare): Share[] {
  let left = cents;
  const shares: Share[] = [];
  for (const [key, open] of room) {
    const amountCents = Math.min(left, Math.max(0, open), spare.cents);
    if (amountCents === 0) continue;
    shares.push({ invoiceKey: key, amountCents });
    room.set(key, open - amountCents);
    spare.cents -= amountCents;
    left -= amountCents;
  }
  return shares;
}
