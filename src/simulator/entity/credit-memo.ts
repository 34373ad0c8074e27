import { business } from '../fault.js';
import { refId } from '../fields.js';
import { cents, fromCents } from '../money.js';
import { changesCustomer } from './application.js';
import type { EntityRule } from '../rule.js';
import { applyCredits } from './auto-apply.js';
import { controlAccount } from './control-account.js';
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

export const creditMemoRule: EntityRule = {
  name: 'CreditMemo',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: [...SALES_READ_ONLY, 'RemainingCredit'],
  keptByFullUpdate: SALES_KEPT,
  maxLengths: SALES_LENGTHS,
  queryable: SALES_QUERYABLE,
  require: (context) => requireSale(context),
  complete: (context) => void completeSale(context, 'sale'),
  settle(context, after) {
    applyCredits(context, after);
    const used = context.company.links.usedCents('CreditMemo', after.id);
    const isKept = !after.deleted && !changesCustomer(context, after);
    const left = isKept ? cents(after.fields, 'TotalAmt') : 0;
    if (used > left)
      throw business('You must unlink any linked transactions before changing this transaction.');
  },
  entries(company, stored) {
    const nameId = refId(stored.fields, 'CustomerRef') ?? '';
    const accountId = controlAccount(company, 'AccountsReceivable', stored.fields) ?? 'receivable';
    return saleEntries(company, stored, { accountId, nameId }, -1);
  },
  present({ company, stored }, fields) {
    presentSale(stored, fields);
    const used = company.links.usedCents('CreditMemo', stored.id);
    const left = fromCents(cents(stored.fields, 'TotalAmt') - used);
    fields['Balance'] = left;
    fields['RemainingCredit'] = left;
  },
};
