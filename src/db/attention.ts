import { sql, type RawBuilder } from 'kysely';
import type { AggregateType } from '../domain/aggregate.js';
import { uncatalogued } from '../domain/uncatalogued.js';
import type { Queryable } from './database.js';
import { DEFAULT_LIMIT, keyOf, toPage, type Page, type Paging } from './page.js';

export interface AttentionFilter {
  firm?: string;
  /** A key of the catalogue, or one of `UNCATALOGUED`. */
  cause?: string;
}

/** One cause in one firm, however many items it stops. */
export interface Cause {
  firmId: string;
  cause: string;
  /** Parked themselves. */
  items: number;
  /** Waiting behind those, and going on by themselves once it is mended. */
  behind: number;
  /** ISO instant of the oldest. */
  since: string;
  /** Sentences of the oldest, as an example. */
  text: string;
  remedy: string;
  allowed: string[];
}

export interface AttentionItem {
  firmId: string;
  /** An account of client money is no aggregate, and may part from QuickBooks all the same. */
  type: AggregateType | 'trustAccount';
  id: string;
  /** None for an account of client money. */
  workflowId?: string;
  cause: string;
  text: string;
  since: string;
  parkId?: string;
  remedy: string;
  allowed: string[];
  document?: string;
  qboUrl?: string;
  /** Attempts at QuickBooks that posted nothing; 0 where it was seen before QuickBooks was asked. */
  tries: number;
  lastTriedAt?: string;
  /** How often it was parked, this time included. */
  timesParked: number;
  /** The document that it waits for beside that. */
  waitingFor?: string;
  /** How many wait behind it. */
  behind: number;
}

const remedyOf = (cause: string): string => uncatalogued(cause)?.remedy ?? '';

const matches = ({ firm, cause }: AttentionFilter): RawBuilder<unknown> => sql`
  ${firm === undefined ? sql`true` : sql`item.firm_id = ${firm}`}
  and ${cause === undefined ? sql`true` : sql`item.fault_key = ${cause}`}`;

/** What needs a person, one row per firm and cause, the oldest first. Throws `CursorError`. */
export async function listCauses(db: Queryable, filter: AttentionFilter & Paging): Promise<Page<Cause>> {
  const { limit = DEFAULT_LIMIT } = filter;
  const from = keyOf(filter, 3);
  const { rows } = await sql<{
    firm_id: string;
    fault_key: string;
    items: number;
    behind: number;
    since: Date;
    since_key: string;
    text: string;
    remedy: string | null;
    allowed: string[];
  }>`
    select item.firm_id, item.fault_key, count(*) as items, sum(behind.count)::bigint as behind,
      min(item.since) as since, min(item.since)::text as since_key,
      (array_agg(item.cause order by item.since))[1] as text,
      (array_agg(item.remedy order by item.since))[1] as remedy,
      (array_agg(to_jsonb(item.allowed) order by item.since))[1] as allowed
    from attention_item as item
    cross join lateral (
      select count(*) from waiting_behind(item.firm_id, item.aggregate_type, item.aggregate_id)) as behind
    where ${matches(filter)}
    group by item.firm_id, item.fault_key
    having ${from ? sql`(min(item.since), item.firm_id, item.fault_key) > (${from[0]}::timestamptz, ${from[1]}, ${from[2]})` : sql`true`}
    order by min(item.since), item.firm_id, item.fault_key
    limit ${limit + 1}`.execute(db);
  return toPage(
    rows,
    limit,
    (row) => [row.since_key, row.firm_id, row.fault_key],
    ({ firm_id: firmId, fault_key: cause, items, behind, since, text, remedy, allowed }) => ({
      firmId,
      cause,
      items,
      behind,
      since: since.toISOString(),
      text,
      remedy: remedy ?? remedyOf(cause),
      allowed,
    }),
  );
}

interface ItemRow {
  item_id: string;
  firm_id: string;
  aggregate_type: AttentionItem['type'];
  aggregate_id: string;
  workflow_id: string | null;
  document_key: string | null;
  fault_key: string;
  cause: string;
  remedy: string | null;
  allowed: string[];
  params: Record<string, string>;
  since: Date;
  since_key: string;
  tries: number;
  last_tried_at: Date | null;
  times_parked: number;
  waiting_for: string | null;
  behind: number;
}

/** The same item by item, the oldest first. Throws `CursorError`. */
export async function listAttention(
  db: Queryable,
  filter: AttentionFilter & Paging,
): Promise<Page<AttentionItem>> {
  const { limit = DEFAULT_LIMIT } = filter;
  const from = keyOf(filter, 2);
  const { rows } = await sql<ItemRow>`
    select item.*, tried.tries, tried.last_tried_at, parked.times_parked, wait.waiting_for, behind.count as behind
    from (
      select item.*, item.since::text as since_key from attention_item as item
      where ${matches(filter)}
        and ${from ? sql`(item.since, item.item_id) > (${from[0]}::timestamptz, ${from[1]})` : sql`true`}
      order by item.since, item.item_id
      limit ${limit + 1}) as item
    cross join lateral (
      select coalesce(sum(posting.attempt_count) filter (where posting.outcome <> 'posted'), 0)::bigint as tries,
        max(greatest(posting.first_sent_at, posting.unanswered_at, posting.settled_at)) as last_tried_at
      from document
      join posting on posting.firm_id = document.firm_id and posting.document_key = document.document_key
      where document.firm_id = item.firm_id and document.aggregate_type = item.aggregate_type
        and document.aggregate_id = item.aggregate_id) as tried
    cross join lateral (
      select count(*) as times_parked from fault
      where fault.firm_id = item.firm_id and fault.aggregate_type = item.aggregate_type
        and fault.aggregate_id = item.aggregate_id) as parked
    left join lateral (
      select waiter.cause_key as waiting_for from waiter
      where waiter.firm_id = item.firm_id and waiter.workflow_id = item.workflow_id
      order by waiter.created_at desc limit 1) as wait on true
    cross join lateral (
      select count(*) from waiting_behind(item.firm_id, item.aggregate_type, item.aggregate_id)) as behind
    order by item.since, item.item_id`.execute(db);
  return toPage(rows, limit, (row) => [row.since_key, row.item_id], toItem);
}

function toItem(row: ItemRow): AttentionItem {
  return {
    firmId: row.firm_id,
    type: row.aggregate_type,
    id: row.aggregate_id,
    ...(row.workflow_id !== null && { workflowId: row.workflow_id }),
    cause: row.fault_key,
    text: row.cause,
    since: row.since.toISOString(),
    remedy: row.remedy ?? remedyOf(row.fault_key),
    allowed: row.allowed,
    tries: row.tries,
    timesParked: row.times_parked,
    behind: row.behind,
    ...(!uncatalogued(row.fault_key) && { parkId: row.item_id }),
    ...(row.document_key !== null && { document: row.document_key }),
    ...(row.params.qboUrl !== undefined && { qboUrl: row.params.qboUrl }),
    ...(row.last_tried_at !== null && { lastTriedAt: row.last_tried_at.toISOString() }),
    ...(row.waiting_for !== null && { waitingFor: row.waiting_for }),
  };
}
