import { closedDate, closedFor } from '../books.js';
import type { CompanyProfile } from '../company.js';
import {
  matterKey,
  customerKey,
  live,
  postedAs,
  sameIntent,
  trustEntryKey,
  trustPaymentKey,
} from '../document.js';
import type { DocumentKey, Documents, Step } from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { JournalEntryIntent, PaymentIntent } from '../intent.js';
import { formatCents } from '../money.js';
import type { PaidBill } from '../payment.js';
import type { TrustAccount } from '../trust-account.js';
import type { TrustTransactionSnapshot } from '../trust-transaction.js';
import { describe, entryIntent, type Tags } from './entry.js';
import { hasFeePayment, planFeePayment } from './fee.js';
import {
  clearingCause,
  ledgerCause,
  openingCause,
  shortfall,
  type DaySum,
  type LedgerKey,
  type Leg,
  type Measure,
} from './ledger.js';
import type { Original, TrustProblem } from './rule.js';

/** A leg, with how far it is. */
export interface EntryState extends Leg {
  state: 'reserved' | 'sent' | 'posted' | 'cancelled';
  /** A person has recorded that it overdraws. */
  overdrawId?: string;
}

/** A ledger that money is to be drawn from, as it stands under its lock. */
export interface DrawnLedger {
  key: LedgerKey;
  revision: number;
  days: readonly DaySum[];
  /** How far a person has let it be below zero. */
  overdrawCents: number;
  /** The next day on which more of it clears. */
  clearsOn?: string;
}

/** All that the plan of a trust transaction depends on. */
export interface TrustFacts {
  desired: TrustTransactionSnapshot;
  excluded: boolean;
  /** Its legs as they are on record; empty while its money is not reserved. */
  entries: readonly EntryState[];
  /** Why its money could not be reserved. */
  problem?: TrustProblem;
  documents: Documents;
  settings: FirmSettings;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
  account?: TrustAccount;
  original?: Original;
  /** The transaction that takes this one back. */
  reversedBy?: string;
  /** By bill id: the one that a fee is applied to. */
  bills?: Readonly<Record<string, PaidBill>>;
  /** What the opening balances of its account come to in QuickBooks. */
  openedCents?: number;
  /** QuickBooks' ids of the bank accounts of all trust accounts of the firm. */
  trustBanks?: readonly string[];
  numberOverride?: string;
  lockChoice?: 'wait';
  /** What it draws from; asked for when nothing else stands in the way. */
  ledgers?: readonly DrawnLedger[];
}

export type TrustStep = Step<JournalEntryIntent | PaymentIntent>;
type EntryStep = Step<JournalEntryIntent>;

/** Pure and total: what remains to be written for this movement of client money. */
export function planTrust(facts: TrustFacts): TrustStep {
  const { desired, documents } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  const step = planEntry(facts);
  if (desired.kind !== 'fee') return step;
  if (live(documents[trustEntryKey(desired.trustTransactionId)])) {
    return step.do === 'nothing' ? planFeePayment(facts) : step;
  }
  // Seen for both together: what would stop the payment stops the entry too.
  if (step.do !== 'write') return step;
  const payment = planFeePayment(facts);
  return payment.do === 'write' || payment.do === 'nothing' ? step : payment;
}

function planEntry(facts: TrustFacts): EntryStep {
  const { desired, account, problem, documents } = facts;
  const key = trustEntryKey(desired.trustTransactionId);
  const present = live(postedAs<JournalEntryIntent>(documents, key));
  if (present) return planPosted(facts, present.intent);
  if (problem) return { do: 'park', ...problem, on: key };
  if (!account || isLedgerOnly(facts)) return { do: 'nothing' };
  const unfit = unfitAccount(facts, account);
  if (unfit) return unfit;
  const original = originalEntry(facts);
  if (original && 'do' in original) return original;
  const tags = tagsOf(facts, account);
  if ('do' in tags) return tags;
  const { numberOverride } = facts;
  const intent = entryIntent({
    desired,
    account,
    tags,
    ...(original && { original }),
    ...(numberOverride !== undefined && { numberOverride }),
  });
  const step = { do: 'write', key, action: 'create', intent } as const;
  return waitForOpening(facts, account) ?? waitForBooks(facts, step) ?? waitForMoney(facts) ?? step;
}

