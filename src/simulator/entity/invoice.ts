import { addDays } from '../clock.js';
import { business, missing } from '../fault.js';
import { child, numeric, refId, setDefault, text } from '../fields.js';
import { cents, fromCents } from '../money.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { releasePayments } from './application.js';
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
  voidSale,
} from './sales-form.js';

const DEFAULT_TERM_DAYS = 30;

/** The terms of the invoice, else the customer's, else thirty days that leave no SalesTermRef behind. */
function setDueDate(context: WriteContext): void {
  const { fields, company, draft } = context;
  const customer = draft.get('Customer', refId(fields, 'CustomerRef') ?? '');
  const customerTerm = child(customer?.fields, 'SalesTermRef');
  if (customerTerm !== undefined && context.mode === 'create')
    setDefault(fields, 'SalesTermRef', customerTerm);
  const term = company.table('Term').get(refId(fields, 'SalesTermRef') ?? '');
  const days = numeric(term?.fields, 'DueDays') ?? DEFAULT_TERM_DAYS;
  setDefault(fields, 'DueDate', addDays(text(fields, 'TxnDate') ?? context.today, days));
}

function complete(context: WriteContext): void {
  const { fields } = context;
  completeSale(context, 'sale');
  setDueDate(context);
  setDefault(fields, 'FreeFormAddress', true);
  for (const property of [
    'AllowIPNPayment',
    'AllowOnlinePayment',
    'AllowOnlineCreditCardPayment',
    'AllowOnlineACHPayment',
  ]) {
    setDefault(fields, property, false);
  }
}

function require(context: WriteContext): void {
  requireSale(context);
  const wantsMail = context.fields['EmailStatus'] === 'NeedToSend';
  if (wantsMail && child(context.fields, 'BillEmail') === undefined) {
    context.findings.push(missing('BillEmail'));
  }
}

export const invoiceRule: EntityRule = {
  name: 'Invoice',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  voidBy: 'operation',
  firstLineId: 1,
  readOnly: [...SALES_READ_ONLY, 'InvoiceLink', 'DeliveryInfo'],
  keptByFullUpdate: SALES_KEPT,
  maxLengths: SALES_LENGTHS,
  queryable: { ...SALES_QUERYABLE, DueDate: 'date', SalesTermRef: 'ref' },
  countsTotal: true,
  require,
  complete,
  settle(context, after) {
    applyCredits(context, after);
    const used = context.company.links.usedCents('Invoice', after.id);
    if (used === 0) return;
    const refusesDelete = after.deleted && context.switches.deleteLinkedInvoice === 'refused';
    if (refusesDelete)
      throw business('You must unlink any linked transactions before deleting this transaction.');
    releasePayments(context, after, used - (after.deleted ? 0 : cents(after.fields, 'TotalAmt')));
  },
  void: voidSale,
  entries(company, stored) {
    const nameId = refId(stored.fields, 'CustomerRef') ?? '';
    const accountId = controlAccount(company, 'AccountsReceivable', stored.fields) ?? 'receivable';
    return saleEntries(company, stored, { accountId, nameId }, 1);
  },
  present({ company, stored }, fields) {
    presentSale(stored, fields);
    fields['Balance'] = fromCents(openInvoiceCents(stored, company.links.usedCents('Invoice', stored.id)));
    fields['LinkedTxn'] = company.links
      .to('Invoice', stored.id)
      .map((link) => ({ TxnId: link.byId, TxnType: link.byEntity }));
  },
};

export function openInvoiceCents(stored: Stored, usedCents: number): number {
  return cents(stored.fields, 'TotalAmt') - cents(stored.fields, 'Deposit') - usedCents;
}
