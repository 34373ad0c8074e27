import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table trust_transaction
      -- What it takes back, from when its own money is reserved until it is left out: one reversal has it at a time.
      add column takes_back text`.execute(db);
  await sql`drop index trust_transaction_reversed_once`.execute(db);
  await sql`
    create unique index trust_transaction_taken_back_once on trust_transaction (firm_id, takes_back)
    where takes_back is not null`.execute(db);
}
