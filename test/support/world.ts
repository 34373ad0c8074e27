import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { CounterfoilClient } from '../../src/client.js';
import type { Config } from '../../src/config.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { workflowId } from '../../src/workflows/messages.js';
import type { Deps } from '../../src/activities/deps.js';
import type { FirmSettings } from '../../src/domain/firm.js';
import { SCHEDULES } from '../../src/schedule.js';
import { startServer, type RunningServer } from '../../src/server.js';
import { startWorker, type RunningWorker } from '../../src/worker.js';
import { localEnvironment } from '../../scripts/local/environment.js';
import { workflowBundle as workflowBundleOfTheRun } from './bundle.js';
import { quickConfig } from './config.js';
import { createTestDatabase } from './postgres.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { callApi, connectFirm, type ConnectedFirm } from '../../scripts/local/office.js';
import { runTemporalCli } from './temporal-cli.js';

export interface World {
  config: Config;
  env: Record<string, string>;
  db: Database;
  client: CounterfoilClient;
  simulator: Simulator;
  server: RunningServer;
  /** A firm of its own, connected through the OAuth code flow to a company of its own. */
  firm(settings?: Partial<FirmSettings>, seed?: string): Promise<TestFirm>;
  /** Connects one that nobody has set up yet. */
  connect(firm: Pick<TestFirm, 'firmId' | 'qbo'>, settings?: Partial<FirmSettings>): Promise<TestFirm>;
  /** One that a billing app knows of and nobody has set up yet. */
  unconnectedFirm(seed?: string): Promise<TestFirm>;
  temporal: Client;
  /** Temporal's own handle of an aggregate's workflow. */
  handle(ref: AggregateRef): WorkflowHandle;
  countWorkflows(query: string): Promise<number>;
  /** What the schedule does every minute for all firms. */
  mend(): Promise<void>;
  /** What it does every hour for all trust accounts. */
  reconcile(): Promise<void>;
  /** Runs the real `temporal` command against the run's server. */
  temporalCli(...args: string[]): Promise<string>;
  /** Our HTTP API, with its token. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  startWorker(checkpoint?: Deps['checkpoint']): Promise<RunningWorker>;
  close(): Promise<void>;
}

export type TestFirm = ConnectedFirm;

export interface WorldOptions {
  timing?: Partial<Config['timing']>;
  /** False leaves it to the test to start one. */
  worker?: boolean;
  /** Laid over the environment of every process. */
  env?: Record<string, string>;
  /** Has sweep and notify run as they do in production. */
  schedules?: boolean;
}

/** The whole world around one test file: simulator, database, server and worker, on the run's Temporal server. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const [simulator, database] = await Promise.all([
    startSimulator({ seed: 'law-firm' }),
    createTestDatabase(),
  ]);
  const places = {
    databaseUrl: database.url,
    temporal: inject('temporal'),
    simulatorUrl: simulator.url,
    suffix: `-${randomUUID().slice(0, 8)}`,
  };
  const env = { ...localEnvironment(places), ...options.env };
  const config = quickConfig(env, options.timing);
  const db = openDatabase({ url: database.url });
  const [workflowBundle, server, client] = await Promise.all([
    workflowBundleOfTheRun(),
    startServer(config),
    CounterfoilClient.connect(config),
  ]);
  const { address, namespace } = inject('temporal');
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection, namespace, dataConverter: dataConverter(config.payloadKeyring) });
  const office = { serverUrl: server.url, apiToken: config.http.apiToken.reveal() };
  const workers: RunningWorker[] = [];
  const world: World = {
    config,
    env,
    db,
    client,
    simulator,
    server,
    temporal,
    async firm(settings = {}, seed) {
      return await world.connect(await world.unconnectedFirm(seed), settings);
    },
    connect: ({ firmId, qbo }, settings = {}) => connectFirm({ ...office, qbo }, firmId, settings),
    async unconnectedFirm(seed) {
      const id = randomUUID().slice(0, 8);
      const realm = String(9_130_000_000_000_000 + Number.parseInt(id, 16));
      const qbo = new SimulatorControl(simulator.url, realm);
      await qbo.createCompany(seed);
      return { firmId: `firm-${id}`, qbo, items: { time: '', expense: '' } };
    },
    handle: ({ firmId, type, id }) => temporal.workflow.getHandle(workflowId(type, firmId, id)),
    async mend() {
      const { sync: taskQueue } = config.queues;
      await temporal.workflow.execute('mend', { workflowId: `mend:${taskQueue}`, taskQueue, args: [{}] });
    },
    async reconcile() {
      const { sync: taskQueue } = config.queues;
      await temporal.workflow.execute('reconcile', { workflowId: `reconcile:${taskQueue}`, taskQueue });
    },
    countWorkflows: async (query) => (await temporal.workflow.count(query)).count,
    temporalCli: (...args) => runTemporalCli(args, { address, namespace }),
    call: (method, path, body) => callApi(office, method, path, body),
    async startWorker(checkpoint) {
      const { schedules: sweep = false } = options;
      const worker = await startWorker(config, { workflowBundle, sweep, ...(checkpoint && { checkpoint }) });
      workers.push(worker);
      return worker;
    },
    async close() {
      if (options.schedules) await endSchedules(temporal, config.queues.sync);
      for (const worker of workers) await worker.stop();
      await client.close();
      await connection.close();
      await server.close();
      await db.destroy();
      await simulator.close();
      await database.drop();
    },
  };
  if (options.worker !== false) await world.startWorker();
  return world;
}

/** They would outlive the world on the server that all tests share. */
export async function endSchedules(temporal: Client, syncQueue: string): Promise<void> {
  for (const name of SCHEDULES) await temporal.schedule.getHandle(`${name}:${syncQueue}`).delete();
}
