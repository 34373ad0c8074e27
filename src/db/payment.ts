import { sql } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import type { Rival } from '../domain/payment/room.js';
import type { LockChoice } from '../domain/firm.js';
import type { PaymentFacts, PaymentSnapshot } from '../domain/payment.js';
import { profileOf } from './company.js';
import type { Queryable } from './database.js';
import { accept, type Acceptance } from './acceptance.js';
import { documentsWhere } from './document.js';
import { onTheWayWhere, toBills } from './on-the-way.js';
import { billsPaid, paidBills, paymentsOn } from './paid-bill.js';

/** Keeps the newest snapshot of a payment. */
export async function acceptPayment(db: Queryable, snapshot: PaymentSnapshot): Promise<Acceptance> {
  const { firmId, paymentId, version, client, allocations } = snapshot;
  const json = JSON.stringify(snapshot);
  const billIds = allocations.map(({ billId }) => billId);
  const write = sql`
    insert into payment (firm_id, payment_id, version, snapshot, client_id, bill_ids)
    values (${firmId}, ${paymentId}, ${version}, ${json}, ${client.clientId}, ${billIds})
    on conflict (firm_id, payment_id) do update
      set version = excluded.version, snapshot = excluded.snapshot, client_id = excluded.client_id,
          bill_ids = excluded.bill_ids, updated_at = now(), state = 'working',
          lock_choice = null
      where payment.version < excluded.version`;
  return await accept(db, { ref: { firmId, type: 'payment', id: paymentId }, version, json, write });
}

/** All that the plan of a payment depends on, with the payment's row locked; undefined for one never accepted. */
export async function lockPaymentFacts(
  db: Queryable,
  firmId: string,
  paymentId: string,
): Promise<PaymentFacts | undefined> {
  const row = await db
    .selectFrom('payment')
    .innerJoin('firm', 'firm.firm_id', 'payment.firm_id')
    .leftJoin('company', 'company.firm_id', 'payment.firm_id')
    .select([
      'payment.snapshot',
      'payment.excluded',
      'payment.lock_choice',
      'payment.remapped',
      'payment.skipped_version',
      'firm.settings',
      'company.preferences',
    ])
    .select([
      documentsWhere(PAYMENT_DOCUMENTS).as('documents'),
      paidBills(sql`paid.bill_id = any(${BILLS})`, sql`payment.firm_id`, OWN_KEY).as('bills'),
      RIVALS.as('rivals'),
      onTheWayWhere(toBills(BILLS, OWN_KEY)).as('on_the_way'),
      ADOPTING.as('adopting'),
    ])
    .where('payment.firm_id', '=', firmId)
    .where('payment.payment_id', '=', paymentId)
    .forUpdate('payment')
    .executeTakeFirst();
  if (!row) return undefined;
  const { snapshot: desired, excluded, settings, bills, preferences, rivals, on_the_way: onTheWay } = row;
  return {
    desired,
    excluded,
    settings,
    documents: row.documents,
    ...(Object.keys(onTheWay).length > 0 && { onTheWay }),
    bills,
    rivals,
    profile: profileOf(preferences),
    ...(Object.keys(row.remapped).length > 0 && { remapped: row.remapped }),
    ...(row.adopting && { adopting: true }),
    ...(row.lock_choice !== null && { lockChoice: row.lock_choice }),
    ...(row.skipped_version !== null && { skippedVersion: row.skipped_version }),
  };
}

const OWN_KEY = sql`'payment/' || payment.payment_id || '/payment'`;

const ADOPTING = sql<boolean>`exists (
  select from document as decided
  where decided.firm_id = payment.firm_id and decided.document_key = ${OWN_KEY}
    and decided.decision ->> 'action' = 'adopt')`;

const BILLS = billsPaid(sql`payment.firm_id`, sql`payment.bill_ids`, OWN_KEY);

const ON_BILLS = paymentsOn(sql`payment.firm_id`, BILLS);

/** Clients of the bills that it is meant for, and its own. */
const CLIENTS = sql`array(
  select payment.client_id
  union
  select meant.client_id from bill as meant
  where meant.firm_id = payment.firm_id and meant.bill_id = any(payment.bill_ids))`;

/** Its own, its clients', those of its bills, and all that these are paid with. Lists, so that an index finds each. */
const PAYMENT_DOCUMENTS = sql`
  (found.aggregate_type = 'payment' and found.aggregate_id = payment.payment_id)
  or (found.aggregate_type = 'contact' and found.aggregate_id = any(${CLIENTS}))
  or (found.aggregate_type = 'bill' and found.aggregate_id = any(${BILLS}))
  or found.document_key = any(${ON_BILLS})`;

/** Other payments that lie on the bills of this one, and what they are meant for. */
const RIVALS = sql<Record<string, Rival>>`
  coalesce((
    select jsonb_object_agg(other.payment_id, jsonb_build_object(
      'state', other.snapshot ->> 'state', 'excluded', other.excluded, 'allocations', other.snapshot -> 'allocations',
      'reversed', exists (
        select from document as entry
        where entry.firm_id = other.firm_id and entry.document_key = 'payment/' || other.payment_id || '/reversal'
          and entry.qbo_id is not null and entry.removed is null)))
    from document as lies
    join payment as other on other.firm_id = lies.firm_id and other.payment_id = lies.aggregate_id
    where lies.firm_id = payment.firm_id and lies.realm_id = company.realm_id and lies.aggregate_type = 'payment'
      and lies.qbo_id is not null and lies.aggregate_id <> payment.payment_id
      and lies.document_key = any(${ON_BILLS})), '{}')`;

export async function savePayment(
  db: Queryable,
  firmId: string,
  paymentId: string,
  change: { state?: AggregateState; excluded?: boolean; lock_choice?: LockChoice },
): Promise<void> {
  await db
    .updateTable('payment')
    .set({
      ...change,
      updated_at: new Date(),
      ...(change.state === 'skipped' && { skipped_version: sql`coalesce(skipped_version, version)` }),
    })
    .where('firm_id', '=', firmId)
    .where('payment_id', '=', paymentId)
    .execute();
}
