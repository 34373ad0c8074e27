import { setDefault } from '../fields.js';
import type { EntityRule } from '../rule.js';
import { usersOf } from './origin.js';
import {
  SALES_KEPT,
  SALES_LENGTHS,
  SALES_QUERYABLE,
  SALES_READ_ONLY,
  completeSale,
  presentSale,
  requireSale,
} from './sales-form.js';

/** An offer: a sales form that posts nothing and has a number sequence of its own. */
export const estimateRule: EntityRule = {
  name: 'Estimate',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: SALES_READ_ONLY,
  keptByFullUpdate: SALES_KEPT,
  maxLengths: SALES_LENGTHS,
  queryable: { ...SALES_QUERYABLE, ExpirationDate: 'date', TxnStatus: 'text' },
  require: (context) => requireSale(context),
  complete(context) {
    completeSale(context, 'estimate');
    setDefault(context.fields, 'TxnStatus', 'Pending');
  },
  present(context, fields) {
    presentSale(context.stored, fields);
    const users = usersOf(context);
    if (users.length > 0) fields['LinkedTxn'] = users;
  },
};
