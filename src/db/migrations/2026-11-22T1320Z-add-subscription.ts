import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscription (
      subscription_id text primary key,
      firm_id text not null references firm,
      person text not null,
      channel text not null check (channel in ('email', 'webhook')),
      address text not null,
      -- Sealed; a webhook is signed with it.
      secret text,
      -- Keys of the catalogue; all where it is null.
      causes text[],
      -- Deliveries in a row that failed, since when, and why the last one did.
      failures integer not null default 0,
      failing_since timestamptz,
      failure text,
      created_at timestamptz not null default now(),
      ended_at timestamptz,
      ended_by text,
      check ((channel = 'webhook') = (secret is not null))
    )`.execute(db);
  await sql`
    create unique index subscription_once on subscription (firm_id, channel, address) where ended_at is null`.execute(
    db,
  );
  await sql`
    create table episode (
      episode_id bigint generated always as identity primary key,
      firm_id text not null references firm,
      cause text not null,
      started_at timestamptz not null,
      -- Looked at and found gone; only when it is still so at the next look is it over.
      quiet_since timestamptz,
      over_at timestamptz
    )`.execute(db);
  await sql`create unique index episode_one_open on episode (firm_id, cause) where over_at is null`.execute(
    db,
  );
  await sql`
    create table notice (
      -- What receivers tell a repetition by.
      notice_id text primary key,
      subscription_id text not null references subscription,
      episode_id bigint not null references episode,
      kind text not null check (kind in ('opened', 'over')),
      body jsonb not null,
      created_at timestamptz not null default now(),
      due_at timestamptz not null default now(),
      attempt_count integer not null default 0,
      sent_at timestamptz,
      given_up_at timestamptz,
      -- One message for each cause, and one when it is over.
      constraint notice_once unique (episode_id, subscription_id, kind)
    )`.execute(db);
  await sql`
    create index notice_due on notice (due_at) where sent_at is null and given_up_at is null`.execute(db);
  await sql`
    create index fault_closed_by_cause on fault (firm_id, fault_key, closed_at) where closed_at is not null`.execute(
    db,
  );
}
