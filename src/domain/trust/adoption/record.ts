import type { JournalLineIntent } from '../../intent.js';

/** What client money may stand in that somebody has entered in QuickBooks, by QuickBooks' own names. */
export const ADOPTABLE_TYPES = ['JournalEntry', 'Deposit', 'Purchase', 'Transfer'] as const;
export type AdoptableType = (typeof ADOPTABLE_TYPES)[number];

/** A record of QuickBooks that is taken for a transaction in place of posting one. */
export interface Adoption {
  type: AdoptableType;
  /** QuickBooks' id of it. */
  id: string;
  /** Which of its lines, where several are alike; of a transfer between matters, that of whom the money comes from. */
  line?: string;
}

/** One side of such a record. */
export interface FoundLine {
  /** QuickBooks' id of the line; absent for what stands in the head. */
  id?: string;
  side: 'debit' | 'credit';
  accountId: string;
  amountCents: number;
  customer?: { qboId: string; name: string };
  /** A name on the line that is no customer, as a person reads it. */
  stranger?: string;
}

export interface FoundRecord {
  type: AdoptableType;
  qboId: string;
  syncToken: string;
  on: string;
  number?: string;
  /** Our key, where we wrote it, or where a copy of ours has it. */
  mark?: string;
  /** ISO 4217, where it says one. */
  currency?: string;
  isVoided: boolean;
  /** A short line for a person. */
  summary: string;
  lines: FoundLine[];
}

/** A document of ours that stands in the same record already. */
export interface Neighbour {
  key: string;
  /** Ids of the lines that are its own; absent: the record is all its own. */
  taken?: readonly string[];
  lines: readonly JournalLineIntent[];
}

/** What a record comes to, by its debits. */
export const totalOf = ({ lines }: FoundRecord): number =>
  lines.reduce((sum, { side, amountCents }) => (side === 'debit' ? sum + amountCents : sum), 0);

/** Which record it is, beside its id: QuickBooks' name of the type, and one of its lines. */
export interface Place {
  qboType?: AdoptableType;
  qboLine?: string;
}

/** What of it is said, wherever it stands. */
export function placeOf({ qboType, qboLine }: { qboType?: string; qboLine?: string }): Place {
  const type = ADOPTABLE_TYPES.find((one) => one === qboType);
  return { ...(type && { qboType: type }), ...(qboLine !== undefined && { qboLine }) };
}
