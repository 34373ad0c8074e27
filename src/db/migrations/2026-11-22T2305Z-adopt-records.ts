import { sql, type Kysely } from 'kysely';

/** Client money may stand in what a bookkeeper has entered, and several transactions of ours in one record of his. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table adopted_record (
      realm_id text not null,
      qbo_type text not null,
      qbo_id text not null,
      -- What it comes to there, and what of that stands for transactions of ours.
      total_cents bigint not null,
      taken_cents bigint not null default 0,
      primary key (realm_id, qbo_type, qbo_id),
      constraint adopted_record_not_exceeded check (taken_cents between 0 and total_cents)
    )`.execute(db);
  await sql`
    create table adopted_line (
      realm_id text not null,
      qbo_type text not null,
      qbo_id text not null,
      -- Empty where the record has no lines.
      line text not null,
      firm_id text not null,
      document_key text not null,
      cents bigint not null check (cents >= 0),
      constraint adopted_line_once primary key (realm_id, qbo_type, qbo_id, line),
      foreign key (realm_id, qbo_type, qbo_id) references adopted_record,
      foreign key (firm_id, document_key) references document
    )`.execute(db);
  await sql`create index adopted_line_of on adopted_line (firm_id, document_key)`.execute(db);
  await sql`
    alter table trust_transaction
      -- A person has said that it is to be posted, whatever the billing app says that it is in QuickBooks.
      add column post_anew boolean not null default false`.execute(db);
}
