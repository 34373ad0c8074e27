import { finding, refuse } from '../fault.js';
import { child, refId, setDefault, text } from '../fields.js';
import { fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, PresentContext, WriteContext } from '../rule.js';
import { isUnitedStates, usesSalesTax } from '../tax/code.js';
import { checkName, qualify, requalifyChildren } from './list-name.js';
import { openControl } from './control-account.js';
import { setOwnCurrency } from './currency.js';

const NAME_PARTS = ['Title', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix'] as const;

export const PERSON_LENGTHS = {
  DisplayName: 500,
  Title: 16,
  GivenName: 100,
  MiddleName: 100,
  FamilyName: 100,
  Suffix: 16,
  CompanyName: 100,
  PrintOnCheckName: 110,
} as const;

export const PERSON_QUERYABLE = {
  Id: 'id',
  Active: 'boolean',
  DisplayName: 'text',
  GivenName: 'text',
  MiddleName: 'text',
  FamilyName: 'text',
  Title: 'text',
  Suffix: 'text',
  CompanyName: 'text',
  PrintOnCheckName: 'text',
  Balance: 'number',
} as const;

/** Names shared by customers, vendors and employees. @throws Fault 6080 when there is none at all */
export function requireName(context: WriteContext): void {
  const { fields } = context;
  if (text(fields, 'DisplayName') === undefined) {
    const joined = NAME_PARTS.map((part) => text(fields, part))
      .filter((part) => part !== undefined)
      .join(' ');
    if (joined === '') throw refuse('6080', 'No name provided', '');
    fields['DisplayName'] = joined;
  }
  if (/[:\t\n]/.test(text(fields, 'DisplayName') ?? '')) {
    context.findings.push(finding('2040', 'Element contains invalid characters: DisplayName', 'DisplayName'));
  }
  const address = text(child(fields, 'PrimaryEmailAddr'), 'Address');
  if (address !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)) {
    const detail = `Email address must comply with RFC 822 standards. Supplied value: ${address}`;
    context.findings.push(finding('2210', `Invalid Email Address format : ${detail}`, 'PrimaryEmailAddr'));
  }
}

/** The name on a cheque: the company's, else the person's, else what is displayed. */
export function setCheckName(context: WriteContext): void {
  const { fields } = context;
  const person = [text(fields, 'GivenName'), text(fields, 'FamilyName')].filter((part) => part !== undefined);
  const fallback = person.length === 0 ? text(fields, 'DisplayName') : person.join(' ');
  setDefault(fields, 'PrintOnCheckName', text(fields, 'CompanyName') ?? fallback);
}

/** Addresses are rows of their own: each change of one gives it a new id. */
export function numberAddresses(context: WriteContext): void {
  for (const property of ['BillAddr', 'ShipAddr']) {
    const address = child(context.fields, property);
    if (address === undefined) continue;
    const sent = child(context.sent, property);
    if (address['Id'] === undefined || sent !== undefined) address['Id'] = context.company.nextId('list');
  }
}

function complete(context: WriteContext): void {
  const { fields } = context;
  const parent = resolve(context, fields, 'ParentRef', { entity: 'Customer' });
  resolve(context, fields, 'SalesTermRef');
  checkName(context, {
    entities: ['Customer', 'Vendor', 'Employee'],
    property: 'DisplayName',
    kind: 'Customer',
    perParent: false,
  });
  const level = qualify(context, 'Customer', 'DisplayName');
  if (level > 4) throw refuse('6180', 'Only four levels of sub-customers are allowed.', 'ParentRef');
  setDefault(fields, 'Active', true);
  setDefault(fields, 'Taxable', true);
  setDefault(fields, 'Job', refId(fields, 'ParentRef') !== undefined);
  setDefault(fields, 'BillWithParent', false);
  setDefault(fields, 'PreferredDeliveryMethod', 'Print');
  fields['IsProject'] = false;
  if (level > 0) fields['Level'] = level;
  openControl(context, 'AccountsReceivable', setOwnCurrency(context, parent));
  setCheckName(context);
  numberAddresses(context);
  if (usesSalesTax(context.company) && isUnitedStates(context.company))
    setDefault(fields, 'DefaultTaxCodeRef', { value: '2' });
}

function jobsCents({ company, stored }: PresentContext): number {
  let sum = company.ledger.nameCents(stored.id);
  for (const job of company.table('Customer').find('ParentRef', stored.id)) {
    sum += jobsCents({ company, stored: job });
  }
  return sum;
}

export const customerRule: EntityRule = {
  name: 'Customer',
  idSpace: 'name',
  isTransaction: false,
  deletable: false,
  readOnly: ['Balance', 'BalanceWithJobs', 'FullyQualifiedName', 'Level', 'IsProject', 'V4IDPseudonym'],
  maxLengths: { ...PERSON_LENGTHS, Notes: 2000, ResaleNum: 16 },
  queryable: {
    ...PERSON_QUERYABLE,
    FullyQualifiedName: 'text',
    BalanceWithJobs: 'number',
    Job: 'boolean',
    Taxable: 'boolean',
    ParentRef: 'ref',
    PrimaryEmailAddr: 'text',
    IsProject: 'boolean',
  },
  defaultOrder: 'FullyQualifiedName',
  require: requireName,
  complete,
  settle: requalifyChildren,
  present(context, fields) {
    fields['Balance'] = fromCents(context.company.ledger.nameCents(context.stored.id));
    fields['BalanceWithJobs'] = fromCents(jobsCents(context));
  },
};
