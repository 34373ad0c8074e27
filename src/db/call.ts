import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Queryable } from './database.js';
import type { Slot } from './limiter.js';
import { releasable, type Registration } from './waiter.js';

export interface EndedCall {
  /** QuickBooks had been out of reach, for every document of the company. */
  endedOutage: boolean;
  /** Who waits for what was just written. */
  waiters: Registration[];
}

/** After an answer, in one statement because every bill passes here: the slot is free, and QuickBooks can be reached. */
export async function endCall(
  db: Queryable,
  { firmId, realmId, holder }: Slot,
  ref: AggregateRef,
): Promise<EndedCall> {
  const { rows } = await sql<{ ended_outage: boolean; waiters: Registration[] }>`
    with freed as (delete from slot where realm_id = ${realmId} and holder = ${holder}),
    reached as (
      update company set unreachable_since = null
      where firm_id = ${firmId} and unreachable_since is not null
      returning firm_id)
    select exists (select from reached) as ended_outage, ${releasable(ref)} as waiters`.execute(db);
  const [row] = rows;
  return { endedOutage: row?.ended_outage ?? false, waiters: row?.waiters ?? [] };
}
