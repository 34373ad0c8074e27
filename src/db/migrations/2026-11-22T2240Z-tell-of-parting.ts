import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Not a fault: nothing of ours is stopped by it, and it is over with the next reconciliation that agrees.
  await sql`
    create table parted_account (
      firm_id text not null,
      account_id text not null,
      problem text not null,
      since timestamptz not null default now(),
      primary key (firm_id, account_id),
      foreign key (firm_id, account_id) references trust_account (firm_id, account_id)
    )`.execute(db);
  await sql`create index parted_account_by_time on parted_account (since)`.execute(db);
  await sql`
    create or replace view attention_item as
    select park_id as item_id, firm_id, aggregate_type, aggregate_id, workflow_id, document_key, fault_key,
      cause, remedy, allowed, params, opened_at as since
    from fault where closed_at is null
    union all
    select 'S-' || workflow_id, firm_id, aggregate_type, aggregate_id, workflow_id, null, 'workflow-stuck',
      problem, null, '{}', '{}', since
    from stuck_workflow
    union all
    select 'A-' || firm_id || '/' || account_id, firm_id, 'trustAccount', account_id, null, null, 'client-money-parted',
      problem, null, '{}', '{}', since
    from parted_account`.execute(db);
}
