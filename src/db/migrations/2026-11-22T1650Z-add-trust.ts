import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await account(db);
  await transaction(db);
  await ledger(db);
  await overdraw(db);
  await states(db);
}

async function account(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_account (
      firm_id text not null references firm,
      account_id text not null,
      settings jsonb not null,
      settings_version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, account_id)
    )`.execute(db);
  // Two ledgers in one bank account could not be reconciled with it.
  await sql`
    create unique index trust_account_bank on trust_account (firm_id, (settings ->> 'bankAccountId'))`.execute(
    db,
  );
}

async function transaction(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_transaction (
      firm_id text not null references firm,
      trust_transaction_id text not null,
      version bigint not null,
      snapshot jsonb not null,
      account_id text not null,
      kind text not null,
      entered_on date not null,
      client_id text not null,
      -- Whom a transfer goes to.
      to_client_id text,
      bill_id text,
      -- The transaction that it takes back.
      reverses text,
      -- Under another journal number, as a person chose.
      number_override text,
      lock_choice text check (lock_choice = 'wait'),
      -- The newest version that its workflow has taken in; behind the version, its start was lost.
      started_version bigint not null default 0,
      excluded boolean not null default false,
      state text not null default 'working'
        check (state in ('working', 'waiting', 'needs-attention', 'posted', 'excluded')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, trust_transaction_id)
    )`.execute(db);
  const indexes = [
    sql`create index trust_transaction_by_client on trust_transaction (firm_id, client_id)`,
    sql`create index trust_transaction_to_client on trust_transaction (firm_id, to_client_id) where to_client_id is not null`,
    sql`create index trust_transaction_by_bill on trust_transaction (firm_id, bill_id) where bill_id is not null`,
    sql`create unique index trust_transaction_reversed_once on trust_transaction (firm_id, reverses)
        where reverses is not null and not excluded`,
    sql`create index trust_transaction_not_started on trust_transaction (updated_at) where started_version < version`,
    sql`create index trust_transaction_unposted on trust_transaction (firm_id)
        where state in ('working', 'waiting', 'needs-attention')`,
  ];
  for (const statement of indexes) await statement.execute(db);
}

async function ledger(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_balance (
      firm_id text not null,
      account_id text not null,
      client_id text not null,
      matter_id text not null,
      -- All that was accepted and not cancelled.
      accepted_cents bigint not null default 0,
      -- What QuickBooks holds at the least: money in once it is posted, money out from before it is sent.
      posted_cents bigint not null default 0,
      -- How far a person has let it be below zero, because that had happened at the bank already.
      overdraw_cents bigint not null default 0 check (overdraw_cents >= 0),
      -- Counts what lets more be drawn; who waits for money knows which one it has seen.
      revision bigint not null default 0,
      cause_key text not null generated always as ('ledger/' || account_id || '/' || client_id || '/' || matter_id) stored,
      updated_at timestamptz not null default now(),
      primary key (firm_id, account_id, client_id, matter_id),
      constraint trust_balance_covered
        check (accepted_cents + overdraw_cents >= 0 and posted_cents + overdraw_cents >= 0)
    )`.execute(db);
  await sql`create index trust_balance_by_cause on trust_balance (firm_id, cause_key)`.execute(db);
  await sql`
    create table trust_entry (
      entry_id bigint generated always as identity primary key,
      firm_id text not null,
      trust_transaction_id text not null,
      -- 0, and 1 for the receiving side of a transfer.
      leg smallint not null,
      account_id text not null,
      client_id text not null,
      matter_id text not null,
      cents bigint not null check (cents <> 0),
      entered_on date not null,
      -- Not drawn upon before this day.
      clears_on date,
      -- 'sent': QuickBooks may have it by now.
      state text not null default 'reserved' check (state in ('reserved', 'sent', 'posted', 'cancelled')),
      overdraw_id text,
      reserved_at timestamptz not null default now(),
      posted_at timestamptz,
      cancelled_at timestamptz,
      unique (firm_id, trust_transaction_id, leg),
      foreign key (firm_id, trust_transaction_id) references trust_transaction,
      foreign key (firm_id, account_id, client_id, matter_id) references trust_balance
    )`.execute(db);
  await sql`
    create index trust_entry_of_ledger on trust_entry (firm_id, account_id, client_id, matter_id, entered_on)
    where state <> 'cancelled'`.execute(db);
  await sql`create index trust_entry_by_day on trust_entry (firm_id, account_id, entered_on, entry_id)`.execute(
    db,
  );
}

async function overdraw(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_overdraw (
      overdraw_id text primary key,
      firm_id text not null,
      trust_transaction_id text not null,
      -- By how much the matter is below zero from then on.
      cents bigint not null check (cents > 0),
      entered_by text,
      recorded_by text not null,
      note text,
      recorded_at timestamptz not null default now(),
      foreign key (firm_id, trust_transaction_id) references trust_transaction,
      constraint trust_overdraw_second_person check (recorded_by is distinct from entered_by)
    )`.execute(db);
  await sql`create index trust_overdraw_of_transaction on trust_overdraw (firm_id, trust_transaction_id)`.execute(
    db,
  );
}

async function states(db: Kysely<unknown>): Promise<void> {
  const from = (noun: string) => sql`
    select firm_id, ${sql.lit(noun)}::text as aggregate_type, ${sql.id(`${noun}_id`)} as aggregate_id, state, updated_at
    from ${sql.table(noun)}`;
  await sql`
    create or replace view aggregate_state as ${from('bill')} union all ${from('payment')} union all
    select firm_id, 'contact', client_id, state, updated_at from contact union all ${from('timekeeper')} union all
    select firm_id, 'trustTransaction', trust_transaction_id, state, updated_at from trust_transaction`.execute(
    db,
  );
}
