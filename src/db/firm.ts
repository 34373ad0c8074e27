import { sql, type Selectable } from 'kysely';
import { changedSettings, DEFAULT_SETTINGS, type FirmSettings, type SettingsChange } from '../domain/firm.js';
import { companyRef } from '../domain/company.js';
import type { Queryable } from './database.js';
import { recordEvent } from './event.js';
import type { FirmTable } from './schema.js';

export type FirmRow = Selectable<FirmTable>;

/** Makes the firm, or gives it its name where a bill came before its set-up. Settings stay as they are. */
export async function createFirm(db: Queryable, firmId: string, name: string): Promise<FirmRow> {
  return await db
    .insertInto('firm')
    .values({ firm_id: firmId, name, settings: JSON.stringify(DEFAULT_SETTINGS) })
    .onConflict((conflict) => conflict.column('firm_id').doUpdateSet({ name, updated_at: sql`now()` }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findFirm(db: Queryable, firmId: string): Promise<FirmRow | undefined> {
  return await db.selectFrom('firm').selectAll().where('firm_id', '=', firmId).executeTakeFirst();
}

/** Serialises what concerns a whole firm, such as parking its company, within the caller's transaction. */
export async function lockFirm(db: Queryable, firmId: string): Promise<FirmRow | undefined> {
  return await db.selectFrom('firm').selectAll().where('firm_id', '=', firmId).forUpdate().executeTakeFirst();
}

/** Changes settings, with the event that says who and what; the caller's transaction makes it one. */
export async function saveSettings(
  db: Queryable,
  firmId: string,
  change: SettingsChange,
  by = 'unknown',
): Promise<FirmSettings> {
  const firm = await lockFirm(db, firmId);
  if (!firm) throw new Error(`There is no firm "${firmId}".`);
  const settings = changedSettings(firm.settings, change);
  await db
    .updateTable('firm')
    .set({
      settings: JSON.stringify(settings),
      settings_version: firm.settings_version + 1,
      updated_at: sql`now()`,
    })
    .where('firm_id', '=', firmId)
    .execute();
  await recordEvent(db, companyRef(firmId), 'settings', { by, before: firm.settings, after: settings });
  return settings;
}
