import { missing, refuse } from '../fault.js';
import { type Fields, child, isFields, list, setDefault, text } from '../fields.js';
import { cents, fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';

/** What can be repeated; the template is an object of that kind with a `RecurringInfo`. */
const KINDS = [
  'Bill',
  'CreditMemo',
  'Deposit',
  'Estimate',
  'Invoice',
  'JournalEntry',
  'Purchase',
  'PurchaseOrder',
  'RefundReceipt',
  'SalesReceipt',
  'Transfer',
  'VendorCredit',
];

const RECUR_TYPES = ['Automated', 'Reminded', 'UnScheduled'];

export function templateKind(fields: Fields): string | undefined {
  return KINDS.find((kind) => isFields(fields[kind]));
}

function templateOf(fields: Fields): Fields | undefined {
  return child(fields, templateKind(fields) ?? '');
}

function require({ fields, findings }: WriteContext): void {
  const info = child(templateOf(fields), 'RecurringInfo');
  if (templateKind(fields) === undefined) findings.push(missing('RecurringTransaction'));
  else if (info === undefined) findings.push(missing('RecurringInfo'));
  else if (text(info, 'Name') === undefined) findings.push(missing('RecurringInfo.Name'));
  const type = text(info, 'RecurType');
  if (type !== undefined && !RECUR_TYPES.includes(type)) {
    throw refuse('2170', `Invalid Enumeration : ${type}`, 'RecurringInfo.RecurType');
  }
}

/** A template posts nothing and has neither number nor date; only what it points at must exist. */
function complete(context: WriteContext): void {
  const template = templateOf(context.fields);
  if (template === undefined) return;
  const info = child(template, 'RecurringInfo') ?? {};
  setDefault(info, 'RecurType', 'UnScheduled');
  setDefault(info, 'Active', true);
  for (const property of [
    'CustomerRef',
    'VendorRef',
    'FromAccountRef',
    'ToAccountRef',
    'DepositToAccountRef',
  ]) {
    resolve(context, template, property);
  }
  const lines = list(template, 'Line');
  for (const [index, line] of lines.entries()) {
    line['Id'] = String(index + 1);
    const detail = child(line, text(line, 'DetailType') ?? '');
    for (const property of ['ItemRef', 'AccountRef']) resolve(context, detail, property);
  }
  if (lines.length === 0) return;
  template['TotalAmt'] = fromCents(lines.reduce((sum, line) => sum + cents(line, 'Amount'), 0));
}

export const recurringTransactionRule: EntityRule = {
  name: 'RecurringTransaction',
  idSpace: 'transaction',
  isTransaction: false,
  deletable: true,
  readOnly: [],
  maxLengths: {},
  queryable: { Id: 'id', Type: 'kind' },
  excludedFromCdc: true,
  require,
  complete,
  // The kind of transaction stands around its identity, in requests as in answers.
  unwrap: (body) => templateOf(body) ?? body,
  wrap: ({ fields }, shown) => {
    const kind = templateKind(fields) ?? '';
    const { [kind]: template, ...identity } = shown;
    return { [kind]: { ...(isFields(template) ? template : {}), ...identity } };
  },
};
