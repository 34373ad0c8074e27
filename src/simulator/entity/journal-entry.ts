import type { Company } from '../company.js';
import { type Finding, business, finding, missing, refuse } from '../fault.js';
import { type Fields, child, list, refId, setDefault, text } from '../fields.js';
import type { Entry } from '../ledger.js';
import { cents } from '../money.js';
import { dropUntracked, resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { isUnitedStates, ratesOf } from '../tax/code.js';
import { taxLine } from '../tax/detail.js';
import { type Base, sumByRate } from '../tax/sum.js';
import { accountTypeOf, isControl } from './account.js';
import { checkCustomerLine } from './customer-line.js';
import { setCurrency } from './transaction-currency.js';

const DETAIL = 'JournalEntryLineDetail';

function postingLines(fields: Fields): Fields[] {
  return list(fields, 'Line').filter((line) => line['DetailType'] === DETAIL);
}

function signedCents(line: Fields): number {
  const amount = cents(line, 'Amount');
  return child(line, DETAIL)?.['PostingType'] === 'Credit' ? -amount : amount;
}

/** A line with a tax code says whether it is of a sale or a purchase, and what the tax comes to. */
function taxFindings(detail: Fields | undefined): Finding[] {
  if (refId(detail, 'TaxCodeRef') === undefined) return [];
  const findings: Finding[] = [];
  if (text(detail, 'TaxApplicableOn') === undefined) {
    findings.push(finding('2270', 'TaxApplicableOn is required with TaxCodeRef.', 'TaxApplicableOn'));
  }
  if (detail?.['TaxAmount'] === undefined) {
    findings.push(finding('2280', 'A tax amount is required with TaxCodeRef.', 'TaxAmount'));
  }
  return findings;
}

function require(context: WriteContext): void {
  const { fields, findings } = context;
  if (list(fields, 'Line').length === 0) {
    findings.push(missing('Line'));
    return;
  }
  for (const line of list(fields, 'Line')) {
    if (text(line, 'DetailType') === undefined) findings.push(missing('Line.DetailType'));
  }
  for (const line of postingLines(fields)) {
    const detail = child(line, DETAIL);
    if (refId(detail, 'AccountRef') === undefined) findings.push(missing('AccountRef'));
    if (text(detail, 'PostingType') === undefined) findings.push(missing('PostingType'));
    if (!isUnitedStates(context.company)) findings.push(...taxFindings(detail));
    if (line['Amount'] === undefined) findings.push(missing('Line.Amount'));
    else if (cents(line, 'Amount') < 0) {
      findings.push(
        finding('2290', 'Negative Amount : the amount of a journal line must be positive.', 'Amount'),
      );
    }
  }
}

/** Receivables and payables belong to somebody: a line on them must say to whom. Returns who that is. */
function checkName(context: WriteContext, detail: Fields, accountId: string): Stored | undefined {
  const entity = child(detail, 'Entity');
  const kind = text(entity, 'Type');
  const type = accountTypeOf(context.company, accountId);
  if (type === 'Accounts Receivable' && kind !== 'Customer') {
    throw business('When you use Accounts Receivable, you must choose a customer in the Name field.');
  }
  if (type === 'Accounts Payable' && kind !== 'Vendor') {
    throw business('When you use Accounts Payable, you must choose a vendor in the Name field.');
  }
  const name = kind === undefined ? undefined : resolve(context, entity, 'EntityRef', { entity: kind });
  checkCustomerLine(context, type, {
    hasCustomer: kind === 'Customer',
    status: text(detail, 'BillableStatus'),
  });
  return isControl(type) ? name : undefined;
}

/** The tax that the lines say they have, by the rates of their codes. Lines without a code have none. */
function taxDetail({ company }: WriteContext, lines: readonly Fields[]): Fields {
  const bases = lines.flatMap((line): Base[] => {
    const detail = child(line, DETAIL);
    const side = detail?.['TaxApplicableOn'] === 'Purchase' ? 'Purchase' : 'Sales';
    const rates = ratesOf(company, refId(detail, 'TaxCodeRef'), side);
    return rates.length === 0
      ? []
      : [{ netCents: cents(line, 'Amount'), rates, includedCents: cents(detail, 'TaxAmount') }];
  });
  const sums = sumByRate(bases);
  return sums.length === 0 ? {} : { TaxLine: sums.map(taxLine) };
}

function complete(context: WriteContext): void {
  const { fields } = context;
  const lines = postingLines(fields);
  const parties: (Stored | undefined)[] = [];
  for (const line of lines) {
    const detail = child(line, DETAIL) ?? {};
    const account = resolve(context, detail, 'AccountRef', {
      element: 'Line.JournalEntryLineDetail.AccountRef',
    });
    dropUntracked(context, detail, 'ClassRef', 'ClassTrackingPerTxnLine');
    dropUntracked(context, detail, 'DepartmentRef', 'TrackDepartments');
    resolve(context, detail, 'ClassRef');
    resolve(context, detail, 'DepartmentRef');
    if (account !== undefined) parties.push(account, checkName(context, detail, account.id));
  }
  if (context.findings.length > 0) return;
  if (lines.filter((line) => cents(line, 'Amount') !== 0).length < 2) {
    throw business('Fill out at least two detail lines to continue.');
  }
  if (lines.reduce((sum, line) => sum + signedCents(line), 0) !== 0) {
    if (context.switches.unbalancedJournalCode === '2300')
      throw refuse('2300', 'Amount on debits not equal to credits');
    throw business('Please balance debits and credits.');
  }
  setDefault(fields, 'TxnDate', context.today);
  setDefault(fields, 'Adjustment', false);
  fields['TxnTaxDetail'] = taxDetail(context, lines);
  setCurrency(context, parties);
}

function entries(company: Company, stored: Stored): Entry[] {
  return postingLines(stored.fields).map((line) => {
    const detail = child(line, DETAIL);
    const nameId = refId(child(detail, 'Entity'), 'EntityRef');
    const accountId = refId(detail, 'AccountRef') ?? '';
    const base = { accountId, cents: signedCents(line) };
    if (nameId === undefined) return base;
    return isControl(accountTypeOf(company, accountId)) ? { ...base, nameId } : { ...base, aboutId: nameId };
  });
}

export const journalEntryRule: EntityRule = {
  name: 'JournalEntry',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 0,
  readOnly: ['TotalAmt', 'HomeTotalAmt'],
  keptByFullUpdate: ['CurrencyRef'],
  maxLengths: { DocNumber: 21, PrivateNote: 4000 },
  queryable: { Id: 'id', DocNumber: 'text', TxnDate: 'date', TotalAmt: 'number', Adjustment: 'boolean' },
  countsTotal: true,
  require,
  complete,
  entries,
  present(_context, fields) {
    fields['TotalAmt'] = 0;
  },
};
