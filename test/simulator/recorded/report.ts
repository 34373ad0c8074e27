import { type Fields, isFields, text } from '../../../src/simulator/fields.js';
import { Office } from '../walk/office.js';
import type { RecordedFile } from './fixture.js';

export interface RecordedReport {
  readonly file: string;
  readonly report: Fields;
}

export function recordedReports(files: readonly RecordedFile[]): RecordedReport[] {
  return files.flatMap(({ file, content }) => {
    const report = isFields(content) && content['__def'] === 'Report' ? content['data'] : undefined;
    return isFields(report) ? [{ file, report }] : [];
  });
}

/** The seed's books are of the last months before its clock, so a recorded span is asked for as all days. */
export function reportLike(report: Fields): Fields {
  const header = report['Header'] as Fields;
  const name = text(header, 'ReportName') ?? '';
  const by = text(header, 'SummarizeColumnsBy');
  const office = new Office(1, 'sandbox');
  // A fixed asset that lies below another, as in the recorded company.
  const side = (PostingType: string, value: string): Fields => ({
    Amount: 13495,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value } },
  });
  office.call('POST', '/journalentry', { Line: [side('Debit', '38'), side('Credit', '34')] });
  const query = new URLSearchParams({ date_macro: 'all', report_date: '2026-12-31' });
  if (by !== undefined) query.set('summarize_column_by', by);
  const { value, detail } = office.call('GET', `/reports/${name}?${query.toString()}`);
  if (value === undefined) throw new Error(detail);
  return value;
}
