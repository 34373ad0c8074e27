import type { Queryable } from './database.js';

/** Serialises what concerns a whole firm, such as parking its company, within the caller's transaction. */
export async function lockFirm(db: Queryable, firmId: string): Promise<void> {
  await db.selectFrom('firm').select('firm_id').where('firm_id', '=', firmId).forUpdate().execute();
}
