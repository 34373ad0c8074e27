import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await writer(db);
  await refusal(db);
  await tellers(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_journal (
      firm_id text not null,
      seq bigint not null,
      -- Texts, because the hash is over exactly what stands here.
      at text not null,
      kind text not null,
      subject text not null,
      body text not null,
      previous_hash text not null,
      hash text not null,
      primary key (firm_id, seq)
    )`.execute(db);
  // Its row is the one lock of a firm's journal, and tells of a tail that was cut off.
  await sql`
    create table trust_journal_head (
      firm_id text primary key,
      seq bigint not null,
      hash text not null
    )`.execute(db);
}

async function writer(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function write_trust_journal(firm text, kind text, subject text, body jsonb) returns void
    language plpgsql as $$
    declare
      head trust_journal_head;
      told_at text;
      next_hash text;
    begin
      insert into trust_journal_head as known values (firm, 1, repeat('0', 64))
        on conflict (firm_id) do update set seq = known.seq + 1
        returning * into head;
      told_at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
      next_hash := encode(sha256(convert_to(
        concat_ws(E'\n', head.hash, head.firm_id, head.seq, told_at, kind, subject, body), 'UTF8')), 'hex');
      insert into trust_journal values (firm, head.seq, told_at, kind, subject, body::text, head.hash, next_hash);
      update trust_journal_head set hash = next_hash where firm_id = firm;
    end $$`.execute(db);
}

async function refusal(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_journal_change() returns trigger language plpgsql as $$
    begin
      raise exception '% only grows', tg_table_name using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  const triggers = [
    sql`create trigger journal_grows before update or delete on trust_journal
        for each row execute function refuse_journal_change()`,
    sql`create trigger journal_stays before truncate on trust_journal
        for each statement execute function refuse_journal_change()`,
    sql`create trigger head_grows before update on trust_journal_head
        for each row when (new.seq not in (old.seq, old.seq + 1)) execute function refuse_journal_change()`,
    sql`create trigger head_stays before delete on trust_journal_head
        for each row execute function refuse_journal_change()`,
    sql`create trigger head_stays_whole before truncate on trust_journal_head
        for each statement execute function refuse_journal_change()`,
  ];
  for (const statement of triggers) await statement.execute(db);
}

/** Who tells: a table, when, and the row's kind, subject and body. */
const TELLERS = [
  [
    'intent',
    'trust_transaction',
    'insert or update of snapshot',
    'true',
    'trust_transaction_id',
    'new.snapshot',
  ],
  [
    'event',
    'event',
    'insert',
    `new.aggregate_type = 'trustTransaction'`,
    'aggregate_id',
    `jsonb_build_object('kind', new.kind, 'data', new.data)`,
  ],
  [
    'sent',
    'posting',
    'insert',
    `new.document_key like 'trust/%'`,
    'document_key',
    `jsonb_build_object('generation', new.generation, 'action', new.action, 'requestId', new.request_id,
      'realmId', new.realm_id, 'body', new.body)`,
  ],
  [
    'answer',
    'posting',
    'update of outcome',
    `new.document_key like 'trust/%' and new.outcome <> old.outcome`,
    'document_key',
    `jsonb_build_object('generation', new.generation, 'outcome', new.outcome, 'httpStatus', new.http_status,
      'intuitTid', new.intuit_tid, 'fault', new.fault_key, 'answer', new.answer)`,
  ],
  ['overdraw', 'trust_overdraw', 'insert', 'true', 'trust_transaction_id', 'to_jsonb(new)'],
  ['account', 'trust_account', 'insert or update of settings', 'true', 'account_id', 'new.settings'],
] as const;

/**
 * Told at the commit, so that the journal's lock is the last that a transaction takes: nobody who holds it waits for
 * a ledger.
 */
async function tellers(db: Kysely<unknown>): Promise<void> {
  for (const [kind, table, when, condition, subject, body] of TELLERS) {
    const name = sql.raw(`tell_trust_${kind}`);
    await sql`
      create function ${name}() returns trigger language plpgsql as $$
      begin
        perform write_trust_journal(new.firm_id, ${sql.lit(kind)}, new.${sql.raw(subject)}, ${sql.raw(body)});
        return null;
      end $$`.execute(db);
    await sql`
      create constraint trigger ${name} after ${sql.raw(when)} on ${sql.raw(table)}
      deferrable initially deferred for each row when (${sql.raw(condition)}) execute function ${name}()`.execute(
      db,
    );
  }
}
