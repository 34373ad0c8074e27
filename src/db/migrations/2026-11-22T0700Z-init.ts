import { sql, type Kysely } from 'kysely';

// Typed Kysely<unknown>: a migration is frozen in time and must not follow the app's types.
export async function up(db: Kysely<unknown>): Promise<void> {
  await firmAndCompany(db);
  await aggregates(db);
  await documents(db);
  await peopleAndWaiting(db);
}

async function firmAndCompany(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table firm (
      firm_id text primary key,
      name text not null,
      settings jsonb not null,
      settings_version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table company (
      firm_id text primary key references firm,
      realm_id text not null,
      -- Random per connection, drawn anew on purge: it keeps request ids of two lives of a company apart.
      epoch text not null,
      status text not null check (status in ('connected', 'disconnected')),
      access_token bytea,
      access_expires_at timestamptz,
      refresh_token bytea,
      refresh_expires_at timestamptz,
      preferences jsonb not null default '{}',
      -- The first unreachable answer since the last good one: the clock for "tell a person".
      unreachable_since timestamptz,
      connected_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- One firm per company at a time: two firms writing into one set of books would break every promise.
      constraint company_realm_unique unique (realm_id)
    )`.execute(db);
  await sql`
    create table oauth_state (
      state text primary key,
      firm_id text not null references firm,
      created_at timestamptz not null default now()
    )`.execute(db);
}

async function aggregates(db: Kysely<unknown>): Promise<void> {
  const state = sql`check (state in ('working', 'waiting', 'needs-attention', 'posted', 'excluded'))`;
  await sql`
    create table bill (
      firm_id text not null references firm,
      bill_id text not null,
      version bigint not null,
      snapshot jsonb not null,
      client_id text not null,
      -- Set by the remedy "renumber": the number QuickBooks gets in place of prefix + number.
      number_override text,
      excluded boolean not null default false,
      state text not null default 'working' ${state},
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, bill_id)
    )`.execute(db);
  await sql`
    create table contact (
      firm_id text not null references firm,
      client_id text not null,
      version bigint not null,
      snapshot jsonb not null,
      excluded boolean not null default false,
      state text not null default 'working' ${state},
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, client_id)
    )`.execute(db);
}

async function documents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table document (
      firm_id text not null references firm,
      document_key text not null,
      document_type text not null,
      aggregate_type text not null,
      aggregate_id text not null,
      generation integer not null default 0,
      -- What QuickBooks holds of ours, in our words: the planner compares the next wish with it.
      intent jsonb,
      realm_id text,
      qbo_type text,
      qbo_id text,
      qbo_line text,
      sync_token text,
      posted_at timestamptz,
      updated_at timestamptz not null default now(),
      primary key (firm_id, document_key)
    )`.execute(db);
  // The link is unique both ways: one of ours is one of theirs (or one line of it), never two.
  await sql`
    create unique index document_link_unique on document (realm_id, qbo_type, qbo_id, coalesce(qbo_line, ''))
    where qbo_id is not null`.execute(db);
  await sql`
    create table posting (
      posting_id bigint generated always as identity primary key,
      firm_id text not null,
      document_key text not null,
      generation integer not null,
      action text not null check (action in ('create', 'update', 'delete', 'void')),
      request_id text not null unique check (length(request_id) <= 36),
      realm_id text not null,
      intent jsonb not null,
      -- The exact bytes that were sent and are sent again under the same request id.
      body text not null,
      outcome text not null default 'unsettled' check (outcome in ('unsettled', 'posted', 'refused', 'absent')),
      -- Fences attempts: only the holder of the newest lease may settle.
      lease text not null,
      attempt_count integer not null default 0,
      first_sent_at timestamptz,
      -- The last send that got no answer at all: it may still be under way over there.
      unanswered_at timestamptz,
      settled_at timestamptz,
      http_status integer,
      intuit_tid text,
      answer text,
      fault_key text,
      created_at timestamptz not null default now(),
      foreign key (firm_id, document_key) references document,
      unique (firm_id, document_key, generation),
      check ((outcome = 'unsettled') = (settled_at is null))
    )`.execute(db);
  // Until an outcome is known, nothing else is written for that document.
  await sql`
    create unique index posting_one_unsettled on posting (firm_id, document_key) where outcome = 'unsettled'`.execute(
    db,
  );
}

async function peopleAndWaiting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table fault (
      park_id text primary key,
      firm_id text not null references firm,
      aggregate_type text not null,
      aggregate_id text not null,
      workflow_id text not null,
      document_key text,
      posting_id bigint references posting,
      fault_key text not null,
      cause text not null,
      remedy text not null,
      allowed text[] not null,
      params jsonb not null default '{}',
      -- The raw answer, for the person on call: bodies live here, never in Temporal's failure details.
      evidence jsonb not null default '{}',
      opened_at timestamptz not null default now(),
      closed_at timestamptz,
      closed_by jsonb,
      check ((closed_at is null) = (closed_by is null))
    )`.execute(db);
  await sql`
    create unique index fault_one_open on fault (firm_id, aggregate_type, aggregate_id) where closed_at is null`.execute(
    db,
  );
  await sql`
    create table event (
      event_id bigint generated always as identity primary key,
      firm_id text not null,
      aggregate_type text not null,
      aggregate_id text not null,
      kind text not null,
      data jsonb not null default '{}',
      at timestamptz not null default now()
    )`.execute(db);
  await sql`create index event_by_aggregate on event (firm_id, aggregate_type, aggregate_id, event_id)`.execute(
    db,
  );
  await sql`
    create table waiter (
      firm_id text not null,
      -- What it waits for: a document key, or 'company' for a company-wide fault.
      cause_key text not null,
      workflow_id text not null,
      created_at timestamptz not null default now(),
      primary key (firm_id, cause_key, workflow_id)
    )`.execute(db);
}
