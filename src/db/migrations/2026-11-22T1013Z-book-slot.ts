import { sql, type Kysely } from 'kysely';

/** `reserve_slot` and `pause_realm` stay, for workers of the release before that are still at work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rate add column last_pause interval`.execute(db);
  await BOOK_SLOT.execute(db);
  await THROTTLE_REALM.execute(db);
}

/**
 * As `reserve_slot`, but a slot that begins within `lead` is granted ahead of its instant: the holder prepares its call
 * meanwhile and makes it exactly then, so that who comes late by less than `lead` costs the company nothing.
 * A reservation's `starts_at` is when to ask again, `lead` before the slot; a grant's is when the call may begin.
 */
const BOOK_SLOT = sql`
  create function book_slot(
    for_realm text, for_holder text, spacing interval, burst integer, at_once integer, lease interval, lead interval,
    at timestamptz default null, out granted boolean, out wait_ms integer
  ) language plpgsql as $$
  declare
    -- How long before its theoretical instant a burst lets a call go.
    slack constant interval := (burst - 1) * spacing;
    -- How late a holder may be before a free place is not kept for it, and its slot not counted on any more.
    patience constant interval := burst * spacing;
    long_patience constant interval := greatest(patience, lead);
    now_at timestamptz;
    pace rate;
    mine slot;
    base timestamptz;
    opens_at timestamptz;
    turn_at timestamptz;
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
      granted := false;
      wait_ms := ceil(extract(epoch from mine.starts_at - now_at) * 1000);
      return;
    end if;

    select count(*) filter (where granted_at is not null),
           count(*) filter (where granted_at is null and starts_at > now_at - long_patience),
           count(*) filter (where granted_at is null and starts_at > now_at - patience and starts_at <= now_at),
           avg(now_at - granted_at) filter (where granted_at < now_at)
      into live, ahead, due, typical_age
      from slot where realm_id = for_realm and holder <> for_holder and (granted_at is not null
        or mine.place is null or place < mine.place);

    -- After a pause the burst is spent, or everybody who waited for its end would go at once.
    base := greatest(pace.next_slot_at, now_at, pace.blocked_until + slack);
    opens_at := greatest(base - slack, now_at);
    turn_at := base - slack;
    if mine.place is null or turn_at > now_at + lead then
      turn_at := turn_at + ahead * spacing;
    end if;

    -- It takes the next instant that is free, even before those ahead: a gap would be lost to everybody.
    -- A free place is left to those of them who come at this very instant.
    if turn_at <= now_at + lead and live + due < at_once then
      update rate set next_slot_at = base + spacing where realm_id = for_realm;
      insert into slot (realm_id, holder, starts_at, granted_at, expires_at)
        values (for_realm, for_holder, opens_at, opens_at, opens_at + lease)
        on conflict (realm_id, holder) do update
        set starts_at = opens_at, granted_at = opens_at, expires_at = opens_at + lease;
      granted := true;
      wait_ms := ceil(extract(epoch from opens_at - now_at) * 1000);
      return;
    end if;

    promised_at := turn_at - lead;
    if promised_at <= now_at then
      -- All places are taken. A call that has lasted so long is guessed to last as long again; one of
      -- at_once places comes free that much sooner, and as many must come free as are ahead.
      promised_at := now_at + least(interval '3 seconds', greatest(interval '20 milliseconds',
        (live + ahead - at_once + 1) * coalesce(typical_age, interval '0') / at_once));
    end if;
    insert into slot (realm_id, holder, starts_at, expires_at)
      values (for_realm, for_holder, promised_at, promised_at + lead + lease)
      on conflict (realm_id, holder) do update
      set starts_at = promised_at, expires_at = promised_at + lead + lease;
    granted := false;
    wait_ms := ceil(extract(epoch from promised_at - now_at) * 1000);
  end $$`;

/**
 * Answers how many milliseconds the company is to keep silent. `told` is what QuickBooks itself asked for, if it did.
 * Otherwise each pause is twice the one before it, unless a minute of peace lay between them.
 */
const THROTTLE_REALM = sql`
  create function throttle_realm(
    for_realm text, first_pause interval, longest_pause interval, told interval, at timestamptz default null
  ) returns integer language plpgsql as $$
  declare
    now_at timestamptz;
    pace rate;
    pause interval;
    silent_until timestamptz;
    shift interval;
  begin
    insert into rate (realm_id, next_slot_at) values (for_realm, coalesce(at, clock_timestamp()))
      on conflict do nothing;
    select * into pace from rate where realm_id = for_realm for update;
    now_at := coalesce(at, clock_timestamp());
    pause := least(first_pause, longest_pause);
    if pace.blocked_until > now_at then
      -- A call that was on its way when the pause began: it says nothing new, unless QuickBooks asks for longer.
      pause := pace.last_pause;
      silent_until := greatest(pace.blocked_until, now_at + told);
    else
      if pace.blocked_until > now_at - interval '1 minute' then
        pause := greatest(pause, least(2 * pace.last_pause, longest_pause));
      end if;
      pause := coalesce(told, pause);
      silent_until := now_at + pause;
    end if;
    shift := silent_until - greatest(now_at, pace.blocked_until);
    update rate set blocked_until = silent_until, last_pause = pause where realm_id = for_realm;
    -- All by the same amount: reserved slots keep their order and their distances.
    update slot set starts_at = starts_at + shift, expires_at = expires_at + shift
      where realm_id = for_realm and granted_at is null;
    return ceil(extract(epoch from silent_until - now_at) * 1000);
  end $$`;
