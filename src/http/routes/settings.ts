import type { FastifyPluginAsync } from 'fastify';
import { listBillFacts, takeNewTerms } from '../../db/bill.js';
import { findCompany, profileOf } from '../../db/company.js';
import type { Database, Queryable } from '../../db/database.js';
import { recordEvent } from '../../db/event.js';
import { lockFirm, saveSettings } from '../../db/firm.js';
import { DEFAULT_LIMIT, keyOf, toPage } from '../../db/page.js';
import { SETTINGS_EFFECTS, settingsEffect, type SettingsEffect } from '../../domain/bill/settings-effect.js';
import { changedSettings, type FirmSettings } from '../../domain/firm.js';
import { SnapshotError } from '../../snapshot/field.js';
import { parsePaging } from '../../snapshot/filter.js';
import { parseSettings, settingsProblems } from '../../snapshot/settings.js';
import { refusal } from '../refusal.js';
import { knownFirm, unknownFirm } from './firm.js';

interface Params {
  firmId: string;
}

interface SettingsDeps {
  db: Database;
  /** Has what they mend tried again, and tells the bills that follow. Does not fail. */
  onSettings: (firmId: string) => Promise<void>;
}

/** How a firm wants its bills in QuickBooks, and what a change of that would touch. */
export const settingsRoutes: FastifyPluginAsync<SettingsDeps> = async (app, { db, onSettings }) => {
  app.post<{ Params: Params }>(
    '/v1/firms/:firmId/settings/preview',
    async ({ params: { firmId }, query, body }) => await preview(db, firmId, query, body),
  );

  app.put<{ Params: Params }>('/v1/firms/:firmId/settings', async ({ params: { firmId }, body }) => {
    const saved = await db.transaction().execute((tx) => change(tx, firmId, body));
    await onSettings(firmId);
    return saved;
  });
  await Promise.resolve();
};

async function change(tx: Queryable, firmId: string, body: unknown) {
  const { by = 'api', posted = [], settingsVersion, ...wanted } = parseSettings(body);
  const firm = await lockFirm(tx, firmId);
  if (!firm) throw unknownFirm(firmId);
  if (settingsVersion !== undefined && settingsVersion !== firm.settings_version) {
    throw refusal(
      409,
      'The settings were changed since that preview: look at what the change would touch by now.',
    );
  }
  const settings = await saveSettings(tx, firmId, wanted, by);
  await refuseProblems(tx, firmId, settings);
  const following = posted.length === 0 ? [] : await takeNewTerms(tx, firmId, posted, settings);
  const unknown = posted.filter((billId) => !following.includes(billId));
  if (unknown.length > 0) {
    const rule = 'must be bills of this firm that are meant for QuickBooks';
    throw new SnapshotError('set of settings', [{ field: 'posted', rule, value: unknown }]);
  }
  for (const id of following) await recordEvent(tx, { firmId, type: 'bill', id }, 'settings', { by });
  return { settings, settingsVersion: firm.settings_version + 1, ...(posted.length > 0 && { following }) };
}

/** Thrown within the transaction, so that nothing of the change stays. */
async function refuseProblems(db: Queryable, firmId: string, settings: FirmSettings): Promise<void> {
  const company = await findCompany(db, firmId);
  const problems = settingsProblems(settings, company && profileOf(company.preferences).country);
  if (problems.length === 0) return;
  throw new SnapshotError(
    'set of settings',
    problems.map((problem) => {
      const [field = '', rule = ''] = problem.split(/: (.*)/s);
      return { field, rule, value: settings[field as keyof FirmSettings] };
    }),
  );
}

/** So many bills are read at once; all of a firm's are looked at, because the counts are of all. */
const BATCH = 200;

async function preview(db: Database, firmId: string, query: unknown, body: unknown) {
  const paging = parsePaging(query);
  const { by: _by, posted: _posted, settingsVersion: _version, ...wanted } = parseSettings(body);
  const firm = await knownFirm(db, firmId);
  const settings = changedSettings(firm.settings, wanted);
  await refuseProblems(db, firmId, settings);
  const { limit = DEFAULT_LIMIT } = paging;
  const [from = ''] = keyOf(paging, 1) ?? [];
  const counts = Object.fromEntries(SETTINGS_EFFECTS.map((effect) => [effect, 0])) as Record<
    SettingsEffect,
    number
  >;
  const shown = [];
  for await (const { facts, ...standing } of allBills(db, firmId)) {
    const { effect, preview: would } = settingsEffect(facts, standing, settings);
    counts[effect] += 1;
    const { billId, number } = facts.desired;
    if (effect === 'untouched' || billId <= from || shown.length > limit) continue;
    shown.push({ billId, number, ...standing, effect, would });
  }
  const page = toPage(
    shown,
    limit,
    ({ billId }) => [billId],
    (item) => item,
  );
  return { settings, settingsVersion: firm.settings_version, counts, ...page };
}

async function* allBills(db: Database, firmId: string) {
  for (let after = ''; ;) {
    const bills = await listBillFacts(db, firmId, { after, limit: BATCH });
    yield* bills;
    const last = bills.at(-1);
    if (bills.length < BATCH || !last) return;
    after = last.facts.desired.billId;
  }
}
