import { sql } from 'kysely';
import type { AggregateType } from '../domain/aggregate.js';
import type { Queryable } from './database.js';
import { DEFAULT_LIMIT, keyOf, toPage, type Page, type Paging } from './page.js';

/** Something that is not in QuickBooks as it should be, with the one cause that it comes down to. */
export interface UnpostedItem {
  firmId: string;
  type: AggregateType;
  id: string;
  state: 'working' | 'waiting' | 'needs-attention';
  /** A key of the catalogue where a person is needed; otherwise `outage`, `waiting` or `working`. */
  cause: string;
  needsPerson: boolean;
  /** ISO instant. */
  since: string;
  /** A document key, or `company`. */
  waitingFor?: string;
  /** The parking that holds it, its own or that of what it waits for. */
  parkId?: string;
}

export interface UnpostedFilter {
  firm: string;
  cause?: string;
}

/** All of a firm that is not in QuickBooks, also what goes on by itself; the oldest first. Throws `CursorError`. */
export async function listUnposted(
  db: Queryable,
  filter: UnpostedFilter & Paging,
): Promise<Page<UnpostedItem>> {
  const { firm, cause, limit = DEFAULT_LIMIT } = filter;
  const from = keyOf(filter, 2);
  const { rows } = await sql<{
    firm_id: string;
    aggregate_type: AggregateType;
    aggregate_id: string;
    workflow_id: string;
    state: UnpostedItem['state'];
    waiting_for: string | null;
    park_id: string | null;
    cause_key: string;
    needs_person: boolean;
    since: Date;
    since_key: string;
  }>`
    select item.*, item.since::text as since_key
    from unposted_item as item
    where item.firm_id = ${firm}
      and ${cause === undefined ? sql`true` : sql`item.cause_key = ${cause}`}
      and ${from ? sql`(item.since, item.workflow_id) > (${from[0]}::timestamptz, ${from[1]})` : sql`true`}
    order by item.since, item.workflow_id
    limit ${limit + 1}`.execute(db);
  return toPage(
    rows,
    limit,
    (row) => [row.since_key, row.workflow_id],
    (row) => ({
      firmId: row.firm_id,
      type: row.aggregate_type,
      id: row.aggregate_id,
      state: row.state,
      cause: row.cause_key,
      needsPerson: row.needs_person,
      since: row.since.toISOString(),
      ...(row.waiting_for !== null && { waitingFor: row.waiting_for }),
      ...(row.park_id !== null && { parkId: row.park_id }),
    }),
  );
}

export interface InHand {
  firmId: string;
  /** `outage`, `waiting` or `working`. */
  cause: string;
  items: number;
  since: string;
}

/** What is not in QuickBooks and needs nobody, counted by firm and reason. */
export async function countInHand(db: Queryable, filter: { firm?: string }): Promise<InHand[]> {
  const { rows } = await sql<{ firm_id: string; cause_key: string; items: number; since: Date }>`
    select firm_id, cause_key, count(*) as items, min(since) as since
    from unposted_item
    where not needs_person and ${filter.firm === undefined ? sql`true` : sql`firm_id = ${filter.firm}`}
    group by firm_id, cause_key order by min(since)`.execute(db);
  return rows.map(({ firm_id: firmId, cause_key: cause, items, since }) => ({
    firmId,
    cause,
    items,
    since: since.toISOString(),
  }));
}
