import { sql } from 'kysely';
import { CHEQUE_PRINTED, type Message } from '../domain/notice.js';
import { isoText } from './instant.js';
import type { Queryable } from './database.js';

/** A message on its way, and where to. */
export interface Delivery {
  notice: Message;
  subscriptionId: string;
  channel: 'email' | 'webhook';
  address: string;
  /** Sealed. */
  secret: string | null;
  attempts: number;
}

/**
 * Takes messages that are due, for as long as `leaseMs`: whoever dies with one in hand leaves it to the next, under the
 * same id. The end of a cause waits until its beginning was delivered or given up.
 */
export async function claimNotices(db: Queryable, most: number, leaseMs: number): Promise<Delivery[]> {
  const { rows } = await sql<{
    notice_id: string;
    kind: Message['kind'];
    body: object;
    attempt_count: number;
    subscription_id: string;
    channel: Delivery['channel'];
    address: string;
    secret: string | null;
  }>`
    update notice set due_at = now() + ${leaseMs} * interval '1 millisecond', attempt_count = attempt_count + 1
    from subscription
    where subscription.subscription_id = notice.subscription_id and notice.notice_id in (
      select due.notice_id from notice as due
      where due.sent_at is null and due.given_up_at is null and due.due_at <= now()
        and not (due.kind = 'over' and exists (
          select from notice as first where first.episode_id = due.episode_id and first.kind = 'opened'
            and first.subscription_id = due.subscription_id and first.sent_at is null and first.given_up_at is null))
      order by due.due_at limit ${most} for update skip locked)
    returning notice.notice_id, notice.kind, notice.body, notice.attempt_count, subscription.subscription_id,
      subscription.channel, subscription.address, subscription.secret`.execute(db);
  return rows.map((row) => ({
    notice: { noticeId: row.notice_id, kind: row.kind, ...row.body } as Message,
    subscriptionId: row.subscription_id,
    channel: row.channel,
    address: row.address,
    secret: row.secret,
    attempts: row.attempt_count,
  }));
}

/** Puts down a message for each webhook that wants to know the numbers of cheques. */
export async function tellNumber(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  number: string,
): Promise<void> {
  await sql`
    insert into notice (notice_id, subscription_id, kind, body)
    select 'msg_' || replace(gen_random_uuid()::text, '-', ''), subscription_id, 'printed',
      jsonb_build_object('firmId', firm_id, 'trustTransactionId', ${trustTransactionId}::text, 'number', ${number}::text,
        'at', ${isoText('now()')})
    from subscription
    where firm_id = ${firmId} and ended_at is null and channel = 'webhook'
      and ${CHEQUE_PRINTED} = any(causes)`.execute(db);
}

export async function markSent(db: Queryable, { notice, subscriptionId }: Delivery): Promise<void> {
  await db
    .updateTable('notice')
    .set({ sent_at: sql`now()` })
    .where('notice_id', '=', notice.noticeId)
    .execute();
  await db
    .updateTable('subscription')
    .set({ failures: 0, failing_since: null, failure: null })
    .where('subscription_id', '=', subscriptionId)
    .where('failures', '>', 0)
    .execute();
}

export interface Failure {
  why: string;
  retryAfterMs: number;
  /** A message that is older is given up. */
  giveUpMs: number;
  /** The receiver says that it will never take one. */
  final: boolean;
}

/** Puts it off, or gives it up, and counts it against the subscription; true when it was given up. */
export async function markFailed(
  db: Queryable,
  { notice, subscriptionId }: Delivery,
  { why, retryAfterMs, giveUpMs, final }: Failure,
): Promise<boolean> {
  const row = await db
    .updateTable('notice')
    .set({
      due_at: sql`now() + ${retryAfterMs} * interval '1 millisecond'`,
      given_up_at: sql`case when ${final} or created_at < now() - ${giveUpMs} * interval '1 millisecond' then now() end`,
    })
    .where('notice_id', '=', notice.noticeId)
    .returning('given_up_at')
    .executeTakeFirst();
  await db
    .updateTable('subscription')
    .set({
      failures: sql`failures + 1`,
      failing_since: sql`coalesce(failing_since, now())`,
      failure: why,
    })
    .where('subscription_id', '=', subscriptionId)
    .execute();
  return row !== undefined && row.given_up_at !== null;
}
