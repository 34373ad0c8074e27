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
 * QuickBooks' two reports over generated books: the simulator would have to be filled over HTTP for longer than all the rest takes.
 */
export async function serveTrustBooks(size: ReconciliationSize): Promise<ServedBooks> {
  const rows = rowsByDay(size);
  const server = createServer((request, response) => answer(rows, request, response));
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

/** The rows of each account by day, made before anybody asks: that time is QuickBooks' own. */
function rowsByDay(size: ReconciliationSize): Record<'41' | '42', string[]> {
  const days = Array.from({ length: DAYS }, (_, day) => addDays(BOOKS_START, day));
  const rows = { '41': days.map(() => ''), '42': days.map(() => '') };
  for (const one of posted(size)) {
    const on = days[one.day] ?? '';
    for (const account of ['41', '42'] as const) {
      const before = rows[account][one.day] ?? '';
      rows[account][one.day] = `${before},${JSON.stringify(row(one, on, account))}`;
    }
  }
  return rows;
}

function answer(
  rows: ReturnType<typeof rowsByDay>,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  response.setHeader('content-type', 'application/json');
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  if (!pathname.endsWith('/GeneralLedger')) {
    response.end(JSON.stringify({ Header: { ReportName: 'TrialBalance' }, Rows: {} }));
    return;
  }
  const dayOf = (name: string) =>
    (Date.parse(searchParams.get(name) ?? '') - Date.parse(BOOKS_START)) / 86_400_000;
  const sections = (['41', '42'] as const).map((account) => {
    const header = JSON.stringify({ ColData: [{ value: account, id: account }] });
    const shown = rows[account].slice(dayOf('start_date'), dayOf('end_date') + 1).join('');
    return `{"type":"Section","Header":${header},"Rows":{"Row":[${shown.slice(1)}]}}`;
  });
  const columns = JSON.stringify({ Column: COLUMNS });
  response.end(`{"Columns":${columns},"Rows":{"Row":[${sections.join(',')}]}}`);
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
