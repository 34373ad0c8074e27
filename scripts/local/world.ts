import { readFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrateToLatest } from '../../src/db/migrate.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/workflows/search-attribute.js';
import { localEnvironment, freshKey } from './environment.js';
import { findFreePort } from './free-port.js';
import { Client } from 'pg';
import { startPostgres, type Postgres } from './postgres.js';
import { startProcess, type LocalProcess } from './process.js';
import type { Progress } from './temporal-cli.js';
import { startTemporalDevServer, type TemporalServer } from './temporal-server.js';

/** Ports and keys of a world that outlive its processes, so that the next start goes on where this one stopped. */
interface Identity {
  ports: Record<'postgres' | 'grpc' | 'http' | 'metrics' | 'ui' | 'simulator' | 'server', number>;
  payloadKey: string;
  tokenKey: string;
}

/** The whole of Counterfoil and all that it talks to, each part a process of its own, as in production. */
export interface LocalWorld {
  env: Record<string, string>;
  postgres: Postgres;
  temporal: TemporalServer;
  simulator: LocalProcess;
  worker: LocalProcess;
  server: LocalProcess;
  simulatorUrl: string;
  serverUrl: string;
  logs: string;
  /** Ends everything in good order; what is on disk stays. */
  stop(): Promise<void>;
}

export interface LocalWorldOptions {
  /** Everything is kept below it. */
  dir: string;
  /** Told what is being started, for people who wait. */
  progress?: Progress;
  /** Without the Temporal UI. */
  headless?: boolean;
  /** What the worker process runs, instead of src/worker.ts. */
  workerScript?: string;
  /** Added to the environment of worker and server. */
  env?: Record<string, string>;
}

const READY_TIMEOUT_MS = 60_000;
const DATABASE = 'counterfoil';

export async function startLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  const { dir, progress = () => undefined } = options;
  const logs = join(dir, 'logs');
  await mkdir(logs, { recursive: true });
  const identity = await identityOf(dir);
  const { ports } = identity;
  const stops: (() => Promise<void>)[] = [];
  const started = <T extends { stop(): Promise<void> }>(part: T): T => {
    stops.unshift(() => part.stop());
    return part;
  };
  const stop = async () => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    progress('starting Postgres');
    const postgres = started(
      await startPostgres({
        dataDir: join(dir, 'postgres'),
        port: ports.postgres,
        persistent: true,
        own: true,
      }),
    );
    const databaseUrl = await ensureDatabase(postgres.url);
    await migrateToLatest(databaseUrl);
    progress('starting Temporal');
    const serverUrl = `http://127.0.0.1:${ports.server}`;
    const temporal = started(
      await startTemporalDevServer({
        dbFile: join(dir, 'temporal.db'),
        ports,
        searchAttributes: SEARCH_ATTRIBUTE_TYPES,
        headless: options.headless ?? false,
        codecEndpoint: `${serverUrl}/codec`,
        logFile: join(logs, 'temporal.log'),
        progress,
      }),
    );
    const simulatorUrl = `http://127.0.0.1:${ports.simulator}`;
    const env = {
      ...localEnvironment({ databaseUrl, temporal, simulatorUrl, httpPort: ports.server, ...identity }),
      ...(temporal.uiUrl !== undefined && { COUNTERFOIL_CODEC_ORIGINS: origins(temporal.uiUrl) }),
      ...options.env,
    };
    progress('starting the simulator, the server and the worker');
    const run = async (name: string, script: string, args: string[], ready: RegExp) => {
      const logFile = join(logs, `${name}.log`);
      let from = 0;
      return started(
        await startProcess({
          name,
          command: process.execPath,
          args: ['--import', 'tsx', script, ...args],
          env,
          logFile,
          beforeStart: async () => {
            from = await sizeOf(logFile);
          },
          isReady: async () => ready.test((await readFile(logFile, 'utf8')).slice(from)),
          readyTimeoutMs: READY_TIMEOUT_MS,
        }),
      );
    };
    const simulatorArgs = [
      ...['--port', String(ports.simulator), '--seed', 'law-firm', '--name-latency', '0'],
      ...['--state', join(dir, 'simulator.state')],
    ];
    const simulator = await run('simulator', 'scripts/simulator.ts', simulatorArgs, /"ready":true/);
    const server = await run('server', 'src/server.ts', [], /server ready/);
    const worker = await run('worker', options.workerScript ?? 'src/worker.ts', [], /worker ready/);
    return { env, postgres, temporal, simulator, server, worker, simulatorUrl, serverUrl, logs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const PORTS = ['postgres', 'grpc', 'http', 'metrics', 'ui', 'simulator', 'server'] as const;

/** Chosen once and kept, so that links in a browser and rows in Postgres stay true over a restart. */
async function identityOf(dir: string): Promise<Identity> {
  const file = join(dir, 'identity.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Identity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const ports = {} as Identity['ports'];
  for (const name of PORTS) ports[name] = await findFreePort();
  const identity: Identity = { ports, payloadKey: freshKey(), tokenKey: freshKey() };
  await writeFile(file, JSON.stringify(identity, null, 2), { mode: 0o600 });
  return identity;
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return new URL(`/${DATABASE}`, adminUrl).href;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** The UI is opened under either name of this machine. */
const origins = (uiUrl: string): string => `${uiUrl},${uiUrl.replace('127.0.0.1', 'localhost')}`;
