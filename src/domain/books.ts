import type { CompanyProfile } from './company.js';
import { isRemoval, live, postedAs, type Documents, type Step } from './document.js';
import type { FirmSettings, LockChoice, LockPolicy } from './firm.js';
import type { Intent } from './intent.js';

interface BooksFacts {
  settings: FirmSettings;
  lockChoice?: LockChoice;
  profile?: CompanyProfile;
}

type Write<I extends Intent> = Extract<Step<I>, { do: 'write' }>;
type Stop = Extract<Step, { do: 'wait-for-books' | 'park' }>;

/** What is done where books are closed: as a person chose for this one bill or payment, else as the firm has set. */
export const roadOf = ({ lockChoice, settings }: BooksFacts): LockPolicy =>
  lockChoice ?? settings.locked ?? 'ask';

/** QuickBooks takes nothing into closed books, out of them, or within them: the day that is closed for a write. */
export function closedDate<I extends Intent>(
  { key, action, intent }: Write<I>,
  documents: Documents,
  closedThrough: string,
  dateOf: (intent: I) => string,
): string | undefined {
  const held = live(postedAs<I>(documents, key))?.intent;
  const dates = [...(held ? [dateOf(held)] : []), ...(isRemoval(action) ? [] : [dateOf(intent)])];
  return dates.find((one) => one <= closedThrough);
}

/** What comes in place of a write for which the books are closed. */
export function closedFor(
  { key }: Pick<Write<Intent>, 'key'>,
  facts: BooksFacts,
  { date, closedThrough }: { date: string; closedThrough: string },
  fault: string,
): Stop {
  if (roadOf(facts) === 'wait') {
    const why = `the books, closed through ${closedThrough}, to be open for ${date}`;
    return { do: 'wait-for-books', closedThrough, why };
  }
  return { do: 'park', fault, params: { date, closedThrough }, readsProfile: true, on: key };
}
