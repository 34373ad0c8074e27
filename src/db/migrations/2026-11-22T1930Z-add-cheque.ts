import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table trust_cheque (
      firm_id text not null,
      trust_transaction_id text not null,
      -- As it stands on the paper; null until the bookkeeper has printed it.
      number text,
      -- When it was first seen that it was printed.
      printed_at timestamptz,
      -- An entry of the catalogue and what fills its sentences, where something is wrong as QuickBooks was last seen.
      fault_key text,
      params jsonb not null default '{}',
      -- A number that others may have too, as a person said.
      allowed_number text,
      -- When QuickBooks was last asked about it.
      looked_at timestamptz not null default now(),
      primary key (firm_id, trust_transaction_id),
      foreign key (firm_id, trust_transaction_id) references trust_transaction
    )`.execute(db);
  // Of no other one QuickBooks is asked.
  await sql`
    create index trust_cheque_waiting on trust_cheque (firm_id, looked_at)
    where number is null or fault_key is not null or looked_at = '-infinity'`.execute(db);
  await sql`
    alter table trust_transaction
      -- Who is paid by cheque and is no client.
      add column payee_id text,
      -- It and what takes it back have left the ledgers: nothing of either is in QuickBooks.
      add column withdrawn boolean not null default false`.execute(db);
  await sql`
    create index document_cheque on document (firm_id, qbo_id)
    where intent ->> 'document' = 'cheque' and removed is null`.execute(db);
}
