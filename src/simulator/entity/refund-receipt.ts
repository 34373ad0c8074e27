import { finding, missing } from '../fault.js';
import { refId } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import { accountTypeOf } from './account.js';
import {
  SALES_KEPT,
  SALES_LENGTHS,
  SALES_QUERYABLE,
  SALES_READ_ONLY,
  completeSale,
  presentSale,
  requireSale,
  saleEntries,
} from './sales-form.js';

const PAYS_FROM = ['Bank', 'Other Current Asset'];

function require(context: WriteContext): void {
  if (refId(context.fields, 'DepositToAccountRef') === undefined) {
    context.findings.push(missing('DepositToAccountRef'));
  }
  requireSale(context, false);
}

function complete(context: WriteContext): void {
  const account = resolve(context, context.fields, 'DepositToAccountRef');
  if (account !== undefined && !PAYS_FROM.includes(accountTypeOf(context.company, account.id) ?? '')) {
    const detail =
      'Invalid account type: You need to select a different type of account for this transaction.';
    context.findings.push(finding('6430', detail, 'DepositToAccountRef'));
  }
  completeSale(context, 'sale');
}

export const refundReceiptRule: EntityRule = {
  name: 'RefundReceipt',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: SALES_READ_ONLY,
  keptByFullUpdate: SALES_KEPT,
  maxLengths: { ...SALES_LENGTHS, PaymentRefNum: 100 },
  countsTotal: true,
  queryable: { ...SALES_QUERYABLE, PaymentRefNum: 'text', DepositToAccountRef: 'ref' },
  require,
  complete,
  entries: (company, stored) =>
    saleEntries(company, stored, { accountId: refId(stored.fields, 'DepositToAccountRef') ?? 'bank' }, -1),
  present({ stored }, fields) {
    presentSale(stored, fields);
    fields['Balance'] = 0;
  },
};
