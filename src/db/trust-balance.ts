import type { LedgerKey } from '../domain/trust/ledger.js';
import type { Queryable } from './database.js';

export interface TrustBalance extends LedgerKey {
  acceptedCents: number;
  postedCents: number;
  overdrawCents: number;
}

/** Balances of a firm's matters, in the order of account, client and matter. */
export async function listBalances(
  db: Queryable,
  firmId: string,
  only: Partial<LedgerKey> = {},
): Promise<TrustBalance[]> {
  let query = db
    .selectFrom('trust_balance')
    .select([
      'account_id as accountId',
      'client_id as clientId',
      'matter_id as matterId',
      'accepted_cents as acceptedCents',
      'posted_cents as postedCents',
      'overdraw_cents as overdrawCents',
    ])
    .where('firm_id', '=', firmId);
  if (only.accountId !== undefined) query = query.where('account_id', '=', only.accountId);
  if (only.clientId !== undefined) query = query.where('client_id', '=', only.clientId);
  if (only.matterId !== undefined) query = query.where('matter_id', '=', only.matterId);
  return await query.orderBy('account_id').orderBy('client_id').orderBy('matter_id').execute();
}
