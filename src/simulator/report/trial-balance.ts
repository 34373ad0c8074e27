import type { Fields } from '../fields.js';
import { accountName, centsByAccount } from './balance.js';
import { type ReportRequest, dataRow, formatCents, report, summary } from './frame.js';

const COLUMNS = [
  { title: '', type: 'Account' },
  { title: 'Debit', type: 'Money' },
  { title: 'Credit', type: 'Money' },
];

export function trialBalance(request: ReportRequest): Fields {
  const { company } = request;
  const sums = centsByAccount(company, '', request.endDate);
  const rows: Fields[] = [];
  let debits = 0;
  let credits = 0;
  for (const account of company.table('Account').all()) {
    const cents = sums.get(account.id) ?? 0;
    if (cents === 0) continue;
    debits += Math.max(cents, 0);
    credits += Math.max(-cents, 0);
    const amount = formatCents(Math.abs(cents));
    const sides = cents > 0 ? [amount, ''] : ['', amount];
    const title = { value: accountName(account), id: account.id };
    rows.push(dataRow([title, ...sides.map((value) => ({ value }))]));
  }
  if (rows.length === 0) return report(request, COLUMNS, []);
  const total = summary('TOTAL', [formatCents(debits), formatCents(credits)]);
  return report(request, COLUMNS, [...rows, { Summary: total, type: 'Section', group: 'GrandTotal' }]);
}
