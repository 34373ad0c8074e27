import { finding, missing, refuse } from '../fault.js';
import { type Fields, child, list, numeric, refId, setDefault, text } from '../fields.js';
import type { Entry } from '../ledger.js';
import { cents, fromCents, toCents } from '../money.js';
import { dropUntracked, resolve } from '../reference.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import type { Company } from '../company.js';
import { isUnitedStates } from '../tax/code.js';
import { completeTax } from '../tax/detail.js';
import { completeLineCode } from '../tax/line.js';
import { taxEntries } from '../tax/posting.js';
import { setCurrency } from './transaction-currency.js';
import { checkCustomerLine } from './customer-line.js';

const KINDS = ['AccountBasedExpenseLineDetail', 'ItemBasedExpenseLineDetail', 'DescriptionOnly'];

export function requireExpenseLines(context: WriteContext): void {
  const { fields, findings } = context;
  const lines = list(fields, 'Line');
  if (lines.length === 0) findings.push(missing('Line'));
  for (const line of lines) {
    const kind = text(line, 'DetailType');
    if (kind === undefined) findings.push(missing('Line.DetailType'));
    else if (!KINDS.includes(kind))
      findings.push(finding('2170', `Invalid Enumeration : ${kind}`, 'Line.DetailType'));
    if (kind !== 'DescriptionOnly' && line['Amount'] === undefined) findings.push(missing('Line.Amount'));
    const hasAccount = refId(child(line, 'AccountBasedExpenseLineDetail'), 'AccountRef') !== undefined;
    if (kind === 'AccountBasedExpenseLineDetail' && !hasAccount) findings.push(missing('AccountRef'));
  }
}

function checkAmount(line: Fields, detail: Fields): void {
  const quantity = numeric(detail, 'Qty');
  const price = numeric(detail, 'UnitPrice');
  if (quantity === undefined || price === undefined || quantity === 0 || price === 0) return;
  if (toCents(quantity * price) === cents(line, 'Amount')) return;
  const supplied = numeric(line, 'Amount') ?? '';
  throw refuse('6070', `Amount is not equal to UnitPrice * Qty. Supplied value:${supplied}`, 'Line.Amount');
}

/** References, billable status and tax code of the lines of money out. Returns their accounts. */
function completeExpenseLines(context: WriteContext): Stored[] {
  const accounts: Stored[] = [];
  const lines = list(context.fields, 'Line');
  for (const line of lines) {
    const kind = text(line, 'DetailType') ?? '';
    const detail = child(line, kind);
    if (detail === undefined || kind === 'DescriptionOnly') continue;
    const account = resolve(context, detail, 'AccountRef', { element: `Line.${kind}.AccountRef` });
    if (account !== undefined) accounts.push(account);
    resolve(context, detail, 'ItemRef', { element: `Line.${kind}.ItemRef` });
    resolve(context, detail, 'CustomerRef', { element: `Line.${kind}.CustomerRef` });
    dropUntracked(context, detail, 'ClassRef', 'ClassTrackingPerTxnLine');
    resolve(context, detail, 'ClassRef');
    if (kind === 'ItemBasedExpenseLineDetail') checkAmount(line, detail);
    if (detail['BillableStatus'] === 'HasBeenBilled') {
      context.findings.push(finding('2170', 'Invalid Enumeration : HAS_BEEN_BILLED'));
    }
    const hasCustomer = refId(detail, 'CustomerRef') !== undefined;
    const status = text(detail, 'BillableStatus');
    checkCustomerLine(context, text(account?.fields, 'AccountType'), { hasCustomer, status });
    setDefault(detail, 'BillableStatus', 'NotBillable');
    if (isUnitedStates(context.company)) setDefault(detail, 'TaxCodeRef', { value: 'NON' });
    else completeLineCode(context, detail, { isTaxable: false, element: `Line.${kind}.TaxCodeRef` });
    setDefault(line, 'CustomExtensions', []);
  }
  return accounts;
}

/** What is paid in the United States contains its tax; elsewhere it can be claimed back and is told apart. */
function completePurchaseTax(context: WriteContext): number {
  if (context.findings.length > 0) return 0;
  if (isUnitedStates(context.company)) {
    Reflect.deleteProperty(context.fields, 'TxnTaxDetail');
    return 0;
  }
  return completeTax(context, 'Purchase', () => 0);
}

/** Dates, currency and total of money out. */
export function completeExpense(context: WriteContext, parties: readonly (Stored | undefined)[]): void {
  const { fields } = context;
  dropUntracked(context, fields, 'DepartmentRef', 'TrackDepartments');
  resolve(context, fields, 'DepartmentRef');
  const accounts = completeExpenseLines(context);
  const taxCents = completePurchaseTax(context);
  fields['TotalAmt'] = fromCents(
    list(fields, 'Line').reduce((sum, line) => sum + cents(line, 'Amount'), taxCents),
  );
  setDefault(fields, 'TxnDate', context.today);
  setCurrency(context, [...parties, ...accounts]);
}

/** The debit side: each line's account, or the account behind its item. */
export function expenseEntries(company: Company, fields: Fields, sign: 1 | -1): Entry[] {
  const entries = list(fields, 'Line').map((line) => {
    const detail = child(line, text(line, 'DetailType') ?? '');
    const item = company.table('Item').get(refId(detail, 'ItemRef') ?? '');
    const ofItem = refId(item?.fields, 'AssetAccountRef') ?? refId(item?.fields, 'ExpenseAccountRef');
    const accountId =
      refId(detail, 'AccountRef') ?? ofItem ?? refId(item?.fields, 'IncomeAccountRef') ?? 'expense';
    const aboutId = refId(detail, 'CustomerRef');
    const entry = { accountId, cents: sign * cents(line, 'Amount') };
    return aboutId === undefined ? entry : { ...entry, aboutId };
  });
  return [...entries, ...taxEntries(company, fields, sign === 1 ? -1 : 1)];
}
