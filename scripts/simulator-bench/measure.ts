import { performance } from 'node:perf_hooks';
import { Client } from './client.js';
import { type Usage, startBareServer, startSimulator } from './process.js';

const REALM = '9130357849300000';
const COMPANY = `/v3/company/${REALM}`;
const CUSTOMERS = 500;
/** The customer, the date and the numbers that are asked for have so many invoices at every size. */
const PROBES = 10;
const PROBE_DATE = '2025-06-30';
const BARE_CALLS = 5000;
const REPEATS = 15;

export interface Step {
  readonly invoices: number;
  readonly perSecond: number;
  readonly serverMs: number;
  readonly clientMs: number;
  readonly heapMb: number;
  readonly rssMb: number;
  /** Milliseconds of the query by each property, the median of some. */
  readonly queriesMs: Readonly<Record<string, number>>;
}

interface Spent {
  readonly wallMs: number;
  readonly serverMs: number;
  readonly clientMs: number;
  readonly usage: Usage;
}

/** CPU time is what a busy machine leaves comparable; the wall is what a caller waits for. */
async function spend(client: Client, usagePath: string, work: () => Promise<void>): Promise<Spent> {
  const usage = async (): Promise<Usage> => (await client.json('GET', usagePath)) as unknown as Usage;
  const before = await usage();
  const ownBefore = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(ownBefore);
  const after = await usage();
  return { wallMs, serverMs: after.cpuMs - before.cpuMs, clientMs: (user + system) / 1000, usage: after };
}

/** Milliseconds of wall and of server CPU that a call costs which does nothing. */
export async function measureBare(): Promise<{ wallMs: number; serverMs: number }> {
  const server = await startBareServer();
  const client = new Client(server.url);
  const body = 'y'.repeat(500);
  const round = async (): Promise<void> => {
    for (let call = 0; call < BARE_CALLS; call += 1) await client.send('POST', '/', body);
  };
  await round();
  const { wallMs, serverMs } = await spend(client, '/usage', round);
  await client.close();
  await server.stop();
  return { wallMs: wallMs / BARE_CALLS, serverMs: serverMs / BARE_CALLS };
}

function invoice(number: number, customerId: string, date: string): unknown {
  const fee = (Amount: number, more = {}): unknown => ({
    Amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: '2' }, ...more },
  });
  const CustomerRef = { value: customerId };
  const lines = [fee(250, { Qty: 2, UnitPrice: 125 }), fee(12.5)];
  return { DocNumber: `B-${number}`, CustomerRef, TxnDate: date, Line: lines };
}

function dateOf(number: number): string {
  return new Date(Date.UTC(2026, 0, 1 + (number % 300))).toISOString().slice(0, 10);
}

async function makeCustomers(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < CUSTOMERS; number += 1) {
    const { Customer } = await client.json('POST', `${COMPANY}/customer`, {
      DisplayName: `Client ${number}`,
    });
    ids.push((Customer as { Id: string }).Id);
  }
  return ids;
}

function questions(invoices: number, probeId: string, sinceIso: string): Record<string, string> {
  const page = `MAXRESULTS ${PROBES}`;
  return {
    DocNumber: `DocNumber = 'B-${invoices >> 1}'`,
    CustomerRef: `CustomerRef = '${probeId}'`,
    TxnDate: `TxnDate >= '2025-01-01' AND TxnDate <= '${PROBE_DATE}'`,
    CreateTime: `MetaData.CreateTime >= '${sinceIso}' ORDERBY MetaData.CreateTime DESC ${page}`,
    LastUpdatedTime: `MetaData.LastUpdatedTime >= '${sinceIso}' ${page}`,
  };
}

async function ask(client: Client, statement: string): Promise<number> {
  const path = `${COMPANY}/query?query=${encodeURIComponent(`select * from Invoice where ${statement}`)}`;
  const tookMs: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const startedMs = performance.now();
    const { QueryResponse } = await client.json('GET', path);
    tookMs.push(performance.now() - startedMs);
    if (Object.keys(QueryResponse as object).length === 0) throw new Error(`nothing matches ${statement}`);
  }
  return tookMs.sort((left, right) => left - right)[REPEATS >> 1] ?? 0;
}

/** Fills one company, each invoice by a call of its own, and gives the figures of every step as it is done. */
export async function* fill(total: number, stepSize: number): AsyncGenerator<Step> {
  const server = await startSimulator();
  const setup = new Client(server.url);
  const token = await setup.json('POST', `/_control/companies/${REALM}/connect`);
  await setup.close();
  const client = new Client(server.url, {
    authorization: `Bearer ${String(token['access_token'])}`,
    accept: 'application/json',
    'content-type': 'application/json',
  });
  try {
    const [probeId = '', ...customers] = await makeCustomers(client);
    let made = 0;
    const make = async (customerId: string, date: string): Promise<void> => {
      await client.json('POST', `${COMPANY}/invoice?requestid=r${made}`, invoice(made, customerId, date));
      made += 1;
    };
    while (made < PROBES) await make(probeId, PROBE_DATE);
    while (made < total) {
      const target = Math.min(total, made - (made % stepSize) + stepSize);
      const count = target - made;
      const spent = await spend(client, '/_control/usage', async () => {
        while (made < target) await make(customers[made % customers.length] ?? probeId, dateOf(made));
      });
      const queriesMs: Record<string, number> = {};
      const sinceIso = new Date(Date.now() - 1000).toISOString();
      for (const [name, statement] of Object.entries(questions(made, probeId, sinceIso)))
        queriesMs[name] = await ask(client, statement);
      yield {
        invoices: made,
        perSecond: (count / spent.wallMs) * 1000,
        serverMs: spent.serverMs / count,
        clientMs: spent.clientMs / count,
        heapMb: spent.usage.heapBytes / 1e6,
        rssMb: spent.usage.rssBytes / 1e6,
        queriesMs,
      };
    }
  } finally {
    await client.close();
    await server.stop();
  }
}
