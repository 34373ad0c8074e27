import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import type { Next } from '../../src/domain/progress.js';
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
  worker = await startFakeWorker({
    advanceBill: ({ incoming }) => {
      const next: Next = incoming.remedies.length > 0 ? { do: 'nothing' } : { do: 'park', parked };
      return Promise.resolve(next);
    },
  });
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

describe('GET /v1/attention', () => {
  test('lists what is open, of one firm and one fault', async () => {
    await createFirm(api.db, firmId, 'Hale & Partners');
    for (const [id, fault] of [
      ['B1', 'no-lines'],
      ['B2', 'number-used-bill'],
    ] as const) {
      const aggregate = { firmId, type: 'bill', id } as const;
      const parking = aParking({ parkId: `${firmId}-${id}`, fault });
      await openFault(api.db, { aggregate, workflowId: id, parked: parking, params: {}, evidence: {} });
    }
    const ids = async (query: string) =>
      (await get(`/v1/attention${query}`))
        .json<{ faults: { ref: { id: string } }[] }>()
        .faults.map(({ ref }) => ref.id);
    expect((await ids(`?firm=${firmId}`)).sort()).toEqual(['B1', 'B2']);
    expect(await ids(`?firm=${firmId}&fault=no-lines`)).toEqual(['B1']);
    expect(await ids('?firm=nobody')).toEqual([]);
  });

  test.each(['/v1/attention', '/v1/bill/f/B1/status', '/v1/firms/f'])('%s needs the token', async (url) => {
    expect((await api.app.inject({ url })).statusCode).toBe(401);
  });
});
