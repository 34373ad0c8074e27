import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table timekeeper (
      firm_id text not null references firm,
      timekeeper_id text not null,
      version bigint not null,
      snapshot jsonb not null,
      excluded boolean not null default false,
      state text not null default 'working'
        check (state in ('working', 'waiting', 'needs-attention', 'posted', 'excluded')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (firm_id, timekeeper_id)
    )`.execute(db);
}
