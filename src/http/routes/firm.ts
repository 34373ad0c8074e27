import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../db/database.js';
import { PREFIX_PATTERN, PREFIX_RULE } from '../../domain/firm.js';
import { createFirm, findFirm, saveSettings, type FirmRow } from '../../db/firm.js';
import { id, read, text } from '../../snapshot/field.js';

interface Params {
  firmId: string;
}

const firm = z.strictObject({ name: text(200) });

const itemId = z.string().regex(/^\d{1,20}$/, 'must be the id of a QuickBooks item: digits only');

/** What is left out stays as it is. */
const settings = z.strictObject({
  prefix: z.string().regex(PREFIX_PATTERN, `must be ${PREFIX_RULE}`).exactOptional(),
  items: z.strictObject({ time: itemId.exactOptional(), expense: itemId.exactOptional() }).exactOptional(),
  /** Who changes them; kept on record. */
  by: z.string().min(1).max(200).exactOptional(),
});

const shown = ({ firm_id, name, settings, settings_version }: FirmRow) => ({
  firmId: firm_id,
  name,
  settings,
  settingsVersion: settings_version,
});

export function unknownFirm(firmId: string): Error {
  return Object.assign(new Error(`There is no firm "${firmId}". Make it first: PUT /v1/firms/${firmId}`), {
    statusCode: 404,
  });
}

/** Firms and how they want their bills in QuickBooks. */
export const firmRoutes: FastifyPluginAsync<{ db: Database }> = async (app, { db }) => {
  app.put<{ Params: Params }>('/v1/firms/:firmId', async ({ params, body }) => {
    const { firmId } = read(z.object({ firmId: id }), 'firm', params);
    const { name } = read(firm, 'firm', body);
    return shown(await createFirm(db, firmId, name));
  });

  app.get<{ Params: Params }>('/v1/firms/:firmId', async ({ params: { firmId } }) => {
    const found = await findFirm(db, firmId);
    if (!found) throw unknownFirm(firmId);
    return shown(found);
  });

  app.put<{ Params: Params }>('/v1/firms/:firmId/settings', async ({ params: { firmId }, body }) => {
    const { by = 'api', ...change } = read(settings, 'set of settings', body);
    return await db.transaction().execute(async (tx) => {
      if (!(await findFirm(tx, firmId))) throw unknownFirm(firmId);
      return { settings: await saveSettings(tx, firmId, change, by) };
    });
  });
  await Promise.resolve();
};
