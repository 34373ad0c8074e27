import { sql, type RawBuilder } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Leaves } from '../domain/allocation.js';
import { BOOKS, companyCause } from '../domain/company.js';
import { DEPOSITS } from '../domain/document.js';
import { CLEARING, OPENING } from '../domain/trust/ledger.js';
import type { Queryable } from './database.js';
import { TODAY } from './day.js';
import { openedCents } from './trust-account.js';

export interface Waiter {
  firmId: string;
  /** A document key of another aggregate, or `company`. */
  causeKey: string;
  workflowId: string;
  /** The document's revision that was looked at and was not enough. */
  seenRevision?: number;
  /** For the one that is waited for: by invoice, how much of it payments may have. */
  leaves?: Leaves;
}

/** As it was read: its registration is told from a later one by its instant, which is exact to the microsecond. */
export interface Registration extends Waiter {
  registeredAt: string;
}

/** Registers a workflow behind a cause. Must share a transaction with the check that the cause still stands. */
export async function registerWaiter(db: Queryable, waiter: Waiter): Promise<void> {
  await db
    .insertInto('waiter')
    .values({
      firm_id: waiter.firmId,
      cause_key: waiter.causeKey,
      workflow_id: waiter.workflowId,
      seen_revision: waiter.seenRevision ?? 0,
      leaves: leavesOf(waiter),
      created_at: sql`clock_timestamp()`,
    })
    // Registered anew: whoever is just now waking the earlier registration must not remove this one.
    .onConflict((conflict) =>
      conflict.columns(['firm_id', 'cause_key', 'workflow_id']).doUpdateSet({
        seen_revision: waiter.seenRevision ?? 0,
        leaves: leavesOf(waiter),
        created_at: sql`clock_timestamp()`,
      }),
    )
    .execute();
}

const leavesOf = ({ leaves }: Waiter): string | null => (leaves ? JSON.stringify(leaves) : null);

/** What a workflow has waited for until now and waits for no more: whoever reads it would make way for nothing. */
export async function forgetOtherCauses(
  db: Queryable,
  { firmId, workflowId }: Pick<Waiter, 'firmId' | 'workflowId'>,
  causeKeys: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('waiter')
    .where('firm_id', '=', firmId)
    .where('workflow_id', '=', workflowId)
    .where('cause_key', 'not in', causeKeys)
    .execute();
}

/** Who waits for a cause, first come first. */
export async function listWaiters(db: Queryable, firmId: string, causeKey: string): Promise<Registration[]> {
  const rows = await db
    .selectFrom('waiter')
    .select(['workflow_id', sql<string>`created_at::text`.as('registered_at')])
    .where('firm_id', '=', firmId)
    .where('cause_key', '=', causeKey)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    firmId,
    causeKey,
    workflowId: row.workflow_id,
    registeredAt: row.registered_at,
  }));
}

/** First come first, as JSON. */
const REGISTRATIONS = sql`
  jsonb_agg(
    jsonb_build_object('firmId', waiter.firm_id, 'causeKey', waiter.cause_key, 'workflowId', waiter.workflow_id,
                       'registeredAt', waiter.created_at::text)
    order by waiter.created_at)`;

/** Who waits for a document of this aggregate that was written since they looked, as an expression for a select. */
export const releasable = ({ firmId, type, id }: AggregateRef): RawBuilder<Registration[]> => sql`coalesce((
  select ${REGISTRATIONS}
  from document
  join waiter on waiter.firm_id = document.firm_id and waiter.cause_key = document.document_key
  where document.firm_id = ${firmId} and document.aggregate_type = ${type} and document.aggregate_id = ${id}
    and document.revision > waiter.seen_revision), '[]')${type === 'trustTransaction' ? drawable(firmId, id) : sql``}`;

/** Who waits for money on a ledger that this trust transaction has moved. */
const drawable = (firmId: string, id: string): RawBuilder<unknown> => sql` || coalesce((
  select ${REGISTRATIONS}
  from trust_entry as entry
  join trust_balance as balance using (firm_id, account_id, client_id, matter_id)
  join waiter on waiter.firm_id = balance.firm_id and waiter.cause_key in (balance.cause_key, ${OPENING} || balance.account_id)
  where entry.firm_id = ${firmId} and entry.trust_transaction_id = ${id}
    and case when waiter.cause_key = balance.cause_key then balance.revision > waiter.seen_revision
      else exists (
        select from trust_transaction as opening
        where opening.firm_id = entry.firm_id and opening.trust_transaction_id = entry.trust_transaction_id
          and opening.kind = 'opening-balance') end), '[]')`;

