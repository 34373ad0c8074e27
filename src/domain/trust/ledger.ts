import { sumCents } from '../money.js';
import type { Holder } from '../trust-account.js';

/** One client's money for one matter in one account: the unit in which nothing may go below zero. */
export interface LedgerKey extends Holder {
  accountId: string;
}

/** What one transaction does to one ledger. */
export interface Leg extends LedgerKey {
  /** Money in is above zero. */
  cents: number;
  on: string;
  /** Money in: not drawn upon before this day. */
  clearsOn?: string;
}

/** What a ledger's entries of one day come to. */
export interface DaySum {
  on: string;
  /** Of all that was accepted. */
  acceptedCents: number;
  /** Of what QuickBooks holds at the least: money in that is posted, money out that may have been sent. */
  postedCents: number;
  /** As `postedCents`, without money in that has not cleared yet. */
  clearedCents: number;
  /**
   * For one who asks: as `postedCents`, as if all that comes from outside were there, and all who were accepted before had
   * drawn theirs. Money that goes from matter to matter is left to those: whoever overtakes them may keep it from coming.
   */
  spareCents: number;
}

/** Why a change is not taken: the first day's end at which the ledger would be below zero. */
export interface Shortfall {
  on: string;
  /** What the ledger comes to at the end of that day without the change. */
  availableCents: number;
  /** By how much it falls short then. */
  missingCents: number;
  /** By how much it does at the worst day's end. */
  worstCents: number;
}

export type Measure = Exclude<keyof DaySum, 'on'>;

/**
 * The first day's end that a change brings below zero, or further below it. One that only adds money never does; the
 * last day's end is the balance, so that the order of acceptance is held by the same rule.
 */
export function shortfall(
  days: readonly DaySum[],
  change: readonly { on: string; cents: number }[],
  measure: Measure,
): Shortfall | undefined {
  const sums = new Map<string, { before: number; changed: number }>();
  const sumOf = (on: string) => {
    const sum = sums.get(on) ?? { before: 0, changed: 0 };
    sums.set(on, sum);
    return sum;
  };
  for (const day of days) sumOf(day.on).before += day[measure];
  for (const { on, cents } of change) sumOf(on).changed += cents;
  let before = 0;
  let changed = 0;
  let first: Omit<Shortfall, 'worstCents'> | undefined;
  let worstCents = 0;
  for (const [on, sum] of [...sums].sort(([one], [other]) => (one < other ? -1 : 1))) {
    before += sum.before;
    changed += sum.changed;
    const after = before + changed;
    if (changed >= 0 || after >= 0) continue;
    const missingCents = Math.min(-after, -changed);
    first ??= { on, availableCents: before, missingCents };
    worstCents = Math.max(worstCents, missingCents);
  }
  return first && { ...first, worstCents };
}

/** What makes days say what was accepted without these legs. */
export const takenOut = (legs: readonly Leg[]): DaySum[] =>
  legs.map(({ on, cents }) => ({
    on,
    acceptedCents: -cents,
    postedCents: 0,
    clearedCents: 0,
    spareCents: 0,
  }));

export const balanceOf = (days: readonly DaySum[], measure: Measure): number =>
  sumCents(days.map((day) => day[measure]));

/** What whoever waits for more money on a ledger is registered under. */
export const ledgerCause = ({ accountId, clientId, matterId }: LedgerKey): string =>
  `${LEDGER}${accountId}/${clientId}/${matterId}`;
export const LEDGER = 'ledger/';

/** What whoever waits for the opening balances of an account is registered under. */
export const openingCause = (accountId: string): string => `${OPENING}${accountId}`;
export const OPENING = 'opening/';

/** What whoever waits for money to clear is registered under. */
export const clearingCause = (day: string): string => `${CLEARING}${day}`;
export const CLEARING = 'clears/';
