import { trustEntryKey } from '../document.js';
import type { ChequeIntent, JournalEntryIntent, JournalLineIntent } from '../intent.js';
import type { TrustAccount } from '../trust-account.js';
import type { Adoption } from './adoption/record.js';
import { isMoneyIn, type TrustTransactionSnapshot } from '../trust-transaction.js';

/** Longest number that QuickBooks takes, and more words than anybody reads. */
const NUMBER_LENGTH = 21;
const LINE_LENGTH = 1000;

/** What one movement of client money is in QuickBooks. */
export type EntryIntent = JournalEntryIntent | ChequeIntent;

/** Who stands on the lines, in QuickBooks' ids; absent where lines are plain. */
export interface Tags {
  own?: string;
  /** Of a transfer: whom it goes to. */
  to?: string;
  /** Accounts of these clients alone; absent = the one of all. */
  ownAccountId?: string;
  toAccountId?: string;
}

export interface Entry {
  desired: TrustTransactionSnapshot;
  account: TrustAccount;
  tags: Tags;
  /** As it was posted, for a reversal: its lines are these the other way round. */
  original?: EntryIntent;
  numberOverride?: string;
}

/**
 * The one journal entry of a trust transaction: bank against what is owed to the client, or between two clients. An
 * opening balance names whose the money is that QuickBooks holds already, so that neither account moves.
 */
export function entryIntent({ desired, account, tags, original, numberOverride }: Entry): JournalEntryIntent {
  const { trustTransactionId: id, date } = desired;
  const description = describe(desired);
  const lines = original ? swapped(original, description) : linesOf(desired, account, tags, description);
  return {
    document: 'journal-entry',
    number: numberOverride ?? numberFor(id),
    enteredOn: date,
    memo: description,
    note: description,
    lines,
    mark: trustEntryKey(id),
  };
}

/** The record that is taken in place of being written; its lines are known once it was seen. */
export const adoptedAs = ({ type, id, line }: Adoption): NonNullable<JournalEntryIntent['adopted']> => ({
  type,
  qboId: id,
  lines: line === undefined ? [] : [line],
});

export const isAdopted = (
  intent: EntryIntent,
): intent is JournalEntryIntent & Required<Pick<JournalEntryIntent, 'adopted'>> =>
  intent.document === 'journal-entry' && intent.adopted !== undefined;

/** Ids differ at their end, if anywhere. */
export const numberFor = (id: string): string => `T-${id.slice(-(NUMBER_LENGTH - 'T-'.length))}`;

export function linesOf(
  desired: TrustTransactionSnapshot,
  { bankAccountId, liabilityAccountId }: TrustAccount,
  { own, to, ownAccountId, toAccountId }: Tags,
  description: string,
): JournalLineIntent[] {
  const { kind, amountCents } = desired;
  const bank = { accountId: bankAccountId, amountCents, description };
  const owed = (customerQboId: string | undefined, accountId = liabilityAccountId) => ({
    accountId,
    amountCents,
    description,
    ...(customerQboId !== undefined && { customerQboId }),
  });
  const debit = (line: Omit<JournalLineIntent, 'side'>): JournalLineIntent => ({ side: 'debit', ...line });
  const credit = (line: Omit<JournalLineIntent, 'side'>): JournalLineIntent => ({ side: 'credit', ...line });
  if (kind === 'transfer') return [debit(owed(own, ownAccountId)), credit(owed(to, toAccountId))];
  if (kind === 'opening-balance') return [debit(owed(undefined)), credit(owed(own, ownAccountId))];
  return isMoneyIn(kind)
    ? [debit(bank), credit(owed(own, ownAccountId))]
    : [debit(owed(own, ownAccountId)), credit(bank)];
}

const swapped = ({ lines }: EntryIntent, description: string): JournalLineIntent[] =>
  lines.map((line) => ({ ...line, side: line.side === 'debit' ? 'credit' : 'debit', description }));

const WORDS = {
  deposit: 'Trust deposit',
  disbursement: 'Trust disbursement',
  fee: 'Earned fees from trust',
  transfer: 'Trust transfer',
  'bank-charge': 'Trust bank charge',
  interest: 'Trust interest',
  'opening-balance': 'Trust opening balance',
  reversal: 'Reversal of',
} as const;

/** All that has to be on record about a movement of client money, in one line. */
export function describe(desired: TrustTransactionSnapshot): string {
  const { kind, client, matter, to, payer, payee, purpose, method, reference, reason, reverses } = desired;
  const whose = `${client.name}, matter ${matter.number}`;
  const words = [
    kind === 'reversal' ? `${WORDS[kind]} ${reverses ?? ''}` : WORDS[kind],
    to ? `${whose}, to ${to.client.name}, matter ${to.matter.number}` : whose,
    ...(payer === undefined ? [] : [`from ${payer}`]),
    ...(payee === undefined ? [] : [`to ${payee}`]),
    ...(desired.billId === undefined ? [] : [`bill ${desired.billId}`]),
    ...(purpose === undefined ? [] : [purpose]),
    ...(reason === undefined ? [] : [reason]),
    ...(method === undefined && reference === undefined
      ? []
      : [[method, reference].filter(Boolean).join(' ')]),
    ...(desired.memo === undefined ? [] : [desired.memo]),
  ];
  return words.join('; ').slice(0, LINE_LENGTH);
}
