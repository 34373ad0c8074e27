import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { type Json, REALM, at, feeLine } from './company.js';
import { checkAgainstSchema } from './schema.js';

const SECOND_REALM = '9130357849300777';
const BASIC = `Basic ${Buffer.from('test-client:test-secret').toString('base64')}`;

/** One caller of one simulator. Its token and what it learnt can be carried to another. */
class Caller {
  constructor(
    readonly url: string,
    public token = '',
  ) {}

  async send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const headers = { authorization: `Bearer ${this.token}`, accept: 'application/json' };
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.url}${path}`, init);
    return { status: response.status, text: await response.text() };
  }

  control(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    return this.send(method, `/_control/${path}`, body);
  }

  async data(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const reply = await this.send(method, `/v3/company/${REALM}${path}`, body);
    if (reply.text.startsWith('{')) checkAgainstSchema(JSON.parse(reply.text) as Json);
    return reply;
  }

  async make(entity: string, fields: Json, params = ''): Promise<Json> {
    const { status, text } = await this.data('POST', `/${entity.toLowerCase()}${params}`, fields);
    expect(text).toContain(`"${entity}"`);
    expect(status).toBe(200);
    return (JSON.parse(text) as Json)[entity] as Json;
  }

  async refresh(refreshToken: string): Promise<{ status: number; json: Json }> {
    const response = await fetch(`${this.url}/oauth2/v1/tokens/bearer`, {
      method: 'POST',
      headers: { authorization: BASIC },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    return { status: response.status, json: (await response.json()) as Json };
  }

  async connect(): Promise<void> {
    const { text } = await this.control('POST', `companies/${REALM}/connect`);
    this.token = (JSON.parse(text) as Json)['access_token'] as string;
  }

  async state(): Promise<Json> {
    return JSON.parse((await this.control('GET', 'state')).text) as Json;
  }

  async committed(): Promise<unknown> {
    const { text } = await this.control('GET', `counts?realm=${REALM}`);
    return (JSON.parse(text) as Json)['committed'];
  }

  /** Every answer that does not change anything, in the words of the wire. */
  async everything(): Promise<string[]> {
    const kinds = ['Customer', 'Invoice', 'Payment', 'CreditMemo', 'Account', 'Item', 'JournalEntry'];
    const statements = [
      ...kinds.map((kind) => `select * from ${kind}`),
      "select * from Invoice where DocNumber = 'SAME'",
      "select * from Invoice where TxnDate = '2026-05-01'",
    ];
    const paths = [
      ...statements.map((statement) => `/query?query=${encodeURIComponent(statement)}`),
      `/cdc?entities=${kinds.join(',')}&changedSince=2026-04-20`,
      '/preferences',
      `/companyinfo/${REALM}`,
    ];
    const answers = paths.map(async (path) => (await this.data('GET', path)).text);
    const controls = ['switches', 'clock', 'companies', `companies/${REALM}/ledger`].map(
      async (path) => (await this.control('GET', path)).text,
    );
    return Promise.all([...answers, ...controls]);
  }
}

interface Life {
  readonly oldRefresh: string;
  readonly newRefresh: string;
  readonly request: readonly [path: string, body: Json, answer: string];
}

/** What an office does in a busy week, with all that is hard to write down: order, deletion, changed accounts. */
async function live(caller: Caller): Promise<Life> {
  await caller.control('POST', 'clock', { freeze: '2026-05-01T12:00:00Z' });
  await caller.control('POST', 'switches', { requestIdRetentionMs: 86_400_000 });
  await caller.connect();
  // A new company makes the file be written anew; all that follows is appended to it.
  await caller.control('POST', 'companies', { realm: SECOND_REALM, seed: 'empty' });
  const preferences = { SalesFormsPrefs: { CustomTxnNumbers: false } };
  await caller.control('POST', `companies/${REALM}/preferences`, preferences);
  const client = (await caller.make('Customer', { DisplayName: 'Ada Byron' }))['Id'] as string;
  const bill = (fields: Json = {}): Json => ({
    CustomerRef: { value: client },
    Line: [feeLine(100)],
    ...fields,
  });
  const paying = (invoice: Json, amount: number): Json => ({
    Amount: amount,
    LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }],
  });
  const first = await caller.make('Invoice', bill(), '?requestid=forgotten');
  const second = await caller.make('Invoice', bill({ DocNumber: 'SAME' }));
  const gone = await caller.make('Invoice', bill());
  await caller.control('POST', 'clock', { advanceMs: 60_000 });
  const pay = { CustomerRef: { value: client }, TotalAmt: 50 };
  const payment = await caller.make('Payment', { ...pay, Line: [paying(first, 30)] });
  await caller.make('Payment', { ...pay, Line: [paying(first, 20), paying(second, 30)] });
  // Makes the older payment the last one that was linked, and the older invoice the last with this number.
  await caller.make('Payment', { ...pay, ...identityOf(payment), Line: [paying(first, 40)] });
  await caller.control('POST', `companies/${REALM}/objects/Invoice`, { Id: first['Id'], DocNumber: 'SAME' });
  await caller.make('Invoice', identityOf(gone), '?operation=delete');
  const memo = await caller.make('CreditMemo', bill({ Line: [feeLine(10)] }));
  const credit = { Amount: 10, LinkedTxn: [{ TxnId: memo['Id'], TxnType: 'CreditMemo' }] };
  await caller.make('Payment', { ...pay, TotalAmt: 0, Line: [paying(second, 10), credit] });
  const item = JSON.parse((await caller.data('GET', '/item/2')).text) as Json;
  const moved = { ...identityOf(item['Item'] as Json), sparse: true, IncomeAccountRef: { value: '5' } };
  await caller.make('Item', moved);
  await caller.control('POST', `companies/${SECOND_REALM}/status`, { status: 'read-only' });
  await caller.control('POST', `companies/${SECOND_REALM}/disconnect`, { reason: 'user-removed' });
  await caller.control('POST', `companies/${REALM}/forget-request-ids`);
  const path = '/invoice?requestid=once';
  const answer = (await caller.data('POST', path, bill())).text;
  const oldRefresh = (await caller.refresh('test-refresh-token')).json['refresh_token'] as string;
  const { json } = await caller.refresh(oldRefresh);
  return { oldRefresh, newRefresh: json['refresh_token'] as string, request: [path, bill(), answer] };
}

function identityOf(fields: Json): Json {
  return { Id: fields['Id'], SyncToken: fields['SyncToken'] };
}

let folder: string;
let running: { close(): Promise<void> }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-state-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

async function start(state?: string): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 'law-firm', ...(state === undefined ? {} : { state }) });
  running.push(simulator);
  return simulator;
}

/** A simulator that takes its state from the control door, or from a copy of the first one's file. */
async function successor(how: 'door' | 'journal', from: Caller, file: string): Promise<Caller> {
  if (how === 'journal') {
    const copy = join(folder, 'copy');
    writeFileSync(copy, readFileSync(file));
    return new Caller((await start(copy)).url, from.token);
  }
  const caller = new Caller((await start()).url, from.token);
  await caller.control('POST', 'switches', { paymentCustomer: 'same' });
  expect(await caller.control('PUT', 'state', await from.state())).toEqual({ status: 200, text: '{}' });
  return caller;
}

describe.each(['door', 'journal'] as const)('a simulator restored through the %s', (how) => {
  let original: Caller;
  let restored: Caller;
  let life: Life;

  beforeEach(async () => {
    const file = join(folder, 'state');
    original = new Caller((await start(file)).url);
    life = await live(original);
    restored = await successor(how, original, file);
  });

  it('answers everything the same, and has the same state', async () => {
    const answers = await original.everything();
    expect(answers.join()).toContain('"LinkedTxn":[{');
    expect(await restored.everything()).toEqual(answers);
    expect(await restored.state()).toEqual(await original.state());
  });

  it('remembers request ids, and commits nothing for them', async () => {
    const [path, body, answer] = life.request;
    expect((await restored.data('POST', path, body)).text).toBe(answer);
    expect(await restored.committed()).toBe(0);
  });

  it('knows the tokens, and which are no longer any', async () => {
    expect((await restored.data('GET', '/preferences')).status).toBe(200);
    expect((await restored.refresh(life.oldRefresh)).status).toBe(400);
    expect((await restored.refresh(life.newRefresh)).status).toBe(200);
  });

  it('goes on with the same ids and numbers', async () => {
    const [, body] = life.request;
    const next = await original.make('Invoice', body);
    expect(await restored.make('Invoice', body)).toEqual(next);
    expect((await restored.make('Customer', { DisplayName: 'New' }))['Id']).toBe(
      (await original.make('Customer', { DisplayName: 'New' }))['Id'],
    );
    expect((await restored.everything()).join()).toBe((await original.everything()).join());
  });
});

describe('PUT /_control/state', () => {
  const spoil = (state: Json, path: string, value: unknown): Json => {
    const copy = { state: structuredClone(state) };
    const names = `state.${path}`.split('.');
    const last = names.pop() ?? '';
    (at(copy, names.join('.')) as Json)[last] = value;
    return copy.state;
  };

  it.each([
    ['version', 2, 'state.version must be 1'],
    ['companies', {}, 'state.companies must be an array'],
    ['seed', 'nothing', 'there is no seed nothing'],
    ['clock', null, 'state.clock must be an object'],
    ['switches', { colour: 1 }, 'there is no switch colour'],
    ['oauth.grants', [], 'belongs to grant 0, which is not there'],
    ['companies.0.tables.Account.rows.0.syncToken', '0', 'Account.rows.0.syncToken must be a whole number'],
    ['companies.0.tables.Account.byChange', [], 'rows and byChange of Account'],
    ['companies.0.tables.Item.rows.0.entity', 'Account', 'lies among the Items'],
    ['companies.0.links', ['Payment:999'], 'has no Payment:999'],
    ['companies.0.ledger', [['Invoice:999', { date: '', entries: [] }]], 'has no Invoice:999'],
  ])('refuses a state with another %s', async (path, value, message) => {
    const caller = new Caller((await start()).url);
    const before = await caller.state();
    const { status, text } = await caller.control('PUT', 'state', spoil(before, path, value));
    expect(status).toBe(400);
    expect((JSON.parse(text) as Json)['error']).toContain(message);
    expect(await caller.state()).toEqual(before);
  });

  it('refuses books that do not balance', async () => {
    const caller = new Caller((await start()).url);
    await live(caller);
    const state = spoil(await caller.state(), 'companies.0.ledger.0.1.entries.0.cents', 1);
    const { status, text } = await caller.control('PUT', 'state', state);
    expect([status, text]).toEqual([400, expect.stringContaining('more debits than credits')]);
  });
});

describe('a state file', () => {
  it('takes the answer of GET /_control/state as it is', async () => {
    const caller = new Caller((await start()).url);
    await live(caller);
    const file = join(folder, 'state');
    writeFileSync(file, (await caller.control('GET', 'state')).text);
    expect(await new Caller((await start(file)).url).state()).toEqual(await caller.state());
  });

  it('follows a reset and a restore', async () => {
    const file = join(folder, 'state');
    const caller = new Caller((await start(file)).url);
    await live(caller);
    const lived = await caller.state();
    await caller.control('POST', 'reset', { seed: 'empty' });
    const reset = await successor('journal', caller, file);
    expect(await reset.state()).toEqual(await caller.state());
    await caller.control('PUT', 'state', { ...lived, companies: [] });
    expect((await (await successor('journal', caller, file)).state())['companies']).toEqual([]);
    await caller.control('PUT', 'state', lived);
    expect(await (await successor('journal', caller, file)).state()).toEqual(lived);
  });

  it('may end in half a line, which nobody was answered', async () => {
    const file = join(folder, 'state');
    const caller = new Caller((await start(file)).url);
    await live(caller);
    appendFileSync(file, '{"companies":[{"realm":"91303');
    const restored = await successor('journal', caller, file);
    expect(await restored.state()).toEqual(await caller.state());
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'hello\n'],
    ['no state', '{"version":1}\n'],
  ])('that holds %s is refused and left alone', async (_name, content) => {
    const file = join(folder, 'state');
    writeFileSync(file, content);
    await expect(start(file)).rejects.toThrow(`${file}, line 1, is not a simulator's state`);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('that is broken in the middle is refused and left alone', async () => {
    const file = join(folder, 'state');
    await live(new Caller((await start(file)).url));
    const broken = join(folder, 'broken');
    const content = readFileSync(file, 'utf8').replace('\n{"head"', '\n{"heat"').replace('"changes"', '"ch"');
    writeFileSync(broken, content);
    await expect(start(broken)).rejects.toThrow(/line \d+, is not a simulator's state: line.companies/);
    expect(readFileSync(broken, 'utf8')).toBe(content);
  });
});

