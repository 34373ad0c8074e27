import { addDays, formatDate, formatInstant } from '../clock.js';
import type { Company } from '../company.js';
import type { Fields } from '../fields.js';

/** What every report is asked: a company, a span of days, and filters by name of their parameter. */
export interface ReportRequest {
  readonly company: Company;
  readonly name: string;
  readonly params: URLSearchParams;
  readonly nowMs: number;
  readonly startDate: string;
  readonly endDate: string;
  /** Asked for by `date_macro=all`: all days that there are. */
  readonly isAll: boolean;
}

export interface Column {
  readonly title: string;
  readonly type: string;
  readonly key?: string;
  readonly period?: { readonly from: string; readonly to: string };
}

const DATES = ['tx_date', 'due_date'];

/** A column of a list, whose key tells what is in it. */
export function listColumn(title: string, key: string): Column {
  const isMoney = /amount|open_bal|debit|credit/.test(key);
  const type = DATES.includes(key) ? 'Date' : key === 'is_no_post' ? 'Boolean' : isMoney ? 'Money' : 'String';
  return { title, type, key };
}

/** The day of the oldest posting, undefined where there is none. */
export function firstPosting(company: Company): string | undefined {
  let first: string | undefined;
  for (const [, { date }] of company.ledger.transactions())
    if (first === undefined || date < first) first = date;
  return first;
}

export interface Cell {
  readonly value: string;
  readonly id?: string;
}

/** Without dates the fiscal year so far is meant. */
export function reportRequest(
  company: Company,
  name: string,
  params: URLSearchParams,
  nowMs: number,
): ReportRequest {
  const today = formatDate(nowMs);
  const isAll = params.get('date_macro')?.toLowerCase() === 'all';
  const startDate = params.get('start_date') ?? (isAll ? '1970-01-01' : `${today.slice(0, 4)}-01-01`);
  const endDate =
    params.get('end_date') ?? params.get('report_date') ?? (isAll ? addDays(today, 36_500) : today);
  return { company, name, params, nowMs, startDate, endDate, isAll };
}

export function formatCents(cents: number): string {
  return (cents / 100).toFixed(2);
}

export function dataRow(cells: readonly Cell[]): Fields {
  return { ColData: cells, type: 'Data' };
}

export function summary(title: string, values: readonly string[]): Fields {
  return { ColData: [{ value: title }, ...values.map((value) => ({ value }))] };
}

/** A group of rows with its title above and its total below. Shouted titles have shouted totals. */
export function section(
  title: string,
  group: string,
  rows: readonly Fields[],
  total: readonly string[],
): Fields {
  const totalTitle = title === title.toUpperCase() ? `TOTAL ${title}` : `Total ${title}`;
  return {
    Header: { ColData: [{ value: title }, ...total.map(() => ({ value: '' }))] },
    Rows: { Row: rows },
    Summary: summary(totalTitle, total),
    type: 'Section',
    group,
  };
}

function columnFields({ title, type, key, period }: Column): Fields {
  const facts = { StartDate: period?.from, EndDate: period?.to, ColKey: key };
  const MetaData = Object.entries(facts).flatMap(([Name, Value]) =>
    Value === undefined ? [] : [{ Name, Value }],
  );
  return { ColTitle: title, ColType: type, ...(MetaData.length === 0 ? {} : { MetaData }) };
}

function options({ params }: ReportRequest, isEmpty: boolean): Fields[] {
  const reportDate = params.get('report_date');
  return [
    { Name: 'AccountingStandard', Value: 'GAAP' },
    ...(reportDate === null ? [] : [{ Name: 'report_date', Value: reportDate }]),
    { Name: 'NoReportData', Value: String(isEmpty) },
  ];
}

export function report(request: ReportRequest, columns: readonly Column[], rows: readonly Fields[]): Fields {
  const { name, company, startDate, endDate, params } = request;
  const isEmpty = rows.length === 0;
  const macro = params.get('date_macro');
  return {
    Header: {
      Time: formatInstant(request.nowMs),
      ReportName: name,
      ...(macro === null ? {} : { DateMacro: macro.toLowerCase() }),
      ReportBasis: params.get('accounting_method') ?? 'Accrual',
      StartPeriod: startDate,
      EndPeriod: endDate,
      SummarizeColumnsBy: params.get('summarize_column_by') ?? 'Total',
      Currency: company.homeCurrency,
      Option: options(request, isEmpty),
    },
    Columns: { Column: columns.map(columnFields) },
    Rows: isEmpty ? {} : { Row: rows },
  };
}
