import {
  customerKey,
  liabilityKey,
  live,
  matterKey,
  postedAs,
  sameIntent,
  trustEntryKey,
  trustPaymentKey,
  type DocumentKey,
} from '../document.js';
import { hasFewAccounts } from '../client-account.js';
import type { ChequeIntent, JournalEntryIntent } from '../intent.js';
import type { TrustAccount } from '../trust-account.js';
import type { TrustTransactionSnapshot } from '../trust-transaction.js';
import { chequeIntent, drawnTo, goneCheque, isUnprinted, reworded } from './cheque.js';
import { adoptedAs, describe, entryIntent, isAdopted, type EntryIntent, type Tags } from './entry.js';
import type { EntryStep, TrustFacts, TrustStep } from './facts.js';
import { hasFeePayment, planFeePayment } from './fee.js';
import { waitForBooks, waitForMoney, waitForOpening } from './wait.js';

/** Pure and total: what remains to be written for this movement of client money. */
export function planTrust(facts: TrustFacts): TrustStep {
  const { desired, documents } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  if (facts.withdrawn) return { do: 'nothing' };
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
  const present = live(postedAs<EntryIntent>(documents, key))?.intent;
  if (present?.document === 'cheque') return planCheque(facts, present);
  if (present) return planPosted(facts, present);
  const gone = goneCheque(documents, desired.trustTransactionId);
  if (gone) return planGone(facts, gone);
  if (problem) return { do: 'park', ...problem, on: key };
  if (!account || isLedgerOnly(facts)) return { do: 'nothing' };
  const unfit = unfitAccount(facts, account);
  if (unfit) return unfit;
  if (takesBackGone(facts)) return { do: 'nothing', frees: true };
  const original = originalEntry(facts);
  if (original && 'do' in original) return original;
  const tags = tagsOf(facts, account);
  if ('do' in tags) return tags;
  const intent = newIntent(facts, { account, tags, ...(original && { original }) });
  if ('do' in intent) return intent;
  const step = { do: 'write', key, action: 'create', intent } as const;
  // What is in the books already can be taken in closed ones too.
  const books = isAdopted(intent) ? undefined : waitForBooks(facts, step);
  return waitForOpening(facts, account) ?? books ?? waitForMoney(facts) ?? step;
}

function newIntent(
  facts: TrustFacts,
  entry: { account: TrustAccount; tags: Tags; original?: EntryIntent },
): EntryIntent | EntryStep {
  const { desired, numberOverride, adopting } = facts;
  if (desired.cheque === undefined) {
    const intent = entryIntent({
      desired,
      ...entry,
      ...(numberOverride !== undefined && { numberOverride }),
    });
    return adopting ? { ...intent, adopted: adoptedAs(adopting) } : intent;
  }
  const { on, document, contactId, name } = drawnTo(desired);
  const payee = live(facts.documents[on]);
  if (payee) return chequeIntent({ desired, ...entry }, { document, qboId: payee.qboId });
  const of = { type: 'contact', id: contactId } as const;
  return { do: 'wait', on, document, of, why: `${name} to be in QuickBooks` };
}

/** What takes back a cheque that is not in QuickBooks any more has nothing to post: both leave the ledgers. */
const takesBackGone = ({ desired, documents }: TrustFacts): boolean =>
  desired.reverses !== undefined && goneCheque(documents, desired.reverses) !== undefined;

/** Taken back before it was printed, it is deleted. What a bookkeeper did with it is for a person to decide about. */
function planCheque(facts: TrustFacts, posted: ChequeIntent): EntryStep {
  const { desired, reversedBy, chequeTrouble, numberOverride: number, allowedNumber } = facts;
  const key = posted.mark;
  const isReversed =
    reversedBy !== undefined && live(facts.documents[trustEntryKey(reversedBy)]) !== undefined;
  if (reversedBy !== undefined && !isReversed && isUnprinted(posted)) {
    const step = { do: 'write', key, action: 'delete', intent: posted } as const;
    return waitForBooks(facts, step) ?? step;
  }
  if (chequeTrouble) return { do: 'park', ...chequeTrouble, on: key };
  const intent: ChequeIntent = {
    ...reworded(posted, desired),
    ...(number !== undefined && { printed: true, number }),
    ...(number !== undefined && number === allowedNumber && { duplicateAllowed: true }),
  };
  if (sameIntent(posted, intent)) return { do: 'nothing' };
  const step = { do: 'write', key, action: 'update', intent } as const;
  return waitForBooks(facts, step) ?? step;
}

