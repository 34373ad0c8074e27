import { sql } from 'kysely';
import type { Database } from '../../src/db/database.js';

/**
 * Years of a firm "full": 4,000 bills, one posting and six events each, a closed fault for each, and 40 that are open
 * for one cause, with ten more that wait for the company; beside it a hundred small firms.
 */
export async function fillDatabase(db: Database): Promise<void> {
  const statements = [
    sql`insert into firm (firm_id, name, settings)
      select case when n = 0 then 'full' else 'firm-' || n end, 'A firm', '{}' from generate_series(0, 100) n`,
    sql`insert into bill (firm_id, bill_id, version, snapshot, client_id, state)
      select case when n <= 4000 then 'full' else 'firm-' || (n % 100 + 1) end, 'B' || n, 1, '{}', 'C1',
        case when n <= 40 then 'needs-attention' when n <= 50 then 'waiting' else 'posted' end
      from generate_series(1, 5000) n`,
    sql`insert into document (firm_id, document_key, document_type, aggregate_type, aggregate_id)
      select firm_id, 'bill/' || bill_id || '/invoice', 'invoice', 'bill', bill_id from bill`,
    sql`insert into posting (firm_id, document_key, generation, action, request_id, realm_id, intent, body, lease,
        attempt_count, first_sent_at, settled_at, outcome)
      select firm_id, document_key, 1, 'create', left(md5(firm_id || document_key), 32), '1', '{}', '{}', 'l', 2,
        now() - interval '1 day', now(), case when aggregate_id in ('B1', 'B2') then 'refused' else 'posted' end
      from document`,
    sql`insert into fault (park_id, firm_id, aggregate_type, aggregate_id, workflow_id, fault_key, cause, remedy,
        allowed, opened_at, closed_at, closed_by)
      select 'P-' || bill_id, firm_id, 'bill', bill_id, 'bill:' || firm_id || ':' || bill_id, 'number-used-bill',
        'The number is used.', 'Give another.', '{renumber,retry}',
        now() - substring(bill_id from 2)::int * interval '1 minute',
        case when state <> 'needs-attention' then now() end,
        case when state <> 'needs-attention' then '{"by":"Kim"}'::jsonb end
      from bill`,
    sql`insert into event (firm_id, aggregate_type, aggregate_id, kind, data, at)
      select firm_id, 'bill', bill_id, (array['accepted', 'posted', 'accepted', 'posted', 'accepted', 'posted'])[n],
        '{}', now() - substring(bill_id from 2)::int * interval '1 minute' + n * interval '1 second'
      from bill cross join generate_series(1, 6) n`,
    sql`insert into event (firm_id, aggregate_type, aggregate_id, kind, data, at)
      select firm_id, aggregate_type, aggregate_id, 'parked',
        jsonb_build_object('fault', fault_key, 'parkId', park_id), opened_at
      from fault where closed_at is null`,
    sql`insert into waiter (firm_id, cause_key, workflow_id)
      select firm_id, 'company', 'bill:' || firm_id || ':' || bill_id from bill where state = 'waiting'`,
    sql`insert into waiter (firm_id, cause_key, workflow_id)
      select 'firm-' || n, 'company', 'bill:firm-' || n || ':' || m
      from generate_series(1, 100) n cross join generate_series(1, 20) m`,
    sql`insert into stuck_workflow (workflow_id, firm_id, aggregate_type, aggregate_id, problem)
      select 'bill:firm-' || n || ':X', 'firm-' || n, 'bill', 'X', 'It fails.' from generate_series(2, 100) n`,
    sql`insert into trust_account (firm_id, account_id, settings)
      select 'firm-' || n, 'IOLTA', '{}' from generate_series(2, 100) n`,
    sql`insert into parted_account (firm_id, account_id, problem)
      select firm_id, account_id, 'They part.' from trust_account`,
  ];
  for (const statement of statements) await statement.execute(db);
  await sql`analyze`.execute(db);
}
