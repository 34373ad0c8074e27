import { sumCents } from '../../money.js';
import { sumOf, type BookEntry, type BookLine, type Books, type OwnTransaction } from './book.js';
import {
  besideText,
  changedText,
  effectsOf,
  foreignText,
  missingText,
  onTheWayText,
  type Difference,
  type Effect,
} from './difference.js';
import { ledgerId, type MatterSums } from './matter.js';
import { byEntry, isAdopted, share, type AdoptedTransaction } from './shared.js';

export interface MatchInput {
  /** The last day that counts. */
  on: string;
  own: readonly OwnTransaction[];
  books: Books;
  /** Whether our lines name customers, so that the liability can be compared by customer. */
  byCustomer: boolean;
  matters: MatterSums;
}

/** Every way in which QuickBooks' entries are not ours, and ours not QuickBooks'. */
export function match(input: MatchInput): Difference[] {
  const { own, books } = input;
  const entries = new Map(books.entries.map((entry) => [entry.qboId, entry]));
  const marked = new Map(books.entries.flatMap((entry) => markOf(entry).map((id) => [id, entry] as const)));
  const differences: Difference[] = [];
  for (const transaction of own) {
    if (isAdopted(transaction)) continue;
    const entry = transaction.posted ? entries.get(transaction.posted.qboId) : marked.get(transaction.id);
    if (entry) entries.delete(entry.qboId);
    const difference = entry ? changed(input, transaction, entry) : absent(input, transaction);
    if (difference) differences.push(difference);
  }
  for (const [qboId, group] of byEntry(own)) {
    const entry = entries.get(qboId);
    entries.delete(qboId);
    differences.push(
      ...(entry ? adopted(input, group, entry) : group.flatMap((one) => absent(input, one) ?? [])),
    );
  }
  for (const entry of entries.values()) {
    const { on, lines } = entry;
    const effects = effectsOf({ on, lines }, undefined, input.byCustomer);
    differences.push({ kind: 'foreign', on, entry: nameable(entry), text: foreignText(entry), effects });
  }
  return differences;
}

/** An entry whose answer is not known yet carries our mark: `trust/T1/entry (…)`. */
function markOf({ memo }: BookEntry): string[] {
  const [, id] = /^trust\/([^/\s]+)\/entry\b/.exec(memo ?? '') ?? [];
  return id === undefined ? [] : [id];
}

const nameable = ({ qboId, type, number, memo }: BookEntry): NonNullable<Difference['entry']> => ({
  qboId,
  type,
  ...(number !== undefined && { number }),
  ...(memo !== undefined && { memo }),
});

/** What was posted, or what would be if nobody stood on the lines. */
function meantOf({ posted, legs, on, isOpening }: OwnTransaction): { on: string; lines: BookLine[] } {
  if (posted) return posted;
  const cents = isOpening ? 0 : sumCents(legs.map((leg) => leg.cents));
  return {
    on,
    lines: [
      { account: 'bank', cents },
      { account: 'owed', cents },
    ],
  };
}

function changed(input: MatchInput, own: OwnTransaction, entry: BookEntry): Difference | undefined {
  const meant = meantOf(own);
  if (meant.on === entry.on && sameLines(meant.lines, entry.lines)) return undefined;
  const byCustomer = input.byCustomer && own.posted !== undefined;
  const effects = effectsOf(entry, meant.on <= input.on ? meant : undefined, byCustomer);
  // On a line that names nobody QuickBooks shows whom a cheque is drawn to.
  const said = (lines: readonly BookLine[]) =>
    inOrder(byCustomer ? lines : lines.map(({ customerId: _payee, ...line }) => line));
  if (effects.length > 0) attribute(input, own, effects);
  // Between matters of one client a change parts nothing, and is a change all the same.
  else if (!own.posted || (meant.on === entry.on && said(meant.lines) === said(entry.lines)))
    return undefined;
  const nameOf = (id: string) => input.books.names[id] ?? `customer ${id}`;
  return {
    kind: 'changed',
    on: entry.on < meant.on ? entry.on : meant.on,
    trustTransactionId: own.id,
    entry: nameable(entry),
    text: changedText(own.id, meant, entry, nameOf),
    effects,
  };
}

