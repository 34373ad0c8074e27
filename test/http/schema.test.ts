import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.js';
import { startApi, type Api } from './api.js';

let temporal: TestTemporal;
let api: Api;
beforeAll(async () => {
  temporal = await connectTestTemporal();
  api = await startApi(new CounterfoilClient(temporal.client, 'nobody-polls-this'));
});
afterAll(async () => {
  await api.close();
  await temporal.close();
});

const get = (url: string, headers: Record<string, string> = api.headers) =>
  api.app.inject({ method: 'GET', url, headers });

describe('GET /v1/schemas/{name}', () => {
  test.each(['bill', 'payment', 'trust-transaction', 'trust-account', 'settings'])(
    'answers the schema of %s',
    async (name) => {
      const answer = await get(`/v1/schemas/${name}`);
      expect(answer.json()).toMatchObject({ $id: `urn:counterfoil:${name}`, type: 'object' });
    },
  );

  test.each(['nothing', 'toString'])('answers 404 to %s, with the names there are', async (name) => {
    const answer = await get(`/v1/schemas/${name}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json<{ message: string }>().message).toContain(
      'bill, payment, trust-transaction, trust-account, settings',
    );
  });

  test('wants the API token', async () => {
    expect((await get('/v1/schemas/bill', {})).statusCode).toBe(401);
  });
});

describe('PUT /v1/firms/{firmId}/settings', () => {
  const put = (payload: object) =>
    api.app.inject({ method: 'PUT', url: '/v1/firms/hale/settings', payload, headers: api.headers });

  test('refuses what cannot work, says what to do, and changes nothing', async () => {
    await api.app.inject({
      method: 'PUT',
      url: '/v1/firms/hale',
      payload: { name: 'Hale' },
      headers: api.headers,
    });
    const answer = await put({ prefix: 'X-', tax: 'codes' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      problems: [
        { field: 'taxCodes', rule: expect.stringContaining('choose a tax code') as string },
        { field: 'untaxedCode' },
      ],
    });
    const firm = await get('/v1/firms/hale');
    expect(firm.json()).toMatchObject({ settings: { prefix: '', items: {} } });
  });

  test('takes all of it, and null takes one back', async () => {
    await put({ items: { time: '1', 'write-off': '9' }, startOn: '2026-01-01', tax: 'summary' });
    const answer = await put({ startOn: null });
    expect(answer.json()).toEqual({
      settings: { prefix: '', items: { time: '1', 'write-off': '9' }, tax: 'summary' },
      settingsVersion: 3,
    });
  });
});
