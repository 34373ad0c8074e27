import type { FastifyPluginAsync } from 'fastify';
import type { Database } from '../../db/database.js';
import { recordEvent } from '../../db/event.js';
import { expireProfile } from '../../db/company.js';
import { findTrustAccount, listTrustAccounts, saveTrustAccount } from '../../db/trust-account.js';
import { listBalances } from '../../db/trust-balance.js';
import { companyRef } from '../../domain/company.js';
import type { LedgerKey } from '../../domain/trust/ledger.js';
import { parseTrustAccount } from '../../snapshot/trust-account.js';
import { knownFirm } from './firm.js';

interface Params {
  firmId: string;
  accountId: string;
}

type FirmParams = Pick<Params, 'firmId'>;
type Only = Partial<LedgerKey>;
interface Ledgers {
  Params: FirmParams;
  Querystring: Only;
}

interface TrustAccountDeps {
  db: Database;
  /** As for settings. */
  onSettings: (firmId: string) => Promise<void>;
}

/** Where a firm's trust accounts stand in QuickBooks, and what they hold for whom. */
export const trustAccountRoutes: FastifyPluginAsync<TrustAccountDeps> = async (app, { db, onSettings }) => {
  app.put<{ Params: Params }>('/v1/firms/:firmId/trust-accounts/:accountId', async ({ params, body }) => {
    const { firmId, accountId } = params;
    const account = parseTrustAccount(body, accountId);
    await db.transaction().execute(async (tx) => {
      await knownFirm(tx, firmId);
      const before = await findTrustAccount(tx, firmId, accountId);
      await saveTrustAccount(tx, firmId, account);
      const trustAccount = { before: before ?? null, after: account };
      await recordEvent(tx, companyRef(firmId), 'settings', { by: 'api', trustAccount });
      // Its accounts in QuickBooks are looked at anew before anything is posted to them.
      await expireProfile(tx, firmId, new Date());
    });
    await onSettings(firmId);
    return account;
  });

  app.get<{ Params: FirmParams }>('/v1/firms/:firmId/trust-accounts', async ({ params }) => {
    await knownFirm(db, params.firmId);
    return { accounts: await listTrustAccounts(db, params.firmId) };
  });

  app.get<Ledgers>('/v1/firms/:firmId/trust-balances', async ({ params, query }) => {
    const { firmId } = params;
    const { accountId, clientId, matterId } = query;
    await knownFirm(db, firmId);
    const only = {
      ...(accountId !== undefined && { accountId }),
      ...(clientId !== undefined && { clientId }),
      ...(matterId !== undefined && { matterId }),
    };
    return { balances: await listBalances(db, firmId, only) };
  });
  await Promise.resolve();
};
