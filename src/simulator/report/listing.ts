import { addDays } from '../clock.js';
import type { Company } from '../company.js';
import { type Fields, text } from '../fields.js';
import type { Entry, Posted } from '../ledger.js';
import type { Stored } from '../table.js';
import { accountName, centsByAccount, holderName } from './balance.js';
import { type Cell, type ReportRequest, dataRow, formatCents, listColumn, report, summary } from './frame.js';
import { concerns, partyId, whomId } from './whom.js';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  BillPayment: 'Bill Payment',
  CreditMemo: 'Credit Memo',
  JournalEntry: 'Journal Entry',
  Purchase: 'Expense',
  RefundReceipt: 'Refund',
  SalesReceipt: 'Sales Receipt',
  VendorCredit: 'Vendor Credit',
};

interface Movement {
  readonly stored: Stored;
  readonly posted: Posted;
}

/** Posted transactions of the report's days, oldest first. */
function movements(request: ReportRequest): Movement[] {
  const found: Movement[] = [];
  const customer = request.params.get('customer');
  for (const [key, posted] of request.company.ledger.transactions()) {
    if (posted.date < request.startDate || posted.date > request.endDate) continue;
    const [entity = '', id = ''] = key.split(':');
    const stored = request.company.table(entity).get(id);
    if (stored === undefined) continue;
    if (customer !== null && !concerns(customer, stored, posted)) continue;
    found.push({ stored, posted });
  }
  return found.sort((left, right) => (left.posted.date < right.posted.date ? -1 : 1));
}

function nameCell(company: Company, id: string | undefined): Cell {
  return id === undefined ? { value: '' } : { value: holderName(company, id), id };
}

/** More than one account on the other side. */
const SPLIT: Cell = { value: '-Split-', id: '' };

function accountCell(company: Company, id: string | undefined): Cell {
  const account = company.table('Account').get(id ?? '');
  return account === undefined ? { value: '' } : { value: accountName(account), id: account.id };
}

function aboutOf({ nameId, aboutId }: Entry): string | undefined {
  return nameId ?? aboutId;
}

function typeCell(stored: Stored): Cell {
  return { value: TYPE_NAMES[stored.entity] ?? stored.entity, id: stored.id };
}

export function transactionList(request: ReportRequest): Fields {
  const columns = [
    listColumn('Date', 'tx_date'),
    listColumn('Transaction Type', 'txn_type'),
    listColumn('Num', 'doc_num'),
    listColumn('Posting', 'is_no_post'),
    listColumn('Name', 'name'),
    listColumn('Memo/Description', 'memo'),
    listColumn('Account', 'account_name'),
    listColumn('Split', 'other_account'),
    listColumn('Amount', 'subt_nat_amount'),
  ];
  const rows = movements(request).map(({ stored, posted }) => {
    const [first, ...others] = posted.entries;
    return dataRow([
      { value: posted.date },
      typeCell(stored),
      { value: text(stored.fields, 'DocNumber') ?? '' },
      { value: 'Yes' },
      nameCell(
        request.company,
        partyId(stored) ?? posted.entries.map(aboutOf).find((id) => id !== undefined),
      ),
      { value: text(stored.fields, 'PrivateNote') ?? '' },
      accountCell(request.company, first?.accountId),
      others.length === 1 ? accountCell(request.company, others[0]?.accountId) : SPLIT,
      { value: formatCents(first?.cents ?? 0) },
    ]);
  });
  return report(request, columns, rows);
}

export interface Listed {
  readonly rows: Fields[];
  readonly cents: number;
}

/** The rows of each account, with a running balance that begins where the days before have left it. */
export function entriesByAccount(
  request: ReportRequest,
  begins: ReadonlyMap<string, number>,
  signOf: (accountId: string) => 1 | -1 = () => 1,
): Map<string, Listed> {
  const { company, params } = request;
  const customer = params.get('customer');
  const byAccount = new Map<string, { rows: Fields[]; cents: number }>();
  for (const { stored, posted } of movements(request)) {
    for (const entry of posted.entries) {
      if (customer !== null && whomId(stored, entry) !== customer) continue;
      const begin = begins.get(entry.accountId) ?? 0;
      const account = byAccount.get(entry.accountId) ?? { rows: [], cents: begin };
      const cents = signOf(entry.accountId) * entry.cents;
      account.cents += cents;
      account.rows.push(
        dataRow([
          { value: posted.date },
          typeCell(stored),
          { value: text(stored.fields, 'DocNumber') ?? '' },
          nameCell(company, whomId(stored, entry)),
          { value: text(stored.fields, 'PrivateNote') ?? '' },
          { value: formatCents(cents) },
          { value: formatCents(account.cents) },
        ]),
      );
      byAccount.set(entry.accountId, account);
    }
  }
  return byAccount;
}

