import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { tableOf } from './acceptance.js';
import type { Queryable } from './database.js';

/** What can be excluded, with the column of its id. */
const KEY: Partial<Record<AggregateRef['type'], string>> = {
  bill: 'bill_id',
  payment: 'payment_id',
  trustTransaction: 'trust_transaction_id',
};

export async function isExcluded(db: Queryable, { firmId, type, id }: AggregateRef): Promise<boolean> {
  const key = KEY[type];
  if (key === undefined) return false;
  const { rows } = await sql`
    select from ${sql.table(tableOf(type))} where firm_id = ${firmId} and ${sql.ref(key)} = ${id} and excluded`.execute(
    db,
  );
  return rows.length > 0;
}

/** Takes an exclusion back; false where there is none. */
export async function include(db: Queryable, { firmId, type, id }: AggregateRef): Promise<boolean> {
  const key = KEY[type];
  if (key === undefined) return false;
  const { rows } = await sql`
    update ${sql.table(tableOf(type))} set excluded = false, updated_at = now()
    where firm_id = ${firmId} and ${sql.ref(key)} = ${id} and excluded
    returning true`.execute(db);
  return rows.length > 0;
}
