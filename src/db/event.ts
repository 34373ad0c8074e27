import { sql, type RawBuilder } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Queryable } from './database.js';

/** Appends to an aggregate's story, in the transaction of the change that it tells of. */
export async function recordEvent(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await db
    .insertInto('event')
    .values({ firm_id: firmId, aggregate_type: type, aggregate_id: id, kind, data: JSON.stringify(data) })
    .execute();
}

/** `recordEvent` as a part of a larger statement: an event for each row of another of its parts. */
export const tellOf = (
  { firmId, type, id }: AggregateRef,
  kind: string,
  data: Record<string, unknown>,
  each: string,
): RawBuilder<unknown> => sql`
  insert into event (firm_id, aggregate_type, aggregate_id, kind, data)
  select ${firmId}, ${type}, ${id}, ${kind}, ${JSON.stringify(data)}::jsonb from ${sql.table(each)}`;
