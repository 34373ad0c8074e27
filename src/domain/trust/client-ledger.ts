import { csvAmount, csvRow } from '../csv.js';
import type { Holder } from '../trust-account.js';
import type { TrustKind } from '../trust-transaction.js';

/** One movement of one matter's money, with what QuickBooks calls it, so that a bookkeeper can tick it off there. */
export interface LedgerLine extends Holder {
  on: string;
  trustTransactionId: string;
  kind: TrustKind;
  /** The number of the entry in QuickBooks, and its id there; absent while it is not there. */
  number?: string;
  qboId?: string;
  /** Payer, payee and purpose, as they stand in the entry. */
  words: string;
  inCents: number;
  outCents: number;
}

export interface RunningLine extends LedgerLine {
  /** Of its matter, after this line. */
  balanceCents: number;
}

/** Lines in the order of client, matter and day, each with the balance of its matter; of one day, money in comes first. */
export function withBalances(
  lines: readonly LedgerLine[],
  openings: ReadonlyMap<string, number> = new Map(),
): RunningLine[] {
  const balances = new Map(openings);
  return lines.toSorted(inOrder).map((line) => {
    const key = `${line.clientId}/${line.matterId}`;
    const balanceCents = (balances.get(key) ?? 0) + line.inCents - line.outCents;
    balances.set(key, balanceCents);
    return { ...line, balanceCents };
  });
}

const inOrder = (one: LedgerLine, other: LedgerLine): number =>
  compare(one.clientId, other.clientId) ||
  compare(one.matterId, other.matterId) ||
  compare(one.on, other.on) ||
  other.inCents - one.inCents ||
  compare(one.trustTransactionId, other.trustTransactionId);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const HEAD = [
  'date',
  'client',
  'matter',
  'transaction',
  'kind',
  'number in QuickBooks',
  'id in QuickBooks',
  'words',
  'in',
  'out',
  'balance',
];

/** As RFC 4180 has it, with amounts as plain decimals. */
export function toCsv(lines: readonly RunningLine[]): string {
  const rows = lines.map((line) => [
    line.on,
    line.clientId,
    line.matterId,
    line.trustTransactionId,
    line.kind,
    line.number ?? '',
    line.qboId ?? '',
    line.words,
    line.inCents === 0 ? '' : csvAmount(line.inCents),
    line.outCents === 0 ? '' : csvAmount(line.outCents),
    csvAmount(line.balanceCents),
  ]);
  return [HEAD, ...rows].map(csvRow).join('');
}
