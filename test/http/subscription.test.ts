import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import { createFirm } from '../../src/db/firm.js';
import { startApi, type Api } from './api.js';

let api: Api;
let client: CounterfoilClient;
let firmId: string;

beforeAll(async () => {
  const temporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
  client = new CounterfoilClient(temporal, 'queue');
  api = await startApi(client);
});
beforeEach(async () => {
  firmId = `firm-${randomUUID().slice(0, 8)}`;
  await createFirm(api.db, firmId, 'Hale & Partners');
});
afterAll(async () => {
  await api.close();
  await client.close();
});

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
  api.app.inject({ method, url, headers: api.headers, ...(payload && { payload }) });
const webhook = (over: object = {}) => ({
  firmId,
  person: 'Kim',
  channel: 'webhook',
  address: 'https://ops.example/hook',
  ...over,
});

test('somebody subscribes, is listed without the secret, and ends it', async () => {
  const added = await call('POST', '/v1/subscriptions', webhook({ causes: ['qbo-unreachable'] }));
  const { subscriptionId, secret } = added.json<{ subscriptionId: string; secret: string }>();
  expect([added.statusCode, secret]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
  const list = async () =>
    (await call('GET', `/v1/subscriptions?firm=${firmId}`)).json<{ items: object[] }>().items;
  expect(await list()).toEqual([
    { ...webhook(), causes: ['qbo-unreachable'], subscriptionId, createdAt: expect.any(String) },
  ]);
  const again = await call('POST', '/v1/subscriptions', webhook());
  expect([again.statusCode, again.json()]).toEqual([
    409,
    expect.objectContaining({ error: 'subscription-refused' }),
  ]);
  const path = `/v1/subscriptions/${subscriptionId}`;
  expect((await call('DELETE', path)).statusCode).toBe(400);
  expect((await call('DELETE', `${path}?by=Kim`)).statusCode).toBe(200);
  expect((await call('DELETE', `${path}?by=Kim`)).statusCode).toBe(404);
  expect(await list()).toEqual([]);
});

test.each<[string, object, number, RegExp]>([
  ['an address without TLS', { address: 'http://ops.example/hook' }, 400, /begins with https:\/\//],
  ['a password in the address', { address: 'https://kim:secret@ops.example/' }, 400, /without a user name/],
  ['no such channel', { channel: 'fax' }, 400, /must be email or webhook/],
  ['no e-mail address', { channel: 'email', address: 'kim' }, 400, /must be an e-mail address/],
  ['a cause that is none', { causes: ['nonsense'] }, 400, /cause of docs\/remedies\.md/],
  ['a cause that heals by itself', { causes: ['service-unavailable'] }, 400, /heals by itself/],
  ['no cause', { causes: [] }, 400, /leave it out for all/],
  ['a field that is unknown', { secret: 'x' }, 400, /secret/],
  ['an unknown firm', { firmId: 'nobody' }, 404, /There is no firm "nobody"/],
  ['no mail server', { channel: 'email', address: 'kim@example.com' }, 409, /COUNTERFOIL_SMTP_URL/],
])('%s is refused with what would be right', async (_title, over, status, message) => {
  const answer = await call('POST', '/v1/subscriptions', webhook(over));
  expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([
    status,
    expect.stringMatching(message),
  ]);
});

test('this machine may be told without TLS', async () => {
  const answer = await call('POST', '/v1/subscriptions', webhook({ address: 'http://127.0.0.1:9000/hook' }));
  expect(answer.statusCode).toBe(201);
});

test('it needs the token', async () => {
  expect((await api.app.inject({ url: '/v1/subscriptions' })).statusCode).toBe(401);
});
