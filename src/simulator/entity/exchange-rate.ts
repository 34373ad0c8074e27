import type { Company } from '../company.js';
import { business, missing, objectNotFound } from '../fault.js';
import { numeric, setDefault, text } from '../fields.js';
import type { EntityRule } from '../rule.js';
import type { Stored } from '../table.js';
import { checkCode, currencyRef } from './currency.js';

export interface ListedRate {
  readonly rate: number;
  readonly stored: Stored;
}

/** The rate that the company's list has for a day: the last one set before it, else the first there is. */
export function rateOn(company: Company, code: string, date: string): ListedRate | undefined {
  const dayOf = (stored: Stored): string => text(stored.fields, 'AsOfDate') ?? '';
  const listed = [...company.table('ExchangeRate').all()]
    .filter((stored) => stored.fields['SourceCurrencyCode'] === code)
    .sort((left, right) => dayOf(left).localeCompare(dayOf(right)));
  const found = listed.findLast((stored) => dayOf(stored) <= date) ?? listed[0];
  return found && { rate: numeric(found.fields, 'Rate') ?? 1, stored: found };
}

/** What `GET exchangerate` asks for. @throws Fault 2220, 6000 or 610 */
export function readRate(company: Company, params: URLSearchParams, today: string): Stored {
  const code = params.get('sourcecurrencycode')?.toUpperCase() ?? '';
  if (code === '') throw business('The currency to read the rate of is missing.');
  checkCode(code, 'SourceCurrencyCode');
  const asOf = params.get('asofdate') ?? today;
  const listed = rateOn(company, code, asOf);
  if (listed === undefined) throw objectNotFound();
  return { ...listed.stored, fields: { ...listed.stored.fields, AsOfDate: asOf } };
}

/** Rates have no ids for callers: a rate is its currency and its day. */
export const exchangeRateRule: EntityRule = {
  name: 'ExchangeRate',
  idSpace: 'exchange-rate',
  isTransaction: false,
  deletable: false,
  readOnly: [],
  maxLengths: { SourceCurrencyCode: 3, TargetCurrencyCode: 3 },
  queryable: { SourceCurrencyCode: 'text', TargetCurrencyCode: 'text', AsOfDate: 'date', Rate: 'number' },
  defaultOrder: 'SourceCurrencyCode',
  countsTotal: true,
  excludedFromCdc: true,
  identify(company, sent) {
    for (const { id, fields } of company.table('ExchangeRate').all()) {
      const isSame = fields['SourceCurrencyCode'] === sent['SourceCurrencyCode'];
      if (isSame && fields['AsOfDate'] === sent['AsOfDate']) return id;
    }
    return undefined;
  },
  require({ fields, findings }) {
    for (const property of ['SourceCurrencyCode', 'Rate', 'AsOfDate']) {
      if (fields[property] === undefined) findings.push(missing(property));
    }
  },
  complete({ company, fields }) {
    const code = text(fields, 'SourceCurrencyCode') ?? '';
    checkCode(code, 'SourceCurrencyCode');
    if (code === company.homeCurrency) {
      throw business('The exchange rate of the home currency cannot be set.');
    }
    setDefault(fields, 'TargetCurrencyCode', company.homeCurrency);
    if (fields['TargetCurrencyCode'] === code) fields['Rate'] = 1;
  },
  wrap(_stored, shown) {
    const { Id: _id, ...rest } = shown;
    return rest;
  },
};

export const companyCurrencyRule: EntityRule = {
  name: 'CompanyCurrency',
  idSpace: 'company-currency',
  isTransaction: false,
  deletable: false,
  readOnly: ['Name'],
  maxLengths: { Code: 3 },
  queryable: { Id: 'id', Active: 'boolean', Code: 'text', Name: 'text' },
  defaultOrder: 'Code',
  require({ fields, findings }) {
    if (text(fields, 'Code') === undefined) findings.push(missing('Code'));
  },
  complete({ fields }) {
    const code = text(fields, 'Code') ?? '';
    checkCode(code, 'Code');
    fields['Name'] = currencyRef(code)['name'];
    setDefault(fields, 'Active', true);
  },
};
