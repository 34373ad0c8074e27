import { sql, type RawBuilder } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import type { ClientAccount } from '../domain/client-account.js';
import type { ContactFacts, ContactSnapshot, NamedBilling } from '../domain/contact.js';
import { matterKey, type DocumentKey } from '../domain/document.js';
import type { CustomerIntent } from '../domain/intent.js';
import { profileOf } from './company.js';
import type { Queryable } from './database.js';
import { accept, type Acceptance } from './acceptance.js';
import { documentsWhere } from './document.js';

/** Keeps the newest snapshot of a client. */
export async function acceptContact(
  db: Queryable,
  firmId: string,
  snapshot: ContactSnapshot,
): Promise<Acceptance> {
  const { clientId, version } = snapshot;
  const json = JSON.stringify(snapshot);
  const write = sql`
    insert into contact (firm_id, client_id, version, snapshot) values (${firmId}, ${clientId}, ${version}, ${json})
    on conflict (firm_id, client_id) do update
      set version = excluded.version, snapshot = excluded.snapshot, updated_at = now(), state = 'working'
      where contact.version < excluded.version`;
  const acceptance = await accept(db, {
    ref: { firmId, type: 'contact', id: clientId },
    version,
    json,
    write,
  });
  // Cheques of all years name the same payee, each with an address of its own: kept as first seen.
  return acceptance === 'contradiction' && snapshot.payee ? 'known' : acceptance;
}

/** The version on record, 0 for none, and what QuickBooks' sub-customers for this client's matters are called, by key. */
export async function clientOnRecord(
  db: Queryable,
  firmId: string,
  clientId: string,
): Promise<{ version: number; matters: Record<DocumentKey, CustomerIntent> }> {
  const { rows } = await sql<{ version: number; matters: Record<DocumentKey, CustomerIntent> }>`
    select
      coalesce((select version from contact where firm_id = ${firmId} and client_id = ${clientId}), 0) as version,
      coalesce((
        select jsonb_object_agg(document_key, intent) from document
        where firm_id = ${firmId} and aggregate_type = 'contact' and aggregate_id = ${clientId}
          and qbo_id is not null and starts_with(document_key, ${matterKey(clientId, '')})), '{}') as matters`.execute(
    db,
  );
  return rows[0] ?? { version: 0, matters: {} };
}

export async function lockContactFacts(
  db: Queryable,
  firmId: string,
  clientId: string,
): Promise<ContactFacts | undefined> {
  const row = await db
    .selectFrom('contact')
    .innerJoin('firm', 'firm.firm_id', 'contact.firm_id')
    .leftJoin('company', 'company.firm_id', 'contact.firm_id')
    .select(['contact.snapshot', 'contact.excluded', 'company.preferences', 'firm.settings'])
    .select(
      documentsWhere(sql`found.aggregate_type = 'contact' and found.aggregate_id = contact.client_id`).as(
        'documents',
      ),
    )
    .select(BILLINGS.as('billings'))
    .select(CLIENT_ACCOUNTS.as('client_accounts'))
    .where('contact.firm_id', '=', firmId)
    .where('contact.client_id', '=', clientId)
    .forUpdate('contact')
    .executeTakeFirst();
  if (!row) return undefined;
  const {
    snapshot,
    excluded,
    documents,
    preferences,
    settings,
    billings,
    client_accounts: clientAccounts,
  } = row;
  return {
    desired: snapshot,
    excluded,
    documents,
    profile: profileOf(preferences),
    settings,
    clientAccounts,
    billings: billings.map((billing) => ({ ...billing, client: { clientId } })),
  };
}

/** Of the trust accounts that have one for each client, those that hold money of this one. */
const CLIENT_ACCOUNTS: RawBuilder<ClientAccount[]> = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('accountId', held.account_id, 'parentQboId', held.settings ->> 'liabilityAccountId')
                     order by held.account_id)
    from trust_account as held
    where held.firm_id = contact.firm_id and held.settings ->> 'subAccounts' = 'client'
      and exists (
        select from trust_transaction as moved
        where moved.firm_id = held.firm_id and moved.account_id = held.account_id and not moved.excluded
          and contact.client_id in (moved.client_id, moved.to_client_id))), '[]')`;

/** What differs among them only: a client may have thousands of bills. */
const BILLINGS: RawBuilder<Omit<NamedBilling, 'client'>[]> = sql`
  coalesce((
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('currency', one.currency, 'matters', one.matters))
                     order by one.accepted_at)
    from (
      select bill.snapshot ->> 'currency' as currency, bill.snapshot -> 'matters' as matters,
             max(bill.accepted_at) as accepted_at
      from bill
      where bill.firm_id = contact.firm_id and bill.client_id = contact.client_id and not bill.excluded
        and bill.snapshot ->> 'state' = 'approved'
        and coalesce(bill.snapshot ->> 'issuedOn' >= firm.settings ->> 'startOn', true)
      group by 1, 2
      union all
      select distinct payment.snapshot ->> 'currency', '[]'::jsonb, '-infinity'::timestamptz
      from payment
      where payment.firm_id = contact.firm_id and payment.client_id = contact.client_id and not payment.excluded
        and payment.snapshot ->> 'state' <> 'deleted'
        and coalesce(payment.snapshot ->> 'receivedOn' >= firm.settings ->> 'startOn', true)
      union all
      select distinct null, jsonb_build_array(held.matter), '-infinity'::timestamptz
      from (
        select client_id, excluded, snapshot -> 'matter' as matter from trust_transaction
        where firm_id = contact.firm_id and client_id = contact.client_id
        union all
        select to_client_id, excluded, snapshot -> 'to' -> 'matter' from trust_transaction
        where firm_id = contact.firm_id and to_client_id = contact.client_id) as held
      where not held.excluded) as one), '[]')`;

export async function saveContact(
  db: Queryable,
  firmId: string,
  clientId: string,
  change: { state?: AggregateState; excluded?: boolean },
): Promise<void> {
  await db
    .updateTable('contact')
    .set({ ...change, updated_at: new Date() })
    .where('firm_id', '=', firmId)
    .where('client_id', '=', clientId)
    .execute();
}
