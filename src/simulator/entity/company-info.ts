import { missing } from '../fault.js';
import { text } from '../fields.js';
import type { EntityRule } from '../rule.js';

export const companyInfoRule: EntityRule = {
  name: 'CompanyInfo',
  idSpace: 'list',
  isTransaction: false,
  creatable: false,
  deletable: false,
  readOnly: [
    'CompanyStartDate',
    'SupportedLanguages',
    'NameValue',
    'CompanyFileName',
    'FiscalYearStartMonth',
  ],
  maxLengths: { CompanyName: 1024, LegalName: 1024 },
  queryable: { Id: 'id', CompanyName: 'text', Country: 'text', LegalName: 'text' },
  excludedFromCdc: true,
  require(context) {
    if (text(context.fields, 'CompanyName') === undefined) context.findings.push(missing('CompanyName'));
  },
  complete: () => undefined,
};
