import { addDays } from '../clock.js';
import { rateOf } from '../entity/currency.js';
import { type Fields, refId, text } from '../fields.js';
import { homeCents } from '../home.js';
import { cents } from '../money.js';
import type { Stored } from '../table.js';
import { centsByName, holderName } from './balance.js';
import {
  type Column,
  type ReportRequest,
  dataRow,
  formatCents,
  listColumn,
  report,
  summary,
} from './frame.js';

const DAY_MS = 86_400_000;

export interface Side {
  readonly entity: 'Invoice' | 'Bill';
  readonly name: 'CustomerRef' | 'VendorRef';
  readonly accountType: 'Accounts Receivable' | 'Accounts Payable';
  readonly title: 'Customer' | 'Vendor';
  /** Receivables are debits, payables credits; a report shows both as positive. */
  readonly sign: 1 | -1;
}

export const RECEIVABLE: Side = {
  entity: 'Invoice',
  name: 'CustomerRef',
  accountType: 'Accounts Receivable',
  title: 'Customer',
  sign: 1,
};

export const PAYABLE: Side = {
  entity: 'Bill',
  name: 'VendorRef',
  accountType: 'Accounts Payable',
  title: 'Vendor',
  sign: -1,
};

/** What each name owes or is owed, from the ledger. */
export function balanceByName(request: ReportRequest, side: Side): Fields {
  const columns = [
    { title: '', type: side.title },
    { title: 'Total', type: 'Money' },
  ];
  const wanted = request.params.get(side.title.toLowerCase());
  const rows: Fields[] = [];
  let total = 0;
  for (const [id, sum] of centsByName(request.company, side.accountType, request.endDate)) {
    if (sum === 0 || (wanted !== null && wanted !== id)) continue;
    total += side.sign * sum;
    const amount = formatCents(side.sign * sum);
    rows.push(dataRow([{ value: holderName(request.company, id), id }, { value: amount }]));
  }
  if (rows.length === 0) return report(request, columns, []);
  const last = { Summary: summary('TOTAL', [formatCents(total)]), type: 'Section', group: 'GrandTotal' };
  return report(request, columns, [...rows, last]);
}

/** In the home currency, as everything in a report. */
function openCents({ company }: ReportRequest, stored: Stored): number {
  const used = company.links.usedCents(stored.entity, stored.id);
  const left = cents(stored.fields, 'TotalAmt') - cents(stored.fields, 'Deposit') - used;
  return homeCents(left, rateOf(company, stored.fields));
}

function openForms(request: ReportRequest, side: Side): Stored[] {
  const open: Stored[] = [];
  for (const stored of request.company.table(side.entity).all()) {
    const isIn = (text(stored.fields, 'TxnDate') ?? '') <= request.endDate;
    if (!stored.deleted && isIn && openCents(request, stored) > 0) open.push(stored);
  }
  return open;
}

const BANDS = ['Current', '1 - 30', '31 - 60', '61 - 90', '91 and over'];

function bandOf(dueDate: string, asOf: string): number {
  if (dueDate >= asOf) return 0;
  for (const band of [1, 2, 3]) if (addDays(dueDate, band * 30) >= asOf) return band;
  return 4;
}

