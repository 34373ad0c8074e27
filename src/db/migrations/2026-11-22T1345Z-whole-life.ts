import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table bill
      -- What a person has chosen where books are closed for this version of it; null = as the firm has set.
      add column lock_choice text check (lock_choice in ('wait', 'reverse')),
      -- A person has allowed this number although QuickBooks has it already.
      add column duplicate_number text`.execute(db);
  await sql`
    alter table payment
      add column lock_choice text check (lock_choice in ('wait', 'reverse')),
      add column skipped_version bigint,
      drop constraint payment_state_check,
      add constraint payment_state_check
        check (state in ('working', 'waiting', 'needs-attention', 'posted', 'excluded', 'skipped'))`.execute(
    db,
  );
}
