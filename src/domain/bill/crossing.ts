import { openCents } from '../allocation.js';
import { live, postedAs, type DocumentKey, type Documents } from '../document.js';
import type { ApplicationIntent, CreditMemoIntent, InvoiceIntent } from '../intent.js';
import { sumCents } from '../money.js';
import type { Own } from './own.js';

/** The use of a credit that gives one invoice back what it takes of another. */
export interface Move {
  own: Own<ApplicationIntent>;
  memoKey: DocumentKey;
  to: ApplicationIntent;
}

/** Of so many all orders are tried; a bill on which more cross is not worth the time. */
const MOST_TRIED = 8;

/**
 * The next one that moves, and whether it does so in place or is taken off first: where two credits change places, each
 * stands where the other has to go. As few as possible are taken off, for each of them is a write more.
 */
export function nextMove(
  moves: readonly Move[],
  documents: Documents,
): { move: Move; off: boolean } | undefined {
  const [first] = moves;
  if (!first) return undefined;
  if (moves.length > MOST_TRIED) {
    const fitting = moves.find((move) => fits(move, documents));
    return { move: fitting ?? first, off: !fitting };
  }
  for (let most = 0; most < moves.length; most += 1) {
    for (const off of subsets(moves, most)) {
      const staying = moves.filter((move) => !off.includes(move));
      const next = firstOfAll(staying, off.reduce(without, documents));
      if (!next) continue;
      const [gone] = off;
      return gone ? { move: gone, off: true } : { move: next, off: false };
    }
  }
  return { move: first, off: true };
}

/** The first of an order in which all of them move in place. */
function firstOfAll(moves: readonly Move[], documents: Documents): Move | undefined {
  const failed = new Set<string>();
  const canAll = (left: readonly Move[], books: Documents): boolean => {
    const key = left.map(({ own }) => own.key).join();
    if (left.length === 0) return true;
    if (failed.has(key)) return false;
    const isPossible = left.some((move) => canFirst(move, left, books));
    if (!isPossible) failed.add(key);
    return isPossible;
  };
  const canFirst = (move: Move, left: readonly Move[], books: Documents): boolean =>
    fits(move, books) &&
    canAll(
      left.filter((other) => other !== move),
      { ...books, [move.own.key]: { ...move.own.posted, intent: move.to } },
    );
  return moves.find((move) => canFirst(move, moves, documents));
}

/** Whether QuickBooks would take it with the books as they are, all other uses included. */
function fits({ own, memoKey, to }: Move, documents: Documents): boolean {
  const memoCents = postedAs<CreditMemoIntent>(documents, memoKey)?.intent.totalCents ?? 0;
  if (sumCents(to.allocations.map(({ amountCents }) => amountCents)) > memoCents) return false;
  return to.allocations.every(({ invoiceKey, amountCents }) => {
    const invoice = live(postedAs<InvoiceIntent>(documents, invoiceKey))?.intent;
    return invoice && amountCents <= openCents(documents, own.key, invoiceKey, invoice.totalCents);
  });
}

const without = (documents: Documents, { own }: Move): Documents => ({
  ...documents,
  [own.key]: { ...own.posted, removed: 'deleted' },
});

function subsets<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((one, index) => subsets(all.slice(index + 1), size - 1).map((rest) => [one, ...rest]));
}
