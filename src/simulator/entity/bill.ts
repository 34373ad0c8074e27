import { addDays } from '../clock.js';
import type { Company } from '../company.js';
import { business, linkedTxnDeleted, missing } from '../fault.js';
import { type Fields, child, copyValue, list, numeric, refId, setDefault, text } from '../fields.js';
import type { Entry, Leg } from '../ledger.js';
import type { Link } from '../link.js';
import { cents, fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, QueryType, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { controlAccount } from './control-account.js';
import { rateOf } from './currency.js';
import { setCurrency } from './transaction-currency.js';
import { completeExpense, expenseEntries, requireExpenseLines } from './expense-line.js';
import { companyAddress, markVoided } from './sales-form.js';

const LENGTHS = { DocNumber: 21, PrivateNote: 4000 } as const;

const QUERYABLE: Readonly<Record<string, QueryType>> = {
  Id: 'id',
  DocNumber: 'text',
  TxnDate: 'date',
  VendorRef: 'ref',
  TotalAmt: 'number',
  Balance: 'number',
};

function payable(company: Company, fields: Fields): string {
  return refId(fields, 'APAccountRef') ?? controlAccount(company, 'AccountsPayable', fields) ?? 'payable';
}

/** The vendor is wanted even in a sparse update. */
function requireVendor(context: WriteContext): void {
  if (refId(context.sent, 'VendorRef') === undefined) context.findings.push(missing('VendorRef'));
  requireExpenseLines(context);
}

function completeVendor(context: WriteContext): void {
  const vendor = resolve(context, context.fields, 'VendorRef');
  const chosen = resolve(context, context.fields, 'APAccountRef');
  completeExpense(context, [vendor, chosen]);
  const account = controlAccount(context.company, 'AccountsPayable', context.fields);
  if (account !== undefined) setDefault(context.fields, 'APAccountRef', { value: account });
}

function vendorEntries(company: Company, stored: Stored, sign: 1 | -1): Entry[] {
  const accountId = payable(company, stored.fields);
  const nameId = refId(stored.fields, 'VendorRef') ?? '';
  return [
    { accountId, nameId, cents: -sign * cents(stored.fields, 'TotalAmt') },
    ...expenseEntries(company, stored.fields, sign),
  ];
}

function presentOpen(company: Company, stored: Stored, fields: Fields): void {
  const used = company.links.usedCents(stored.entity, stored.id);
  fields['Balance'] = fromCents(cents(stored.fields, 'TotalAmt') - used);
  fields['LinkedTxn'] = company.links
    .to(stored.entity, stored.id)
    .map((link) => ({ TxnId: link.byId, TxnType: 'BillPaymentCheck' }));
}

/** What payments have used cannot be taken from under them. */
function keepUsed(context: WriteContext, after: Stored): void {
  const used = context.company.links.usedCents(after.entity, after.id);
  const left = after.deleted ? 0 : cents(after.fields, 'TotalAmt');
  if (used > left)
    throw business('You must unlink any linked transactions before changing this transaction.');
}

export const billRule: EntityRule = {
  name: 'Bill',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: ['TotalAmt', 'Balance', 'HomeTotalAmt', 'HomeBalance'],
  keptByFullUpdate: ['CurrencyRef', 'APAccountRef'],
  maxLengths: LENGTHS,
  queryable: { ...QUERYABLE, DueDate: 'date', SalesTermRef: 'ref', APAccountRef: 'ref' },
  countsTotal: true,
  require: requireVendor,
  complete(context) {
    completeVendor(context);
    const term = resolve(context, context.fields, 'SalesTermRef');
    const days = numeric(term?.fields, 'DueDays') ?? 0;
    setDefault(context.fields, 'DueDate', addDays(text(context.fields, 'TxnDate') ?? context.today, days));
  },
  settle: keepUsed,
  entries: (company, stored) => vendorEntries(company, stored, 1),
  present: ({ company, stored }, fields) => presentOpen(company, stored, fields),
};

export const vendorCreditRule: EntityRule = {
  name: 'VendorCredit',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: ['TotalAmt', 'Balance'],
  keptByFullUpdate: ['CurrencyRef', 'APAccountRef'],
  maxLengths: LENGTHS,
  queryable: QUERYABLE,
  require: requireVendor,
  complete: completeVendor,
  settle: keepUsed,
  entries: (company, stored) => vendorEntries(company, stored, -1),
  present: ({ company, stored }, fields) => presentOpen(company, stored, fields),
};

/** Orders promise money and move none. */
export const purchaseOrderRule: EntityRule = {
  name: 'PurchaseOrder',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: ['TotalAmt'],
  keptByFullUpdate: ['CurrencyRef', 'APAccountRef', 'DocNumber'],
  maxLengths: { ...LENGTHS, Memo: 4000 },
  queryable: { ...QUERYABLE, POStatus: 'text' },
  countsTotal: true,
  require: requireVendor,
  complete(context) {
    completeVendor(context);
    setDefault(context.fields, 'POStatus', 'Open');
    const vendor = context.draft.get('Vendor', refId(context.fields, 'VendorRef') ?? '');
    setDefault(context.fields, 'VendorAddr', copyValue(child(vendor?.fields, 'BillAddr')));
    setDefault(context.fields, 'ShipAddr', copyValue(companyAddress(context.company)));
    if (context.fields['DocNumber'] === undefined) {
      context.fields['DocNumber'] = context.company.nextDocNumber('purchase-order');
    }
  },
};

function usedBills(stored: Stored): Link[] {
  return list(stored.fields, 'Line').flatMap((line) =>
    list(line, 'LinkedTxn').map((linked) => ({
      byEntity: 'BillPayment',
      byId: stored.id,
      toEntity: text(linked, 'TxnType') ?? '',
      toId: text(linked, 'TxnId') ?? '',
      cents: cents(line, 'Amount'),
    })),
  );
}

function paidFrom(fields: Fields): string {
  const byCheck = refId(child(fields, 'CheckPayment'), 'BankAccountRef');
  return byCheck ?? refId(child(fields, 'CreditCardPayment'), 'CCAccountRef') ?? 'bank';
}

function completeBillPayment(context: WriteContext): void {
  const { fields } = context;
  const parties = [
    resolve(context, fields, 'VendorRef'),
    resolve(context, child(fields, 'CheckPayment'), 'BankAccountRef'),
    resolve(context, child(fields, 'CreditCardPayment'), 'CCAccountRef'),
  ];
  const taken = new Map<string, number>();
  for (const line of list(fields, 'Line')) {
    for (const linked of list(line, 'LinkedTxn')) {
      const entity = text(linked, 'TxnType') ?? '';
      const id = text(linked, 'TxnId') ?? '';
      const takenCents = (taken.get(`${entity}:${id}`) ?? 0) + cents(line, 'Amount');
      taken.set(`${entity}:${id}`, takenCents);
      const target = context.draft.get(entity, id);
      if (target === undefined || target.deleted) {
        context.findings.push(linkedTxnDeleted());
        continue;
      }
      const used = context.company.links.usedCents(entity, id, context.before?.id);
      parties.push(target);
      if (takenCents > cents(target.fields, 'TotalAmt') - used) {
        throw business("The amount applied is more than the transaction's open balance.");
      }
    }
  }
  const check = child(fields, 'CheckPayment');
  if (check !== undefined) setDefault(check, 'PrintStatus', 'NotSet');
  setDefault(fields, 'TxnDate', context.today);
  setCurrency(context, parties);
}

/** Each bill is settled at its own rate; what settles nothing goes at that of the payment. */
function payingLegs(company: Company, stored: Stored): Leg[] {
  const { fields } = stored;
  const accountId = payable(company, fields);
  const nameId = refId(fields, 'VendorRef') ?? '';
  let restCents = cents(fields, 'TotalAmt');
  const legs = usedBills(stored).map(({ toEntity, toId, cents: used }) => {
    const signed = toEntity === 'VendorCredit' ? -used : used;
    restCents -= signed;
    const rate = rateOf(company, company.table(toEntity).get(toId)?.fields);
    return { accountId, nameId, cents: signed, rate };
  });
  const paid = { accountId: paidFrom(fields), cents: -cents(fields, 'TotalAmt') };
  return [paid, ...legs, { accountId, nameId, cents: restCents }];
}

export const billPaymentRule: EntityRule = {
  name: 'BillPayment',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  voidBy: 'include',
  readOnly: ['HomeTotalAmt'],
  keptByFullUpdate: ['CurrencyRef', 'APAccountRef'],
  maxLengths: LENGTHS,
  queryable: {
    Id: 'id',
    DocNumber: 'text',
    TxnDate: 'date',
    VendorRef: 'ref',
    TotalAmt: 'number',
    PayType: 'text',
  },
  countsTotal: true,
  require({ fields, findings }) {
    for (const property of ['VendorRef', 'PayType', 'TotalAmt']) {
      if (fields[property] === undefined) findings.push(missing(property));
    }
  },
  complete: completeBillPayment,
  settle(context, after) {
    const now = after.deleted ? [] : usedBills(after);
    const before = context.before === undefined ? [] : usedBills(context.before);
    for (const key of new Set([...before, ...now].map((link) => `${link.toEntity}:${link.toId}`))) {
      const [entity = '', id = ''] = key.split(':');
      const target = context.draft.get(entity, id);
      if (target !== undefined && !target.deleted) context.draft.touch(target);
    }
  },
  void(context) {
    context.fields['TotalAmt'] = 0;
    context.fields['Line'] = [];
    markVoided(context.fields);
  },
  links: usedBills,
  entries: (company, stored) => payingLegs(company, stored),
};
