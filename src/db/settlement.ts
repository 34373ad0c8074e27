import { sql, type RawBuilder } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { besides } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import type { Queryable } from './database.js';
import { linkedTo, type Link } from './document.js';
import { tellOf } from './event.js';
import { settledAs, type PostingRow, type Settlement } from './posting.js';

export interface Holding {
  /** As QuickBooks holds it now. */
  intent: Intent;
  link: Link;
}

/**
 * All that a yes puts on record, in one statement, because every bill passes here: outcome, link and event, and the
 * aggregate's open fault is closed. False, with nothing on record, when another attempt holds the lease by now.
 */
export async function settleHeld(
  db: Queryable,
  ref: AggregateRef,
  posting: Pick<PostingRow, 'posting_id' | 'lease' | 'document_key' | 'action'>,
  settlement: Settlement & { outcome: 'posted' },
  { intent, link }: Holding,
): Promise<boolean> {
  const { firmId, type, id } = ref;
  const { document_key: document, action } = posting;
  const closedBy = JSON.stringify({ by: 'counterfoil', why: 'posted' });
  const { rows } = await sql`
    with settled as (
      update posting
      set ${assigned(settledAs(settlement))}
      where posting_id = ${posting.posting_id} and lease = ${posting.lease} and outcome = 'unsettled'
      returning posting_id),
    linked as (
      update document
      set ${assigned(linkedTo(intent, link))}, updated_at = now()
      from settled
      where firm_id = ${firmId} and document_key = ${document}),
    beside as (
      insert into document (firm_id, document_key, document_type, aggregate_type, aggregate_id, revision)
      select ${firmId}, ${besides(document) ?? ''}, 'invoice', ${type}, ${id}, 1
      from settled where ${besides(document) !== undefined}
      on conflict (firm_id, document_key) do update set revision = document.revision + 1),
    told as (${tellOf(ref, 'posted', { document, action, qboId: link.qboId }, 'settled')}),
    closed as (
      update fault set closed_at = now(), closed_by = ${closedBy}::jsonb
      from settled
      where firm_id = ${firmId} and aggregate_type = ${type} and aggregate_id = ${id} and closed_at is null)
    select posting_id from settled`.execute(db);
  return rows.length > 0;
}

const assigned = (columns: Record<string, unknown>): RawBuilder<unknown> =>
  sql.join(Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
