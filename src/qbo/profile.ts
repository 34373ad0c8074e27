import type { CompanyProfile } from '../domain/company.js';
import type { QboRequest } from './client.js';
import { quote, refValue } from './mapping.js';
import { foundIn, listRequest, queryRequest } from './query.js';

type Section = Record<string, unknown>;

/** QuickBooks counts each of them. The accounts for receivables stay, so they are asked for once. */
export const profileRequests = (
  realmId: string,
): Record<'preferences' | 'companyInfo' | 'receivables', QboRequest> => ({
  preferences: { method: 'GET', path: 'preferences' },
  companyInfo: { method: 'GET', path: `companyinfo/${encodeURIComponent(realmId)}` },
  receivables: queryRequest(
    `select * from Account where AccountType = ${quote('Accounts Receivable')} orderby Id`,
  ),
});

interface AccountBody {
  Id?: string;
  AccountType?: string;
  Active?: boolean;
  CurrencyRef?: unknown;
}

/** By currency; the first one where there are several. */
export function readReceivables(
  accounts: Record<string, unknown>,
  { homeCurrency }: CompanyProfile,
): Pick<CompanyProfile, 'receivables'> {
  const found = foundIn(accounts, 'Account') as AccountBody[];
  const pairs = found.map(({ Id = '', CurrencyRef }) => [refValue(CurrencyRef) ?? homeCurrency, Id] as const);
  return { receivables: Object.fromEntries(pairs.reverse()) };
}

/** From the answers to both. What a company does not say counts as switched off. */
export function readProfile(
  preferences: Record<string, unknown>,
  companyInfo: Record<string, unknown>,
): CompanyProfile {
  const sections = (preferences.Preferences ?? {}) as Record<string, Section | undefined>;
  const info = (companyInfo.CompanyInfo ?? {}) as Section;
  const { AccountingInfoPrefs: accounting, SalesFormsPrefs: sales } = sections;
  const { CurrencyPrefs: currency, TaxPrefs: tax } = sections;
  const closedThrough = accounting?.BookCloseDate;
  return {
    homeCurrency: refValue(currency?.HomeCurrency) ?? 'USD',
    multiCurrency: currency?.MultiCurrencyEnabled === true,
    customNumbers: sales?.CustomTxnNumbers === true,
    classTracking: classTracking(accounting),
    autoApplyCredit: sales?.AutoApplyCredit === true,
    ...(typeof closedThrough === 'string' && { closedThrough: closedThrough.slice(0, DAY_LENGTH) }),
    country: typeof info.Country === 'string' ? info.Country : '',
    plan: named(info.NameValue, 'OfferingSku'),
    usesSalesTax: tax?.UsingSalesTax === true,
  };
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

function classTracking(accounting: Section | undefined): CompanyProfile['classTracking'] {
  if (accounting?.ClassTrackingPerTxnLine === true) return 'line';
  return accounting?.ClassTrackingPerTxn === true ? 'transaction' : 'off';
}

function named(pairs: unknown, name: string): string {
  if (!Array.isArray(pairs)) return '';
  const pair = (pairs as { Name?: unknown; Value?: unknown }[]).find(({ Name }) => Name === name);
  return typeof pair?.Value === 'string' ? pair.Value : '';
}

/** Accounts by id, inactive ones too. */
export const accountsRequest = (ids: readonly string[]): QboRequest => listRequest('Account', ids);

/** What became of each of them; one that QuickBooks does not have is without a type. */
export function readAccounts(
  answer: Record<string, unknown>,
  ids: readonly string[],
): Pick<CompanyProfile, 'accounts'> {
  const accounts = foundIn(answer, 'Account') as AccountBody[];
  const entries = ids.map((id) => {
    const found = accounts.find(({ Id }) => Id === id);
    const type = found?.AccountType;
    return [id, { active: found?.Active !== false, ...(type !== undefined && { type }) }] as const;
  });
  return { accounts: Object.fromEntries(entries) };
}
