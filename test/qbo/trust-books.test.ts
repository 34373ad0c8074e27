import { describe, expect, test } from 'vitest';
import {
  linesRequests,
  LinesReader,
  openingRequest,
  readOpening,
  ReportUnreadable,
} from '../../src/qbo/trust-books.js';
import { aTrustAccount } from '../support/trust.js';

const account = aTrustAccount();

/** In an order that is not the one asked for. */
const KEYS = ['tx_date', 'txn_type', 'doc_num', 'debt_amt', 'credit_amt', 'name', 'memo'];
const columns = (keys = KEYS) => ({
  Column: keys.map((key) => ({ ColTitle: key, MetaData: [{ Name: 'ColKey', Value: key }] })),
});
const line = (on: string, id: string, debit: string, credit: string, name?: [string, string]) => ({
  ColData: [
    { value: on },
    { value: 'Journal Entry', id },
    { value: `N-${id}` },
    { value: debit },
    { value: credit },
    name ? { value: name[0], id: name[1] } : { value: '' },
    { value: '' },
  ],
  type: 'Data',
});
const section = (id: string, ...rows: object[]) => ({
  Header: { ColData: [{ value: `Account ${id}`, id }] },
  Rows: { Row: rows },
  type: 'Section',
});
const report = (...rows: object[]) => ({ Columns: columns(), Rows: { Row: rows } });
const read = (...answers: Record<string, unknown>[]) => {
  const reader = new LinesReader(account);
  for (const answer of answers) reader.add(answer);
  return reader.read();
};

describe('what is asked', () => {
  test('is the balance on the day before the start', () => {
    expect(openingRequest(account).query).toMatchObject({ end_date: '2025-12-31' });
  });

  test('is both accounts in windows that leave no day out and take none twice', () => {
    const windows = linesRequests(account, '2026-12-31').map(({ query }) => [
      query?.start_date,
      query?.end_date,
    ]);
    expect(windows).toEqual([
      ['2026-01-01', '2026-06-29'],
      ['2026-06-30', '2026-12-26'],
      ['2026-12-27', '2026-12-31'],
    ]);
    expect(linesRequests(account, '2026-01-01')).toHaveLength(1);
    expect(linesRequests(account, '2026-01-01')[0]?.query?.account).toBe('41,42');
  });
});

describe('lines', () => {
  test('are put together by transaction, with signs as clients see them', () => {
    const ada: [string, string] = ['Ada', '7'];
    expect(
      read(
        report(
          section('41', line('2026-11-10', '101', '500.00', '')),
          section('42', line('2026-11-10', '101', '', '500.00', ada)),
        ),
        report(section('42', line('2026-12-01', '102', '0.10', '', ada))),
      ),
    ).toEqual({
      names: { '7': 'Ada' },
      entries: [
        {
          qboId: '101',
          type: 'Journal Entry',
          on: '2026-11-10',
          number: 'N-101',
          lines: [
            { account: 'bank', cents: 50_000 },
            { account: 'owed', cents: 50_000, customerId: '7' },
          ],
        },
        {
          qboId: '102',
          type: 'Journal Entry',
          on: '2026-12-01',
          number: 'N-102',
          lines: [{ account: 'owed', cents: -10, customerId: '7' }],
        },
      ],
    });
  });

  test('of other accounts, and the balance at the beginning, are none', () => {
    const beginning = {
      ColData: [{ value: 'Beginning Balance' }, ...KEYS.slice(1).map(() => ({ value: '9.00' }))],
    };
    expect(
      read(report(section('41', beginning), section('77', line('2026-11-10', '1', '5', '')))).entries,
    ).toEqual([]);
  });

  test('of an account that stands below another one are found', () => {
    const nested = section('40', section('41', line('2026-11-10', '101', '500', '')));
    expect(read(report(nested)).entries).toMatchObject([{ qboId: '101' }]);
  });

  test('of no days at all are none', () => {
    expect(read({ Columns: columns([]), Rows: {} }).entries).toEqual([]);
  });

  test('without their id, or their columns, are not guessed at', () => {
    const nameless = report(section('41', line('2026-11-10', '', '5', '')));
    expect(() => read(nameless)).toThrow(ReportUnreadable);
    const columnless = { ...nameless, Columns: columns(['tx_date', 'txn_type', 'subt_nat_amount']) };
    expect(() => read(columnless)).toThrow(
      'The report has no column doc_num, name, memo, debt_amt, credit_amt.',
    );
  });
});

describe('what stood there before', () => {
  const row = (id: string, debit: string, credit: string) => ({
    ColData: [{ value: 'Account', id }, { value: debit }, { value: credit }],
  });

  test('is money in the bank and money owed', () => {
    const answer = { Rows: { Row: [row('41', '801.00', ''), row('42', '', '800.00'), { Summary: {} }] } };
    expect(readOpening(answer, account)).toEqual({ openingBankCents: 80_100, openingOwedCents: 80_000 });
  });

  test('is nothing where the report is silent', () => {
    expect(readOpening({ Rows: {} }, account)).toEqual({ openingBankCents: 0, openingOwedCents: 0 });
  });
});
