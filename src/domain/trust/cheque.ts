import {
  customerKey,
  live,
  trustEntryKey,
  vendorKey,
  type DocumentKey,
  type Documents,
} from '../document.js';
import type { ChequeIntent } from '../intent.js';
import { payeeOf } from '../payee.js';
import type { TrustTransactionSnapshot } from '../trust-transaction.js';
import { describe, linesOf, type Entry, type EntryIntent } from './entry.js';

/** Whom it is drawn to: the document that has to be in QuickBooks, and how a person calls it. */
export function drawnTo(desired: TrustTransactionSnapshot): {
  on: DocumentKey;
  document: 'customer' | 'vendor';
  contactId: string;
  name: string;
} {
  const payee = payeeOf(desired);
  if (!payee) {
    const { clientId, name } = desired.client;
    return { on: customerKey(clientId), document: 'customer', contactId: clientId, name: `client ${name}` };
  }
  const { clientId: contactId, name } = payee;
  return { on: vendorKey(contactId), document: 'vendor', contactId, name: `payee ${name}` };
}

/** A paper is small: the matter and what it is for, behind the key that says which transaction it is. */
function onPaper({ matter, purpose, memo }: TrustTransactionSnapshot): string {
  return [matter.number, purpose, memo].filter((words) => words !== undefined).join('; ');
}

/** In place of the journal entry, and with what that would do to the accounts. */
export function chequeIntent(
  { desired, account, tags }: Pick<Entry, 'desired' | 'account' | 'tags'>,
  payee: ChequeIntent['payee'],
): ChequeIntent {
  const address = desired.cheque?.address;
  const memo = describe(desired);
  return {
    document: 'cheque',
    enteredOn: desired.date,
    payee,
    ...(address !== undefined && { address }),
    memo,
    note: onPaper(desired),
    lines: linesOf(desired, account, tags, memo),
    mark: trustEntryKey(desired.trustTransactionId),
  };
}

/** Accounts, amounts, names and the day stay as they were posted; only words follow. */
export function reworded(posted: ChequeIntent, desired: TrustTransactionSnapshot): ChequeIntent {
  const { differs: _settled, address: _former, ...kept } = posted;
  const memo = describe(desired);
  const address = desired.cheque?.address;
  return {
    ...kept,
    // What is on paper stays where it was sent.
    ...(posted.printed
      ? posted.address !== undefined && { address: posted.address }
      : address !== undefined && { address }),
    memo,
    note: onPaper(desired),
    lines: posted.lines.map((line) => ({ ...line, description: memo })),
  };
}

/** Nobody holds the paper yet, as far as we have heard. */
export const isUnprinted = (intent: EntryIntent): intent is ChequeIntent =>
  intent.document === 'cheque' && intent.printed === undefined;

/** The cheque of a transaction that is in QuickBooks no more, whoever took it out. */
export function goneCheque(documents: Documents, id: string): ChequeIntent | undefined {
  const posted = documents[trustEntryKey(id)];
  if (!posted || live(posted) || posted.decided || posted.intent.document !== 'cheque') return undefined;
  return posted.intent;
}
