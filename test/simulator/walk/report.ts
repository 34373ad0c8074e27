import type { Fields } from '../../../src/simulator/fields.js';
import type { Books } from './books.js';
import { toCents } from './model.js';
import type { Office } from './office.js';

interface Cell {
  readonly value?: string;
  readonly id?: string;
}

interface Row extends Fields {
  readonly ColData?: readonly Cell[];
  readonly Header?: { readonly ColData: readonly Cell[] };
  readonly Summary?: { readonly ColData: readonly Cell[] };
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

const ALL = 'start_date=2000-01-01&end_date=2099-12-31';
const CURRENT = ['Bank', 'Accounts Receivable', 'Other Current Asset'];

/** All reports of one moment, against each other and against the books. */
export class ReportCheck {
  constructor(
    private readonly office: Office,
    private readonly books: Books,
  ) {}

  run(): void {
    this.trialBalance();
    this.statements();
    this.ledger();
    this.lists();
  }

  private ask(name: string, query = ALL): Fields {
    const { value, code } = this.office.call('GET', `/reports/${name}?${query}`);
    if (value === undefined) throw new Error(`${name} was refused with ${code ?? ''}`);
    return value;
  }

  private typeSum(...types: string[]): number {
    let sum = 0;
    for (const [id, cents] of this.books.byAccount) if (types.includes(this.books.typeOf(id))) sum += cents;
    return sum;
  }

  private trialBalance(): void {
    const trial = this.ask('TrialBalance');
    let shownAccounts = 0;
    for (const { ColData } of walkRows(rowsOf(trial))) {
      const [account, debit, credit] = ColData ?? [];
      if (account?.id === undefined) continue;
      shownAccounts += 1;
      const shown = toCents(debit?.value) - toCents(credit?.value);
      const own = this.books.byAccount.get(account.id) ?? 0;
      expect(`the trial balance of account ${account.id}`, shown, own);
    }
    const used = [...this.books.byAccount.values()].filter((cents) => cents !== 0);
    expect('the number of accounts in the trial balance', shownAccounts, used.length);
    const total = rowsOf(trial).find((row) => row.group === 'GrandTotal')?.Summary?.ColData ?? [];
    expect('debits less credits', toCents(total[1]?.value) - toCents(total[2]?.value), 0);
  }

  private statements(): void {
    const income = -this.typeSum('Income', 'Other Income');
    const costs = this.typeSum('Expense', 'Cost of Goods Sold', 'Other Expense');
    const profit = this.ask('ProfitAndLoss');
    expect('net income', totalOf(profit, 'NetIncome') ?? 0, income - costs);
    const byMonth = this.ask('ProfitAndLoss', 'date_macro=all&summarize_column_by=Month');
    const net =
      rowsOf(byMonth)
        .find((row) => row.group === 'NetIncome')
        ?.Summary?.ColData.slice(1) ?? [];
    const months = net.slice(0, -1).reduce((sum, cell) => sum + toCents(cell.value), 0);
    expect('net income by month', months, income - costs);
    const detail = rowsOf(this.ask('ProfitAndLossDetail')).at(-1)?.Summary?.ColData[5]?.value;
    expect('net income in detail', toCents(detail), income - costs);

    const sheet = this.ask('BalanceSheet');
    const assets = totalOf(sheet, 'TotalAssets') ?? 0;
    const owned = totalOf(sheet, 'TotalLiabilitiesAndEquity') ?? 0;
    expect('assets less liabilities and equity', assets - owned, 0);
    expect('current assets', totalOf(sheet, 'CurrentAssets') ?? 0, this.typeSum(...CURRENT));
    expect('assets', assets, this.typeSum(...CURRENT, 'Fixed Asset', 'Other Asset'));
    const bank = this.typeSum('Bank') + (this.books.byAccount.get(this.books.chart.undeposited) ?? 0);
    const flow = this.ask('CashFlow');
    expect('cash at the end', totalOf(flow, 'EndingCash') ?? 0, bank);
    expect('the increase of cash', totalOf(flow, 'CashIncrease') ?? 0, bank);
  }

  private ledger(): void {
    const listed = new Map<string, number>();
    for (const section of rowsOf(this.ask('GeneralLedger'))) {
      const id = section.Header?.ColData[0]?.id ?? '';
      const rows = section.Rows?.Row ?? [];
      const sum = rows.reduce((cents, row) => cents + toCents(row.ColData?.[5]?.value), 0);
      expect(`the last balance of account ${id}`, toCents(rows.at(-1)?.ColData?.[6]?.value), sum);
      listed.set(id, sum);
    }
    for (const [id, cents] of this.books.byAccount)
      expect(`the general ledger of account ${id}`, listed.get(id) ?? 0, cents);
  }

  private lists(): void {
    for (const [kind, title] of [
      ['Accounts Receivable', 'Customer'],
      ['Accounts Payable', 'Vendor'],
    ] as const) {
      const isOwed = title === 'Customer';
      const sum = (isOwed ? 1 : -1) * this.typeSum(kind);
      const balances = this.ask(`${title}Balance`);
      expect(`what ${title}s owe or get`, totalOf(balances, 'GrandTotal') ?? 0, sum);
      const aged = this.ask(isOwed ? 'AgedReceivables' : 'AgedPayables', 'report_date=2099-12-31');
      expect(`the same by age`, totalOf(aged, 'GrandTotal') ?? 0, sum);
    }
    const listed = rowsOf(this.ask('TransactionList')).length;
    expect('the number of transactions', listed, this.books.postedCount);
  }
}
