import { csvAmount, csvRow } from './csv.js';

/** Amounts stay cents until it is known whether a program or a person reads them. */
export type ReportCell = string | { cents: number };

export interface ReportTable {
  /** What stands before each of its rows in CSV, e.g. `matters`. */
  key: string;
  title: string;
  /** `share`: of the width of the page, in relation to the other columns. */
  columns: { head: string; share: number; isAmount?: true }[];
  rows: ReportCell[][];
  /** A last row for people: in CSV it would be added up once more. */
  total?: ReportCell[];
  /** What is said where there is no row. */
  none: string;
}

/** What a person keeps on file: the same tables, as CSV or on pages. */
export interface Report {
  /** Without an ending. */
  fileName: string;
  title: string;
  /** What stands at the foot of each page. */
  foot: string;
  madeAt: Date;
  /** When what it tells of has changed last. */
  changedAt: Date;
  tables: ReportTable[];
}

/** All tables below each other; the first of a table's rows has its heads, and all rows have as many cells. */
export function reportCsv({ tables }: Report): string {
  const width = Math.max(...tables.map(({ columns }) => columns.length));
  return tables
    .flatMap(({ key, columns, rows }) =>
      [columns.map(({ head }) => head), ...rows].map((cells) => [key, ...cells.map(csvText)]),
    )
    .map((cells) => csvRow([...cells, ...Array<string>(width + 1 - cells.length).fill('')]))
    .join('');
}

const csvText = (cell: ReportCell): string => (typeof cell === 'string' ? cell : csvAmount(cell.cents));