/** The columns of every list of entries. */
export const ENTRY_COLUMNS = [
  listColumn('Date', 'tx_date'),
  listColumn('Transaction Type', 'txn_type'),
  listColumn('Num', 'doc_num'),
  listColumn('Name', 'name'),
  listColumn('Memo/Description', 'memo'),
  listColumn('Amount', 'subt_nat_amount'),
  listColumn('Balance', 'rbal_nat_amount'),
];

const DEBIT = listColumn('Debit', 'debt_amt');
const CREDIT = listColumn('Credit', 'credit_amt');

/** Only the columns that were asked for, in the order of the whole list; debit and credit are there on request alone. */
function chosenColumns({ params }: ReportRequest) {
  const asked = params.get('columns')?.split(',');
  if (asked === undefined) return { columns: ENTRY_COLUMNS, cut: (row: Fields) => row };
  const all = [...ENTRY_COLUMNS, DEBIT, CREDIT];
  const shown = all.flatMap((column, index) => (asked.includes(column.key ?? '') ? [{ column, index }] : []));
  const cut = (row: Fields): Fields => {
    const cells = row['ColData'] as readonly Cell[];
    const amount = cells[ENTRY_COLUMNS.findIndex(({ key }) => key === 'subt_nat_amount')]?.value ?? '';
    const isCredit = amount.startsWith('-');
    const sides = [isCredit ? '' : amount, isCredit ? amount.slice(1) : ''].map((value) => ({ value }));
    const whole = [...cells, ...sides];
    return dataRow(shown.map(({ index }) => whole[index] ?? { value: '' }));
  };
  return { columns: shown.map(({ column }) => column), cut };
}

const BALANCE_SHEET = ['Asset', 'Liability', 'Equity'];
const BLANKS = ['', '', '', '', ''].map((value) => ({ value }));

/** Every entry under its account, with a running balance. A filter by customer shows no balances of before. */
export function generalLedger(request: ReportRequest): Fields {
  const { company, startDate, params } = request;
  const isWhole = params.get('customer') === null;
  const begins = isWhole ? centsByAccount(company, '', addDays(startDate, -1)) : new Map<string, number>();
  for (const id of begins.keys()) {
    const kind = text(company.table('Account').get(id)?.fields, 'Classification') ?? '';
    if (!BALANCE_SHEET.includes(kind)) begins.delete(id);
  }
  const byAccount = entriesByAccount(request, begins);
  const sections: Fields[] = [];
  const wanted = params.get('account')?.split(',');
  const { columns, cut } = chosenColumns(request);
  for (const account of company.table('Account').all()) {
    if (wanted !== undefined && !wanted.includes(account.id)) continue;
    const begin = begins.get(account.id) ?? 0;
    const found = byAccount.get(account.id) ?? { rows: [], cents: begin };
    if (found.rows.length === 0 && begin === 0) continue;
    const name = accountName(account);
    const first = dataRow([{ value: 'Beginning Balance' }, ...BLANKS, { value: formatCents(begin) }]);
    sections.push({
      Header: { ColData: [{ value: name, id: account.id }, ...BLANKS, { value: '' }] },
      Rows: { Row: (begin === 0 ? found.rows : [first, ...found.rows]).map(cut) },
      Summary: summary(`Total for ${name}`, ['', '', '', '', formatCents(found.cents - begin), '']),
      type: 'Section',
    });
  }
  return report(request, columns, sections);
}

/** Debits less credits of each name, over the accounts that a filter lets through. */
export function amountsByName(request: ReportRequest, accountType: string, sign: 1 | -1): Fields {
  const sums = new Map<string, number>();
  for (const { stored, posted } of movements(request)) {
    for (const entry of posted.entries) {
      const nameId = partyId(stored) ?? entry.aboutId;
      if (nameId === undefined) continue;
      const account = request.company.table('Account').get(entry.accountId);
      if (account?.fields['AccountType'] !== accountType) continue;
      sums.set(nameId, (sums.get(nameId) ?? 0) + sign * entry.cents);
    }
  }
  const rows = [...sums].map(([id, cents]) =>
    dataRow([{ value: holderName(request.company, id), id }, { value: formatCents(cents) }]),
  );
  return report(
    request,
    [
      { title: '', type: 'Name' },
      { title: 'Total', type: 'Money' },
    ],
    rows,
  );
}
