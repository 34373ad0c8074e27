import { missing } from '../fault.js';
import { setDefault, text } from '../fields.js';
import type { EntityRule } from '../rule.js';
import { currencyRef } from './currency.js';

/** Rates have no ids of their own for callers: a rate is its currency and its day. */
export const exchangeRateRule: EntityRule = {
  name: 'ExchangeRate',
  idSpace: 'exchange-rate',
  isTransaction: false,
  deletable: false,
  readOnly: [],
  maxLengths: { SourceCurrencyCode: 3, TargetCurrencyCode: 3 },
  queryable: { SourceCurrencyCode: 'text', TargetCurrencyCode: 'text', AsOfDate: 'date', Rate: 'number' },
  defaultOrder: 'SourceCurrencyCode',
  excludedFromCdc: true,
  require({ fields, findings }) {
    for (const property of ['SourceCurrencyCode', 'Rate']) {
      if (fields[property] === undefined) findings.push(missing(property));
    }
  },
  complete(context) {
    setDefault(context.fields, 'TargetCurrencyCode', context.company.homeCurrency);
    setDefault(context.fields, 'AsOfDate', context.today);
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
    fields['Name'] = currencyRef(text(fields, 'Code') ?? '')['name'];
    setDefault(fields, 'Active', true);
  },
};
