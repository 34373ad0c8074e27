import { refId, setDefault } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import {
  SALES_KEPT,
  SALES_LENGTHS,
  SALES_QUERYABLE,
  SALES_READ_ONLY,
  completeSale,
  presentSale,
  requireSale,
  saleEntries,
  voidSale,
} from './sales-form.js';

function complete(context: WriteContext): void {
  resolve(context, context.fields, 'DepositToAccountRef');
  completeSale(context, 'sale');
  const undeposited = context.company.accountOf('UndepositedFunds');
  if (undeposited !== undefined) setDefault(context.fields, 'DepositToAccountRef', { value: undeposited });
}

export const salesReceiptRule: EntityRule = {
  name: 'SalesReceipt',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  voidBy: 'include',
  firstLineId: 1,
  readOnly: SALES_READ_ONLY,
  keptByFullUpdate: SALES_KEPT,
  maxLengths: { ...SALES_LENGTHS, PaymentRefNum: 21 },
  queryable: {
    ...SALES_QUERYABLE,
    PaymentRefNum: 'text',
    DepositToAccountRef: 'ref',
    PaymentMethodRef: 'ref',
  },
  require: (context) => requireSale(context, false),
  complete,
  void: voidSale,
  entries: (company, stored) =>
    saleEntries(
      company,
      stored,
      { accountId: refId(stored.fields, 'DepositToAccountRef') ?? 'undeposited' },
      1,
    ),
  present({ company, stored }, fields) {
    presentSale(stored, fields);
    fields['Balance'] = 0;
    const deposit = company.links.to('SalesReceipt', stored.id).find((link) => link.byEntity === 'Deposit');
    if (deposit !== undefined) fields['LinkedTxn'] = [{ TxnId: deposit.byId, TxnType: 'Deposit' }];
  },
};
