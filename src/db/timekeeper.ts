import { sql } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import type { TimekeeperFacts, TimekeeperSnapshot } from '../domain/timekeeper.js';
import { profileOf } from './company.js';
import type { Queryable } from './database.js';
import { accept, type Acceptance } from './acceptance.js';
import { documentsWhere } from './document.js';

/** Keeps a timekeeper as it was first seen: bills of all years name the same person in their own ways. */
export async function acceptTimekeeper(
  db: Queryable,
  firmId: string,
  snapshot: TimekeeperSnapshot,
): Promise<Acceptance> {
  const { timekeeperId, version } = snapshot;
  const json = JSON.stringify(snapshot);
  const write = sql`
    insert into timekeeper (firm_id, timekeeper_id, version, snapshot)
    values (${firmId}, ${timekeeperId}, ${version}, ${json})
    on conflict do nothing`;
  const acceptance = await accept(db, {
    ref: { firmId, type: 'timekeeper', id: timekeeperId },
    version,
    json,
    write,
  });
  return acceptance === 'accepted' ? acceptance : 'known';
}

/** All that the plan of a timekeeper depends on, with its row locked; undefined for one never accepted. */
export async function lockTimekeeperFacts(
  db: Queryable,
  firmId: string,
  timekeeperId: string,
): Promise<TimekeeperFacts | undefined> {
  const row = await db
    .selectFrom('timekeeper')
    .innerJoin('firm', 'firm.firm_id', 'timekeeper.firm_id')
    .leftJoin('company', 'company.firm_id', 'timekeeper.firm_id')
    .select(['timekeeper.snapshot', 'timekeeper.excluded', 'firm.settings', 'company.preferences'])
    .select(
      documentsWhere(
        sql`found.aggregate_type = 'timekeeper' and found.aggregate_id = timekeeper.timekeeper_id`,
      ).as('documents'),
    )
    .where('timekeeper.firm_id', '=', firmId)
    .where('timekeeper.timekeeper_id', '=', timekeeperId)
    .forUpdate('timekeeper')
    .executeTakeFirst();
  if (!row) return undefined;
  const { snapshot: desired, excluded, settings, documents, preferences } = row;
  return { desired, excluded, settings, documents, profile: profileOf(preferences) };
}

export async function saveTimekeeper(
  db: Queryable,
  firmId: string,
  timekeeperId: string,
  state: AggregateState,
): Promise<void> {
  await db
    .updateTable('timekeeper')
    .set({ state, updated_at: new Date() })
    .where('firm_id', '=', firmId)
    .where('timekeeper_id', '=', timekeeperId)
    .execute();
}
