import { sql, type RawBuilder } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { ID_COLUMN, tableOf } from './aggregate.js';
import type { Queryable } from './database.js';

export async function isExcluded(db: Queryable, ref: AggregateRef): Promise<boolean> {
  const its = excluded(ref);
  if (!its) return false;
  const { rows } = await sql`select from ${sql.table(tableOf(ref.type))} where ${its}`.execute(db);
  return rows.length > 0;
}

/** Takes an exclusion back; false where there is none. */
export async function include(db: Queryable, ref: AggregateRef): Promise<boolean> {
  const its = excluded(ref);
  if (!its) return false;
  const { rows } = await sql`
    update ${sql.table(tableOf(ref.type))} set excluded = false, updated_at = now()
    where ${its} returning true`.execute(db);
  return rows.length > 0;
}

/** Undefined for what can never be excluded. */
function excluded({ firmId, type, id }: AggregateRef): RawBuilder<unknown> | undefined {
  if (type !== 'bill' && type !== 'payment' && type !== 'trustTransaction') return undefined;
  return sql`firm_id = ${firmId} and ${sql.ref(ID_COLUMN[type])} = ${id} and excluded`;
}
