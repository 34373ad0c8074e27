import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Queryable } from './database.js';
import type { Slot } from './limiter.js';
import { releasable, type Registration } from './waiter.js';

const LIFTED = JSON.stringify({ by: 'counterfoil', why: 'QuickBooks took a write again' });

export interface EndedCall {
  /** QuickBooks had been out of reach, for every document of the company. */
  endedOutage: boolean;
  /** What had stopped the company is over: this call was the one that tried. */
  lifted: boolean;
  /** Who waits for what was just written. */
  waiters: Registration[];
}

/** After an answer, in one statement because every bill passes here: the slot is free, and QuickBooks can be reached. */
export async function endCall(
  db: Queryable,
  { firmId, realmId, holder }: Slot,
  ref: AggregateRef,
): Promise<EndedCall> {
  const { rows } = await sql<{ ended_outage: boolean; lifted: boolean; waiters: Registration[] }>`
    with freed as (delete from slot where realm_id = ${realmId} and holder = ${holder}),
    reached as (
      update company set unreachable_since = null
      where firm_id = ${firmId} and unreachable_since is not null
      returning firm_id),
    lifted as (
      update fault set closed_at = now(), closed_by = ${LIFTED}::jsonb
      where firm_id = ${firmId} and aggregate_type = 'company' and closed_at is null
        and trying_since is not null and trying_by = ${holder}
      returning park_id)
    select exists (select from reached) as ended_outage, exists (select from lifted) as lifted, ${releasable(ref)} as waiters`.execute(
    db,
  );
  const [row] = rows;
  return {
    endedOutage: row?.ended_outage ?? false,
    lifted: row?.lifted ?? false,
    waiters: row?.waiters ?? [],
  };
}
