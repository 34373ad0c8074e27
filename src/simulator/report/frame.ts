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
}

export interface Column {
  readonly title: string;
  readonly type: string;
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
  return { company, name, params, nowMs, startDate, endDate };
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

/** A group of rows with its title above and its total below. */
export function section(
  title: string,
  group: string,
  rows: readonly Fields[],
  total: readonly string[],
): Fields {
  return {
    Header: { ColData: [{ value: title }, ...total.map(() => ({ value: '' }))] },
    Rows: { Row: rows },
    Summary: summary(`Total ${title}`, total),
    type: 'Section',
    group,
  };
}

export function report(request: ReportRequest, columns: readonly Column[], rows: readonly Fields[]): Fields {
  const { name, company, startDate, endDate, params } = request;
  const isEmpty = rows.length === 0;
  return {
    Header: {
      Time: formatInstant(request.nowMs),
      ReportName: name,
      ReportBasis: params.get('accounting_method') ?? 'Accrual',
      StartPeriod: startDate,
      EndPeriod: endDate,
      SummarizeColumnsBy: 'Total',
      Currency: company.homeCurrency,
      Option: [{ Name: 'NoReportData', Value: String(isEmpty) }],
    },
    Columns: { Column: columns.map(({ title, type }) => ({ ColTitle: title, ColType: type })) },
    Rows: isEmpty ? {} : { Row: rows },
  };
}
