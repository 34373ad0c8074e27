import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Report } from '../domain/report.js';
import { isLacking, printable } from './character.js';
import { PAGE, Sheet, type Style } from './page.js';
import { drawParagraph, drawTable } from './table.js';

const TITLE: Style = { font: 'Helvetica-Bold', size: 16 };
const FOOT: Style = { font: 'Helvetica', size: 7.5 };

/** The report on A4 pages. The same report gives the same bytes: all dates in it are the report's. */
export async function reportPdf(report: Report): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: report.title,
      Subject: report.foot,
      Creator: 'Counterfoil',
      CreationDate: report.madeAt,
      ModDate: report.changedAt,
    },
  });
  const bytes = buffer(pdf);
  const sheet = new Sheet(pdf);
  sheet.write(printable(report.title), PAGE.left, sheet.y, TITLE);
  sheet.y += 32;
  for (const table of report.tables) drawTable(sheet, table);
  if (lacksLetters(report)) {
    drawParagraph(
      sheet,
      'Letters that this font lacks stand as their Unicode number, such as [U+0141]; the CSV has them.',
    );
  }
  drawFeet(sheet, report.foot);
  pdf.end();
  return await bytes;
}

const lacksLetters = ({ tables }: Report): boolean =>
  tables.some(({ rows }) =>
    rows.some((row) => row.some((cell) => typeof cell === 'string' && isLacking(cell))),
  );

/** How many pages there are is known at the end only. */
function drawFeet(sheet: Sheet, foot: string): void {
  const { count } = sheet.pdf.bufferedPageRange();
  const [first = '', ...more] = sheet.wrap(printable(foot), PAGE.width - 80, FOOT);
  const line = more.length === 0 ? first : `${first} …`;
  for (let page = 0; page < count; page += 1) {
    sheet.pdf.switchToPage(page);
    sheet.write(line, PAGE.left, PAGE.foot, FOOT);
    sheet.write(`Page ${page + 1} of ${count}`, PAGE.left + PAGE.width, PAGE.foot, FOOT, true);
  }
}
