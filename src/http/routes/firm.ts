import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../db/database.js';
import { createFirm, findFirm, type FirmRow } from '../../db/firm.js';
import { id, read, text } from '../../snapshot/field.js';

interface Params {
  firmId: string;
}

const firm = z.strictObject({ name: text(200) });

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

/** Firms. */
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
  await Promise.resolve();
};
