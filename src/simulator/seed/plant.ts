import type { Company } from '../company.js';
import { ruleOf } from '../entity/registry.js';
import type { Fields } from '../fields.js';
import type { Switches } from '../switches.js';
import { save } from '../write.js';
import { companyInfo, preferences } from './company.js';
import { lawFirm } from './law-firm.js';

export const SEEDS: readonly string[] = ['empty', 'law-firm'];

/** Makes an object by the same rules as the API, and gives back its id. */
export type Sow = (entity: string, fields: Fields) => string;

function sower(company: Company, switches: Switches, nowMs: number): Sow {
  return (entity, fields) => {
    const rule = ruleOf(entity);
    if (rule === undefined) throw new Error(`a seed names the unknown entity ${entity}`);
    return save({ company, switches, nowMs, rule, body: fields, include: new Set() }).stored.id;
  };
}

/** Singletons cannot be created through the API, so they are put in place directly. */
function plantSingleton(company: Company, entity: string, fields: Fields, nowMs: number): void {
  company.table(entity).put({
    id: '1',
    entity,
    fields,
    syncToken: 0,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    deleted: false,
    lastLineId: 0,
  });
}

/** Accounts without which QuickBooks itself does not work. */
function plantSystemAccounts(sow: Sow): void {
  sow('Account', { Name: 'Accounts Receivable (A/R)', AccountType: 'Accounts Receivable' });
  sow('Account', { Name: 'Accounts Payable (A/P)', AccountType: 'Accounts Payable' });
  sow('Account', { Name: 'Retained Earnings', AccountType: 'Equity', AccountSubType: 'RetainedEarnings' });
  sow('Account', {
    Name: 'Undeposited Funds',
    AccountType: 'Other Current Asset',
    AccountSubType: 'UndepositedFunds',
  });
  sow('Account', { Name: 'Sales', AccountType: 'Income', AccountSubType: 'SalesOfProductIncome' });
  sow('Item', { Name: 'Services', Type: 'Service', IncomeAccountRef: { value: '5' } });
}

export function plant(company: Company, switches: Switches, nowMs: number): void {
  const isLawFirm = company.seedName === 'law-firm';
  plantSingleton(company, 'Preferences', preferences({ customTxnNumbers: isLawFirm }), nowMs);
  plantSingleton(
    company,
    'CompanyInfo',
    companyInfo(isLawFirm ? 'Marlow & Reyes LLP' : 'Sandbox Company', nowMs),
    nowMs,
  );
  const sow = sower(company, switches, nowMs);
  plantSystemAccounts(sow);
  if (isLawFirm) lawFirm(sow);
  company.startIdsAt('account', 1_150_040_000);
}
