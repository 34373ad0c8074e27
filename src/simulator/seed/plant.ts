import type { Company, IdSpace } from '../company.js';
import { ruleOf } from '../entity/registry.js';
import type { Fields } from '../fields.js';
import type { Switches } from '../switches.js';
import { save } from '../write.js';
import { companyInfo, preferences } from './company.js';
import { CANADIAN_TAXES, canada } from './canada.js';
import { lawFirm } from './law-firm.js';
import { multicurrency } from './multicurrency.js';
import { PROFILES } from './profile.js';
import { sandbox } from './sandbox.js';
import { US_TAXES } from './tax.js';

export const SEEDS: readonly string[] = Object.keys(PROFILES);

/** Makes an object by the same rules as the API, at a given id where one matters, and gives back its id. */
export type Sow = (entity: string, fields: Fields, id?: number) => string;

const FIRST_API_ACCOUNT = 1_150_040_000;

function sower(company: Company, switches: Switches, nowMs: number): Sow {
  return (entity, fields, id) => {
    const rule = ruleOf(entity);
    if (rule === undefined) throw new Error(`a seed names the unknown entity ${entity}`);
    if (id !== undefined) company.startIdsAt(rule.idSpace, id);
    return save({ company, switches, nowMs, rule, body: fields, include: new Set() }).stored.id;
  };
}

/** What cannot be created through the API is put in place directly. */
function place(company: Company, entity: string, id: string, fields: Fields, nowMs: number): void {
  const stored = { id, entity, fields, syncToken: 0, createdAtMs: nowMs, updatedAtMs: nowMs };
  company.table(entity).put({ ...stored, deleted: false, lastLineId: 0 });
}

/** Accounts and the item without which QuickBooks itself does not work. */
function sowEssentials(sow: Sow): void {
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

/** What each seed puts into the books, after what QuickBooks itself needs. */
const SOWINGS: Readonly<Record<string, readonly ((sow: Sow) => void)[]>> = {
  canada: [sowEssentials, lawFirm, canada],
  empty: [sowEssentials],
  'law-firm': [sowEssentials, lawFirm],
  multicurrency: [sowEssentials, lawFirm, multicurrency],
};

export function plant(company: Company, switches: Switches, nowMs: number): void {
  const { seedName } = company;
  const profile = PROFILES[seedName];
  if (profile === undefined) throw new Error(`there is no seed ${seedName}`);
  place(company, 'Preferences', '1', preferences(profile), nowMs);
  place(company, 'CompanyInfo', '1', companyInfo(profile, nowMs), nowMs);
  const sow = sower(company, switches, nowMs);
  for (const sowing of SOWINGS[seedName] ?? []) sowing(sow);
  if (seedName === 'sandbox') sandbox(sow, nowMs);
  if (seedName === 'sandbox')
    for (const Name of ['Retail', 'Wholesale'])
      place(company, 'CustomerType', company.nextId('list'), { Name, Active: true }, nowMs);
  const taxes = profile.country === 'CA' ? CANADIAN_TAXES : US_TAXES;
  for (const { entity, id, fields } of taxes) place(company, entity, id, fields, nowMs);
  const spaces: readonly [IdSpace, number][] = [
    ['account', FIRST_API_ACCOUNT],
    ['tax', 1 + Math.max(...taxes.map(({ id }) => Number(id) || 0))],
  ];
  for (const [space, first] of spaces) company.startIdsAt(space, first);
}
