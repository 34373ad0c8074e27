import { trustReconciler } from '../../src/activities/reconcile-trust.js';
import { openDatabase } from '../../src/db/database.js';
import { callQbo } from '../../src/qbo/client.js';
import type { Measured } from './reconciliation.js';

const [databaseUrl = '', apiUrl = '', firmId = '', accountId = '', on = ''] = process.argv.slice(2);
const db = openDatabase({ url: databaseUrl });
const reconcile = trustReconciler(db, async (_firm, request) => {
  const { json } = await callQbo(
    { apiUrl, timeoutMs: 60_000 },
    { ...request, realmId: '1', accessToken: 'none' },
  );
  return json;
});
const begunAt = performance.now();
const cpuBefore = process.cpuUsage();
const { result } = await reconcile({ firmId, accountId, on, jurisdiction: 'aba-model' });
const seconds = (performance.now() - begunAt) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const { rows } = await db
  .selectFrom('trust_transaction')
  .select((count) => count.fn.countAll<number>().as('rows'))
  .where('firm_id', '=', firmId)
  .executeTakeFirstOrThrow();
await db.destroy();
const measured: Measured = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  mebibytes: process.resourceUsage().maxRSS / 1024,
  transactions: rows,
  matters: result.matters.length,
  partedBy: result.parting?.by.map(({ entry }) => entry?.qboId).join() ?? '',
};
console.log(JSON.stringify(measured));