/** What is open by how long it has been due. Credits that are not applied count as current. */
export function aged(request: ReportRequest, side: Side): Fields {
  const columns = [
    { title: '', type: side.title },
    ...[...BANDS, 'Total'].map((title) => ({ title, type: 'Money' })),
  ];
  const byName = new Map<string, number[]>();
  for (const stored of openForms(request, side)) {
    const id = refId(stored.fields, side.name) ?? '';
    const bands = byName.get(id) ?? BANDS.map(() => 0);
    const band = bandOf(text(stored.fields, 'DueDate') ?? '', request.endDate);
    bands[band] = (bands[band] ?? 0) + openCents(request, stored);
    byName.set(id, bands);
  }
  for (const [id, sum] of centsByName(request.company, side.accountType, request.endDate)) {
    const bands = byName.get(id) ?? BANDS.map(() => 0);
    const shown = bands.reduce((total, one) => total + one, 0);
    bands[0] = (bands[0] ?? 0) + side.sign * sum - shown;
    if (bands.some((one) => one !== 0)) byName.set(id, bands);
  }
  const rows = [...byName].map(([id, bands]) => {
    const total = bands.reduce((sum, one) => sum + one, 0);
    const figures = [...bands, total].map((value) => ({ value: formatCents(value) }));
    return dataRow([{ value: holderName(request.company, id), id }, ...figures]);
  });
  if (rows.length === 0) return report(request, columns, []);
  const totals = [...BANDS, 'Total'].map((_, column) =>
    [...byName.values()].reduce(
      (sum, bands) => sum + (bands[column] ?? bands.reduce((all, one) => all + one, 0)),
      0,
    ),
  );
  const last = { Summary: summary('TOTAL', totals.map(formatCents)), type: 'Section', group: 'GrandTotal' };
  return report(request, columns, [...rows, last]);
}

function detailColumns(side: Side): Column[] {
  const sign = side === PAYABLE ? 'subt_neg' : 'subt';
  return [
    listColumn('Date', 'tx_date'),
    listColumn('Transaction Type', 'txn_type'),
    listColumn('Num', 'doc_num'),
    listColumn(side.title, side === PAYABLE ? 'vend_name' : 'cust_name'),
    listColumn('Due Date', 'due_date'),
    listColumn('Past Due', 'past_due'),
    listColumn('Amount', `${sign}_amount`),
    listColumn('Open Balance', `${sign}_open_bal`),
  ];
}

const BLANKS = ['', '', '', '', ''];

function detailTotal(title: string, forms: readonly OpenForm[]): Fields {
  const sum = (property: 'wholeCents' | 'leftCents'): string =>
    formatCents(forms.reduce((cents, form) => cents + form[property], 0));
  return summary(title, [...BLANKS, sum('wholeCents'), sum('leftCents')]);
}

interface OpenForm {
  readonly row: Fields;
  readonly band: number;
  readonly wholeCents: number;
  readonly leftCents: number;
}

function openForm(request: ReportRequest, side: Side, stored: Stored): OpenForm {
  const id = refId(stored.fields, side.name) ?? '';
  const due = text(stored.fields, 'DueDate') ?? '';
  const wholeCents = homeCents(cents(stored.fields, 'TotalAmt'), rateOf(request.company, stored.fields));
  const leftCents = openCents(request, stored);
  const pastDays = Math.round((Date.parse(request.endDate) - Date.parse(due)) / DAY_MS);
  const row = dataRow([
    { value: text(stored.fields, 'TxnDate') ?? '' },
    { value: stored.entity, id: stored.id },
    { value: text(stored.fields, 'DocNumber') ?? '' },
    { value: holderName(request.company, id), id },
    { value: due },
    { value: String(pastDays) },
    { value: formatCents(wholeCents) },
    { value: formatCents(leftCents) },
  ]);
  return { row, band: bandOf(due, request.endDate), wholeCents, leftCents };
}

const DETAIL_BANDS = ['Current', '1 - 30', '31 - 60', '61 - 90', '91 or more'];

/** The open forms one by one, by how long they have been due. */
export function openDetail(request: ReportRequest, side: Side): Fields {
  const forms = openForms(request, side).map((stored) => openForm(request, side, stored));
  const sections = DETAIL_BANDS.flatMap((title, band) => {
    const rows = forms.filter((form) => form.band === band);
    if (rows.length === 0) return [];
    const shown = band === 0 ? title : `${title} days past due`;
    const Header = { ColData: [shown, ...BLANKS, '', ''].map((value) => ({ value })) };
    const Summary = detailTotal(`Total for ${shown}`, rows);
    return [{ Header, Rows: { Row: rows.map(({ row }) => row) }, Summary, type: 'Section' }];
  });
  const total = { Summary: detailTotal('TOTAL', forms), type: 'Section', group: 'GrandTotal' };
  return report(request, detailColumns(side), sections.length === 0 ? [] : [...sections, total]);
}
