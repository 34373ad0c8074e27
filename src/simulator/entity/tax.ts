import { formatSecond } from '../clock.js';
import { missing } from '../fault.js';
import { type Fields, child, list, refId, setDefault, text } from '../fields.js';
import type { EntityRule, PresentContext, WriteContext } from '../rule.js';
import { isUnitedStates } from '../tax/code.js';
import { openAccount } from './system-account.js';
import { checkName } from './list-name.js';

/** Not told to readers. */
const ACCOUNT = 'TaxTrackedOnSalesAccountRef';

/** What is collected for an agency is owed on an account of its own. */
function openLiability(context: WriteContext): void {
  const name = `${text(context.fields, 'DisplayName') ?? ''} Payable`;
  const subType = isUnitedStates(context.company) ? 'SalesTaxPayable' : 'GlobalTaxPayable';
  if (context.fields[ACCOUNT] !== undefined) return;
  context.fields[ACCOUNT] = { value: openAccount(context, name, 'Other Current Liability', subType) };
}

/** A code names its rates, which no other list of them does. */
function nameRates({ company }: PresentContext, fields: Fields): void {
  for (const property of ['SalesTaxRateList', 'PurchaseTaxRateList']) {
    for (const detail of list(child(fields, property), 'TaxRateDetail')) {
      const rate = company.table('TaxRate').get(refId(detail, 'TaxRateRef') ?? '');
      if (rate !== undefined) detail['TaxRateRef'] = { value: rate.id, name: text(rate.fields, 'Name') };
    }
  }
}

/** Codes and rates are made through the tax service, never one by one. */
export const taxCodeRule: EntityRule = {
  name: 'TaxCode',
  idSpace: 'tax',
  isTransaction: false,
  creatable: false,
  deletable: false,
  readOnly: [],
  maxLengths: { Name: 100, Description: 100 },
  queryable: {
    Id: 'id',
    Active: 'boolean',
    Name: 'text',
    Description: 'text',
    Taxable: 'boolean',
    TaxGroup: 'boolean',
  },
  countsTotal: true,
  defaultOrder: 'Id',
  excludedFromCdc: true,
  require: () => undefined,
  complete: () => undefined,
  present: nameRates,
};

export const taxRateRule: EntityRule = {
  name: 'TaxRate',
  idSpace: 'tax',
  isTransaction: false,
  creatable: false,
  deletable: false,
  readOnly: [],
  maxLengths: { Name: 100, Description: 100 },
  queryable: { Id: 'id', Active: 'boolean', Name: 'text', Description: 'text', RateValue: 'number' },
  countsTotal: true,
  defaultOrder: 'Name',
  excludedFromCdc: true,
  require: () => undefined,
  complete: () => undefined,
  present({ stored }, fields) {
    const EffectiveDate = formatSecond(stored.createdAtMs);
    setDefault(fields, 'EffectiveTaxRate', [{ RateValue: fields['RateValue'], EffectiveDate }]);
  },
};

export const taxAgencyRule: EntityRule = {
  name: 'TaxAgency',
  idSpace: 'tax-agency',
  isTransaction: false,
  deletable: false,
  readOnly: [],
  keptByFullUpdate: [ACCOUNT],
  maxLengths: { DisplayName: 100 },
  queryable: { Id: 'id', DisplayName: 'text' },
  defaultOrder: 'DisplayName',
  excludedFromCdc: true,
  require({ fields, findings }) {
    if (text(fields, 'DisplayName') === undefined) findings.push(missing('DisplayName'));
  },
  complete(context) {
    const rule = {
      entities: ['TaxAgency'],
      property: 'DisplayName',
      kind: 'TaxAgency',
      perParent: false,
    } as const;
    checkName(context, rule);
    setDefault(context.fields, 'TaxTrackedOnPurchases', false);
    setDefault(context.fields, 'TaxTrackedOnSales', true);
    if (context.findings.length === 0) openLiability(context);
  },
  present(_context, fields) {
    Reflect.deleteProperty(fields, ACCOUNT);
  },
};
