import type { JournalLineIntent } from '../../intent.js';
import type { TrustAccount } from '../../trust-account.js';

/** The bank account and the liability account of a trust account in QuickBooks. */
export type BookAccount = 'bank' | 'owed';

/** A trust account, with QuickBooks' ids of the accounts that are owed on below its liability account. */
export type BookedAccount = TrustAccount & { subAccountIds?: readonly string[] };

export const owedIds = ({ liabilityAccountId, subAccountIds = [] }: BookedAccount): string[] => [
  liabilityAccountId,
  ...subAccountIds,
];

/** Seen as client money: in the bank and owed to clients alike, what came in is above zero. */
export interface BookLine {
  account: BookAccount;
  cents: number;
  /** QuickBooks' id of the customer who stands on the line. */
  customerId?: string;
}

/** One transaction in QuickBooks that moves either account, with its lines there. */
export interface BookEntry {
  qboId: string;
  /** As QuickBooks calls it, e.g. `Journal Entry`. */
  type: string;
  on: string;
  number?: string;
  memo?: string;
  lines: BookLine[];
}

/** What QuickBooks says of both accounts from the start of the trust account through a day. */
export interface Books {
  /** What stood there at the end of the day before the start. */
  openingBankCents: number;
  openingOwedCents: number;
  entries: BookEntry[];
  /** Names of customers by id. */
  names: Readonly<Record<string, string>>;
}

/** One of our transactions, as the ledgers and the postings have it. */
export interface OwnTransaction {
  id: string;
  on: string;
  /** Still on its way, left to a person, or posted while QuickBooks was read: it need not be there yet. */
  isOnTheWay: boolean;
  /** Names whose the money is that was there at the start, or takes that back: neither account moves in total. */
  isOpening: boolean;
  legs: { clientId: string; matterId: string; cents: number }[];
  /** As it was posted; absent for what was not. */
  posted?: {
    qboId: string;
    on: string;
    lines: BookLine[];
    /** Entered by somebody else: there may be more in it than this transaction. */
    isAdopted?: true;
  };
}

/** What the bank says, as the firm gives it. */
export interface Statement {
  /** The balance at the end of the day. */
  balanceCents: number;
  /** In our ledger and not on the statement yet: deposits above zero, cheques below. */
  uncleared: Uncleared[];
}

export interface Uncleared {
  cents: number;
  /** Which of our transactions it is. */
  trustTransactionId?: string;
  description?: string;
}

/** What journal lines do to the two accounts; other accounts are no trust money. */
export function bookLines(
  lines: readonly Pick<JournalLineIntent, 'side' | 'accountId' | 'amountCents' | 'customerQboId'>[],
  account: BookedAccount,
): BookLine[] {
  const owed = new Set(owedIds(account));
  return lines.flatMap(({ side, accountId, amountCents, customerQboId }): BookLine[] => {
    if (accountId === account.bankAccountId) {
      return [{ account: 'bank', cents: side === 'debit' ? amountCents : -amountCents }];
    }
    if (!owed.has(accountId)) return [];
    const cents = side === 'credit' ? amountCents : -amountCents;
    return [{ account: 'owed', cents, ...(customerQboId !== undefined && { customerId: customerQboId }) }];
  });
}

export const sumOf = (lines: readonly BookLine[], account: BookAccount): number =>
  lines.reduce((sum, line) => (line.account === account ? sum + line.cents : sum), 0);
