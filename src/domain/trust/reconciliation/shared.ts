import type { BookEntry, BookLine, OwnTransaction } from './book.js';

/** One of ours that was adopted. */
export type AdoptedTransaction = OwnTransaction & Required<Pick<OwnTransaction, 'posted'>>;

/** What of an entry of QuickBooks is adopted, and what is not. */
export interface Shared {
  /** Ours that it does not hold as they were adopted. */
  changed: AdoptedTransaction[];
  /** What it holds beside those that it does; lines that come to nothing together may be among it. */
  rest: BookLine[];
}

/** By the id of the entry that they stand in together, those of ours that were adopted. */
export function byEntry(own: readonly OwnTransaction[]): Map<string, AdoptedTransaction[]> {
  const groups = new Map<string, AdoptedTransaction[]>();
  for (const one of own) {
    if (!isAdopted(one)) continue;
    const { qboId } = one.posted;
    groups.set(qboId, [...(groups.get(qboId) ?? []), one]);
  }
  return groups;
}

export const isAdopted = (own: OwnTransaction): own is AdoptedTransaction => own.posted?.isAdopted === true;

/** Takes those lines of each out of the entry's that say whose money it is, and of the others as much as it has of them. */
export function share(entry: BookEntry, group: readonly AdoptedTransaction[]): Shared {
  const left = [...entry.lines];
  const changed: AdoptedTransaction[] = [];
  const taken: BookLine[] = [];
  for (const own of group) {
    const { on, lines } = own.posted;
    const whose = whoseLines(lines);
    const places = on === entry.on ? placesOf(whose, left) : undefined;
    if (!places) {
      changed.push(own);
      continue;
    }
    for (const place of places.sort((one, other) => other - one)) left.splice(place, 1);
    taken.push(...lines.filter((line) => !whose.includes(line)));
  }
  return { changed, rest: [...left, ...taken.map((line) => ({ ...line, cents: -line.cents }))] };
}

function whoseLines(lines: readonly BookLine[]): readonly BookLine[] {
  const owed = lines.filter(({ account }) => account === 'owed');
  const named = owed.filter(({ customerId }) => customerId !== undefined);
  return named.length > 0 ? named : owed;
}

/** Where each of these is found, every place once; undefined where one is not. */
function placesOf(wanted: readonly BookLine[], lines: readonly BookLine[]): number[] | undefined {
  const places: number[] = [];
  for (const { account, cents, customerId } of wanted) {
    const place = lines.findIndex(
      (line, index) =>
        line.account === account &&
        line.cents === cents &&
        line.customerId === customerId &&
        !places.includes(index),
    );
    if (place < 0) return undefined;
    places.push(place);
  }
  return places;
}
