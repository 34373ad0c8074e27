import { addDays } from '../domain/day.js';
import {
  owedIds,
  type BookAccount,
  type BookedAccount,
  type BookEntry,
  type BookLine,
  type Books,
} from '../domain/trust/reconciliation/book.js';
import { sumCents } from '../domain/money.js';
import type { TrustAccount } from '../domain/trust-account.js';
import type { QboRequest } from './client.js';
import { toCents } from './decimal.js';
import { refValue } from './mapping.js';
import { foundIn, queryRequest } from './query.js';

type Json = Record<string, unknown>;

interface Cell {
  value?: string;
  id?: string;
}

interface Row {
  ColData?: Cell[];
  Header?: { ColData?: Cell[] };
  Rows?: { Row?: Row[] };
}

interface Report {
  Columns?: { Column?: { MetaData?: { Name?: string; Value?: string }[] }[] };
  Rows?: { Row?: Row[] };
}

/** A report that cannot be read as the one that was asked for. Guessing about client money is not for us. */
export class ReportUnreadable extends Error {
  override readonly name = 'ReportUnreadable';
}

/** Debits and credits in columns of their own: what the sign of one amount means depends on the account. */
const COLUMNS = ['tx_date', 'txn_type', 'doc_num', 'name', 'memo', 'debt_amt', 'credit_amt'] as const;
type Column = (typeof COLUMNS)[number];

/** Intuit advises against longer ones. */
const WINDOW_DAYS = 180;

/** What both accounts held at the end of the day before the start. */
export function openingRequest({ startOn }: TrustAccount): QboRequest {
  const before = addDays(startOn, -1);
  const query = { start_date: before, end_date: before, accounting_method: 'Accrual' };
  return { method: 'GET', path: 'reports/TrialBalance', query };
}

/** Ids stand in the address, which may not be too long. */
const ACCOUNTS_AT_ONCE = 100;

/** Every line of the accounts, from the start through a day, in as many reports as that takes. */
export function linesRequests(account: BookedAccount, on: string): QboRequest[] {
  const requests: QboRequest[] = [];
  const ids = [account.bankAccountId, ...owedIds(account)];
  for (let from = account.startOn; from <= on; from = addDays(from, WINDOW_DAYS)) {
    const last = addDays(from, WINDOW_DAYS - 1);
    for (let first = 0; first < ids.length; first += ACCOUNTS_AT_ONCE) {
      requests.push({
        method: 'GET',
        path: 'reports/GeneralLedger',
        query: {
          start_date: from,
          end_date: last < on ? last : on,
          account: ids.slice(first, first + ACCOUNTS_AT_ONCE).join(','),
          columns: COLUMNS.join(','),
          accounting_method: 'Accrual',
          sort_by: 'tx_date',
        },
      });
    }
  }
  return requests;
}

const PAGE = 1000;

/** Accounts that may stand below a liability account, page by page from 1. */
export const liabilitiesRequest = (page: number): QboRequest =>
  queryRequest(
    `select * from Account where AccountType = 'Other Current Liability' and Active in (true, false) orderby Id startposition ${(page - 1) * PAGE + 1} maxresults ${PAGE}`,
  );

/** The answer to `liabilitiesRequest`: those below this one, and whether there may be more. */
export function readSubAccounts(
  answer: Json,
  { liabilityAccountId }: TrustAccount,
): { ids: string[]; isLast: boolean } {
  const rows = foundIn(answer, 'Account');
  const own = rows.filter(({ ParentRef }) => refValue(ParentRef) === liabilityAccountId);
  return { ids: own.map(({ Id }) => String(Id)), isLast: rows.length < PAGE };
}

/** The answer to `openingRequest`: debits of the bank and credits of the liability are above zero. */
export function readOpening(
  answer: Json,
  account: BookedAccount,
): Pick<Books, 'openingBankCents' | 'openingOwedCents'> {
  const balanceOf = (accountId: string): number => {
    const cells = dataRows(rowsOf(answer)).find((row) => row[0]?.id === accountId);
    return toCents(cells?.[1]?.value || 0) - toCents(cells?.[2]?.value || 0);
  };
  return {
    openingBankCents: balanceOf(account.bankAccountId),
    openingOwedCents: 0 - sumCents(owedIds(account).map(balanceOf)),
  };
}

