import { addDays } from '../clock.js';
import type { Fields } from '../fields.js';
import {
  type Block,
  type Figures,
  type Part,
  accountBlocks,
  addUp,
  partBlock,
  titled,
  totalRow,
  written,
} from './account-block.js';
import { accountsOf, centsByAccount } from './balance.js';
import { type ReportRequest, dataRow, report, section } from './frame.js';
import { type Period, periodColumns, periodsOf } from './period.js';

export const INCOME: Part = { title: 'Income', group: 'Income', types: ['Income'] };
export const COST: Part = { title: 'Cost of Goods Sold', group: 'COGS', types: ['Cost of Goods Sold'] };
export const EXPENSES: Part = { title: 'Expenses', group: 'Expenses', types: ['Expense'] };
export const OTHER_INCOME: Part = { title: 'Other Income', group: 'OtherIncome', types: ['Other Income'] };
export const OTHER_EXPENSES: Part = {
  title: 'Other Expenses',
  group: 'OtherExpenses',
  types: ['Other Expense'],
};
const RESULT = [INCOME, COST, EXPENSES, OTHER_INCOME, OTHER_EXPENSES].flatMap((part) => part.types);

const CURRENT_ASSETS: readonly Part[] = [
  { title: 'Bank Accounts', group: 'BankAccounts', types: ['Bank'] },
  { title: 'Accounts Receivable', group: 'AR', types: ['Accounts Receivable'] },
  { title: 'Other Current Assets', group: 'OtherCurrentAssets', types: ['Other Current Asset'] },
];
const LASTING_ASSETS: readonly Part[] = [
  { title: 'Fixed Assets', group: 'FixedAssets', types: ['Fixed Asset'] },
  { title: 'Other Assets', group: 'OtherAssets', types: ['Other Asset'] },
];
const CURRENT_LIABILITIES: readonly Part[] = [
  { title: 'Accounts Payable', group: 'AP', types: ['Accounts Payable'] },
  { title: 'Credit Cards', group: 'CreditCards', types: ['Credit Card'] },
  {
    title: 'Other Current Liabilities',
    group: 'OtherCurrentLiabilities',
    types: ['Other Current Liability'],
  },
];
const LONG_TERM: Part = {
  title: 'Long-Term Liabilities',
  group: 'LongTermLiabilities',
  types: ['Long Term Liability'],
};

const less = (from: Figures, what: Figures): Figures => from.map((cents, at) => cents - (what[at] ?? 0));

export function profitAndLoss(request: ReportRequest): Fields {
  const periods = periodsOf(request);
  const columns = periodColumns(request, periods, true);
  const whole = { from: request.isAll ? '' : request.startDate, to: request.endDate };
  const shown = columns.length - 1 > periods.length ? [...periods, whole] : periods;
  const sums = shown.map(({ from, to }) => centsByAccount(request.company, from, to));
  const part = (one: Part, sign: 1 | -1): Block => partBlock(request, one, sums, sign);
  const income = part(INCOME, -1);
  const cost = part(COST, 1);
  const expenses = part(EXPENSES, 1);
  const others = [part(OTHER_INCOME, -1), part(OTHER_EXPENSES, 1)] as const;
  const gross = less(income.figures, cost.figures);
  const operating = less(gross, expenses.figures);
  const other = less(others[0].figures, others[1].figures);
  const otherRows = others.flatMap((block) => block.rows);
  return report(request, columns, [
    ...income.rows,
    ...cost.rows,
    totalRow('Gross Profit', 'GrossProfit', gross),
    ...expenses.rows,
    totalRow('Net Operating Income', 'NetOperatingIncome', operating),
    ...otherRows,
    ...(otherRows.length === 0 ? [] : [totalRow('Net Other Income', 'NetOtherIncome', other)]),
    totalRow('Net Income', 'NetIncome', addUp(sums.length, [operating, other])),
  ]);
}

/** Profit is the credit surplus of every income and expense account. */
export function profitCents(request: ReportRequest, { from, to }: Period): number {
  const sums = centsByAccount(request.company, from, to);
  return -accountsOf(request.company, RESULT).reduce((sum, account) => sum + (sums.get(account.id) ?? 0), 0);
}

/** Profit of the year so far is a line of its own; what came before it is retained. */
function equity(
  request: ReportRequest,
  ends: readonly string[],
  sums: readonly Map<string, number>[],
): Block {
  const yearStarts = ends.map((end) => `${end.slice(0, 4)}-01-01`);
  for (const account of accountsOf(request.company, ['Equity'])) {
    if (account.fields['AccountSubType'] !== 'RetainedEarnings') continue;
    for (const [column, start] of yearStarts.entries()) {
      const earlier = profitCents(request, { from: '', to: addDays(start, -1) });
      sums[column]?.set(account.id, (sums[column].get(account.id) ?? 0) - earlier);
    }
  }
  const accounts = accountBlocks(request, ['Equity'], sums, -1);
  const profit = ends.map((to, at) => profitCents(request, { from: yearStarts[at] ?? '', to }));
  const line = dataRow([{ value: 'Net Income' }, ...written(profit).map((value) => ({ value }))]);
  const figures = addUp(ends.length, [accounts.figures, profit]);
  const rows = [...accounts.rows, { ...line, group: 'NetIncome' }];
  return { rows: [section('Equity', 'Equity', rows, written(figures))], figures };
}

export function balanceSheet(request: ReportRequest): Fields {
  const periods = periodsOf(request);
  const ends = periods.map((period) => period.to);
  const sums = ends.map((end) => centsByAccount(request.company, '', end));
  const width = sums.length;
  const parts = (all: readonly Part[], sign: 1 | -1): Block[] =>
    all.map((part) => partBlock(request, part, sums, sign));
  const currentAssets = titled('Current Assets', 'CurrentAssets', parts(CURRENT_ASSETS, 1), width);
  const assets = [currentAssets, ...parts(LASTING_ASSETS, 1)];
  const current = titled('Current Liabilities', 'CurrentLiabilities', parts(CURRENT_LIABILITIES, -1), width);
  const owed = titled('Liabilities', 'Liabilities', [current, ...parts([LONG_TERM], -1)], width);
  const owned = equity(request, ends, sums);
  const totals = [assets, [owed, owned]].map((blocks) =>
    written(
      addUp(
        width,
        blocks.map((block) => block.figures),
      ),
    ),
  );
  const rowsOf = (blocks: readonly Block[]): Fields[] => blocks.flatMap((block) => block.rows);
  return report(request, periodColumns(request, periods, false), [
    section('ASSETS', 'TotalAssets', rowsOf(assets), totals[0] ?? []),
    section('LIABILITIES AND EQUITY', 'TotalLiabilitiesAndEquity', rowsOf([owed, owned]), totals[1] ?? []),
  ]);
}
