import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Database, Queryable } from '../../db/database.js';
import { createFirm, findFirm, type FirmRow } from '../../db/firm.js';
import { id, read, text } from '../../snapshot/field.js';
import { refusal } from '../refusal.js';

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

export const unknownFirm = (firmId: string): Error =>
  refusal(404, `There is no firm "${firmId}". Make it first: PUT /v1/firms/${firmId}`);

/** Refuses what is asked about a firm that nobody has made. */
export async function knownFirm(db: Queryable, firmId: string): Promise<FirmRow> {
  const firm = await findFirm(db, firmId);
  if (!firm) throw unknownFirm(firmId);
  return firm;
}

/** Firms. */
export const firmRoutes: FastifyPluginAsync<{ db: Database }> = async (app, { db }) => {
  app.put<{ Params: Params }>('/v1/firms/:firmId', async ({ params, body }) => {
    const { firmId } = read(z.object({ firmId: id }), 'firm', params);
    const { name } = read(firm, 'firm', body);
    return shown(await createFirm(db, firmId, name));
  });

  app.get<{ Params: Params }>('/v1/firms/:firmId', async ({ params: { firmId } }) =>
    shown(await knownFirm(db, firmId)),
  );
  await Promise.resolve();
};
