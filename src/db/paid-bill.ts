import { sql, type RawBuilder } from 'kysely';
import type { PaidBill } from '../domain/payment.js';

/** Bills that money is meant for, those that they replace, and those that its document lies on: a list of ids. */
export const billsPaid = (
  firmId: RawBuilder<unknown>,
  billIds: RawBuilder<unknown>,
  ownKey: RawBuilder<unknown>,
) => sql`array(
  select unnest(${billIds})
  union
  select meant.snapshot ->> 'replaces'
  from bill as meant
  where meant.firm_id = ${firmId} and meant.bill_id = any(${billIds})
    and meant.snapshot ->> 'replaces' is not null
  union
  select split_part(part.one ->> 'invoiceKey', '/', 2)
  from document as own, jsonb_array_elements(own.intent -> 'allocations') as part (one)
  where own.firm_id = ${firmId} and own.document_key = ${ownKey})`;

/**
 * Payments of all kinds that lie on bills: a list of documents, so that an index finds each. Looked up bill by bill,
 * since Postgres takes them for many and would read all payments there are.
 */
export const paymentsOn = (firmId: RawBuilder<unknown>, bills: RawBuilder<unknown>) => sql`array(
  select lies.document_key
  from unnest(${bills}) as paid (bill_id)
  cross join unnest(array['invoice', 'interest']) as kind (name)
  cross join lateral (
    select found.document_key from document as found
    where found.firm_id = ${firmId} and found.document_type = 'payment' and found.removed is null
      and found.intent -> 'allocations'
        @> jsonb_build_array(jsonb_build_object('invoiceKey', 'bill/' || paid.bill_id || '/' || kind.name))
    offset 0) as lies)`;

/**
 * What is known of bills that money is meant for, by id: the condition sees them as `paid`. `ownKey` is the document
 * that such a bill may wait for to make way.
 */
export const paidBills = (
  condition: RawBuilder<unknown>,
  firmId: RawBuilder<unknown>,
  ownKey: RawBuilder<unknown> = sql`null`,
) => sql<Record<string, PaidBill>>`
  coalesce((
    select jsonb_object_agg(paid.bill_id, jsonb_strip_nulls(jsonb_build_object(
      'number', paid.snapshot ->> 'number', 'replaces', paid.snapshot ->> 'replaces', 'state', paid.snapshot ->> 'state', 'excluded', paid.excluded or paid.state = 'skipped',
      'newMatters', paid.new_terms ->> 'matters',
      'billing', jsonb_build_object('client', jsonb_build_object('clientId', paid.client_id),
        'currency', paid.snapshot ->> 'currency', 'matters', paid.snapshot -> 'matters'),
      'leaves', (
        select waiter.leaves from waiter
        where paid.state = 'waiting' and waiter.firm_id = paid.firm_id and waiter.cause_key = ${ownKey}
          and waiter.workflow_id = 'bill:' || paid.firm_id || ':' || paid.bill_id),
      'totalCents', (
        select coalesce(sum((line.one ->> 'amountCents')::bigint), 0) + coalesce(sum((
          select sum((tax.one ->> 'amountCents')::bigint)
          from jsonb_array_elements(line.one -> 'taxes') as tax (one))), 0)
        from jsonb_array_elements(paid.snapshot -> 'lines') as line (one)))))
    from bill as paid where paid.firm_id = ${firmId} and (${condition})), '{}')`;
