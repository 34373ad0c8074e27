import { type Fields, refId } from '../fields.js';
import type { WriteContext } from '../rule.js';

const NAMES: Readonly<Record<string, string>> = {
  AUD: 'Australian Dollar',
  CAD: 'Canadian Dollar',
  EUR: 'Euro',
  GBP: 'British Pound Sterling',
  USD: 'United States Dollar',
};

export function currencyRef(code: string): Fields {
  return { value: code, name: NAMES[code] ?? code };
}

/** Without multicurrency everything is in the home currency, whatever was sent. */
export function setCurrency(context: WriteContext, fallback?: string): void {
  const { company, fields } = context;
  const isMulti = company.prefers('CurrencyPrefs', 'MultiCurrencyEnabled');
  const chosen = isMulti ? (refId(fields, 'CurrencyRef') ?? fallback) : undefined;
  fields['CurrencyRef'] = currencyRef(chosen ?? company.homeCurrency);
}
