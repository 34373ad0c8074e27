import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordEvent } from '../../src/db/event.js';
import { openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import type { Incoming, Next } from '../../src/domain/progress.js';
import { aBill, aParking } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { startFakeWorker, type FakeWorker } from '../support/workflow.js';
import { startApi, type Api } from './api.js';

const parked = aParking();

let worker: FakeWorker;
let api: Api;
let firmId: string;

beforeAll(async () => {
  // Every bill is parked until a person decides.
  const plan = ({ incoming }: { incoming: Incoming<unknown> }): Promise<Next> =>
    Promise.resolve(incoming.remedies.length > 0 ? { do: 'nothing' } : { do: 'park', parked });
  worker = await startFakeWorker({ advanceBill: plan, beginBill: plan });
  api = await startApi(worker.client);
});

beforeEach(() => {
  firmId = `firm-${randomUUID().slice(0, 8)}`;
});

afterAll(async () => {
  await api.close();
  await worker.stop();
});

const get = (url: string) => api.app.inject({ url, headers: api.headers });
const remedy = (payload: object, id = 'B1') =>
  api.app.inject({
    method: 'POST',
    url: `/v1/bill/${firmId}/${id}/remedies`,
    payload,
    headers: api.headers,
  });

describe('one aggregate', () => {
  test('shows what it waits for, refuses a wrong remedy with 409, and takes a right one', async () => {
    await worker.client.syncBill(aBill({ firmId, version: 3 }));
    await eventually(async () => {
      const status = (await get(`/v1/bill/${firmId}/B1/status`)).json<object>();
      expect(status).toMatchObject({ state: 'needs-attention', version: 3, parked });
    });
    const refused = await remedy({ action: 'adopt' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      error: 'remedy-refused',
      message: expect.stringContaining('does not help against') as string,
    });
    const taken = await remedy({ action: 'renumber', number: 'A-7', by: 'ada' });
    expect(taken.statusCode).toBe(200);
    expect(taken.json()).toMatchObject({ parkId: parked.parkId });
    await worker.temporal.workflow.getHandle(`bill:${firmId}:B1`).result();
  });

  test('that was never seen is a 404', async () => {
    for (const answer of [
      await get(`/v1/bill/${firmId}/B9/status`),
      await remedy({ action: 'retry' }, 'B9'),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ error: 'not-in-flight' });
    }
  });
});

describe('lists', () => {
  interface List {
    items: Record<string, unknown>[];
    next?: string;
  }
  const list = async (url: string) => (await get(url)).json<List>();

  beforeEach(async () => {
    await createFirm(api.db, firmId, 'Hale & Partners');
    for (const [id, fault] of [
      ['B1', 'no-lines'],
      ['B2', 'number-used-bill'],
      ['B3', 'number-used-bill'],
    ] as const) {
      const aggregate = { firmId, type: 'bill', id } as const;
      const parking = aParking({ parkId: `${firmId}-${id}`, fault });
      await openFault(api.db, { aggregate, workflowId: id, parked: parking, params: {}, evidence: {} });
      await recordEvent(api.db, aggregate, 'parked', { fault, parkId: parking.parkId });
      await recordEvent(api.db, aggregate, 'remedy', { action: 'retry', by: 'ada', parkId: parking.parkId });
    }
  });

  test('GET /v1/attention tells the causes, /items what each holds up', async () => {
    const causes = await list(`/v1/attention?firm=${firmId}`);
    expect(causes.items.map(({ cause, items }) => [cause, items])).toEqual([
      ['no-lines', 1],
      ['number-used-bill', 2],
    ]);
    const items = await list(`/v1/attention/items?firm=${firmId}&cause=number-used-bill`);
    expect(items.items.map(({ id }) => id)).toEqual(['B2', 'B3']);
    expect(await list('/v1/attention?firm=nobody')).toEqual({ items: [] });
  });

  test('GET /v1/sync-log filters by date, kind, state and cause, page by page', async () => {
    const ids = async (query: string) =>
      (await list(`/v1/sync-log?firm=${firmId}${query}`)).items.map(({ id, state }) => [state, id]);
    expect(await ids('&state=parked&cause=number-used-bill')).toEqual([
      ['parked', 'B3'],
      ['parked', 'B2'],
    ]);
    expect(await ids('&kind=payment')).toEqual([]);
    expect(await ids('&to=2020-01-01')).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await ids(`&from=${today}&to=${today}&limit=2`)).toEqual([
      ['remedy', 'B3'],
      ['parked', 'B3'],
    ]);
    const first = await list(`/v1/sync-log?firm=${firmId}&limit=4`);
    const rest = await list(`/v1/sync-log?firm=${firmId}&limit=4&after=${first.next ?? ''}`);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([4, 2, undefined]);
  });

  test('GET …/story tells of one item, and of a remedy what was seen', async () => {
    const { items } = await list(`/v1/bill/${firmId}/B1/story`);
    expect(items).toHaveLength(2);
    expect(items.find(({ entry }) => entry === 'event')).toMatchObject({
      kind: 'remedy',
      data: { by: 'ada' },
      seen: { fault: 'no-lines', cause: 'The number is taken.' },
    });
    expect(items.find(({ entry }) => entry === 'fault')).toMatchObject({ fault: 'no-lines', closedAt: null });
    const missing = await get(`/v1/bill/${firmId}/B9/story`);
    expect([missing.statusCode, missing.json<{ message: string }>().message]).toEqual([
      404,
      expect.stringContaining('Nothing is on record about bill "B9"'),
    ]);
  });

  test('GET /v1/unposted needs a firm', async () => {
    expect((await list(`/v1/unposted?firm=${firmId}`)).items).toEqual([]);
    expect((await get('/v1/unposted')).statusCode).toBe(400);
  });

  test.each([
    ['/v1/attention?firmm=x', /firmm/],
    ['/v1/attention?cause=nonsense', /docs\/remedies\.md/],
    ['/v1/attention/items?limit=0', /from 1 to 200/],
    ['/v1/attention/items?after=x', /"after" is not where a page/],
    ['/v1/sync-log', /firm/],
    ['/v1/sync-log?firm=x&from=yesterday', /a day such as 2026-11-22/],
    ['/v1/sync-log?firm=x&state=sent', /must be one of accepted/],
    ['/v1/cheque/x/B1/story', /must be one of bill/],
  ])('%s is refused with what would be right', async (url, message) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ message: string }>().message).toMatch(message);
  });

  test.each([
    '/v1/attention',
    '/v1/attention/items',
    '/v1/unposted',
    '/v1/sync-log',
    '/v1/bill/f/B1/story',
    '/v1/bill/f/B1/status',
    '/v1/firms/f',
  ])('%s needs the token', async (url) => {
    expect((await api.app.inject({ url })).statusCode).toBe(401);
  });
});
