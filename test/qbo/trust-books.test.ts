import { describe, expect, test } from 'vitest';
import {
  liabilitiesRequest,
  linesRequests,
  LinesReader,
  openingRequest,
  readOpening,
  readSubAccounts,
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

describe('accounts of single clients', () => {
  const below = { ...account, subAccountIds: ['50', '51'] };

  test('are found below the liability account, page by page', () => {
    const rows = [
      { Id: '50', ParentRef: { value: '42' } },
      { Id: '60', ParentRef: { value: '7' } },
      { Id: '61' },
    ];
    const read = readSubAccounts({ QueryResponse: { Account: rows } }, account);
    expect(read).toEqual({ ids: ['50'], isLast: true });
    expect(liabilitiesRequest(2).query?.query).toContain('startposition 1001');
  });

  test('count with it, and at the start', () => {
    const reader = new LinesReader(below);
    reader.add(
      report(
        section('42', line('2026-02-01', '1', '', '10.00')),
        section('50', line('2026-02-01', '1', '', '5.00', ['Ada', '7'])),
      ),
    );
    expect(reader.read().entries).toMatchObject([
      {
        lines: [
          { account: 'owed', cents: 1000 },
          { account: 'owed', cents: 500, customerId: '7' },
        ],
      },
    ]);
    const opening = {
      Rows: {
        Row: [
          { ColData: [{ value: 'Liability', id: '42' }, { value: '' }, { value: '10.00' }] },
          { ColData: [{ value: 'Ada', id: '51' }, { value: '' }, { value: '2.50' }] },
        ],
      },
    };
    expect(readOpening(opening, below)).toMatchObject({ openingOwedCents: 1250 });
  });

  test('are asked for a hundred at a time, and a line that comes with both answers counts once', () => {
    const many = {
      ...account,
      subAccountIds: Array.from({ length: 150 }, (_, index) => String(1000 + index)),
    };
    const requests = linesRequests(many, account.startOn);
    expect(requests.map(({ query }) => query?.account?.split(',').length)).toEqual([100, 52]);
    const reader = new LinesReader(many);
    const both = report(section('1149', line('2026-01-01', '1', '', '5.00')));
    for (const request of requests) reader.add(both, request);
    expect(reader.read().entries).toMatchObject([{ lines: [{ cents: 500 }] }]);
  });
});
