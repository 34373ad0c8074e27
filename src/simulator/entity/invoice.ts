import { addDays } from '../clock.js';
import { business, missing } from '../fault.js';
import { child, list, numeric, refId, setDefault, text } from '../fields.js';
import { cents, fromCents } from '../money.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { changesCustomer, releasePayments } from './application.js';
import { applyCredits } from './auto-apply.js';
import { controlAccount } from './control-account.js';
import { originLinks, setOrigins, settleOrigins, usersOf } from './origin.js';
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
  setOrigins(context);
  completeSale(context, 'sale');
  if (cents(fields, 'Deposit') > cents(fields, 'TotalAmt'))
    throw business('The deposit is more than the amount of the transaction.');
  if (context.company.prefers('SalesFormsPrefs', 'AllowDeposit')) setDefault(fields, 'Deposit', 0);
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
    settleOrigins(context, after);
    applyCredits(context, after);
    const used = context.company.links.usedCents('Invoice', after.id);
    if (used === 0) return;
    // The API wants links gone first; a person at the screen deletes it all the same.
    const refusesDelete = context.switches.deleteLinkedInvoice === 'refused' && !context.isAtScreen;
    if (after.deleted && refusesDelete)
      throw business('You must unlink any linked transactions before deleting this transaction.');
    const isKept = !after.deleted && !changesCustomer(context, after);
    releasePayments(context, after, used - (isKept ? openInvoiceCents(after, 0) : 0));
  },
  void(context) {
    voidSale(context);
    if (context.fields['Deposit'] !== undefined) context.fields['Deposit'] = 0;
    Reflect.deleteProperty(context.fields, 'LinkedTxn');
  },
  entries(company, stored) {
    const nameId = refId(stored.fields, 'CustomerRef') ?? '';
    const accountId = controlAccount(company, 'AccountsReceivable', stored.fields) ?? 'receivable';
    const paidInAdvanceCents = cents(stored.fields, 'Deposit');
    const undeposited = company.accountOf('UndepositedFunds') ?? 'undeposited';
    return [
      ...saleEntries(company, stored, { accountId, nameId }, 1),
      { accountId, nameId, cents: -paidInAdvanceCents },
      { accountId: refId(stored.fields, 'DepositToAccountRef') ?? undeposited, cents: paidInAdvanceCents },
    ];
  },
  links: originLinks,
  present({ company, stored }, fields) {
    presentSale(stored, fields);
    fields['Balance'] = fromCents(openInvoiceCents(stored, company.links.usedCents('Invoice', stored.id)));
    fields['LinkedTxn'] = [...list(fields, 'LinkedTxn'), ...usersOf({ company, stored })];
  },
};

export function openInvoiceCents(stored: Stored, usedCents: number): number {
  return cents(stored.fields, 'TotalAmt') - cents(stored.fields, 'Deposit') - usedCents;
}
