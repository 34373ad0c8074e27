import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Queryable } from './database.js';
import type { SubscriptionTable } from './schema.js';

export interface NewSubscription {
  firmId: string;
  person: string;
  channel: 'email' | 'webhook';
  address: string;
  /** Sealed by the caller; for webhooks. */
  secret?: string;
  /** All causes where there is none. */
  causes?: readonly string[];
}

export interface Subscription extends Omit<NewSubscription, 'secret'> {
  subscriptionId: string;
  createdAt: string;
  /** Since when nothing could be delivered, how often in a row, and why. */
  failing?: { since: string; times: number; why: string };
}

/** Undefined when this address is subscribed already. */
export async function addSubscription(
  db: Queryable,
  wanted: NewSubscription,
): Promise<Subscription | undefined> {
  const row = await db
    .insertInto('subscription')
    .values({
      subscription_id: `S-${randomUUID().slice(0, 8)}`,
      firm_id: wanted.firmId,
      person: wanted.person,
      channel: wanted.channel,
      address: wanted.address,
      secret: wanted.secret ?? null,
      causes: wanted.causes ? [...wanted.causes] : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['firm_id', 'channel', 'address']).where('ended_at', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  return row && toSubscription(row);
}

/** Those that are not ended, the oldest first; with `failing` only those that failed at least so often in a row. */
export async function listSubscriptions(
  db: Queryable,
  filter: { firm?: string; failing?: number },
): Promise<Subscription[]> {
  let query = db.selectFrom('subscription').selectAll().where('ended_at', 'is', null).orderBy('created_at');
  if (filter.firm !== undefined) query = query.where('firm_id', '=', filter.firm);
  if (filter.failing !== undefined) query = query.where('failures', '>=', filter.failing);
  return (await query.execute()).map(toSubscription);
}

/** False when there is none that could be ended. What is still to be delivered to it is given up. */
export async function endSubscription(db: Queryable, subscriptionId: string, by: string): Promise<boolean> {
  const { rows } = await sql`
    with ended as (
      update subscription set ended_at = now(), ended_by = ${by}
      where subscription_id = ${subscriptionId} and ended_at is null returning subscription_id),
    dropped as (
      update notice set given_up_at = now()
      where subscription_id in (select subscription_id from ended) and sent_at is null and given_up_at is null)
    select subscription_id from ended`.execute(db);
  return rows.length > 0;
}

function toSubscription(row: Selectable<SubscriptionTable>): Subscription {
  const { failing_since: since, failures: times, failure: why } = row;
  return {
    subscriptionId: row.subscription_id,
    firmId: row.firm_id,
    person: row.person,
    channel: row.channel,
    address: row.address,
    createdAt: row.created_at.toISOString(),
    ...(row.causes && { causes: row.causes }),
    ...(since && { failing: { since: since.toISOString(), times, why: why ?? '' } }),
  };
}
