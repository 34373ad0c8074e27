import type { TrustProblem } from './rule.js';

/** A cheque as QuickBooks was just seen to hold it. */
export interface SeenCheque {
  isPrinted: boolean;
  number?: string | undefined;
  /** What is otherwise than it was posted, in a person's words. */
  differences: readonly string[];
  /** Others of the same bank account with its number, in a person's words. */
  sameNumber: readonly string[];
}

/** What we knew of it. */
export interface KnownCheque {
  /** For how long it has been seen as printed. */
  printedForMs?: number;
  /** A number that others may have too. */
  allowedNumber?: string;
}

/** What is wrong with a cheque, if anything; `numberWithinMs`: how long a printed one may be without its number. */
export function chequeProblem(
  { isPrinted, number, differences, sameNumber }: SeenCheque,
  { printedForMs = 0, allowedNumber }: KnownCheque,
  numberWithinMs: number,
): TrustProblem | undefined {
  if (differences.length > 0) {
    return { fault: 'cheque-changed', params: { differences: differences.join('; ') } };
  }
  if (number !== undefined && number !== allowedNumber && sameNumber.length > 0) {
    return { fault: 'cheque-number-twice', params: { number, other: sameNumber.join('; ') } };
  }
  const isOverdue = isPrinted && number === undefined && printedForMs >= numberWithinMs;
  return isOverdue ? { fault: 'cheque-without-number', params: {} } : undefined;
}
