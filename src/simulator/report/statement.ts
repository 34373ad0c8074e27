import { addDays } from '../clock.js';
import type { Fields } from '../fields.js';
import { accountName, accountsOf, centsByAccount } from './balance.js';
import { type ReportRequest, dataRow, formatCents, report, section, summary } from './frame.js';

const COLUMNS = [
  { title: '', type: 'Account' },
  { title: 'Total', type: 'Money' },
];

interface Part {
  readonly title: string;
  readonly group: string;
  readonly types: readonly string[];
}

const INCOME: Part = { title: 'Income', group: 'Income', types: ['Income'] };
const COST: Part = { title: 'Cost of Goods Sold', group: 'COGS', types: ['Cost of Goods Sold'] };
const EXPENSES: Part = { title: 'Expenses', group: 'Expenses', types: ['Expense'] };
const OTHER_INCOME: Part = { title: 'Other Income', group: 'OtherIncome', types: ['Other Income'] };
const OTHER_EXPENSES: Part = { title: 'Other Expenses', group: 'OtherExpenses', types: ['Other Expense'] };

const ASSETS: readonly Part[] = [
  { title: 'Bank Accounts', group: 'BankAccounts', types: ['Bank'] },
  { title: 'Accounts Receivable', group: 'AR', types: ['Accounts Receivable'] },
  { title: 'Other Current Assets', group: 'OtherCurrentAssets', types: ['Other Current Asset'] },
  { title: 'Fixed Assets', group: 'FixedAssets', types: ['Fixed Asset', 'Other Asset'] },
];

const LIABILITIES: readonly Part[] = [
  { title: 'Accounts Payable', group: 'AP', types: ['Accounts Payable'] },
  { title: 'Credit Cards', group: 'CreditCards', types: ['Credit Card'] },
  {
    title: 'Other Current Liabilities',
    group: 'OtherCurrentLiabilities',
    types: ['Other Current Liability'],
  },
  { title: 'Long-Term Liabilities', group: 'LongTermLiabilities', types: ['Long Term Liability'] },
];

interface Block {
  readonly rows: Fields[];
  readonly cents: number;
}

/** The accounts of one part, those with a balance only. `sign` turns credits into positive figures. */
function block(request: ReportRequest, part: Part, sums: Map<string, number>, sign: 1 | -1): Block {
  const lines: Fields[] = [];
  let cents = 0;
  for (const account of accountsOf(request.company, part.types)) {
    const own = sign * (sums.get(account.id) ?? 0);
    if (own === 0) continue;
    cents += own;
    lines.push(dataRow([{ value: accountName(account), id: account.id }, { value: formatCents(own) }]));
  }
  return {
    rows: lines.length === 0 ? [] : [section(part.title, part.group, lines, [formatCents(cents)])],
    cents,
  };
}

function total(title: string, group: string, cents: number): Fields {
  return { Summary: summary(title, [formatCents(cents)]), type: 'Section', group };
}

export function profitAndLoss(request: ReportRequest): Fields {
  const sums = centsByAccount(request.company, request.startDate, request.endDate);
  const income = block(request, INCOME, sums, -1);
  const cost = block(request, COST, sums, 1);
  const expenses = block(request, EXPENSES, sums, 1);
  const otherIncome = block(request, OTHER_INCOME, sums, -1);
  const otherExpenses = block(request, OTHER_EXPENSES, sums, 1);
  const gross = income.cents - cost.cents;
  const operating = gross - expenses.cents;
  const net = operating + otherIncome.cents - otherExpenses.cents;
  return report(request, COLUMNS, [
    ...income.rows,
    ...cost.rows,
    total('Gross Profit', 'GrossProfit', gross),
    ...expenses.rows,
    total('Net Operating Income', 'NetOperatingIncome', operating),
    ...otherIncome.rows,
    ...otherExpenses.rows,
    total('Net Income', 'NetIncome', net),
  ]);
}

/** Profit is the credit surplus of every income and expense account. */
function profitCents(request: ReportRequest, from: string, to: string): number {
  const sums = centsByAccount(request.company, from, to);
  const types = [INCOME, COST, EXPENSES, OTHER_INCOME, OTHER_EXPENSES].flatMap((part) => part.types);
  return -accountsOf(request.company, types).reduce((sum, account) => sum + (sums.get(account.id) ?? 0), 0);
}

function side(
  request: ReportRequest,
  parts: readonly Part[],
  sums: Map<string, number>,
  sign: 1 | -1,
): Block {
  const blocks = parts.map((part) => block(request, part, sums, sign));
  return { rows: blocks.flatMap((one) => one.rows), cents: blocks.reduce((sum, one) => sum + one.cents, 0) };
}

/** Profit of the year so far is a line of its own; what came before it is retained. */
function equity(request: ReportRequest, sums: Map<string, number>): Block {
  const yearStart = `${request.endDate.slice(0, 4)}-01-01`;
  const lines: Fields[] = [];
  let cents = 0;
  for (const account of accountsOf(request.company, ['Equity'])) {
    const isRetained = account.fields['AccountSubType'] === 'RetainedEarnings';
    const earlier = isRetained ? profitCents(request, '', addDays(yearStart, -1)) : 0;
    const own = earlier - (sums.get(account.id) ?? 0);
    if (own === 0) continue;
    cents += own;
    lines.push(dataRow([{ value: accountName(account), id: account.id }, { value: formatCents(own) }]));
  }
  const profit = profitCents(request, yearStart, request.endDate);
  lines.push(dataRow([{ value: 'Net Income' }, { value: formatCents(profit) }]));
  cents += profit;
  return { rows: [section('Equity', 'Equity', lines, [formatCents(cents)])], cents };
}

export function balanceSheet(request: ReportRequest): Fields {
  const sums = centsByAccount(request.company, '', request.endDate);
  const assets = side(request, ASSETS, sums, 1);
  const liabilities = side(request, LIABILITIES, sums, -1);
  const owned = equity(request, sums);
  const owed = section('Liabilities', 'Liabilities', liabilities.rows, [formatCents(liabilities.cents)]);
  return report(request, COLUMNS, [
    section('ASSETS', 'TotalAssets', assets.rows, [formatCents(assets.cents)]),
    section(
      'LIABILITIES AND EQUITY',
      'TotalLiabilitiesAndEquity',
      [owed, ...owned.rows],
      [formatCents(liabilities.cents + owned.cents)],
    ),
  ]);
}
