import type { FastifyPluginAsync } from 'fastify';
import { ledgerOpenings, listLedgerLines } from '../../db/client-ledger.js';
import type { Database } from '../../db/database.js';
import { findFirm } from '../../db/firm.js';
import { findTrustAccount } from '../../db/trust-account.js';
import { findReconciliation, listReconciliations, signOff } from '../../db/trust-reconciliation.js';
import { toCsv, withBalances } from '../../domain/trust/client-ledger.js';
import { reportCsv } from '../../domain/report.js';
import { dueOn, jurisdictionOf } from '../../domain/trust/jurisdiction.js';
import type { Reconciliation } from '../../domain/trust/reconciliation/reconcile.js';
import { reconciliationReport, type KeptReconciliation } from '../../domain/trust/reconciliation/report.js';
import { reportPdf } from '../../pdf/report.js';
import {
  parseLedgerFilter,
  parseReconciliation,
  parseReportFilter,
  parseSignOff,
} from '../../snapshot/reconciliation.js';
import { refusal } from '../refusal.js';

type Order = ReturnType<typeof parseReconciliation> & { firmId: string; accountId: string };

export interface ReconciliationDeps {
  db: Database;
  /** Reads QuickBooks. Fails with a `statusCode` below 500 where a person has to do something first. */
  reconcile: (order: Order) => Promise<{ result: Reconciliation }>;
}

interface Account {
  Params: { firmId: string; accountId: string };
}

interface One {
  Params: { firmId: string; reconciliationId: string };
}

/** Bank, ledger and QuickBooks against each other, and the ledgers line by line. */
export const reconciliationRoutes: FastifyPluginAsync<ReconciliationDeps> = async (
  app,
  { db, reconcile },
) => {
  app.post<Account>('/v1/firms/:firmId/trust-accounts/:accountId/reconciliations', async (request, reply) => {
    const made = await reconcile({ ...parseReconciliation(request.body), ...request.params });
    return await reply.code(201).send(made);
  });

  app.get<Account>('/v1/firms/:firmId/trust-accounts/:accountId/reconciliations', async ({ params }) => {
    const { firmId, accountId } = params;
    return { reconciliations: await listReconciliations(db, firmId, { accountId }) };
  });

  app.get<One>('/v1/firms/:firmId/reconciliations/:reconciliationId', async ({ params, query }, reply) => {
    const { format } = parseReportFilter(query);
    const kept = await findKept(db, params);
    if (format === 'json') return kept;
    const report = reconciliationReport(kept);
    const [type, content] =
      format === 'csv'
        ? ['text/csv; charset=utf-8', reportCsv(report)]
        : ['application/pdf', await reportPdf(report)];
    return await reply
      .type(type)
      .header('content-disposition', `attachment; filename="${report.fileName}.${format}"`)
      .send(content);
  });

  app.post<One>('/v1/firms/:firmId/reconciliations/:reconciliationId/sign-off', async ({ params, body }) => {
    const { firmId, reconciliationId } = params;
    const signature = parseSignOff(body);
    const refused = await db
      .transaction()
      .execute((tx) => signOff(tx, firmId, { reconciliationId, ...signature }));
    if (refused !== undefined) throw refusal(409, refused);
    return { reconciliation: (await findReconciliation(db, firmId, reconciliationId))?.record };
  });

  app.get<Account>('/v1/firms/:firmId/trust-accounts/:accountId/ledger', async ({ params, query }, reply) => {
    const { firmId, accountId } = params;
    const { format, ...rest } = parseLedgerFilter(query);
    const { from } = rest;
    const filter = { accountId, ...rest };
    const openings = from === undefined ? undefined : await ledgerOpenings(db, firmId, { ...filter, from });
    const lines = withBalances(await listLedgerLines(db, firmId, filter), openings);
    if (format === 'csv') return await reply.type('text/csv; charset=utf-8').send(toCsv(lines));
    return { openings: Object.fromEntries(openings ?? []), lines };
  });
  await Promise.resolve();
};

async function findKept(
  db: Database,
  { firmId, reconciliationId }: One['Params'],
): Promise<KeptReconciliation> {
  const found = await findReconciliation(db, firmId, reconciliationId);
  if (!found) throw refusal(404, `There is no reconciliation ${reconciliationId} of this firm.`);
  const { accountId, on, jurisdiction } = found.record;
  const [firm, account] = await Promise.all([findFirm(db, firmId), findTrustAccount(db, firmId, accountId)]);
  const profile = jurisdictionOf(jurisdiction);
  const due = dueOn(profile, on);
  return {
    ...found,
    firm: { firmId, name: firm?.name ?? firmId },
    accountName: account?.name ?? accountId,
    jurisdiction: profile,
    ...(due !== undefined && { dueOn: due }),
  };
}
