import { sql } from 'kysely';
import type { Queryable } from './database.js';

/** `known` = older or the same again; `contradiction` = the same version with other contents. */
export type Acceptance = 'accepted' | 'known' | 'contradiction';

/** What a snapshot is that was not newer than the one on record. `key` names the row by its columns. */
export async function againstKnown(
  db: Queryable,
  table: 'bill' | 'payment' | 'contact',
  key: Record<string, string>,
  version: number,
  json: string,
): Promise<Exclude<Acceptance, 'accepted'>> {
  const isRow = sql.join(
    Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
    sql` and `,
  );
  const { rows } = await sql<{ same: boolean }>`
    select version <> ${version} or snapshot = ${json}::jsonb as same from ${sql.table(table)} where ${isRow}`.execute(
    db,
  );
  return rows[0]?.same === false ? 'contradiction' : 'known';
}