/** Puts the answers to `linesRequests` together as they come; each line is kept with its transaction. */
export class LinesReader {
  private readonly entries = new Map<string, BookEntry>();
  private readonly names: Record<string, string> = {};

  constructor(private readonly account: BookedAccount) {}

  /** The answer to a request for lines; what is below an account that it asked for and is another one's is left to that. Throws `ReportUnreadable`. */
  add(answer: Json, request?: QboRequest): void {
    const rows = rowsOf(answer);
    if (rows.length === 0) return;
    const at = columnsOf(answer);
    const asked = request?.query?.account?.split(',');
    for (const section of sectionsOf(rows)) {
      const id = section.Header?.ColData?.[0]?.id ?? '';
      const account = this.accountOf(id);
      if (!account || asked?.includes(id) === false) continue;
      for (const { ColData: cells } of section.Rows?.Row ?? []) {
        if (cells) this.addLine(account, (column) => cells[at[column]] ?? {});
      }
    }
  }

  read(): Pick<Books, 'entries' | 'names'> {
    return { entries: [...this.entries.values()], names: this.names };
  }

  private accountOf(id: string | undefined): BookAccount | undefined {
    if (id === this.account.bankAccountId) return 'bank';
    return id !== undefined && owedIds(this.account).includes(id) ? 'owed' : undefined;
  }

  private addLine(account: BookAccount, cell: (column: Column) => Cell): void {
    const on = cell('tx_date').value ?? '';
    // The balance at the beginning stands among the lines, without a date.
    if (!/^\d{4}-\d\d-\d\d$/.test(on)) return;
    const { value: type = '?', id: qboId } = cell('txn_type');
    if (qboId === undefined || qboId === '')
      throw new ReportUnreadable(`A ${type} of ${on} is without its id.`);
    const debit = toCents(cell('debt_amt').value || 0) - toCents(cell('credit_amt').value || 0);
    const { value: name, id: customerId } = cell('name');
    if (customerId) this.names[customerId] = name ?? customerId;
    const line: BookLine = {
      account,
      cents: account === 'bank' ? debit : 0 - debit,
      ...(account === 'owed' && customerId && { customerId }),
    };
    const known = this.entries.get(qboId);
    if (known) {
      known.lines.push(line);
      return;
    }
    const [number, memo] = [cell('doc_num').value, cell('memo').value];
    this.entries.set(qboId, {
      qboId,
      type,
      on,
      ...(number && { number }),
      ...(memo && { memo }),
      lines: [line],
    });
  }
}

const rowsOf = (answer: Json): Row[] => (answer as Report).Rows?.Row ?? [];

/** Sub-accounts stand as sections in the section of their account. */
const sectionsOf = (rows: readonly Row[]): Row[] =>
  rows.flatMap((row) => (row.Rows ? [row, ...sectionsOf(row.Rows.Row ?? [])] : []));

const dataRows = (rows: readonly Row[]): Cell[][] =>
  rows.flatMap((row) => [...(row.ColData ? [row.ColData] : []), ...dataRows(row.Rows?.Row ?? [])]);

/** QuickBooks gives columns in an order of its own. */
function columnsOf(answer: Json): Record<Column, number> {
  const keys = ((answer as Report).Columns?.Column ?? []).map(
    ({ MetaData = [] }) => MetaData.find(({ Name }) => Name === 'ColKey')?.Value,
  );
  const missing = COLUMNS.filter((column) => !keys.includes(column));
  if (missing.length > 0) throw new ReportUnreadable(`The report has no column ${missing.join(', ')}.`);
  return Object.fromEntries(COLUMNS.map((column) => [column, keys.indexOf(column)])) as Record<
    Column,
    number
  >;
}
