import { sql, type RawBuilder } from 'kysely';
import type { OnTheWay } from '../domain/on-the-way.js';

/**
 * Writes without an outcome that a condition picks, by document: an expression for the list of a select whose rows have
 * a `company`. The condition sees them as `sent`.
 */
export const onTheWayWhere = (condition: RawBuilder<unknown>): RawBuilder<OnTheWay> => sql<OnTheWay>`
  coalesce((
    select jsonb_object_agg(sent.document_key, jsonb_build_object('action', sent.action, 'intent', sent.intent))
    from posting as sent
    where sent.firm_id = company.firm_id and sent.outcome = 'unsettled' and (${condition})), '{}')`;

const on = (billId: RawBuilder<unknown>, invoice: 'invoice' | 'interest') =>
  sql`sent.intent -> 'allocations'
    @> jsonb_build_array(jsonb_build_object('invoiceKey', 'bill/' || ${billId} || ${`/${invoice}`}::text))`;

/** Payments that may lie on the invoices of a bill. */
export const paymentsTo = (billId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`sent.intent ->> 'document' = 'payment' and (${on(billId, 'invoice')} or ${on(billId, 'interest')})`;

/** Writes of bills, and of payments on them but for one. */
export const toBills = (
  billIds: RawBuilder<unknown>,
  ownKey: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  sent.document_key <> ${ownKey} and exists (
    select from unnest(${billIds}) as meant (bill_id)
    where starts_with(sent.document_key, 'bill/' || meant.bill_id || '/') or (${paymentsTo(sql`meant.bill_id`)}))`;
