import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_reconciliation (
      reconciliation_id text primary key,
      firm_id text not null,
      account_id text not null,
      reconciled_on date not null,
      jurisdiction text not null,
      statement jsonb,
      result jsonb not null,
      agrees boolean not null,
      -- Where the journal ended then: what is signed vouches for all that is before.
      journal_seq bigint not null,
      journal_hash text not null,
      made_by text,
      made_at timestamptz not null default now(),
      foreign key (firm_id, account_id) references trust_account
    )`.execute(db);
  await sql`
    create index trust_reconciliation_by_day
    on trust_reconciliation (firm_id, account_id, reconciled_on, made_at)`.execute(db);
  await sql`
    create table trust_sign_off (
      reconciliation_id text primary key references trust_reconciliation,
      firm_id text not null,
      signed_by text not null,
      note text,
      signed_at timestamptz not null default now()
    )`.execute(db);
  for (const table of ['trust_reconciliation', 'trust_sign_off']) {
    await sql`
      create trigger ${sql.raw(table)}_stays before update or delete on ${sql.table(table)}
      for each row execute function refuse_journal_change()`.execute(db);
  }
  await tell(
    db,
    'reconciliation',
    'trust_reconciliation',
    sql`to_jsonb(new) - 'result' || jsonb_build_object(
      'resultHash', encode(sha256(convert_to(new.result::text, 'UTF8')), 'hex'))`,
  );
  await tell(db, 'sign_off', 'trust_sign_off', sql`to_jsonb(new)`);
}

/** As for all that the journal tells of. */
async function tell(
  db: Kysely<unknown>,
  kind: string,
  table: string,
  body: ReturnType<typeof sql>,
): Promise<void> {
  const name = sql.raw(`tell_trust_${kind}`);
  await sql`
    create function ${name}() returns trigger language plpgsql as $$
    begin
      perform write_trust_journal(new.firm_id, ${sql.lit(kind.replace('_', '-'))}, new.reconciliation_id, ${body});
      return null;
    end $$`.execute(db);
  await sql`
    create constraint trigger ${name} after insert on ${sql.table(table)}
    deferrable initially deferred for each row execute function ${name}()`.execute(db);
}
