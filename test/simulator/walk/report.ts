import type { Fields } from '../../../src/simulator/fields.js';
import type { Books } from './books.js';
import { toCents } from './model.js';
import type { Office } from './office.js';

interface Row extends Fields {
  readonly ColData?: readonly { readonly value?: string; readonly id?: string }[];
  readonly Summary?: { readonly ColData: readonly { readonly value?: string }[] };
  readonly Rows?: { readonly Row?: readonly Row[] };
  readonly group?: string;
}

function rowsOf(report: Fields): Row[] {
  return ((report['Rows'] as Row['Rows'])?.Row ?? []) as Row[];
}

function* walkRows(rows: readonly Row[]): Generator<Row> {
  for (const row of rows) {
    yield row;
    yield* walkRows(row.Rows?.Row ?? []);
  }
}

function totalOf(report: Fields, group: string): number | undefined {
  for (const row of walkRows(rowsOf(report)))
    if (row.group === group) return toCents(row.Summary?.ColData.at(-1)?.value);
  return undefined;
}

function expect(what: string, shownCents: number, wantedCents: number): void {
  if (shownCents !== wantedCents)
    throw new Error(`${what} is ${shownCents} cents, and should be ${wantedCents}`);
}

/** All reports of one moment, against each other and against the books. */
export function checkReports(office: Office, books: Books): void {
  const ask = (name: string, query: string): Fields => {
    const { value, code } = office.call('GET', `/reports/${name}?${query}`);
    if (value === undefined) throw new Error(`${name} was refused with ${code ?? ''}`);
    return value;
  };
  const all = 'start_date=2000-01-01&end_date=2099-12-31';
  const typeSum = (...types: string[]): number =>
    [...books.byAccount].reduce(
      (sum, [id, cents]) => sum + (types.includes(books.typeOf(id)) ? cents : 0),
      0,
    );

  const trial = ask('TrialBalance', all);
  for (const { ColData } of walkRows(rowsOf(trial))) {
    const [account, debit, credit] = ColData ?? [];
    if (account?.id === undefined) continue;
    const shown = toCents(debit?.value) - toCents(credit?.value);
    expect(`the trial balance of account ${account.id}`, shown, books.byAccount.get(account.id) ?? 0);
  }
  const total = rowsOf(trial).find((row) => row.group === 'GrandTotal')?.Summary?.ColData ?? [];
  expect('debits less credits', toCents(total[1]?.value) - toCents(total[2]?.value), 0);

  const income = -typeSum('Income', 'Other Income');
  const costs = typeSum('Expense', 'Cost of Goods Sold', 'Other Expense');
  const profit = ask('ProfitAndLoss', all);
  expect('net income', totalOf(profit, 'NetIncome') ?? 0, income - costs);

  const sheet = ask('BalanceSheet', all);
  const assets = totalOf(sheet, 'TotalAssets') ?? 0;
  expect(
    'assets less liabilities and equity',
    assets - (totalOf(sheet, 'TotalLiabilitiesAndEquity') ?? 0),
    0,
  );
  const kinds = ['Bank', 'Accounts Receivable', 'Other Current Asset', 'Fixed Asset', 'Other Asset'];
  expect('assets', assets, typeSum(...kinds));

  const receivable = books.byAccount.get(books.receivable) ?? 0;
  const owed = ask('CustomerBalance', all);
  expect('what customers owe', totalOf(owed, 'GrandTotal') ?? 0, receivable);
  const aged = ask('AgedReceivables', 'report_date=2099-12-31');
  let agedCents = 0;
  for (const row of rowsOf(aged))
    if (row.ColData?.[0]?.id !== undefined) agedCents += toCents(row.ColData.at(-1)?.value);
  expect('what is owed by age', agedCents, receivable);
}
