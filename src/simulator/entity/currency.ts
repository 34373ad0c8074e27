import type { Company } from '../company.js';
import { Fault, business, refuse, unknownReference } from '../fault.js';
import { type Fields, numeric, refId } from '../fields.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';

/** Where QuickBooks' name is not the usual one. */
const NAMES: Readonly<Record<string, string>> = {
  GBP: 'British Pound Sterling',
  USD: 'United States Dollar',
};

const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const ENGLISH = new Intl.DisplayNames('en', { type: 'currency' });

export const INVALID_CURRENCY = 'The currency of the transaction is invalid for customer/vendor/account.';

export function currencyRef(code: string): Fields {
  return { value: code, name: NAMES[code] ?? (CODES.has(code) ? ENGLISH.of(code) : code) };
}

export function usesMulticurrency(company: Company): boolean {
  return company.prefers('CurrencyPrefs', 'MultiCurrencyEnabled');
}

/** The code that an object's amounts are in. */
export function currencyOf(company: Company, fields: Fields | undefined): string {
  return refId(fields, 'CurrencyRef') ?? company.homeCurrency;
}

/** Home units for one unit of a transaction's currency. */
export function rateOf(company: Company, fields: Fields | undefined): number {
  return currencyOf(company, fields) === company.homeCurrency ? 1 : (numeric(fields, 'ExchangeRate') ?? 1);
}

/** @throws Fault 2220 for what is no currency */
export function checkCode(code: string, element = 'CurrencyRef'): void {
  if (!CODES.has(code)) throw refuse('2220', `Invalid Currency Type : ${code}`, element);
}

/** A currency is used once it is on the company's list. @throws Fault 2220 or 2500 */
export function checkListed(company: Company, code: string): void {
  checkCode(code);
  if (code === company.homeCurrency) return;
  for (const stored of company.table('CompanyCurrency').all()) {
    const isUsable = !stored.deleted && stored.fields['Active'] !== false;
    if (isUsable && stored.fields['Code'] === code) return;
  }
  throw new Fault([unknownReference('Currencies', code, 'CurrencyRef')]);
}

/** Without multicurrency everything is in the home currency. Says whether that is so. */
export function isHomeOnly(context: WriteContext): boolean {
  const { company, fields, sent, switches } = context;
  if (usesMulticurrency(company)) return false;
  const code = refId(sent, 'CurrencyRef');
  if (code !== undefined && code !== company.homeCurrency && switches.foreignCurrencyWhenOff === 'refused') {
    throw business(INVALID_CURRENCY);
  }
  fields['CurrencyRef'] = currencyRef(company.homeCurrency);
  return true;
}

/** The currency of a customer, a vendor or an account: one for ever. A matter has its client's. Returns its code. */
export function setOwnCurrency(context: WriteContext, parent?: Stored): string {
  const { company, fields, before } = context;
  if (isHomeOnly(context)) return company.homeCurrency;
  const own = before === undefined ? undefined : currencyOf(company, before.fields);
  const code = refId(fields, 'CurrencyRef') ?? own ?? currencyOf(company, parent?.fields);
  checkListed(company, code);
  if (own !== undefined && own !== code) {
    throw business('The currency cannot be changed once it has been chosen.');
  }
  fields['CurrencyRef'] = currencyRef(code);
  return code;
}