/** A simulator as a process of its own. */
async function spawnSimulator(file: string): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--import', 'tsx', 'scripts/simulator.ts', '--port', '0', '--seed', 'law-firm'];
  const child = spawn(process.execPath, [...args, '--state', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push({ close: () => end(child, 'SIGKILL') });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

describe('a killed process', () => {
  it('has lost nothing that it answered, nor what it committed without an answer', async () => {
    const file = join(folder, 'state');
    const { child, url } = await spawnSimulator(file);
    const caller = new Caller(url);
    const [path, body] = (await live(caller)).request;
    await caller.control('POST', 'holds', { phase: 'after-commit', match: { requestid: 'held' } });
    const held = caller.data('POST', path.replace('once', 'held'), body).catch(() => 'cut');
    await caller.control('GET', 'holds/hold-1?wait=true');
    const state = await caller.state();
    const last = await caller.make('Customer', { DisplayName: 'Last Words' });
    await end(child, 'SIGKILL');
    expect(await held).toBe('cut');

    const again = await spawnSimulator(file);
    const after = new Caller(again.url, caller.token);
    const { text } = await after.data('GET', `/customer/${last['Id'] as string}`);
    expect((JSON.parse(text) as Json)['Customer']).toEqual(last);
    const replays = at(state, 'companies.0.replays') as [string, { answer: { value: Json } }][];
    const answer = replays.find(([key]) => key === 'held')?.[1].answer.value;
    const replay = await after.data('POST', path.replace('once', 'held'), body);
    expect(JSON.parse(replay.text)).toEqual(answer);
    expect(await after.committed()).toBe(0);
    await end(again.child, 'SIGTERM');
    expect(again.child.exitCode).toBe(0);
  });
});
