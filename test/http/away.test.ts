import { Client, Connection } from '@temporalio/client';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import { findFreePort } from '../../scripts/local/free-port.js';
import { aBill } from '../support/builder.js';
import { startApi, type Api } from './api.js';

/** Temporal behind an address where nobody listens, and behind one that takes connections and says nothing. */
const TIMEOUT_MS = 2000;

let mute: Server;
beforeAll(async () => {
  mute = createServer();
  await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
});
afterAll(() => mute.close());

describe.each(['refuses', 'is mute'])('where Temporal %s', (how) => {
  let api: Api;
  let client: CounterfoilClient;
  beforeAll(async () => {
    const port = how === 'refuses' ? await findFreePort() : (mute.address() as AddressInfo).port;
    const temporal = new Client({ connection: Connection.lazy({ address: `127.0.0.1:${port}` }) });
    client = new CounterfoilClient(temporal, 'queue', TIMEOUT_MS);
    api = await startApi(client);
  });
  afterAll(async () => {
    await api.close();
    await client.close();
  });

  test.each([
    ['POST', '/v1/bills', aBill()],
    ['POST', '/v1/bill/firm-1/B1/remedies', { action: 'retry' }],
    ['GET', '/v1/bill/firm-1/B1/status', undefined],
    ['GET', '/readyz', undefined],
  ] as const)('%s %s is refused in time, with what to do', async (method, url, payload) => {
    const startedAt = performance.now();
    const { headers } = api;
    const answer = await api.app.inject({ method, url, headers, ...(payload && { payload }) });
    expect(answer.statusCode).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + 3000);
    expect(answer.json<{ message: string }>().message).toMatch(
      /Send it again later|Not ready: temporal|look at the item/,
    );
  });
});
