import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at } from './company.js';
import { openBench } from './opened.js';

const COUNT = 'select count(*) from Invoice';

const bench = openBench();

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.control('POST', 'clock', { freeze: '2026-03-10T12:00:00Z' });
  await bench.connect();
});

const batchOf = (...items: Json[]): Json => ({ BatchItemRequest: items });

async function statuses(times: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < times; index += 1) all.push((await call()).status);
  return all;
}

describe('the limits by the clock', () => {
  it('are those of the second and of the minute', async () => {
    await bench.control('POST', 'switches', { rateLimits: true, requestsPerSecond: 2, requestsPerMinute: 3 });
    expect(await statuses(3, () => bench.query(COUNT))).toEqual([200, 200, 429]);
    await bench.control('POST', 'clock', { advanceMs: 1001 });
    expect(await statuses(2, () => bench.query(COUNT))).toEqual([200, 429]);
    await bench.control('POST', 'clock', { advanceMs: 60_000 });
    expect(await statuses(1, () => bench.query(COUNT))).toEqual([200]);
  });

  it('are tighter for batches, and a refused one counts for nothing', async () => {
    await bench.control('POST', 'switches', { rateLimits: true, requestsPerSecond: 4, batchesPerMinute: 2 });
    const batch = batchOf({ bId: '1', Query: COUNT });
    expect(await statuses(4, () => bench.post('/batch', batch))).toEqual([200, 200, 429, 429]);
    expect(await statuses(3, () => bench.query(COUNT))).toEqual([200, 200, 429]);
  });
});

it('limits how many calls of a company are under way at once', async () => {
  await bench.control('POST', 'switches', { concurrentRequests: 1 });
  const { json } = await bench.control('POST', 'holds', { match: { operation: 'query' } });
  const held = bench.query(COUNT);
  await bench.control('GET', `holds/${String(json['id'])}?wait=true`);
  expect((await bench.get('/companyinfo/1')).status).toBe(429);
  await bench.control('POST', `holds/${String(json['id'])}/release`);
  expect((await held).status).toBe(200);
  expect((await bench.get('/companyinfo/1')).status).toBe(200);
});

describe('the monthly allowance of reads', () => {
  const quota = async (): Promise<Json> => (await bench.control('GET', 'quota')).json;

  it('counts what succeeded, over all companies', async () => {
    await bench.query(COUNT);
    await bench.query('select nonsense');
    await bench.post('/batch', batchOf({ bId: '1', Query: COUNT }));
    await bench.make('Customer', { DisplayName: 'Ada' });
    expect(await quota()).toEqual({ month: '2026-03', used: 2, limit: null });
  });

  it('blocks reads when it is used up, and writes never', async () => {
    await bench.control('POST', 'switches', { meteredReadsPerMonth: 500_000 });
    await bench.control('POST', 'quota', { used: 499_999 });
    expect(await statuses(2, () => bench.query(COUNT))).toEqual([200, 429]);
    const refused = await bench.get('/customer/1');
    expect(at(refused.json, 'fault.error.0')).toMatchObject({ code: '3001' });
    expect(refused.text).toContain('monthly limit');
    const write = { bId: '1', operation: 'create', Customer: { DisplayName: 'Ada' } };
    expect((await bench.post('/batch', batchOf(write, { bId: '2', Query: COUNT }))).status).toBe(429);
    expect((await bench.post('/batch', batchOf(write))).status).toBe(200);
    await bench.control('POST', 'clock', { freeze: '2026-04-01T08:00:00Z' });
    await bench.connect();
    expect((await bench.query(COUNT)).status).toBe(200);
    expect(await quota()).toMatchObject({ month: '2026-04', used: 1 });
  });
});

it('takes null or a number for a limit, and nothing else', async () => {
  expect((await bench.control('POST', 'switches', { concurrentRequests: 'many' })).status).toBe(400);
  expect((await bench.control('POST', 'switches', { concurrentRequests: 3 })).json).toMatchObject({
    concurrentRequests: 3,
  });
  expect((await bench.control('POST', 'switches', { concurrentRequests: null })).status).toBe(200);
});
