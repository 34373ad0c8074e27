import type { Company } from '../company.js';
import type { Fields } from '../fields.js';
import type { WriteContext } from '../rule.js';
import { currencyOf } from './currency.js';
import { openAccount } from './system-account.js';

type Control = 'AccountsPayable' | 'AccountsReceivable';

const KINDS: Readonly<Record<Control, readonly [type: string, name: string]>> = {
  AccountsPayable: ['Accounts Payable', 'Accounts Payable (A/P)'],
  AccountsReceivable: ['Accounts Receivable', 'Accounts Receivable (A/R)'],
};

/** What is owed in each currency lies on an account of its own. */
export function controlAccount(company: Company, subType: Control, fields: Fields): string | undefined {
  const code = currencyOf(company, fields);
  if (code === company.homeCurrency) return company.accountOf(subType);
  for (const stored of company.table('Account').all()) {
    const isControl = !stored.deleted && stored.fields['AccountSubType'] === subType;
    if (isControl && currencyOf(company, stored.fields) === code) return stored.id;
  }
  return undefined;
}

/** The first customer or vendor in a currency brings the accounts that its transactions post to. */
export function openControl(context: WriteContext, subType: Control, code: string): void {
  if (code === context.company.homeCurrency) return;
  const [type, name] = KINDS[subType];
  openAccount(context, `${name} - ${code}`, type, subType, code);
  openAccount(context, 'Exchange Gain or Loss', 'Other Expense', 'ExchangeGainOrLoss');
}
