import { Client, Connection } from '@temporalio/client';
import { CounterfoilClient } from '../../src/client.js';
import { readClientConfig } from '../../src/config.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import { openDatabase } from '../../src/db/database.js';
import { callApi, connectFirm } from '../local/office.js';
import { SimulatorControl } from '../local/simulator-control.js';
import type { Progress } from '../local/temporal-cli.js';
import { startLocalWorld } from '../local/world.js';
import type { Stage } from './stage.js';

/** Production's clocks for people are too slow for a storm of minutes; everything else is as in production. */
const HURRY = {
  COUNTERFOIL_THROTTLE_PAUSE: '1s',
  COUNTERFOIL_OUTAGE_FAST: '2s',
  COUNTERFOIL_OUTAGE_RETRY: '1s',
  COUNTERFOIL_ABSENCE_SETTLE: '2m',
  COUNTERFOIL_LIMIT_PER_MINUTE: '500',
};

const realmOf = (index: number): string => `9140${String(index).padStart(12, '0')}`;

/** Every part a process of its own, so that the worker can be killed as a machine's failure would. */
export async function openStage(options: {
  dir: string;
  firms: number;
  progress: Progress;
  env?: Record<string, string>;
}): Promise<Stage & { close(): Promise<void> }> {
  const { dir, progress } = options;
  const world = await startLocalWorld({ dir, progress, headless: true, env: { ...HURRY, ...options.env } });
  const config = readClientConfig(world.env);
  const client = await CounterfoilClient.connect(config);
  const connection = await Connection.connect({ address: world.temporal.address });
  const temporal = new Client({
    connection,
    namespace: world.temporal.namespace,
    dataConverter: dataConverter(config.payloadKeyring),
  });
  const db = openDatabase({ url: world.env.DATABASE_URL ?? '', maxConnections: 5 });
  const office = { serverUrl: world.serverUrl, apiToken: world.env.COUNTERFOIL_API_TOKEN ?? '' };
  const firms = [];
  for (let index = 0; index < options.firms; index += 1) {
    const qbo = new SimulatorControl(world.simulatorUrl, realmOf(index));
    await qbo.createCompany();
    firms.push(await connectFirm({ ...office, qbo }, `firm-${index + 1}`, {}));
  }
  return {
    client,
    db,
    temporal,
    firms,
    call: (method, path, body) => callApi(office, method, path, body),
    progress,
    async killWorker() {
      await world.worker.kill();
      await world.worker.restart();
    },
    async close() {
      await client.close();
      await connection.close();
      await db.destroy();
      await world.stop();
    },
  };
}
