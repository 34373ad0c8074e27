import { sql, type RawBuilder } from 'kysely';
import type { TrustAccount } from '../domain/trust-account.js';
import type { Queryable } from './database.js';

export async function findTrustAccount(
  db: Queryable,
  firmId: string,
  accountId: string,
): Promise<TrustAccount | undefined> {
  const row = await db
    .selectFrom('trust_account')
    .select('settings')
    .where('firm_id', '=', firmId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.settings;
}

export async function listTrustAccounts(db: Queryable, firmId: string): Promise<TrustAccount[]> {
  const rows = await db
    .selectFrom('trust_account')
    .select('settings')
    .where('firm_id', '=', firmId)
    .orderBy('account_id')
    .execute();
  return rows.map(({ settings }) => settings);
}

/** Makes it or puts these settings in the place of its own, as a whole. */
export async function saveTrustAccount(db: Queryable, firmId: string, account: TrustAccount): Promise<void> {
  const settings = JSON.stringify(account);
  await db
    .insertInto('trust_account')
    .values({ firm_id: firmId, account_id: account.accountId, settings })
    .onConflict((conflict) =>
      conflict.columns(['firm_id', 'account_id']).doUpdateSet({
        settings,
        settings_version: sql`trust_account.settings_version + 1`,
        updated_at: sql`now()`,
      }),
    )
    .execute();
}

/** What the opening balances of an account come to in QuickBooks: an expression over its row, which has this name. */
export const openedCents = (account: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(
  select coalesce(sum(entry.cents), 0)::bigint
  from trust_entry as entry
  join trust_transaction as opening using (firm_id, trust_transaction_id)
  where entry.firm_id = ${account}.firm_id and entry.account_id = ${account}.account_id
    and entry.entered_on = (${account}.settings ->> 'startOn')::date and entry.state = 'posted'
    and opening.kind = 'opening-balance')`;

/** Whether any of what it holds may be owed on an account of one client, now or since it was set up otherwise. */
export async function hasClientAccounts(
  db: Queryable,
  firmId: string,
  { accountId, subAccounts }: TrustAccount,
): Promise<boolean> {
  if (subAccounts !== undefined) return true;
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from document
      where firm_id = ${firmId} and document_type = 'account' and document_key like ${`contact/%/liability/${accountId}`}
    ) as found`.execute(db);
  return rows[0]?.found === true;
}

/** Held until the transaction ends, by who settles an opening balance and by who is about to wait for it. */
export async function lockTrustAccount(db: Queryable, firmId: string, accountId: string): Promise<void> {
  await db
    .selectFrom('trust_account')
    .select('account_id')
    .where('firm_id', '=', firmId)
    .where('account_id', '=', accountId)
    .forUpdate()
    .execute();
}
