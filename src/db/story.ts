import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Queryable } from './database.js';
import { isoText } from './instant.js';
import { DEFAULT_LIMIT, keyOf, toPage, type Page, type Paging } from './page.js';

/** One thing that happened to an item, with all that is on record about it. */
export type StoryEntry =
  | { at: string; entry: 'event'; kind: string; data: Record<string, unknown>; seen?: Seen }
  | ({ at: string; entry: 'posting' } & Posting)
  | ({ at: string; entry: 'fault' } & Fault);

/** What was parked when somebody decided about it. */
interface Seen {
  fault: string;
  cause: string;
  since: string;
}

/** A write: what was sent, under which id, and what came back. */
interface Posting {
  document: string;
  generation: number;
  action: string;
  requestId: string;
  realmId: string;
  request: string;
  attempts: number;
  outcome: string;
  settledAt: string | null;
  httpStatus: number | null;
  intuitTid: string | null;
  answer: string | null;
  fault: string | null;
}

interface Fault {
  parkId: string;
  fault: string;
  cause: string;
  remedy: string;
  allowed: string[];
  document: string | null;
  /** The raw answer that it came from, with `intuitTid` where QuickBooks was asked. */
  evidence: Record<string, unknown>;
  closedAt: string | null;
  /** Who or what ended it: a remedy with `by` and `note`, a newer snapshot, or Counterfoil itself. */
  closedBy: Record<string, unknown> | null;
}

/** All about one item in the order in which it happened. The event of a parking is left out for the fault itself. */
export async function readStory(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  paging: Paging = {},
): Promise<Page<StoryEntry>> {
  const { limit = DEFAULT_LIMIT } = paging;
  const from = keyOf(paging, 3);
  const { rows } = await sql<{ at: Date; at_key: string; entry: string; id: string; body: object }>`
    select at, at::text as at_key, entry, id, body from (
      select event.at, 'event' as entry, lpad(event.event_id::text, 20, '0') as id,
        jsonb_strip_nulls(jsonb_build_object('kind', event.kind, 'seen',
          case when seen.park_id is not null then jsonb_build_object(
            'fault', seen.fault_key, 'cause', seen.cause, 'since', ${isoText('seen.opened_at')}) end))
          || jsonb_build_object('data', event.data) as body
      from event
      left join fault as seen on event.kind = 'remedy' and seen.park_id = event.data ->> 'parkId'
      where event.firm_id = ${firmId} and event.aggregate_type = ${type} and event.aggregate_id = ${id}
        and event.kind <> 'parked'
      union all
      select coalesce(posting.first_sent_at, posting.created_at), 'posting', lpad(posting.posting_id::text, 20, '0'),
        jsonb_build_object('document', posting.document_key, 'generation', posting.generation,
          'action', posting.action, 'requestId', posting.request_id, 'realmId', posting.realm_id,
          'request', posting.body, 'attempts', posting.attempt_count, 'outcome', posting.outcome,
          'settledAt', ${isoText('posting.settled_at')}, 'httpStatus', posting.http_status,
          'intuitTid', posting.intuit_tid, 'answer', posting.answer, 'fault', posting.fault_key)
      from document
      join posting on posting.firm_id = document.firm_id and posting.document_key = document.document_key
      where document.firm_id = ${firmId} and document.aggregate_type = ${type} and document.aggregate_id = ${id}
      union all
      select fault.opened_at, 'fault', fault.park_id,
        jsonb_build_object('parkId', fault.park_id, 'fault', fault.fault_key, 'cause', fault.cause,
          'remedy', fault.remedy, 'allowed', fault.allowed, 'document', fault.document_key,
          'evidence', fault.evidence, 'closedAt', ${isoText('fault.closed_at')}, 'closedBy', fault.closed_by)
      from fault
      where fault.firm_id = ${firmId} and fault.aggregate_type = ${type} and fault.aggregate_id = ${id}
    ) as told
    where ${from ? sql`(at, entry, id) > (${from[0]}::timestamptz, ${from[1]}, ${from[2]})` : sql`true`}
    order by at, entry, id
    limit ${limit + 1}`.execute(db);
  return toPage(
    rows,
    limit,
    (row) => [row.at_key, row.entry, row.id],
    ({ at, entry, body }) => ({ at: at.toISOString(), entry, ...body }) as StoryEntry,
  );
}
