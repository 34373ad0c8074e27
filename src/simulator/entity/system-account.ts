import type { Company } from '../company.js';
import { type Fields, text } from '../fields.js';
import type { WriteContext } from '../rule.js';
import { classificationOf } from './account.js';
import { currencyRef } from './currency.js';

function named(company: Company, name: string): string | undefined {
  for (const stored of company.table('Account').find('Name', name)) {
    if (text(stored.fields, 'AccountType') !== undefined) return stored.id;
  }
  return undefined;
}

/** The account of a name, which QuickBooks opens by itself together with what is being written. Returns its id. */
export function openAccount(
  context: WriteContext,
  name: string,
  type: string,
  subType: string,
  currency = context.company.homeCurrency,
): string {
  const { company, draft, nowMs } = context;
  const known = named(company, name);
  if (known !== undefined) return known;
  const fields: Fields = {
    Name: name,
    AccountType: type,
    FullyQualifiedName: name,
    AccountSubType: subType,
    Classification: classificationOf(type),
    SubAccount: false,
    Active: true,
    CurrencyRef: currencyRef(currency),
  };
  const stored = { id: company.nextId('account'), entity: 'Account', fields, syncToken: 0 };
  draft.put({ ...stored, createdAtMs: nowMs, updatedAtMs: nowMs, deleted: false, lastLineId: 0 });
  return stored.id;
}
