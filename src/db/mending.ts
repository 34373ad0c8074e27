import { sql } from 'kysely';
import { companyCause } from '../domain/company.js';
import type { Queryable } from './database.js';

/** `release`: its cause was mended. `probe`: nobody knows, and it is tried on behalf of all with its cause. */
export type TrialKind = 'release' | 'probe';

export interface Trial {
  parkId: string;
  firmId: string;
  /** Who tries: the workflow that is parked, or for a company the first that waits behind it. */
  workflowId: string;
  kind: TrialKind;
}

export interface MendingFilter {
  firmId?: string;
  /** Keys of faults that a change of settings may mend. */
  settings: readonly string[];
  /** Keys of faults that a bookkeeper may mend in QuickBooks. */
  quickbooks: readonly string[];
  probeAfterMs: number;
  /** A trial that was begun so long ago has lost its signal. */
  lostAfterMs: number;
  /** Of one firm, at once. */
  limit: number;
}

/**
 * What is worth trying again, first parked first. A cause counts as mended when something that it had stopped was
 * posted after a person's remedy or a probe, or when settings changed that it hangs on, since this was parked or tried.
 * Beside that, one of each firm and cause is due as a probe.
 */
export async function listTrials(db: Queryable, filter: MendingFilter): Promise<Trial[]> {
  const { firmId, settings, quickbooks, probeAfterMs, lostAfterMs, limit } = filter;
  const { rows } = await sql<{ park_id: string; firm_id: string; workflow_id: string; kind: TrialKind }>`
    with candidate as (
      select park_id, firm_id, fault_key, opened_at, trying_since,
        case when aggregate_type <> 'company' then workflow_id else (
          select waiter.workflow_id from waiter
          where waiter.firm_id = fault.firm_id and waiter.cause_key = ${companyCause}
          order by waiter.created_at limit 1) end as workflow_id,
        coalesce(tried_at, opened_at) as looked_at,
        row_number() over (partition by firm_id, fault_key order by coalesce(tried_at, opened_at), opened_at) as turn,
        max(coalesce(trying_since, tried_at, opened_at)) over (partition by firm_id, fault_key) as last_tried_at
      from fault
      where closed_at is null
        and fault_key = any(${[...new Set([...settings, ...quickbooks])]}::text[])
        and ${firmId === undefined ? sql`true` : sql`firm_id = ${firmId}`}),
    judged as (
      select candidate.*,
        exists (
          select from fault as mended
          where mended.firm_id = candidate.firm_id and mended.fault_key = candidate.fault_key
            and mended.closed_at > candidate.looked_at and mended.tried_as is distinct from 'release'
            and exists (
              select from event
              where event.firm_id = mended.firm_id and event.aggregate_type = mended.aggregate_type
                and event.aggregate_id = mended.aggregate_id and event.kind in ('posted', 'adopted')
                and event.at >= mended.closed_at))
        or candidate.fault_key = any(${settings}::text[]) and exists (
          select from event
          where event.firm_id = candidate.firm_id and event.kind = 'settings' and event.at > candidate.looked_at)
          as is_mended,
        candidate.fault_key = any(${quickbooks}::text[]) and candidate.turn = 1
          and candidate.last_tried_at < now() - make_interval(secs => ${probeAfterMs / 1000}) as is_due
      from candidate
      where trying_since is null or trying_since < now() - make_interval(secs => ${lostAfterMs / 1000})),
    chosen as (
      select *, row_number() over (partition by firm_id order by opened_at, park_id) as place
      from judged where is_mended or is_due or trying_since is not null)
    select park_id, firm_id, workflow_id, case when is_due and not is_mended then 'probe' else 'release' end as kind
    from chosen where workflow_id is not null and place <= ${limit}
    order by opened_at, park_id`.execute(db);
  return rows.map(({ park_id: parkId, firm_id, workflow_id: workflowId, kind }) => ({
    parkId,
    firmId: firm_id,
    workflowId,
    kind,
  }));
}

/** From here on the fault does not stand in the way of the workflow that tries. False when it was closed meanwhile. */
export async function beginTrial(db: Queryable, { parkId, workflowId, kind }: Trial): Promise<boolean> {
  const begun = await db
    .updateTable('fault')
    .set({ trying_since: sql`now()`, trying_by: workflowId, tried_as: kind })
    .where('park_id', '=', parkId)
    .where('closed_at', 'is', null)
    .returning('park_id')
    .executeTakeFirst();
  return begun !== undefined;
}
