import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { remapKey, type Reference } from '../domain/reference.js';
import { ID_COLUMN } from './aggregate.js';
import type { Queryable } from './database.js';

/**
 * Keeps what took the place of a record, for all bills and payments of the firm that are parked for it. What somebody
 * else is working on at this instant is left out, for it could wait for us: it stays parked, and has the remedy too.
 */
export async function saveRemapped(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  reference: Reference,
  to: string,
): Promise<void> {
  const { list, id: from } = reference;
  const added = JSON.stringify({ [remapKey(reference)]: to });
  for (const noun of ['bill', 'payment'] as const) {
    const key = ID_COLUMN[noun];
    await sql`
      update ${sql.table(noun)} as item set remapped = item.remapped || ${added}::jsonb
      from (
        select parked.firm_id, parked.${sql.ref(key)} from ${sql.table(noun)} as parked
        where parked.firm_id = ${firmId} and (
          ${type === noun ? sql`parked.${sql.ref(key)} = ${id}` : sql`false`}
          or exists (
            select from fault
            where fault.firm_id = parked.firm_id and fault.aggregate_type = ${noun}
              and fault.aggregate_id = parked.${sql.ref(key)} and fault.closed_at is null
              and fault.params ->> 'refList' = ${list} and fault.params ->> 'refId' = ${from}))
        for update skip locked) as found
      where item.firm_id = found.firm_id and item.${sql.ref(key)} = found.${sql.ref(key)}`.execute(db);
  }
}
