import { formatCents } from '../domain/money.js';
import type { Deposit } from '../domain/document.js';
import type { QboRequest } from './client.js';
import { toCents } from './decimal.js';
import { quote } from './mapping.js';
import { foundIn, queryRequest } from './query.js';

interface DepositBody {
  Id?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  DepositToAccountRef?: { value?: string; name?: string };
  Line?: { LinkedTxn?: { TxnId?: unknown; TxnType?: string }[] }[];
}

/** A bookkeeper's, not ours: money is deposited on the day that it came, or later. */
export const depositsRequest = (since: string): QboRequest =>
  queryRequest(`select * from Deposit where TxnDate >= ${quote(since)} orderby TxnDate desc maxresults 1000`);

/** The one that a payment lies in. */
export function depositIn(
  json: Record<string, unknown>,
  paymentQboId: string,
): Omit<Deposit, 'version'> | undefined {
  const deposits = foundIn(json, 'Deposit') as DepositBody[];
  const found = deposits.find(({ Line = [] }) =>
    Line.some(({ LinkedTxn = [] }) =>
      LinkedTxn.some(({ TxnId, TxnType }) => TxnType === 'Payment' && String(TxnId) === paymentQboId),
    ),
  );
  if (!found) return undefined;
  const { Id = '', TxnDate = '?', TotalAmt, DepositToAccountRef } = found;
  const to = DepositToAccountRef?.name === undefined ? '' : ` to ${DepositToAccountRef.name}`;
  const accountId = DepositToAccountRef?.value;
  return {
    qboId: Id,
    ...(accountId !== undefined && { accountId }),
    summary: `that of ${TxnDate} over ${formatCents(toCents(TotalAmt))}${to}`,
  };
}