export async function listReleasable(db: Queryable, ref: AggregateRef): Promise<Registration[]> {
  const { rows } = await sql<{ waiters: Registration[] }>`select ${releasable(ref)} as waiters`.execute(db);
  return rows[0]?.waiters ?? [];
}

/** Who waits for books whose closing date is another one by now. */
export async function listBookWaiters(db: Queryable, firmId: string): Promise<Registration[]> {
  const { rows } = await sql<RegistrationRow>`
    select waiter.firm_id, waiter.cause_key, waiter.workflow_id, waiter.created_at::text as registered_at
    from waiter join company on company.firm_id = waiter.firm_id
    where waiter.firm_id = ${firmId} and starts_with(waiter.cause_key, ${BOOKS}) and ${BOOKS_MOVED}
    order by waiter.created_at`.execute(db);
  return rows.map(toRegistration);
}

/** The closing date that a waiter saw stands in its cause. */
const BOOKS_MOVED = sql`waiter.cause_key is distinct from ${BOOKS} || (company.preferences ->> 'closedThrough')`;

/** The opening balances come to what they should, or need not any more. */
const OPENED = sql`exists (
  select from trust_account as account
  where account.firm_id = waiter.firm_id and ${OPENING} || account.account_id = waiter.cause_key
    and coalesce((account.settings ->> 'openingCents')::bigint = ${openedCents(sql`account`)}, true))`;

/** The day stands in the cause. */
const CLEARED = sql`substr(waiter.cause_key, ${CLEARING.length + 1})::date <= ${TODAY}`;

/** Companies in whose books somebody waits, and whose closing date was last read before this long. */
export async function listBooksToRead(db: Queryable, olderThanMs: number): Promise<string[]> {
  const { rows } = await sql<{ firm_id: string }>`
    select firm_id from company
    where status = 'connected' and profile_read_at < now() - ${olderThanMs} * interval '1 millisecond'
      and exists (
        select from waiter where waiter.firm_id = company.firm_id and starts_with(waiter.cause_key, ${BOOKS}))`.execute(
    db,
  );
  return rows.map(({ firm_id: firmId }) => firmId);
}

/** Who has waited for so long for a payment to be taken off its deposit. */
export async function listDepositsToTry(db: Queryable, olderThanMs: number): Promise<Registration[]> {
  const { rows } = await sql<RegistrationRow>`
    select firm_id, cause_key, workflow_id, created_at::text as registered_at from waiter
    where starts_with(cause_key, ${DEPOSITS}) and created_at < now() - ${olderThanMs} * interval '1 millisecond'
    order by created_at`.execute(db);
  return rows.map(toRegistration);
}

/** All whose cause has moved: the document was written since they looked, or nothing stops their company any more. */
export async function listSettledWaiters(db: Queryable): Promise<Registration[]> {
  const { rows } = await sql<RegistrationRow>`
    select waiter.firm_id, waiter.cause_key, waiter.workflow_id, waiter.created_at::text as registered_at
    from waiter
    left join company on company.firm_id = waiter.firm_id
    left join document on document.firm_id = waiter.firm_id and document.document_key = waiter.cause_key
      and coalesce(document.realm_id, company.realm_id) = company.realm_id
    left join trust_balance as balance on balance.firm_id = waiter.firm_id and balance.cause_key = waiter.cause_key
    left join fault on fault.firm_id = waiter.firm_id and fault.aggregate_type = 'company' and fault.closed_at is null
    where case
      when waiter.cause_key = ${companyCause} then fault.park_id is null
      when starts_with(waiter.cause_key, ${BOOKS}) then ${BOOKS_MOVED}
      when starts_with(waiter.cause_key, ${CLEARING}) then ${CLEARED}
      when starts_with(waiter.cause_key, ${OPENING}) then ${OPENED}
      when balance.cause_key is not null then balance.revision > waiter.seen_revision
      else document.revision > waiter.seen_revision end
    order by waiter.created_at`.execute(db);
  return rows.map(toRegistration);
}

interface RegistrationRow {
  firm_id: string;
  cause_key: string;
  workflow_id: string;
  registered_at: string;
}

const toRegistration = (row: RegistrationRow): Registration => ({
  firmId: row.firm_id,
  causeKey: row.cause_key,
  workflowId: row.workflow_id,
  registeredAt: row.registered_at,
});

/** Forgets a registration, unless the workflow has registered anew meanwhile. */
export async function removeWaiter(db: Queryable, waiter: Registration): Promise<void> {
  await db
    .deleteFrom('waiter')
    .where('firm_id', '=', waiter.firmId)
    .where('cause_key', '=', waiter.causeKey)
    .where('workflow_id', '=', waiter.workflowId)
    .where(sql<boolean>`created_at = ${waiter.registeredAt}::timestamptz`)
    .execute();
}
