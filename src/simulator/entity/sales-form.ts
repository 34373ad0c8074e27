import type { Company } from '../company.js';
import { numberAutomatically } from '../doc-number.js';
import { business, missing } from '../fault.js';
import { type Fields, child, copyValue, list, refId, setDefault, text } from '../fields.js';
import type { Entry } from '../ledger.js';
import { cents, fromCents } from '../money.js';
import { dropUntracked, resolve } from '../reference.js';
import type { QueryType, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { completeTax } from '../tax/detail.js';
import { taxEntries } from '../tax/posting.js';
import { numberAddresses } from './customer.js';
import { setCurrency } from './transaction-currency.js';
import { completeLines, requireLines, sumLines, totalLines, withSubTotal } from './sales-line.js';

export const SALES_LENGTHS = { DocNumber: 21, PrivateNote: 4000 } as const;

export const SALES_QUERYABLE: Readonly<Record<string, QueryType>> = {
  Id: 'id',
  DocNumber: 'text',
  TxnDate: 'date',
  CustomerRef: 'ref',
  TotalAmt: 'number',
  Balance: 'number',
  PrintStatus: 'text',
  EmailStatus: 'text',
};

/** Properties the server computes on invoices, credit memos, sales and refund receipts. */
export const SALES_READ_ONLY = ['TotalAmt', 'Balance', 'HomeTotalAmt', 'HomeBalance', 'RecurDataRef'];

export const SALES_KEPT = [
  'DocNumber',
  'CurrencyRef',
  'PrintStatus',
  'EmailStatus',
  'ApplyTaxAfterDiscount',
  'CustomField',
];

export function requireSale(context: WriteContext, needsCustomer = true): void {
  if (needsCustomer && refId(context.fields, 'CustomerRef') === undefined) {
    context.findings.push(missing('CustomerRef'));
  }
  requireLines(context);
}

function copyAddresses(context: WriteContext, customer: Stored): void {
  for (const property of ['BillAddr', 'ShipAddr']) {
    const address = child(customer.fields, property);
    if (address !== undefined && context.fields[property] === undefined) {
      context.fields[property] = copyValue(address);
    }
  }
  setDefault(context.fields, 'ShipFromAddr', copyValue(companyAddress(context.company)));
  numberAddresses(context);
}

export function companyAddress(company: Company): Fields | undefined {
  return child(company.table('CompanyInfo').get('1')?.fields, 'CompanyAddr');
}

/** Customer, lines, dates, number, totals: what every sales form has. Returns the total in cents. */
export function completeSale(context: WriteContext, sequence: string): number {
  const { fields } = context;
  const customer = resolve(context, fields, 'CustomerRef');
  dropUntracked(context, fields, 'ClassRef', 'ClassTrackingPerTxn');
  dropUntracked(context, fields, 'DepartmentRef', 'TrackDepartments');
  for (const property of ['ClassRef', 'DepartmentRef', 'SalesTermRef', 'PaymentMethodRef']) {
    resolve(context, fields, property);
  }
  completeLines(context);
  setDefault(fields, 'TxnDate', context.today);
  const account = context.draft.get('Account', refId(fields, 'DepositToAccountRef') ?? '');
  setCurrency(context, [customer, account]);
  setDefault(fields, 'CustomField', []);
  setDefault(fields, 'ApplyTaxAfterDiscount', false);
  setDefault(fields, 'PrintStatus', 'NeedToPrint');
  setDefault(fields, 'EmailStatus', 'NotSet');
  if (context.findings.length > 0) return 0;
  if (customer !== undefined) copyAddresses(context, customer);
  return total(context, sequence);
}

function total(context: WriteContext, sequence: string): number {
  const { fields } = context;
  const taxCents = completeTax(context, 'Sales', () => totalLines(fields).discountCents);
  // Prices that include tax have become smaller on the way, and a discount in percent with them.
  const { subTotalCents, discountCents } = totalLines(fields);
  const totalCents = subTotalCents - discountCents + taxCents;
  if (totalCents < 0) throw business('Transaction amount must be 0 or greater.');
  fields['TotalAmt'] = fromCents(totalCents);
  numberAutomatically(context, sequence);
  return totalCents;
}

export function presentSale(stored: Stored, fields: Fields): void {
  fields['Line'] = withSubTotal(list(fields, 'Line'), sumLines(stored.fields));
}

/** Income by line, tax, and the whole on the other side; `sign` is 1 for a sale, -1 for what is taken back. */
export function saleEntries(
  company: Company,
  stored: Stored,
  debit: Omit<Entry, 'cents'>,
  sign: 1 | -1,
): Entry[] {
  const entries: Entry[] = [{ ...debit, cents: sign * cents(stored.fields, 'TotalAmt') }];
  for (const line of list(stored.fields, 'Line')) incomeEntries(company, line, sign, entries);
  return [...entries, ...taxEntries(company, stored.fields, sign)];
}

function incomeEntries(company: Company, line: Fields, sign: 1 | -1, entries: Entry[]): void {
  const kind = text(line, 'DetailType');
  if (kind === 'GroupLineDetail') {
    for (const member of list(child(line, kind), 'Line')) incomeEntries(company, member, sign, entries);
  } else if (kind === 'SalesItemLineDetail') {
    const accountId = refId(child(line, kind), 'ItemAccountRef') ?? 'income';
    entries.push({ accountId, cents: -sign * cents(line, 'Amount') });
  } else if (kind === 'DiscountLineDetail') {
    const chosen = refId(child(line, kind), 'DiscountAccountRef');
    const accountId = chosen ?? company.accountOf('DiscountsRefundsGiven') ?? 'discount';
    entries.push({ accountId, cents: sign * cents(line, 'Amount') });
  }
}

/** Every amount to nothing, the note marked; customer, number and dates stay. */
export function voidSale(context: WriteContext): void {
  const { fields } = context;
  for (const line of list(fields, 'Line')) {
    if (line['Amount'] !== undefined) line['Amount'] = 0;
    const detail = child(line, text(line, 'DetailType') ?? '');
    if (detail?.['Qty'] !== undefined) detail['Qty'] = 0;
    if (detail?.['UnitPrice'] !== undefined) detail['UnitPrice'] = 0;
    if (detail?.['TaxInclusiveAmt'] !== undefined) detail['TaxInclusiveAmt'] = 0;
    for (const member of list(detail, 'Line')) member['Amount'] = 0;
  }
  fields['TxnTaxDetail'] = { TotalTax: 0 };
  fields['TotalAmt'] = 0;
  markVoided(fields);
}

export function markVoided(fields: Fields): void {
  const note = text(fields, 'PrivateNote');
  fields['PrivateNote'] = note === undefined ? 'Voided' : `Voided - ${note}`;
}
