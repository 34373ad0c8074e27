import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { companyRef } from '../domain/company.js';
import { LINK_ACTIONS } from '../domain/document.js';
import type { CompanyRow } from './company.js';
import type { Queryable } from './database.js';

/** What may stand in the way of a write of one aggregate. */
export interface Standing {
  /** One of its writes has an unknown outcome. */
  unsettled: boolean;
  /** The document whose link a person has decided about; QuickBooks has to be asked for that first. */
  decided: string | null;
  /** It is parked for a person. */
  parked: boolean;
  /** It was, and is being tried again by itself. */
  trying: boolean;
  /** Its company's; null for a firm that was never connected. */
  status: CompanyRow['status'] | null;
  /** The open fault of its company and that one's cause, unless this is who tries whether it still holds. */
  fault: string | null;
  cause: string | null;
}

/** In one look. The company's open fault is locked, so that it cannot be closed while a waiter is registered behind it. */
export async function findStanding(db: Queryable, { firmId, type, id }: AggregateRef): Promise<Standing> {
  const company = companyRef(firmId);
  const { rows } = await sql<Standing>`
    select company.status, stopped.fault, stopped.cause,
      exists (
        select from document
        join posting on posting.firm_id = document.firm_id and posting.document_key = document.document_key
        where document.firm_id = ${firmId} and document.aggregate_type = ${type} and document.aggregate_id = ${id}
          and posting.outcome = 'unsettled') as unsettled,
      (select min(document_key) from document
        where firm_id = ${firmId} and aggregate_type = ${type} and aggregate_id = ${id}
          and qbo_id is not null and decision ->> 'action' = any(${[...LINK_ACTIONS]}::text[])) as decided,
      own.park_id is not null and own.trying_since is null as parked, own.trying_since is not null as trying
    from (select 1) as always
    left join fault as own
      on own.firm_id = ${firmId} and own.aggregate_type = ${type} and own.aggregate_id = ${id} and own.closed_at is null
    left join company on company.firm_id = ${firmId}
    left join (
      select fault_key as fault, cause from fault
      where firm_id = ${firmId} and aggregate_type = ${company.type} and aggregate_id = ${company.id} and closed_at is null
        and (trying_since is null or trying_by is distinct from ${`${type}:${firmId}:${id}`})
      for share
    ) as stopped on true`.execute(db);
  const [standing] = rows;
  if (!standing) throw new Error('A select of one row answered none.');
  return standing;
}
