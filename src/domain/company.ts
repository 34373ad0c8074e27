import type { AggregateRef } from './aggregate.js';

/** The one QuickBooks company of a firm, as an aggregate: what stops all of it is parked here, once. */
export const companyRef = (firmId: string): AggregateRef => ({ firmId, type: 'company', id: firmId });

/** What a waiter behind a company-wide fault is registered under. */
export const companyCause = 'company';

/** What waiters for closed books are registered under: whatever else the closing date becomes, they are looked at. */
export const booksCause = (closedThrough: string): string => `${BOOKS}${closedThrough}`;
export const BOOKS = 'books/';

/** How the company is set up in QuickBooks; we adapt to it and never ask for another setting. */
export interface CompanyProfile {
  /** ISO 4217. */
  homeCurrency: string;
  multiCurrency: boolean;
  /** Whether numbers that are sent are kept, and looked at for duplicates. */
  customNumbers: boolean;
  /** Where a class may stand: nowhere, once per transaction, or on each line. */
  classTracking: 'off' | 'transaction' | 'line';
  /** QuickBooks uses up credits by itself. */
  autoApplyCredit: boolean;
  /** Last day of the closed books, `YYYY-MM-DD`; absent = nothing is closed. */
  closedThrough?: string;
  /** As QuickBooks writes it, e.g. `US`, `CA`. */
  country: string;
  /** QuickBooks' name of the plan, e.g. `QuickBooks Online Plus`; empty where it does not say. */
  plan: string;
  usesSalesTax: boolean;
  /** QuickBooks' id of the account for receivables, by currency. */
  receivables?: Record<string, string>;
  /** By QuickBooks' id: the accounts that trust money is posted to. Without a type: QuickBooks has no such account. */
  accounts?: Record<string, { type?: string; active: boolean }>;
}

/** Stands in until a company is connected: a company in the United States with nothing switched on. */
export const DEFAULT_PROFILE: CompanyProfile = {
  homeCurrency: 'USD',
  multiCurrency: false,
  customNumbers: true,
  classTracking: 'off',
  autoApplyCredit: false,
  country: 'US',
  plan: '',
  usesSalesTax: false,
};

/** The currency where it is another than the company's own; undefined for the company's own, said or not. */
export const foreignCurrency = (
  currency: string | undefined,
  { homeCurrency }: Pick<CompanyProfile, 'homeCurrency'> = DEFAULT_PROFILE,
): string | undefined => (currency === homeCurrency ? undefined : currency);
