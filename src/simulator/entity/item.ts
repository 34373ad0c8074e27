import { finding, missing } from '../fault.js';
import { refId, setDefault, text } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import { accountTypeOf } from './account.js';
import { checkName, qualify, requalifyChildren } from './list-name.js';

const NOT_ON_ITEMS = ['Accounts Receivable', 'Accounts Payable'];

function require(context: WriteContext): void {
  const { fields, findings } = context;
  if (text(fields, 'Name') === undefined) findings.push(missing('Name'));
  setDefault(fields, 'Type', 'Service');
  const type = text(fields, 'Type');
  const sells = type === 'Service' || type === 'Inventory';
  if (sells && refId(fields, 'IncomeAccountRef') === undefined) findings.push(missing('IncomeAccountRef'));
  if (type !== 'Inventory') return;
  for (const property of ['AssetAccountRef', 'ExpenseAccountRef']) {
    if (refId(fields, property) === undefined) findings.push(missing(property));
  }
  for (const property of ['QtyOnHand', 'InvStartDate']) {
    if (fields[property] === undefined) findings.push(missing(property));
  }
}

function complete(context: WriteContext): void {
  const { fields, company, findings } = context;
  resolve(context, fields, 'ParentRef', { entity: 'Item' });
  for (const property of ['IncomeAccountRef', 'ExpenseAccountRef', 'AssetAccountRef']) {
    const account = resolve(context, fields, property);
    if (account !== undefined && NOT_ON_ITEMS.includes(accountTypeOf(company, account.id) ?? '')) {
      const detail =
        'Invalid account type: You need to select a different type of account for this transaction.';
      findings.push(finding('6430', detail, property));
    }
  }
  checkName(context, { entities: ['Item'], property: 'Name', kind: 'Item', perParent: true });
  const level = qualify(context, 'Item', 'Name');
  if (level > 0) fields['Level'] = level;
  if (level > 0) fields['SubItem'] = true;
  setDefault(fields, 'Active', true);
  if (fields['Type'] === 'Category') return;
  setDefault(fields, 'Taxable', false);
  setDefault(fields, 'UnitPrice', 0);
  setDefault(fields, 'PurchaseCost', 0);
  fields['TrackQtyOnHand'] = fields['Type'] === 'Inventory';
  setDefault(fields, 'DeferredRevenue', false);
}

export const itemRule: EntityRule = {
  name: 'Item',
  idSpace: 'item',
  isTransaction: false,
  deletable: false,
  readOnly: ['FullyQualifiedName', 'Level'],
  maxLengths: { Name: 100, Sku: 100, Description: 4000, PurchaseDesc: 1000 },
  queryable: {
    Id: 'id',
    Active: 'boolean',
    Name: 'text',
    FullyQualifiedName: 'text',
    Type: 'text',
    Sku: 'text',
    UnitPrice: 'number',
    Taxable: 'boolean',
    QtyOnHand: 'number',
    TrackQtyOnHand: 'boolean',
    SubItem: 'boolean',
    ParentRef: 'ref',
    Description: 'text',
    IncomeAccountRef: 'ref',
  },
  defaultOrder: 'FullyQualifiedName',
  require,
  complete,
  settle: requalifyChildren,
};
