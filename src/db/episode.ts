import { sql } from 'kysely';
import type { Queryable } from './database.js';
import { isoText } from './instant.js';

/**
 * Compares what needs a person with what people were told, and puts down the messages that follow: one for each cause
 * and subscription, and one when it is over. Must run in a transaction of its own; answers how many were put down.
 *
 * A cause is over when nothing is parked for it, nothing that was parked for it is being tried again, and the look
 * before found the same: a retry that is refused once more must not look like an end and a new beginning.
 */
export async function observe(db: Queryable): Promise<number> {
  // One at a time: two looks at the same instant would count as two in a row.
  await sql`select pg_advisory_xact_lock(hashtext('counterfoil.episode'))`.execute(db);
  await sql`
    insert into episode (firm_id, cause, started_at)
    select item.firm_id, item.fault_key, min(item.since)
    from attention_item as item join firm using (firm_id)
    group by item.firm_id, item.fault_key
    on conflict (firm_id, cause) where over_at is null do nothing`.execute(db);
  await sql`
    update episode set
      over_at = case when standing.yes then null when episode.quiet_since is not null then now() end,
      quiet_since = case when standing.yes then null else coalesce(episode.quiet_since, now()) end
    from episode as seen
    cross join lateral (select
      exists (select from attention_item as item where item.firm_id = seen.firm_id and item.fault_key = seen.cause)
      or exists (
        select from fault join aggregate_state as aggregate using (firm_id, aggregate_type, aggregate_id)
        where fault.firm_id = seen.firm_id and fault.fault_key = seen.cause
          and fault.closed_at >= seen.started_at and aggregate.state = 'working') as yes) as standing
    where seen.episode_id = episode.episode_id and episode.over_at is null
      and (not standing.yes or episode.quiet_since is not null)`.execute(db);
  const opened = await tell(db, 'opened');
  return opened + (await tell(db, 'over'));
}

/** Who subscribed later is told of what stands now. Only who was told of the beginning is told of the end. */
async function tell(db: Queryable, kind: 'opened' | 'over'): Promise<number> {
  const isDue =
    kind === 'opened'
      ? sql`episode.over_at is null and episode.quiet_since is null and subscription.ended_at is null
          and (subscription.causes is null or episode.cause = any(subscription.causes))`
      : sql`subscription.ended_at is null and exists (
          select from notice as told where told.episode_id = episode.episode_id and told.kind = 'opened'
            and told.subscription_id = subscription.subscription_id)`;
  const { numAffectedRows } = await sql`
    insert into notice (notice_id, subscription_id, episode_id, kind, body)
    select 'msg_' || replace(gen_random_uuid()::text, '-', ''), subscription.subscription_id, episode.episode_id, ${kind},
      jsonb_strip_nulls(jsonb_build_object('firmId', firm.firm_id, 'firmName', firm.name, 'cause', episode.cause,
        'items', held.items, 'since', ${isoText('episode.started_at')}, 'at', ${isoText('now()')},
        'text', held.text, 'remedy', held.remedy))
    from episode
    join firm on firm.firm_id = episode.firm_id
    join subscription on subscription.firm_id = episode.firm_id
    cross join lateral (
      select count(*) as items, (array_agg(item.cause order by item.since))[1] as text,
        (array_agg(item.remedy order by item.since))[1] as remedy
      from attention_item as item
      where item.firm_id = episode.firm_id and item.fault_key = episode.cause) as held
    where ${kind === 'opened' ? sql`episode.over_at is null` : sql`episode.over_at >= now() - interval '1 day'`} and ${isDue}
    on conflict on constraint notice_once do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}
