import { addDays } from '../clock.js';
import { type Column, type ReportRequest, firstPosting } from './frame.js';

/** The days of one column of figures. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTHS_OF: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** More columns than anybody asks for, in case that somebody asks for all days there ever were. */
const MOST_COLUMNS = 600;

function startOfNext(date: string, months: number): string {
  const month = Number(date.slice(5, 7)) - 1;
  const next = month - (month % months) + months;
  return `${Number(date.slice(0, 4)) + Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`;
}

function endOf(from: string, unit: string): string {
  const months = MONTHS_OF[unit];
  if (months !== undefined) return addDays(startOfNext(from, months), -1);
  return unit === 'week' ? addDays(from, 6) : from;
}

/** The span of a report cut into what `summarize_column_by` asks for; one period where it asks for nothing. */
export function periodsOf(request: ReportRequest): Period[] {
  const unit = summarizedBy(request).toLowerCase().replace(/s$/, '');
  const whole = { from: request.startDate, to: request.endDate };
  if (MONTHS_OF[unit] === undefined && unit !== 'week' && unit !== 'day') return [whole];
  const periods: Period[] = [];
  let from = request.isAll ? (firstPosting(request.company) ?? request.endDate) : request.startDate;
  while (from <= request.endDate && periods.length < MOST_COLUMNS) {
    const end = endOf(from, unit);
    const to = end < request.endDate ? end : request.endDate;
    periods.push({ from, to });
    from = addDays(to, 1);
  }
  return periods.length === 0 ? [whole] : periods;
}

export function summarizedBy({ params }: ReportRequest): string {
  return params.get('summarize_column_by') ?? params.get('summarize_columns_by') ?? 'Total';
}

function day(date: string): string {
  return `${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${Number(date.slice(8))}`;
}

/** `Jan 2026`, `Jan - Mar, 2026`, or the days where a period is none of these as a whole. */
function titleOf({ from, to }: Period): string {
  const year = to.slice(0, 4);
  if (from === to) return `${day(from)}, ${year}`;
  const isWhole = from.endsWith('-01') && addDays(to, 1).endsWith('-01');
  const [first, last] = [from, to].map((date) => MONTHS[Number(date.slice(5, 7)) - 1] ?? '');
  if (!isWhole) return `${day(from)} - ${day(to)}, ${year}`;
  if (first === last) return `${first ?? ''} ${year}`;
  return first === 'Jan' && last === 'Dec' ? `Jan - Dec ${year}` : `${first ?? ''} - ${last ?? ''}, ${year}`;
}

/** A column for each period, with its days; `hasTotal` adds one for all of them. */
export function periodColumns(
  request: ReportRequest,
  periods: readonly Period[],
  hasTotal: boolean,
): Column[] {
  const account: Column = { title: '', type: 'Account', key: 'account' };
  const total: Column = { title: 'Total', type: 'Money', key: 'total' };
  if (summarizedBy(request).toLowerCase() === 'total' || periods.length === 0) return [account, total];
  const columns = periods.map((period): Column => ({
    title: titleOf(period),
    type: 'Money',
    key: titleOf(period),
    period,
  }));
  return [account, ...columns, ...(hasTotal ? [total] : [])];
}
