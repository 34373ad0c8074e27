import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, expect, test } from 'vitest';
import { isListening } from '../../scripts/local/temporal-readiness.js';
import { startTemporalDevServer, type TemporalServer } from '../../scripts/local/temporal-server.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('temporal');
const logFile = join(folder, 'temporal.log');
const searchAttributes = { FirmId: 'Keyword' } as const;
const servers: TemporalServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(
  options: Partial<Parameters<typeof startTemporalDevServer>[0]>,
): Promise<TemporalServer> {
  const server = await startTemporalDevServer({ searchAttributes, logFile, headless: true, ...options });
  servers.push(server);
  return server;
}

async function withClient<T>(server: TemporalServer, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await work(new Client({ connection, namespace: server.namespace }));
  } finally {
    await connection.close();
  }
}

test('an outage: killed, it comes back at the same address with what it had accepted', async () => {
  const server = await start({ dbFile: join(folder, 'outage.db') });
  const { address } = server;
  const accepted = { workflowId: 'accepted', taskQueue: 'nobody', args: [] };
  await withClient(server, (client) => client.workflow.start('bill', accepted));
  await server.kill();
  expect(await isListening(address)).toBe(false);
  await server.restart();
  expect(server.address).toBe(address);
  const { type } = await withClient(server, (client) => client.workflow.getHandle('accepted').describe());
  expect(type).toBe('bill');
});

test('a database of an earlier version of the program gets the search attributes of today', async () => {
  const dbFile = join(folder, 'older.db');
  await (await start({ dbFile })).stop();
  const server = await start({ dbFile, searchAttributes: { ...searchAttributes, SyncState: 'Keyword' } });
  const connection = await Connection.connect({ address: server.address });
  const { namespace } = server;
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  await connection.close();
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['FirmId', 'SyncState']));
});

test('the web UI is served, in a namespace of our choice', async () => {
  const server = await start({
    headless: false,
    namespace: 'counterfoil',
    codecEndpoint: 'http://127.0.0.1:9/codec',
  });
  const settings = (await (await fetch(`${server.uiUrl ?? ''}/api/v1/settings`)).json()) as Record<
    string,
    unknown
  >;
  expect(settings).toMatchObject({ Codec: { Endpoint: 'http://127.0.0.1:9/codec' } });
  await withClient(server, async (client) => {
    expect(await client.workflow.count()).toMatchObject({ count: 0 });
  });
});

test('dynamic configuration reaches the server', async () => {
  const server = await start({ dynamicConfig: { 'limit.maxIDLength': 10 } });
  await expect(
    withClient(server, (client) =>
      client.workflow.start('bill', { workflowId: 'longer-than-ten', taskQueue: 'nobody', args: [] }),
    ),
  ).rejects.toThrow();
});