/** QuickBooks holds this money in total, and lines do not say whose it is: there is nothing to post. */
export const isLedgerOnly = ({ desired, account }: Pick<TrustFacts, 'desired' | 'account'>): boolean =>
  desired.kind === 'opening-balance' && account?.lineCustomer === 'plain';

/** Accounts, amounts, names and the day stay as they were posted, whatever is mapped by now; only words follow. */
function planPosted(facts: TrustFacts, posted: JournalEntryIntent): EntryStep {
  const { differs: _settled, ...kept } = posted;
  const description = describe(facts.desired);
  const lines = posted.lines.map((line) => ({ ...line, description }));
  const intent = { ...kept, memo: description, note: description, lines };
  if (sameIntent(posted, intent)) return { do: 'nothing' };
  const step = { do: 'write', key: posted.mark, action: 'update', intent } as const;
  return waitForBooks(facts, step) ?? step;
}

/** Mapped to something that is no account for it, as far as QuickBooks was asked. */
function unfitAccount({ profile }: TrustFacts, account: TrustAccount): EntryStep | undefined {
  const known = profile?.accounts;
  if (!known) return undefined;
  const wanted = [
    [account.bankAccountId, 'Bank', 'bank account'],
    [account.liabilityAccountId, 'Other Current Liability', 'liability account'],
  ] as const;
  for (const [id, type, word] of wanted) {
    const found = known[id];
    if (found === undefined) continue;
    const reason =
      found.type === undefined
        ? `QuickBooks has no account ${id}`
        : found.type !== type
          ? `account ${id} is of the type ${found.type} and no ${word}`
          : found.active
            ? undefined
            : `the ${word} ${id} is inactive`;
    if (reason === undefined) continue;
    const params = { account: account.name, reason };
    return { do: 'park', fault: 'trust-account-unfit', params, needsCompany: true, readsProfile: true };
  }
  return undefined;
}

/** What a reversal takes back, as QuickBooks has it; it comes first. */
function originalEntry({ desired, documents }: TrustFacts): JournalEntryIntent | EntryStep | undefined {
  if (desired.kind !== 'reversal' || desired.reverses === undefined) return undefined;
  const id = desired.reverses;
  const key = trustEntryKey(id);
  const posted = live(postedAs<JournalEntryIntent>(documents, key));
  const of = { type: 'trustTransaction', id } as const;
  if (posted && hasFeePayment(documents, id)) {
    const why = `the payment of ${id}, which is taken back, to be off its bill`;
    return { do: 'wait', on: trustPaymentKey(id), document: 'payment', of, why };
  }
  if (posted) return posted.intent;
  return {
    do: 'wait',
    on: key,
    document: 'journal-entry',
    of,
    why: `${id}, which is taken back, to be in QuickBooks`,
  };
}

function tagsOf(facts: TrustFacts, account: TrustAccount): Tags | EntryStep {
  const { desired } = facts;
  if (account.lineCustomer === 'plain' || desired.kind === 'reversal') return {};
  const own = customerOf(facts, desired);
  if (typeof own !== 'string') return own;
  if (!desired.to) return { own };
  const to = customerOf(facts, desired.to);
  return typeof to === 'string' ? { own, to } : to;
}

function customerOf(
  { documents, settings }: TrustFacts,
  { client, matter }: Pick<TrustTransactionSnapshot, 'client' | 'matter'>,
): string | EntryStep {
  const { clientId, name } = client;
  const asMatter = settings.matters === 'sub-customer';
  const on: DocumentKey = asMatter ? matterKey(clientId, matter.matterId) : customerKey(clientId);
  const customer = live(documents[on]);
  if (customer) return customer.qboId;
  const why = asMatter ? `matter ${matter.number} of ${name}` : `client ${name}`;
  const of = { type: 'contact', id: clientId } as const;
  return { do: 'wait', on, document: 'customer', of, why: `${why} to be in QuickBooks` };
}

/** Trust money is never given another date: it waits for the books, by itself or with a person. */
function waitForBooks(
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
function waitForOpening(
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
function waitForMoney({ entries, ledgers = [] }: TrustFacts): EntryStep | undefined {
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
