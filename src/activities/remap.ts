import type { AggregateRef } from '../domain/aggregate.js';
import { remapping } from '../domain/reference.js';
import type { RemedyMessage } from '../domain/remedy.js';
import type { Queryable } from '../db/database.js';
import { findOpenFault } from '../db/fault.js';
import { lockFirm, saveSettings } from '../db/firm.js';
import { saveRemapped } from '../db/remapping.js';

/**
 * Another record takes the place of one that QuickBooks does not take: in the settings, for all that is not posted yet,
 * and in what is parked for the same record and keeps the terms it was posted under.
 */
export async function remapReference(
  db: Queryable,
  ref: AggregateRef,
  { to, by }: RemedyMessage,
): Promise<void> {
  const reference = (await findOpenFault(db, ref))?.reference;
  if (!reference || to === undefined) return;
  const firm = await lockFirm(db, ref.firmId);
  if (!firm) return;
  await saveSettings(db, ref.firmId, remapping(firm.settings, reference, to), by);
  await saveRemapped(db, ref, reference, to);
}
