import type { BookEntry, Books, OwnTransaction } from './book.js';
import { nameOfEntry } from './difference.js';

export interface CustomerFigure {
  customerId: string;
  name: string;
  /** What we have posted in this name. */
  ledgerCents: number;
  /** What QuickBooks owes in it. */
  booksCents: number;
}

/** What is owed in each name, by QuickBooks and by what we posted, through a day. */
export function customerFigures(on: string, own: readonly OwnTransaction[], books: Books): CustomerFigure[] {
  const figures = new Map<string, CustomerFigure>();
  const of = (customerId: string): CustomerFigure => {
    const known = figures.get(customerId);
    if (known) return known;
    const name = books.names[customerId] ?? `customer ${customerId}`;
    const figure = { customerId, name, ledgerCents: 0, booksCents: 0 };
    figures.set(customerId, figure);
    return figure;
  };
  for (const { posted } of own) {
    if (!posted || posted.on > on) continue;
    for (const { customerId, account, cents } of posted.lines) {
      if (account === 'owed' && customerId !== undefined) of(customerId).ledgerCents += cents;
    }
  }
  for (const { lines } of books.entries) {
    for (const { customerId, account, cents } of lines) {
      if (account === 'owed' && customerId !== undefined) of(customerId).booksCents += cents;
    }
  }
  return [...figures.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A name in which QuickBooks owes less than nothing at the end of a day: the first such day, and its entries. */
export interface BelowZero {
  customerId: string;
  name: string;
  on: string;
  cents: number;
  by: string[];
}

export function belowZero({ entries, names }: Books): BelowZero[] {
  const sums = new Map<string, number>();
  const found = new Map<string, BelowZero>();
  let today: BookEntry[] = [];
  const endDay = () => {
    for (const customerId of new Set(today.flatMap(drawnFrom))) {
      const cents = sums.get(customerId) ?? 0;
      const on = today[0]?.on;
      if (cents >= 0 || on === undefined || found.has(customerId)) continue;
      const by = today.filter((entry) => drawnFrom(entry).includes(customerId)).map(nameOfEntry);
      found.set(customerId, {
        customerId,
        name: names[customerId] ?? `customer ${customerId}`,
        on,
        cents,
        by,
      });
    }
    today = [];
  };
  for (const entry of entries.toSorted((one, other) =>
    one.on < other.on ? -1 : one.on > other.on ? 1 : 0,
  )) {
    if (today[0] && today[0].on !== entry.on) endDay();
    today.push(entry);
    for (const { account, cents, customerId } of entry.lines) {
      if (account === 'owed' && customerId !== undefined) {
        sums.set(customerId, (sums.get(customerId) ?? 0) + cents);
      }
    }
  }
  endDay();
  return [...found.values()];
}

const drawnFrom = ({ lines }: BookEntry): string[] =>
  lines.flatMap(({ account, cents, customerId }) =>
    account === 'owed' && cents < 0 && customerId !== undefined ? [customerId] : [],
  );
