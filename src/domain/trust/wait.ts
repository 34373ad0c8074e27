import { closedDate, closedFor } from '../books.js';
import { formatCents } from '../money.js';
import type { TrustAccount } from '../trust-account.js';
import type { EntryStep, TrustFacts } from './facts.js';
import { clearingCause, ledgerCause, openingCause, shortfall, type Measure } from './ledger.js';

/** Trust money is never given another date: it waits for the books, by itself or with a person. */
export function waitForBooks(
  { documents, profile, settings, lockChoice }: TrustFacts,
  step: Extract<EntryStep, { do: 'write' }>,
): EntryStep | undefined {
  const closedThrough = profile?.closedThrough;
  if (closedThrough === undefined) return undefined;
  const date = closedDate(step, documents, closedThrough, ({ enteredOn }) => enteredOn);
  if (date === undefined) return undefined;
  const fault = step.action === 'create' ? 'closed-period-trust' : 'closed-period-trust-correction';
  return closedFor(step, { settings, ...(lockChoice && { lockChoice }) }, { date, closedThrough }, fault);
}

/** The opening balances come to what the bank held on that day, or nothing else is posted. */
export function waitForOpening(
  { desired, openedCents = 0 }: TrustFacts,
  { accountId, name, openingCents }: TrustAccount,
): EntryStep | undefined {
  if (openingCents === undefined || desired.kind === 'opening-balance' || openedCents === openingCents) {
    return undefined;
  }
  const why = `the opening balances of ${name} to come to ${formatCents(openingCents)}; so far they are ${formatCents(openedCents)}`;
  return { do: 'wait-for-money', on: openingCause(accountId), seenRevision: 0, why };
}

/** Every prefix of what QuickBooks receives keeps every matter at or above zero, by date too: what goes out waits. */
export function waitForMoney({ entries, ledgers = [] }: TrustFacts): EntryStep | undefined {
  for (const { key, days, revision, overdrawCents, clearsOn } of ledgers) {
    const drawn = entries.filter((leg) => ledgerCause(leg) === ledgerCause(key));
    const recorded = drawn.some(({ overdrawId }) => overdrawId !== undefined) ? overdrawCents : 0;
    const isShort = (measure: Measure) => {
      const short = shortfall(days, drawn, measure);
      return short && short.missingCents > recorded ? short : undefined;
    };
    const posted = isShort('postedCents');
    if (posted) {
      const why = `${formatCents(posted.missingCents)} more of matter ${key.matterId} to be in QuickBooks by ${posted.on}`;
      return { do: 'wait-for-money', on: ledgerCause(key), seenRevision: revision, why };
    }
    const spare = isShort('spareCents');
    if (spare) {
      const why = `those who asked for money of matter ${key.matterId} before: they leave ${formatCents(spare.missingCents)} too little on ${spare.on}`;
      return { do: 'wait-for-money', on: ledgerCause(key), seenRevision: revision, why };
    }
    const cleared = isShort('clearedCents');
    if (cleared && clearsOn !== undefined) {
      const why = `${formatCents(cleared.missingCents)} more of matter ${key.matterId} to clear, next on ${clearsOn}`;
      const until = clearingCause(clearsOn);
      return { do: 'wait-for-money', on: ledgerCause(key), seenRevision: revision, until, why };
    }
  }
  return undefined;
}
