import { formatCents } from '../domain/money.js';
import type { ReportCell, ReportTable } from '../domain/report.js';
import { printable } from './character.js';
import { PAGE, type Sheet, type Style } from './page.js';

const LINE = 10.5;
const GAP = 8;
const PLAIN: Style = { font: 'Helvetica', size: 8.5 };
const STRONG: Style = { font: 'Helvetica-Bold', size: 8.5 };
const TITLE: Style = { font: 'Helvetica-Bold', size: 11 };
/** A title, its heads and a row stay together. */
const LEAST_ROOM = 70;
const FULL_PAGE = PAGE.bottom - PAGE.top;

interface Column {
  head: string;
  x: number;
  width: number;
  isAmount: boolean;
}

/** Goes over as many pages as it needs, with its heads on each. */
export function drawTable(sheet: Sheet, table: ReportTable): void {
  if (sheet.room < LEAST_ROOM) sheet.turn();
  sheet.write(table.title, PAGE.left, sheet.y, TITLE);
  sheet.y += 18;
  if (table.rows.length === 0) {
    drawParagraph(sheet, table.none);
    return;
  }
  const columns = columnsOf(table);
  const heads = () => {
    drawHeads(sheet, columns);
  };
  heads();
  for (const row of table.rows) drawRow(sheet, columns, row, PLAIN, heads);
  if (table.total) {
    drawRow(sheet, columns, table.total, STRONG, heads);
  }
  sheet.y += 14;
}

export function drawParagraph(sheet: Sheet, text: string): void {
  for (const line of sheet.wrap(printable(text), PAGE.width, PLAIN)) {
    if (sheet.room < LINE) sheet.turn();
    sheet.write(line, PAGE.left, sheet.y, PLAIN);
    sheet.y += LINE;
  }
  sheet.y += 14;
}

function columnsOf({ columns }: ReportTable): Column[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let x = PAGE.left;
  return columns.map(({ head, share, isAmount = false }) => {
    const whole = (PAGE.width * share) / shares;
    const column = { head, x, width: whole - GAP, isAmount };
    x += whole;
    return column;
  });
}

function drawHeads(sheet: Sheet, columns: readonly Column[]): void {
  drawLines(
    sheet,
    columns,
    columns.map(({ head, width }) => sheet.wrap(head, width, STRONG)),
    STRONG,
  );
  sheet.rule(0.8);
  sheet.y += 4;
}

function drawRow(
  sheet: Sheet,
  columns: readonly Column[],
  row: readonly ReportCell[],
  style: Style,
  heads: () => void,
): void {
  let left = columns.map(({ width }, index) => sheet.wrap(textOf(row[index] ?? ''), width, style));
  const turn = () => {
    sheet.turn();
    heads();
  };
  const isShort = Math.max(...left.map(({ length }) => length)) * LINE < FULL_PAGE / 2;
  for (;;) {
    const lines = Math.max(...left.map(({ length }) => length));
    const fit = Math.floor(sheet.room / LINE);
    if (lines <= fit) break;
    // A note or a memo may be longer than a page: such a row is cut, any other goes over as a whole.
    if (!isShort && fit > 0) {
      const part = left.map((cell) => cell.slice(0, fit));
      drawLines(sheet, columns, part, style);
      left = left.map((cell) => cell.slice(fit));
    }
    turn();
  }
  drawLines(sheet, columns, left, style);
  sheet.y += 2;
}

const textOf = (cell: ReportCell): string =>
  typeof cell === 'string' ? printable(cell) : formatCents(cell.cents);

function drawLines(
  sheet: Sheet,
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  style: Style,
): void {
  columns.forEach(({ x, width, isAmount }, index) => {
    cells[index]?.forEach((line, below) => {
      sheet.write(line, isAmount ? x + width : x, sheet.y + below * LINE, style, isAmount);
    });
  });
  sheet.y += LINE * Math.max(...cells.map(({ length }) => length));
}
