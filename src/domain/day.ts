/** A day that was taken because the books are closed for the one that is meant. */
export interface TakenDay {
  on: string;
  meantOn?: string;
}

/**
 * The day that a document gets. One that is in the books keeps the day that was taken for it. Where it goes by the open
 * period, what would fall into closed books gets the first day that is open.
 */
export function takenDay(
  meantOn: string,
  posted: TakenDay | undefined,
  { closedThrough, goesOn }: { closedThrough: string | undefined; goesOn: boolean },
): TakenDay {
  if (posted?.meantOn === meantOn) return { on: posted.on, meantOn };
  const isOpen = closedThrough === undefined || meantOn > closedThrough;
  const isThere = posted?.meantOn === undefined && posted?.on === meantOn;
  return isOpen || isThere || !goesOn ? { on: meantOn } : { on: nextDay(closedThrough), meantOn };
}

const DAY_MS = 86_400_000;

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** `2026-10-31` → `2026-11-01`. */
export const nextDay = (day: string): string => addDays(day, 1);
