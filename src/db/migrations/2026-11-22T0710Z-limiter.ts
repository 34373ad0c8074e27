import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await RESERVE_SLOT.execute(db);
  await PAUSE_REALM.execute(db);
}

// Unlogged: a crash of Postgres forgets at most a minute of pacing, and no call to QuickBooks waits for a disk flush.
async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate (
      realm_id text primary key,
      -- GCRA's theoretical arrival time, moved by grants only: a promise nobody came for costs nothing.
      next_slot_at timestamptz not null,
      blocked_until timestamptz
    )`.execute(db);
  await sql`
    create unlogged table slot (
      realm_id text not null,
      holder text not null,
      -- The order of asking, which decides who is ahead of whom.
      place bigint generated always as identity,
      -- The instant that was promised, later the instant of the grant.
      starts_at timestamptz not null,
      -- Null while it is a reservation, set when it has become a lease.
      granted_at timestamptz,
      expires_at timestamptz not null,
      primary key (realm_id, holder)
    )`.execute(db);
}

/**
 * One call does everything under the realm's row lock. A grant is checked against earlier grants, not against
 * promises, so the limits hold however late holders come; promises are planned behind those who wait already.
 * Answers the wait in milliseconds, 0 = granted.
 */
const RESERVE_SLOT = sql`
  create function reserve_slot(
    for_realm text, for_holder text, spacing interval, burst integer, at_once integer, lease interval,
    at timestamptz default null
  ) returns integer language plpgsql as $$
  declare
    -- How long before its theoretical instant a burst lets a call go, and how late a holder may be
    -- before nobody counts on it any more.
    slack constant interval := (burst - 1) * spacing;
    patience constant interval := burst * spacing;
    now_at timestamptz;
    pace rate;
    mine slot;
    base timestamptz;
    opens_at timestamptz;
    promised_at timestamptz;
    live integer;
    ahead integer;
    due integer;
    typical_age interval;
  begin
    select * into pace from rate where realm_id = for_realm for update;
    if not found then
      insert into rate (realm_id, next_slot_at) values (for_realm, coalesce(at, clock_timestamp()))
      on conflict do nothing;
      select * into pace from rate where realm_id = for_realm for update;
    end if;
    -- Read under the lock, so that grants are recorded in the order in which they are given.
    now_at := coalesce(at, clock_timestamp());

    -- A holder that asks again while it has a lease has ended that call.
    delete from slot where realm_id = for_realm
      and (expires_at <= now_at or (holder = for_holder and granted_at is not null));
    select * into mine from slot where realm_id = for_realm and holder = for_holder;
    if mine.starts_at > now_at then
      return ceil(extract(epoch from mine.starts_at - now_at) * 1000);
    end if;

    select count(*) filter (where granted_at is not null),
           count(*) filter (where granted_at is null and starts_at > now_at - patience),
           count(*) filter (where granted_at is null and starts_at > now_at - patience and starts_at <= now_at),
           avg(now_at - granted_at)
      into live, ahead, due, typical_age
      from slot where realm_id = for_realm and holder <> for_holder and (granted_at is not null
        or mine.place is null or place < mine.place);

    -- After a pause the burst is spent, or everybody who waited for its end would go at once.
    base := greatest(pace.next_slot_at, now_at, pace.blocked_until + slack);
    opens_at := base - slack;
    if mine.place is null or opens_at > now_at then
      opens_at := opens_at + ahead * spacing;
    end if;

    -- A free place is left to those ahead who come at this very instant.
    if opens_at <= now_at and live + due < at_once then
      update rate set next_slot_at = base + spacing where realm_id = for_realm;
      insert into slot (realm_id, holder, starts_at, granted_at, expires_at)
        values (for_realm, for_holder, now_at, now_at, now_at + lease)
        on conflict (realm_id, holder) do update
        set starts_at = now_at, granted_at = now_at, expires_at = now_at + lease;
      return 0;
    end if;

    promised_at := opens_at;
    if opens_at <= now_at then
      -- All places are taken. A call that has lasted so long is guessed to last as long again; one of
      -- at_once places comes free that much sooner, and as many must come free as are ahead.
      promised_at := now_at + least(interval '3 seconds', greatest(interval '20 milliseconds',
        (live + ahead - at_once + 1) * coalesce(typical_age, interval '0') / at_once));
    end if;
    insert into slot (realm_id, holder, starts_at, expires_at)
      values (for_realm, for_holder, promised_at, promised_at + lease)
      on conflict (realm_id, holder) do update
      set starts_at = promised_at, expires_at = promised_at + lease;
    return ceil(extract(epoch from promised_at - now_at) * 1000);
  end $$`;

const PAUSE_REALM = sql`
  create function pause_realm(for_realm text, pause interval, at timestamptz default null)
  returns void language plpgsql as $$
  declare
    now_at timestamptz;
    was_until timestamptz;
    shift interval;
  begin
    insert into rate (realm_id, next_slot_at) values (for_realm, coalesce(at, clock_timestamp()))
      on conflict do nothing;
    select blocked_until into was_until from rate where realm_id = for_realm for update;
    now_at := coalesce(at, clock_timestamp());
    shift := now_at + pause - greatest(now_at, was_until);
    if shift <= interval '0' then
      return;
    end if;
    update rate set blocked_until = now_at + pause where realm_id = for_realm;
    -- All by the same amount: reserved slots keep their order and their distances.
    update slot set starts_at = starts_at + shift, expires_at = expires_at + shift
      where realm_id = for_realm and granted_at is null;
  end $$`;
