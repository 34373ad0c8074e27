import { closedDate, closedFor } from '../books.js';
import { formatCents, sumCents } from '../money.js';
import type { TrustAccount } from '../trust-account.js';
import type { DrawnLedger, EntryState, EntryStep, TrustFacts } from './facts.js';
import {
  balanceOf,
  clearingCause,
  ledgerCause,
  openingCause,
  shortfall,
  takenOut,
  type Measure,
  type Shortfall,
} from './ledger.js';
import { shortProblem } from './rule.js';

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
export function waitForMoney(facts: TrustFacts): EntryStep | undefined {
  for (const ledger of facts.ledgers ?? []) {
    const wait = waitForLedger(facts, ledger);
    if (wait) return moneyGone(facts, ledger) ?? wait;
  }
  return undefined;
}

function waitForLedger({ entries }: TrustFacts, ledger: DrawnLedger): EntryStep | undefined {
  const { key, days, revision: seenRevision, clearsOn } = ledger;
  const drawn = drawnFrom(entries, ledger);
  const isShort = (measure: Measure) => beyondRecorded(shortfall(days, drawn, measure), drawn, ledger);
  const on = ledgerCause(key);
  const posted = isShort('postedCents') ?? beyondBalance(ledger, drawn);
  if (posted) {
    const why = `${formatCents(posted.missingCents)} more of matter ${key.matterId} to be in QuickBooks by ${posted.on}`;
    return { do: 'wait-for-money', on, seenRevision, why };
  }
  const spare = isShort('spareCents');
  if (spare) {
    const why = `those who asked for money of matter ${key.matterId} before: they leave ${formatCents(spare.missingCents)} too little on ${spare.on}`;
    return { do: 'wait-for-money', on, seenRevision, why };
  }
  const cleared = isShort('clearedCents');
  if (!cleared || clearsOn === undefined) return undefined;
  const why = `${formatCents(cleared.missingCents)} more of matter ${key.matterId} to clear, next on ${clearsOn}`;
  return { do: 'wait-for-money', on, seenRevision, until: clearingCause(clearsOn), why };
}

/** What was recorded lets a day's end be below zero; but another one may have used it, and the balance holds for all. */
function beyondBalance(
  { days, overdrawCents }: DrawnLedger,
  drawn: readonly EntryState[],
): Shortfall | undefined {
  const short = shortfall(days, drawn, 'postedCents');
  const after = balanceOf(days, 'postedCents') + sumCents(drawn.map(({ cents }) => cents));
  return short && after + overdrawCents < 0 ? short : undefined;
}

/**
 * It was accepted against money that somebody has recorded as gone since. All that is accepted does not bring it by that
 * day's end, and money of a later day never will: a person is asked, and it goes on by itself if older money comes.
 */
function moneyGone({ entries, desired }: TrustFacts, ledger: DrawnLedger): EntryStep | undefined {
  const { key, days, revision: seenRevision } = ledger;
  const drawn = drawnFrom(entries, ledger);
  const accepted = shortfall([...days, ...takenOut(drawn)], drawn, 'acceptedCents');
  const short = beyondRecorded(accepted, drawn, ledger);
  if (!short) return undefined;
  const { params } = shortProblem({ ...short, key }, desired);
  const untilMoney = { on: ledgerCause(key), seenRevision };
  return { do: 'park', fault: 'trust-money-gone', params, untilMoney };
}

const drawnFrom = (entries: TrustFacts['entries'], { key }: DrawnLedger): EntryState[] =>
  entries.filter((leg) => ledgerCause(leg) === ledgerCause(key));

function beyondRecorded(
  short: Shortfall | undefined,
  drawn: readonly EntryState[],
  { overdrawCents }: DrawnLedger,
): Shortfall | undefined {
  const recorded = drawn.some(({ overdrawId }) => overdrawId !== undefined) ? overdrawCents : 0;
  return short && short.missingCents > recorded ? short : undefined;
}
