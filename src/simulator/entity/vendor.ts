import { setDefault, text } from '../fields.js';
import { fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule } from '../rule.js';
import { PERSON_LENGTHS, PERSON_QUERYABLE, numberAddresses, requireName, setCheckName } from './customer.js';
import { openControl } from './control-account.js';
import { setOwnCurrency } from './currency.js';
import { checkName } from './list-name.js';

const NAMES = ['Customer', 'Vendor', 'Employee'];

export const vendorRule: EntityRule = {
  name: 'Vendor',
  idSpace: 'name',
  isTransaction: false,
  deletable: false,
  readOnly: ['Balance', 'V4IDPseudonym'],
  maxLengths: { ...PERSON_LENGTHS, AcctNum: 100, TaxIdentifier: 20 },
  queryable: { ...PERSON_QUERYABLE, Vendor1099: 'boolean', AcctNum: 'text' },
  defaultOrder: 'DisplayName',
  require: requireName,
  complete(context) {
    const { fields } = context;
    resolve(context, fields, 'TermRef', { entity: 'Term' });
    checkName(context, { entities: NAMES, property: 'DisplayName', kind: 'Customer', perParent: false });
    setDefault(fields, 'Active', true);
    setDefault(fields, 'Vendor1099', false);
    setDefault(fields, 'BillRate', 0);
    setDefault(fields, 'CostRate', 0);
    openControl(context, 'AccountsPayable', setOwnCurrency(context));
    setCheckName(context);
    numberAddresses(context);
  },
  present({ company, stored }, fields) {
    fields['Balance'] = fromCents(-company.ledger.nameCents(stored.id));
  },
};

export const employeeRule: EntityRule = {
  name: 'Employee',
  idSpace: 'name',
  isTransaction: false,
  deletable: false,
  readOnly: ['V4IDPseudonym'],
  maxLengths: { ...PERSON_LENGTHS, EmployeeNumber: 100, SSN: 100 },
  queryable: { ...PERSON_QUERYABLE, EmployeeNumber: 'text' },
  defaultOrder: 'DisplayName',
  require: requireName,
  complete(context) {
    const { fields } = context;
    checkName(context, { entities: NAMES, property: 'DisplayName', kind: 'Customer', perParent: false });
    setDefault(fields, 'Active', true);
    setDefault(fields, 'BillableTime', false);
    const gender = text(fields, 'Gender');
    if (gender !== undefined)
      fields['Gender'] = gender.slice(0, 1).toUpperCase() + gender.slice(1).toLowerCase();
    setCheckName(context);
    numberAddresses(context);
  },
};
