import { formatCents } from '../domain/money.js';
import type { QboRequest } from './client.js';
import { toCents } from './decimal.js';
import { quote } from './mapping.js';
import { foundIn, queryRequest } from './query.js';

interface DepositBody {
  Id?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  DepositToAccountRef?: { name?: string };
  Line?: { LinkedTxn?: { TxnId?: unknown; TxnType?: string }[] }[];
}

/** A bookkeeper's, not ours: money is deposited on the day that it came, or later. */
export const depositsRequest = (since: string): QboRequest =>
  queryRequest(`select * from Deposit where TxnDate >= ${quote(since)} orderby TxnDate desc maxresults 1000`);

/** The one that a payment lies in. */
export function depositIn(
  json: Record<string, unknown>,
  paymentQboId: string,
): { qboId: string; summary: string } | undefined {
  const deposits = foundIn(json, 'Deposit') as DepositBody[];
  const found = deposits.find(({ Line = [] }) =>
    Line.some(({ LinkedTxn = [] }) =>
      LinkedTxn.some(({ TxnId, TxnType }) => TxnType === 'Payment' && String(TxnId) === paymentQboId),
    ),
  );
  if (!found) return undefined;
  const { Id = '', TxnDate = '?', TotalAmt, DepositToAccountRef } = found;
  const to = DepositToAccountRef?.name === undefined ? '' : ` to ${DepositToAccountRef.name}`;
  return { qboId: Id, summary: `that of ${TxnDate} over ${formatCents(toCents(TotalAmt))}${to}` };
}
