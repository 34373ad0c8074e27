import { formatCents } from '../../money.js';
import { sumOf, type BookEntry, type BookLine, type OwnTransaction } from './book.js';

/**
 * `on-the-way`: ours, not in QuickBooks yet. `missing`: posted, and not there any more. `changed`: there, and not as we
 * posted it. `foreign`: only there. `opening`: what both accounts held at the start. `statement`: only the firm's list
 * of uncleared items has it.
 */
export type DifferenceKind = 'on-the-way' | 'missing' | 'changed' | 'foreign' | 'opening' | 'statement';

/** What moves QuickBooks away from our ledger, or back. */
export interface Effect {
  on: string;
  /** `bank`, `owed`, or `customer/` with a customer's id. */
  measure: string;
  /** QuickBooks less our ledger. */
  cents: number;
}

export interface Difference {
  kind: DifferenceKind;
  on: string;
  trustTransactionId?: string;
  /** QuickBooks' transaction. */
  entry?: Pick<BookEntry, 'qboId' | 'type' | 'number' | 'memo'>;
  /** For a person, in one sentence. */
  text: string;
  effects: Effect[];
}

export const customerMeasure = (customerId: string): string => `customer/${customerId}`;

/** What lines come to, by measure; nobody's lines count in the total alone. */
function totals(lines: readonly BookLine[], byCustomer: boolean): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (measure: string, cents: number) => sums.set(measure, (sums.get(measure) ?? 0) + cents);
  for (const { account, cents, customerId } of lines) {
    add(account, cents);
    if (byCustomer && account === 'owed' && customerId !== undefined) add(customerMeasure(customerId), cents);
  }
  return sums;
}

/** What is in QuickBooks less what should be, each on its own day. */
export function effectsOf(
  there: { on: string; lines: readonly BookLine[] } | undefined,
  meant: { on: string; lines: readonly BookLine[] } | undefined,
  byCustomer: boolean,
): Effect[] {
  const sides = [
    { sign: 1, side: there },
    { sign: -1, side: meant },
  ] as const;
  const sums = new Map<string, Effect>();
  for (const { sign, side } of sides) {
    if (!side) continue;
    for (const [measure, cents] of totals(side.lines, byCustomer)) {
      const key = `${side.on} ${measure}`;
      const effect = sums.get(key) ?? { on: side.on, measure, cents: 0 };
      effect.cents += sign * cents;
      sums.set(key, effect);
    }
  }
  return [...sums.values()].filter(({ cents }) => cents !== 0);
}

/** How an entry is called: `Journal Entry 1042 of 2026-11-10 (memo)`. */
export function nameOfEntry({ type, number, on, memo }: BookEntry): string {
  const head = number === undefined ? type : `${type} ${number}`;
  return memo === undefined ? `${head} of ${on}` : `${head} of ${on} (${memo})`;
}

const ours = ({ id, on }: OwnTransaction): string => `Our ${id} of ${on}`;

const movement = (lines: readonly BookLine[]): string =>
  `bank ${formatCents(sumOf(lines, 'bank'))}, owed to clients ${formatCents(sumOf(lines, 'owed'))}`;

export const foreignText = (entry: BookEntry): string =>
  `${nameOfEntry(entry)} was not made here: ${movement(entry.lines)}.`;

export const besideText = (entry: BookEntry, rest: readonly BookLine[]): string =>
  `${nameOfEntry(entry)} holds more than was adopted of it: ${movement(rest)}.`;

export const missingText = (own: OwnTransaction, qboId: string): string =>
  `${ours(own)} was posted as ${qboId} and is not in these accounts up to this day: deleted, moved to a later day, or to other accounts.`;

export const onTheWayText = (own: OwnTransaction): string => `${ours(own)} is not in QuickBooks yet.`;

export function changedText(
  id: string,
  posted: { on: string; lines: readonly BookLine[] },
  entry: BookEntry,
  nameOf: (customerId: string) => string,
): string {
  const parts = [
    ...(posted.on === entry.on ? [] : [`its day was ${posted.on}`]),
    ...(movement(posted.lines) === movement(entry.lines)
      ? []
      : [`it was posted with ${movement(posted.lines)}, and now has ${movement(entry.lines)}`]),
    ...whoseText(posted.lines, entry.lines, nameOf),
  ];
  return `${nameOfEntry(entry)} is our ${id} and was changed in QuickBooks: ${parts.join('; ')}.`;
}

function whoseText(
  posted: readonly BookLine[],
  there: readonly BookLine[],
  nameOf: (customerId: string) => string,
): string[] {
  const whose = (lines: readonly BookLine[]) =>
    lines
      .filter(({ account }) => account === 'owed')
      .map(
        ({ cents, customerId }) =>
          `${customerId === undefined ? 'nobody' : nameOf(customerId)} ${formatCents(cents)}`,
      )
      .sort()
      .join(', ');
  const [before, after] = [whose(posted), whose(there)];
  return before === after ? [] : [`it was owed to ${before}, and now to ${after}`];
}
