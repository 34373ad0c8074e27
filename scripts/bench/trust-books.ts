import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays } from '../../src/domain/day.js';
import type { ReconciliationSize } from './reconciliation.js';

/** The day on which the account starts. */
export const BOOKS_START = '2025-01-01';
const DAYS = 360;

export interface ServedBooks {
  url: string;
  lastDay: string;
  /** Of the one entry that is not ours. */
  meddledId: string;
  close(): Promise<void>;
}

/**
 * QuickBooks' two reports over generated books, made line by line as they are asked for: the simulator would have to be
 * filled over HTTP for longer than all the rest takes.
 */
export async function serveTrustBooks(size: ReconciliationSize): Promise<ServedBooks> {
  const server = createServer((request, response) => answer(size, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lastDay: addDays(BOOKS_START, DAYS - 1),
    meddledId: MEDDLED.id,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const MEDDLED = { id: '99', day: 200, cents: -777, matter: 3 };

interface Posted {
  id: string;
  day: number;
  cents: number;
  matter: number;
}

/** The same as is in Postgres. */
function* posted({ transactions, matters }: ReconciliationSize): Generator<Posted> {
  yield MEDDLED;
  for (let n = 0; n < transactions; n += 1) {
    const sign = Math.floor(n / matters) % 5 === 4 ? -1 : 1;
    yield { id: String(100_000 + n), day: n % DAYS, cents: sign * (1000 + (n % 900)), matter: n % matters };
  }
}

const COLUMNS = ['tx_date', 'txn_type', 'doc_num', 'name', 'memo', 'debt_amt', 'credit_amt'].map((Value) => ({
  ColTitle: Value,
  ColType: 'String',
  MetaData: [{ Name: 'ColKey', Value }],
}));

function answer(size: ReconciliationSize, { url = '' }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  if (!pathname.endsWith('/GeneralLedger')) {
    response.end(JSON.stringify({ Header: { ReportName: 'TrialBalance' }, Rows: {} }));
    return;
  }
  const first = searchParams.get('start_date') ?? '';
  const last = searchParams.get('end_date') ?? '';
  response.write(`{"Columns":${JSON.stringify({ Column: COLUMNS })},"Rows":{"Row":[`);
  for (const account of ['41', '42']) {
    const header = { ColData: [{ value: account, id: account }] };
    response.write(
      `${account === '41' ? '' : ','}{"type":"Section","Header":${JSON.stringify(header)},"Rows":{"Row":[`,
    );
    let rows: string[] = [];
    let isFirst = true;
    for (const one of posted(size)) {
      const on = addDays(BOOKS_START, one.day);
      if (on < first || on > last) continue;
      rows.push(`${isFirst ? '' : ','}${JSON.stringify(row(one, on, account))}`);
      isFirst = false;
      if (rows.length < 2000) continue;
      response.write(rows.join(''));
      rows = [];
    }
    response.write(`${rows.join('')}]}}`);
  }
  response.end(']}}');
}

function row({ id, cents, matter }: Posted, on: string, account: string) {
  const amount = (Math.abs(cents) / 100).toFixed(2);
  const isDebit = cents > 0 === (account === '41');
  return {
    ColData: [
      { value: on },
      { value: 'Journal Entry', id },
      { value: `T-T${id}` },
      account === '42' ? { value: `Client ${matter}`, id: String(1000 + matter) } : { value: '' },
      { value: `Trust money of client ${matter}` },
      { value: isDebit ? amount : '' },
      { value: isDebit ? '' : amount },
    ],
    type: 'Data',
  };
}
