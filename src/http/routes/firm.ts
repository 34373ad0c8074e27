import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../db/database.js';
import { findCompany, profileOf } from '../../db/company.js';
import type { FirmSettings } from '../../domain/firm.js';
import { createFirm, findFirm, saveSettings, type FirmRow } from '../../db/firm.js';
import { id, read, SnapshotError, text } from '../../snapshot/field.js';
import { parseSettings, settingsProblems } from '../../snapshot/settings.js';

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

/** Thrown within the transaction, so that nothing of the change stays. */
function refused(problems: string[], settings: FirmSettings): SnapshotError {
  return new SnapshotError(
    'set of settings',
    problems.map((problem) => {
      const [field = '', rule = ''] = problem.split(/: (.*)/s);
      return { field, rule, value: settings[field as keyof FirmSettings] };
    }),
  );
}

export function unknownFirm(firmId: string): Error {
  return Object.assign(new Error(`There is no firm "${firmId}". Make it first: PUT /v1/firms/${firmId}`), {
    statusCode: 404,
  });
}

interface FirmDeps {
  db: Database;
  onSettings: (firmId: string) => Promise<void>;
}

/** Firms and how they want their bills in QuickBooks. */
export const firmRoutes: FastifyPluginAsync<FirmDeps> = async (app, { db, onSettings }) => {
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
    const { by = 'api', ...change } = parseSettings(body);
    const saved = await db.transaction().execute(async (tx) => {
      if (!(await findFirm(tx, firmId))) throw unknownFirm(firmId);
      const settings = await saveSettings(tx, firmId, change, by);
      const company = await findCompany(tx, firmId);
      const problems = settingsProblems(settings, company && profileOf(company.preferences).country);
      if (problems.length > 0) throw refused(problems, settings);
      return { settings };
    });
    try {
      await onSettings(firmId);
    } catch (err) {
      // They are saved, and the schedule looks for what they mend within a minute.
      app.log.warn({ err, firmId }, 'what the new settings mend could not be tried at once');
    }
    return saved;
  });
  await Promise.resolve();
};
