import { sql } from 'kysely';
import type { AggregateType } from '../domain/aggregate.js';
import type { Queryable } from './database.js';
import { DEFAULT_LIMIT, keyOf, toPage, type Page, type Paging } from './page.js';

export interface SyncLogFilter {
  firm: string;
  /** ISO instants; the second is no longer part of it. */
  from?: string;
  until?: string;
  kind?: AggregateType;
  /** What became of it: the kind of an event, such as `posted`. */
  state?: string;
  /** A key of the catalogue. */
  cause?: string;
}

/** Something that happened to an item. */
export interface SyncLogEntry {
  at: string;
  firmId: string;
  kind: AggregateType;
  id: string;
  state: string;
  cause?: string;
  document?: string;
  /** What else was put on record. */
  data: Record<string, unknown>;
}

/** What happened in one firm, the newest first. Throws `CursorError`. */
export async function listSyncLog(
  db: Queryable,
  filter: SyncLogFilter & Paging,
): Promise<Page<SyncLogEntry>> {
  const { firm, from, until, kind, state, cause, limit = DEFAULT_LIMIT } = filter;
  const below = keyOf(filter, 2);
  const conditions = [
    sql`event.firm_id = ${firm}`,
    ...(from === undefined ? [] : [sql`event.at >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [sql`event.at < ${until}::timestamptz`]),
    ...(kind === undefined ? [] : [sql`event.aggregate_type = ${kind}`]),
    ...(state === undefined ? [] : [sql`event.kind = ${state}`]),
    ...(cause === undefined
      ? []
      : [sql`event.data ->> 'fault' is not null and event.data ->> 'fault' = ${cause}`]),
    ...(below ? [sql`(event.at, event.event_id) < (${below[0]}::timestamptz, ${below[1]}::bigint)`] : []),
  ];
  const { rows } = await sql<{
    event_id: number;
    at: Date;
    at_key: string;
    firm_id: string;
    aggregate_type: AggregateType;
    aggregate_id: string;
    kind: string;
    data: Record<string, unknown>;
  }>`
    select event_id, at, at::text as at_key, firm_id, aggregate_type, aggregate_id, kind, data
    from event where ${sql.join(conditions, sql` and `)}
    order by event.at desc, event.event_id desc
    limit ${limit + 1}`.execute(db);
  return toPage(
    rows,
    limit,
    (row) => [row.at_key, String(row.event_id)],
    ({ at, firm_id: firmId, aggregate_type: type, aggregate_id: id, kind: became, data }) => {
      const { fault, document, ...rest } = data;
      return {
        at: at.toISOString(),
        firmId,
        kind: type,
        id,
        state: became,
        ...(typeof fault === 'string' && { cause: fault }),
        ...(typeof document === 'string' && { document }),
        data: rest,
      };
    },
  );
}