/** Its money counts as gone, and QuickBooks does not say so: it comes again, or is taken back. */
function planGone({ desired, documents, reversedBy }: TrustFacts, { mark }: ChequeIntent): EntryStep {
  // A reversal that is in QuickBooks already has an entry there, and this one is missing beside it.
  if (reversedBy !== undefined && !live(documents[trustEntryKey(reversedBy)])) return { do: 'nothing' };
  const how = documents[mark]?.removed === 'voided' ? 'voided' : 'deleted';
  const payee = desired.payee ?? desired.client.name;
  return { do: 'park', fault: 'cheque-gone', params: { how, payee }, on: mark };
}

/** QuickBooks holds this money in total, and lines do not say whose it is: there is nothing to post. */
export const isLedgerOnly = ({ desired, account }: Pick<TrustFacts, 'desired' | 'account'>): boolean =>
  desired.kind === 'opening-balance' &&
  account?.lineCustomer === 'plain' &&
  account.subAccounts === undefined;

/**
 * Accounts, amounts, names and the day stay as they were posted, whatever is mapped by now; only words follow. What was
 * adopted keeps its own words, and is looked at again in place of being written.
 */
function planPosted(facts: TrustFacts, posted: JournalEntryIntent): EntryStep {
  const { differs: _settled, ...kept } = posted;
  const description = describe(facts.desired);
  const lines = posted.lines.map((line) => ({ ...line, description }));
  const intent = { ...kept, memo: description, note: description, lines };
  if (sameIntent(posted, intent)) return { do: 'nothing' };
  const step = { do: 'write', key: posted.mark, action: 'update', intent } as const;
  return (isAdopted(intent) ? undefined : waitForBooks(facts, step)) ?? step;
}

/** Mapped to something that is no account for it, as far as QuickBooks was asked. */
function unfitAccount({ profile }: TrustFacts, account: TrustAccount): EntryStep | undefined {
  if (account.subAccounts && profile && hasFewAccounts(profile)) {
    const params = { account: account.name, plan: profile.plan };
    return {
      do: 'park',
      fault: 'trust-sub-accounts-limited',
      params,
      needsCompany: true,
      readsProfile: true,
    };
  }
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
function originalEntry({ desired, documents }: TrustFacts): EntryIntent | EntryStep | undefined {
  if (desired.kind !== 'reversal' || desired.reverses === undefined) return undefined;
  const id = desired.reverses;
  const key = trustEntryKey(id);
  const posted = live(postedAs<EntryIntent>(documents, key));
  const of = { type: 'trustTransaction', id } as const;
  if (posted && hasFeePayment(documents, id)) {
    const why = `the payment of ${id}, which is taken back, to be off its bill`;
    return { do: 'wait', on: trustPaymentKey(id), document: 'payment', of, why };
  }
  if (posted && isUnprinted(posted.intent)) {
    const why = `the cheque of ${id}, which is taken back, to be withdrawn`;
    return { do: 'wait', on: key, document: 'cheque', of, why };
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
  if (desired.kind === 'reversal') return {};
  const own = whoseOf(facts, account, desired);
  if ('do' in own) return own;
  const to = desired.to ? whoseOf(facts, account, desired.to) : {};
  if ('do' in to) return to;
  return {
    ...(own.customer !== undefined && { own: own.customer }),
    ...(own.accountId !== undefined && { ownAccountId: own.accountId }),
    ...(to.customer !== undefined && { to: to.customer }),
    ...(to.accountId !== undefined && { toAccountId: to.accountId }),
  };
}

type Whose = Pick<TrustTransactionSnapshot, 'client' | 'matter'>;

/** Who stands on a line, and on which account it is, as far as the firm keeps them so. */
function whoseOf(
  facts: TrustFacts,
  { accountId, lineCustomer, subAccounts }: TrustAccount,
  whose: Whose,
): { customer?: string; accountId?: string } | EntryStep {
  const customer = lineCustomer === 'plain' ? undefined : customerOf(facts, whose);
  if (typeof customer === 'object') return customer;
  const named = customer === undefined ? {} : { customer };
  if (subAccounts === undefined) return named;
  const { clientId, name } = whose.client;
  const on = liabilityKey(clientId, accountId);
  const own = live(facts.documents[on]);
  if (own) return { ...named, accountId: own.qboId };
  const of = { type: 'contact', id: clientId } as const;
  return {
    do: 'wait',
    on,
    document: 'account',
    of,
    why: `the account of client ${name} to be in QuickBooks`,
  };
}

function customerOf({ documents, settings }: TrustFacts, { client, matter }: Whose): string | EntryStep {
  const { clientId, name } = client;
  const asMatter = settings.matters === 'sub-customer';
  const on: DocumentKey = asMatter ? matterKey(clientId, matter.matterId) : customerKey(clientId);
  const customer = live(documents[on]);
  if (customer) return customer.qboId;
  const why = asMatter ? `matter ${matter.number} of ${name}` : `client ${name}`;
  const of = { type: 'contact', id: clientId } as const;
  return { do: 'wait', on, document: 'customer', of, why: `${why} to be in QuickBooks` };
}
