import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { Client as PostgresClient } from 'pg';
import { bundleWorkflows } from '../../src/bundle.js';
import { CounterfoilClient } from '../../src/client.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import { readConfig, type Config } from '../../src/config.js';
import { migrateToLatest } from '../../src/db/migrate.js';
import { createLogger, temporalLogger } from '../../src/log.js';
import { runtimeOptions } from '../../src/metric.js';
import { startServer } from '../../src/server.js';
import { startWorker } from '../../src/worker.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/workflows/search-attribute.js';
import { freshKey, localEnvironment } from '../local/environment.js';
import { findFreePort } from '../local/free-port.js';
import { startPostgres } from '../local/postgres.js';
import { startProcess } from '../local/process.js';
import type { Progress } from '../local/temporal-cli.js';
import { startTemporalOnPostgres } from '../local/temporal-production.js';
import { startTemporalDevServer } from '../local/temporal-server.js';
import { startBareWorker } from './bare.js';
import { createFirm, type BenchFirm } from './firm.js';

export type ServerKind = 'sqlite' | 'postgres';

/** A worker with its own task queues, and the client that feeds it. */
export interface Lane {
  client: CounterfoilClient;
  limits: Config['limits'];
}

export interface BenchWorld {
  temporal: Client;
  databaseUrl: string;
  simulatorUrl: string;
  /** Limits raised out of the way, for what is compared with the bare workflow, which has none. */
  open: Lane;
  /** Production's limits per company, and a worker that is a process of its own, as in production. */
  paced: Lane;
  /** Every statement of the open lane's worker, one round trip to Postgres each. */
  statements: string[];
  firm(options?: { latencyMs?: number }): Promise<BenchFirm>;
  close(): Promise<void>;
}

/** Enough for any of the comparisons; one company's calls are still counted and leased as in production. */
export const RAISED_LIMITS = { perMinute: 60_000, perSecond: 1000, atOnce: 40 };

const READY_TIMEOUT_MS = 60_000;
const DATABASE = 'counterfoil';

/** Starts all parts on 127.0.0.1 in a folder that `close` removes. What fails on the way is taken down again. */
export async function startBenchWorld(server: ServerKind, progress: Progress): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));
  const stops: (() => Promise<void>)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  ];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    progress('Starting Postgres, Temporal and the simulator');
    const places = await startPlaces(folder, server, progress, stops);
    progress('Starting the workers');
    return { ...(await startOurs(places, join(folder, 'worker.log'), stops)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Places {
  databaseUrl: string;
  temporal: { address: string; namespace: string };
  simulatorUrl: string;
}

type Stops = (() => Promise<void>)[];

async function startPlaces(
  folder: string,
  server: ServerKind,
  progress: Progress,
  stops: Stops,
): Promise<Places> {
  // Flushed to disk as in production, although the folder does not outlive the run.
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    persistent: false,
    fsync: true,
    own: true,
  });
  stops.push(() => postgres.dispose());
  const databaseUrl = await createDatabase(postgres.url);
  await migrateToLatest(databaseUrl);
  const common = {
    searchAttributes: SEARCH_ATTRIBUTE_TYPES,
    logFile: join(folder, 'temporal.log'),
    progress,
  };
  const temporal =
    server === 'postgres'
      ? await startTemporalOnPostgres({ ...common, postgresUrl: postgres.url })
      : await startTemporalDevServer({ ...common, dbFile: join(folder, 'temporal.db'), headless: true });
  stops.push(() => temporal.stop());
  const port = await findFreePort();
  const simulatorUrl = `http://127.0.0.1:${port}`;
  const simulator = await startProcess({
    name: 'simulator',
    command: process.execPath,
    args: ['--import', 'tsx', SIMULATOR, '--port', String(port), '--seed', 'law-firm', '--name-latency', '0'],
    logFile: join(folder, 'simulator.log'),
    isReady: async () => (await fetch(`${simulatorUrl}/_control/switches`)).ok,
    readyTimeoutMs: READY_TIMEOUT_MS,
  });
  stops.push(() => simulator.stop());
  return { databaseUrl, temporal, simulatorUrl };
}

const SIMULATOR = fileURLToPath(new URL('../simulator.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('../../src/worker.ts', import.meta.url));

async function createDatabase(adminUrl: string): Promise<string> {
  const client = new PostgresClient({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return new URL(`/${DATABASE}`, adminUrl).href;
}

async function startOurs(
  places: Places,
  workerLog: string,
  stops: Stops,
): Promise<Omit<BenchWorld, 'close'>> {
  const secrets = { payloadKey: freshKey(), tokenKey: freshKey() };
  const environmentOf = (suffix: string) => localEnvironment({ ...places, ...secrets, suffix });
  const quiet = { COUNTERFOIL_LOG_LEVEL: 'error', COUNTERFOIL_LOG_FORMAT: 'text' };
  const open: Config = { ...readConfig({ ...environmentOf('-open'), ...quiet }), limits: RAISED_LIMITS };
  const paced = readConfig(environmentOf('-paced'));
  const log = createLogger('bench', open.log);
  Runtime.install(runtimeOptions(log, open.metrics));
  const started = <P extends { stop(): Promise<void> }>(part: P): P => {
    stops.push(() => part.stop());
    return part;
  };
  const workflowBundle = await bundleWorkflows(temporalLogger(log));
  const statements: string[] = [];
  started(await startWorker(open, { workflowBundle, onQuery: (sql) => statements.push(sql) }));
  started(
    await startProcess({
      name: 'worker',
      command: process.execPath,
      args: ['--import', 'tsx', WORKER],
      env: environmentOf('-paced'),
      logFile: workerLog,
      isReady: async () => (await readFile(workerLog, 'utf8')).includes('worker ready'),
      readyTimeoutMs: READY_TIMEOUT_MS,
    }),
  );
  started(await startBareWorker(open, temporalLogger(log)));
  const server = await startServer(open);
  stops.push(() => server.close());
  const lane = async (config: Config): Promise<Lane> => {
    const client = await CounterfoilClient.connect(config);
    stops.push(() => client.close());
    return { client, limits: config.limits };
  };
  const connection = await Connection.connect({ address: places.temporal.address });
  stops.push(() => connection.close());
  const { simulatorUrl, databaseUrl } = places;
  const office = { serverUrl: server.url, apiToken: open.http.apiToken.reveal() };
  return {
    temporal: new Client({
      connection,
      namespace: open.temporal.namespace,
      dataConverter: dataConverter(open.payloadKeyring),
    }),
    databaseUrl,
    simulatorUrl,
    open: await lane(open),
    paced: await lane(paced),
    statements,
    firm: (options) => createFirm(office, simulatorUrl, options),
  };
}
