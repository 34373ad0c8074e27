import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table payment (
      firm_id text not null references firm,
      payment_id text not null,
      version bigint not null,
      snapshot jsonb not null,
      client_id text not null,
      -- The bills that it is meant for: their documents are found by it.
      bill_ids text[] not null,
      excluded boolean not null default false,
      state text not null default 'working'
        check (state in ('working', 'waiting', 'needs-attention', 'posted', 'excluded')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, payment_id)
    )`.execute(db);
  await sql`create index payment_by_client on payment (firm_id, client_id)`.execute(db);
}