/** Several of ours may stand in one entry, beside what is not ours. */
function adopted(input: MatchInput, group: readonly AdoptedTransaction[], entry: BookEntry): Difference[] {
  const { changed: altered, rest } = share(entry, group);
  const [first] = altered;
  const there = { on: entry.on, lines: rest };
  const late = altered.every(({ posted }) => posted.on > input.on);
  const lines = altered.flatMap(({ posted }) => posted.lines);
  const meant = first && !late ? { on: first.posted.on, lines } : undefined;
  const effects = effectsOf(there, meant, input.byCustomer);
  if (effects.length === 0) return [];
  const about = { on: entry.on, entry: nameable(entry), effects };
  if (!first) return [{ ...about, kind: 'foreign', text: besideText(entry, rest) }];
  const isLess = sumCents(effects.map(({ measure, cents }) => (measure === 'owed' ? cents : 0))) !== 0;
  if (altered.length === 1) attribute(input, first, effects);
  // Which of several it still holds a part of cannot be told.
  else if (isLess) for (const { legs } of altered) takeOut(input, legs);
  const nameOf = (id: string) => input.books.names[id] ?? `customer ${id}`;
  const text = changedText(
    altered.map(({ id }) => id).join(', '),
    { on: first.posted.on, lines },
    { ...entry, lines: rest },
    nameOf,
  );
  const on = entry.on < first.posted.on ? entry.on : first.posted.on;
  return [{ ...about, kind: 'changed', on, trustTransactionId: first.id, text }];
}

/** Nearly all are as they were posted: these are seen at a glance, and never worked out. */
const sameLines = (meant: readonly BookLine[], there: readonly BookLine[]): boolean =>
  meant.length === there.length &&
  meant.every((line, index) => {
    const other = there[index];
    return (
      line.account === other?.account && line.cents === other.cents && line.customerId === other.customerId
    );
  });

const inOrder = (lines: readonly BookLine[]): string =>
  lines
    .map(({ account, customerId, cents }) => `${account} ${customerId ?? ''} ${cents}`)
    .sort()
    .join();

/** What is left of a change of one matter's money stays that matter's, unless it was given to somebody else. */
function attribute({ on, matters }: MatchInput, own: OwnTransaction, effects: readonly Effect[]): void {
  const [leg, ...more] = own.legs;
  const owed = sumCents(effects.filter(({ measure }) => measure === 'owed').map(({ cents }) => cents));
  const moved = effects.filter(({ measure }) => measure.startsWith('customer/')).length > 1;
  if (leg && more.length === 0 && !moved) {
    matters.addToBooks(ledgerId(leg), owed);
    return;
  }
  if (own.on <= on) takeOut({ matters }, own.legs);
}

/** QuickBooks has nothing of these. */
function takeOut({ matters }: Pick<MatchInput, 'matters'>, legs: OwnTransaction['legs']): void {
  for (const { cents, ...key } of legs) matters.addToBooks(ledgerId(key), -cents);
}

function absent({ on, byCustomer, matters }: MatchInput, own: OwnTransaction): Difference | undefined {
  if (own.on > on) return undefined;
  const about = { on: own.on, trustTransactionId: own.id };
  if (own.isOnTheWay) {
    takeOut({ matters }, own.legs);
    return { ...about, kind: 'on-the-way', text: onTheWayText(own), effects: [] };
  }
  // With plain lines an opening balance has nothing to post.
  if (own.isOpening && !own.posted) return undefined;
  takeOut({ matters }, own.legs);
  const effects = effectsOf(undefined, meantOf(own), byCustomer);
  return { ...about, kind: 'missing', text: missingText(own, own.posted?.qboId ?? 'unknown'), effects };
}

/** By measure, what entries of QuickBooks come to on top of what stood there at the start. */
export const bookTotal = ({ entries }: Books, account: 'bank' | 'owed', openingCents: number): number =>
  entries.reduce((sum, { lines }) => sum + sumOf(lines, account), openingCents);
