import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await stuckWorkflow(db);
  await indexes(db);
  await attention(db);
  await unposted(db);
}

async function stuckWorkflow(db: Kysely<unknown>): Promise<void> {
  // Not a fault: it is nothing that a remedy helps against, and no plan may find it in its way.
  await sql`
    create table stuck_workflow (
      workflow_id text primary key,
      firm_id text not null,
      aggregate_type text not null,
      aggregate_id text not null,
      problem text not null,
      since timestamptz not null default now()
    )`.execute(db);
  await sql`create index stuck_workflow_by_firm on stuck_workflow (firm_id)`.execute(db);
  await sql`create index stuck_workflow_by_time on stuck_workflow (since)`.execute(db);
}

async function indexes(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index fault_open on fault (opened_at, park_id) where closed_at is null`,
    sql`create index fault_open_by_cause on fault (firm_id, fault_key, opened_at, park_id) where closed_at is null`,
    sql`create index fault_by_aggregate on fault (firm_id, aggregate_type, aggregate_id, opened_at)`,
    sql`create index event_by_time on event (firm_id, at, event_id)`,
    sql`create index event_by_state on event (firm_id, kind, at, event_id)`,
    sql`create index event_by_cause on event (firm_id, (data ->> 'fault'), at, event_id) where data ->> 'fault' is not null`,
    sql`create index waiter_by_workflow on waiter (firm_id, workflow_id)`,
    ...(['bill', 'payment', 'contact', 'timekeeper'] as const).map(
      (noun) => sql`
        create index ${sql.id(`${noun}_unposted`)} on ${sql.table(noun)} (firm_id)
        where state in ('working', 'waiting', 'needs-attention')`,
    ),
  ];
  for (const statement of statements) await statement.execute(db);
}

async function attention(db: Kysely<unknown>): Promise<void> {
  await sql`
    create view attention_item as
    select park_id as item_id, firm_id, aggregate_type, aggregate_id, workflow_id, document_key, fault_key,
      cause, remedy, allowed, params, opened_at as since
    from fault where closed_at is null
    union all
    select 'S-' || workflow_id, firm_id, aggregate_type, aggregate_id, workflow_id, null, 'workflow-stuck',
      problem, null, '{}', '{}', since
    from stuck_workflow`.execute(db);
  // Whoever waits for this aggregate, and whoever waits for those: a payment behind a bill behind a client.
  await sql`
    create function waiting_behind(of_firm text, of_type text, of_id text)
    returns table (workflow_id text, since timestamptz) language sql stable as $$
      with recursive behind as (
        select waiter.workflow_id, waiter.created_at
        from waiter
        where waiter.firm_id = of_firm and waiter.cause_key = any(
          case when of_type = 'company' then array['company'] else array(
            select document_key from document
            where firm_id = of_firm and aggregate_type = of_type and aggregate_id = of_id) end)
        union
        select waiter.workflow_id, waiter.created_at
        from behind
        join document on document.firm_id = of_firm
          and document.aggregate_type = split_part(behind.workflow_id, ':', 1)
          and document.aggregate_id = split_part(behind.workflow_id, ':', 3)
        join waiter on waiter.firm_id = of_firm and waiter.cause_key = document.document_key
      )
      select behind.workflow_id, min(behind.created_at) from behind group by 1
    $$`.execute(db);
}

async function unposted(db: Kysely<unknown>): Promise<void> {
  const from = (noun: string) => sql`
    select firm_id, ${sql.lit(noun)}::text as aggregate_type, ${sql.id(`${noun}_id`)} as aggregate_id, state, updated_at
    from ${sql.table(noun)}`;
  await sql`
    create view aggregate_state as ${from('bill')} union all ${from('payment')} union all
    select firm_id, 'contact', client_id, state, updated_at from contact union all ${from('timekeeper')}`.execute(
    db,
  );
  await sql`
    create view unposted_item as
    select item.firm_id, item.aggregate_type, item.aggregate_id,
      item.aggregate_type || ':' || item.firm_id || ':' || item.aggregate_id as workflow_id,
      item.state, wait.cause_key as waiting_for, blocker.park_id, blocker.cause,
      coalesce(own.fault_key, blocker.fault_key,
        case when item.state = 'waiting' and wait.cause_key is null and company.unreachable_since is not null
          then 'outage' else item.state end) as cause_key,
      coalesce(own.park_id, blocker.park_id) is not null as needs_person,
      coalesce(own.opened_at, wait.created_at,
        case when item.state = 'waiting' then company.unreachable_since end, item.updated_at) as since
    from aggregate_state as item
    left join fault as own on own.firm_id = item.firm_id and own.aggregate_type = item.aggregate_type
      and own.aggregate_id = item.aggregate_id and own.closed_at is null
    left join lateral (
      select cause_key, created_at from waiter
      where waiter.firm_id = item.firm_id and item.state = 'waiting'
        and waiter.workflow_id = item.aggregate_type || ':' || item.firm_id || ':' || item.aggregate_id
      order by created_at limit 1) as wait on true
    left join document on document.firm_id = item.firm_id and document.document_key = wait.cause_key
    left join fault as blocker on blocker.firm_id = item.firm_id and blocker.closed_at is null
      and blocker.aggregate_type = case when wait.cause_key = 'company' then 'company' else document.aggregate_type end
      and blocker.aggregate_id = case when wait.cause_key = 'company' then item.firm_id else document.aggregate_id end
    left join company on company.firm_id = item.firm_id
    where item.state in ('working', 'waiting', 'needs-attention')`.execute(db);
}
