import { sql, type RawBuilder } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { DEFAULT_SETTINGS } from '../domain/firm.js';
import { ID_COLUMN, tableOf } from './aggregate.js';
import type { Queryable } from './database.js';
import { tellOf } from './event.js';

/**
 * `known` = older or the same again; `contradiction` = the same version with other contents. `refused` says why it
 * cannot be taken, whatever its version.
 */
export type Acceptance = 'accepted' | 'known' | 'contradiction' | { refused: string };

export interface Arrival {
  ref: AggregateRef & { type: keyof typeof ID_COLUMN };
  version: number;
  /** The snapshot, as it is kept. */
  json: string;
  /** Writes the row, or over an older version of it; without a `returning`. */
  write: RawBuilder<unknown>;
}

/**
 * Keeps the newest snapshot of an aggregate, with the event that tells of it. The firm is made on the way, so that what
 * comes before its firm's set-up is parked and not lost.
 */
export async function accept(db: Queryable, { ref, version, json, write }: Arrival): Promise<Acceptance> {
  const { firmId, type, id } = ref;
  const written = await sql`
    with known as (
      insert into firm (firm_id, name, settings) values (${firmId}, ${firmId}, ${JSON.stringify(DEFAULT_SETTINGS)})
      on conflict do nothing),
    written as (${write} returning version),
    told as (${tellOf(ref, 'accepted', { version }, 'written')})
    select version from written`.execute(db);
  if (written.rows.length > 0) return 'accepted';
  const { rows } = await sql<{ same: boolean }>`
    select version <> ${version} or snapshot = ${json}::jsonb as same
    from ${sql.table(tableOf(type))} where firm_id = ${firmId} and ${sql.ref(ID_COLUMN[type])} = ${id}`.execute(
    db,
  );
  return rows[0]?.same === false ? 'contradiction' : 'known';
}
