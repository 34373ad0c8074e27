import { addDays } from '../clock.js';
import { type Fields, text } from '../fields.js';
import { type Block, accountBlocks, addUp, totalRow, written } from './account-block.js';
import { accountsOf, centsByAccount } from './balance.js';
import { type ReportRequest, dataRow, report, summary } from './frame.js';
import { periodColumns } from './period.js';
import { profitCents } from './statement.js';

const OPERATING = [
  'Accounts Receivable',
  'Other Current Asset',
  'Accounts Payable',
  'Credit Card',
  'Other Current Liability',
];
const INVESTING = ['Fixed Asset', 'Other Asset'];
const FINANCING = ['Long Term Liability', 'Equity'];

/** Money that is not in the bank yet is cash too. */
function cashAccounts({ company }: ReportRequest): Set<string> {
  const undeposited = accountsOf(company, ['Other Current Asset']).filter(
    (account) => text(account.fields, 'AccountSubType') === 'UndepositedFunds',
  );
  return new Set([...accountsOf(company, ['Bank']), ...undeposited].map((account) => account.id));
}

function cashOn(request: ReportRequest, date: string): number {
  const cash = cashAccounts(request);
  let sum = 0;
  for (const [id, cents] of centsByAccount(request.company, '', date)) if (cash.has(id)) sum += cents;
  return sum;
}

function activities(title: string, group: string, block: Block): Fields[] {
  if (block.rows.length === 0) return [];
  const total = summary(`Net cash provided by ${title.toLowerCase()}`, written(block.figures));
  const Header = { ColData: [{ value: title }, { value: '' }] };
  return [{ Header, Rows: { Row: block.rows }, Summary: total, type: 'Section', group }];
}

/** From profit to cash: what else went in and out, by account. */
export function cashFlow(request: ReportRequest): Fields {
  const period = { from: request.startDate, to: request.endDate };
  const cash = cashAccounts(request);
  const moved = centsByAccount(request.company, period.from, period.to);
  for (const id of cash) moved.delete(id);
  const profit = profitCents(request, period);
  const adjustments = accountBlocks(request, OPERATING, [moved], -1);
  const profitRow = dataRow([{ value: 'Net Income' }, ...written([profit]).map((value) => ({ value }))]);
  const title = 'Adjustments to reconcile Net Income to Net Cash provided by operations:';
  const adjusting = {
    Header: { ColData: [{ value: title }, { value: '' }] },
    Rows: { Row: adjustments.rows },
    type: 'Section',
    group: 'OperatingAdjustments',
  };
  const operating: Block = {
    rows: [profitRow, ...(adjustments.rows.length === 0 ? [] : [adjusting])],
    figures: addUp(1, [adjustments.figures, [profit]]),
  };
  const investing = accountBlocks(request, INVESTING, [moved], -1);
  const financing = accountBlocks(request, FINANCING, [moved], -1);
  const begin = cashOn(request, addDays(period.from, -1));
  const increase = addUp(1, [operating.figures, investing.figures, financing.figures]);
  return report(request, periodColumns(request, [], false), [
    ...activities('OPERATING ACTIVITIES', 'OperatingActivities', operating),
    ...activities('INVESTING ACTIVITIES', 'InvestingActivities', investing),
    ...activities('FINANCING ACTIVITIES', 'FinancingActivities', financing),
    totalRow('Net cash increase for period', 'CashIncrease', increase),
    ...(begin === 0 ? [] : [totalRow('Cash at beginning of period', 'BeginningCash', [begin])]),
    totalRow('Cash at end of period', 'EndingCash', [cashOn(request, period.to)]),
  ]);
}
