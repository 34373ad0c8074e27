import { claimProfile, findCompany, saveProfile, type Connection } from '../db/company.js';
import { listTrustAccounts } from '../db/trust-account.js';
import { listBookWaiters } from '../db/waiter.js';
import type { CompanyProfile } from '../domain/company.js';
import type { QboRequest } from '../qbo/client.js';
import {
  accountsRequest,
  profileRequests,
  readAccounts,
  readProfile,
  readReceivables,
} from '../qbo/profile.js';
import type { Deps } from './deps.js';
import { send } from './posting/send.js';
import { release } from './release.js';

/**
 * Reads the company's settings anew when they are a day old, or something said that they changed. Reads are metered,
 * so a company that posts nothing costs none. Where QuickBooks does not answer, what is known still serves.
 */
export async function refreshProfile(deps: Deps, company: Connection): Promise<void> {
  const { firm_id: firmId, realm_id: realmId, profile_due_at: dueAt } = company;
  // Seen without a lock first: nearly always it is not due.
  if (dueAt > new Date() || !(await claimProfile(deps.db, firmId))) return;
  const requests = profileRequests(realmId);
  const preferences = await ask(deps, company, requests.preferences);
  const companyInfo = preferences && (await ask(deps, company, requests.companyInfo));
  if (!companyInfo) {
    deps.log.warn({ firmId, realmId }, 'the company profile could not be read');
    return;
  }
  const profile = readProfile(preferences, companyInfo);
  await saveProfile(deps.db, firmId, {
    ...profile,
    ...(await receivablesOf(deps, company, profile)),
    ...(await accountsOf(deps, company)),
  });
  for (const waiter of await listBookWaiters(deps.db, firmId)) await release(deps, waiter);
}

/** One account for ever, unless a currency was added. */
async function receivablesOf(deps: Deps, company: Connection, profile: CompanyProfile) {
  const receivables = (await findCompany(deps.db, company.firm_id))?.preferences.receivables;
  if (receivables && !profile.multiCurrency) return { receivables };
  const accounts = await ask(deps, company, profileRequests(company.realm_id).receivables);
  if (accounts) return readReceivables(accounts, profile);
  return receivables ? { receivables } : {};
}

/** Where trust money is posted to; a firm without any has none read. */
async function accountsOf(deps: Deps, company: Connection): Promise<Pick<CompanyProfile, 'accounts'>> {
  const accounts = await listTrustAccounts(deps.db, company.firm_id);
  const ids = [
    ...new Set(
      accounts.flatMap(({ bankAccountId, liabilityAccountId }) => [bankAccountId, liabilityAccountId]),
    ),
  ];
  if (ids.length === 0) return {};
  const answer = await ask(deps, company, accountsRequest(ids));
  return answer ? readAccounts(answer, ids) : {};
}

async function ask(deps: Deps, company: Connection, request: QboRequest) {
  const subject = {
    firmId: company.firm_id,
    realmId: company.realm_id,
    document: 'company',
    action: 'read',
  } as const;
  const reply = await send(deps, subject, request);
  return reply.kind === 'answered' ? reply.answer.json : undefined;
}
