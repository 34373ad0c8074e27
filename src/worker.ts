import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { createDeps } from './activities/create-deps.js';
import type { Deps } from './activities/deps.js';
import { createActivities, createPlanningActivities } from './activities/index.js';
import { bundleWorkflows } from './bundle.js';
import { dataConverter } from './codec/data-converter.js';
import { readConfig, type Config } from './config.js';
import { openDatabase, type DatabaseOptions } from './db/database.js';
import { createLogger } from './log.js';
import { createMetrics, runtimeOptions } from './metric.js';
import { ensureSchedules } from './schedule.js';
import { requireSearchAttributes } from './search-attribute-check.js';

export interface RunningWorker {
  /** Settles when the worker has stopped, by a signal or by `stop`. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the two workers of this process: one for workflows and planning, one for what talks to QuickBooks. */
export async function startWorker(
  config: Config,
  options: {
    workflowBundle?: { code: string };
    sweep?: boolean;
    checkpoint?: Deps['checkpoint'];
    onQuery?: DatabaseOptions['onQuery'];
  } = {},
): Promise<RunningWorker> {
  const log = createLogger('worker', config.log);
  const connection = await NativeConnection.connect(config.temporal.connection.reveal());
  const { namespace } = config.temporal;
  await requireSearchAttributes(connection, namespace);
  const { checkpoint, onQuery } = options;
  const db = openDatabase({ url: config.databaseUrl.reveal(), ...(onQuery && { onQuery }) });
  const converter = dataConverter(config.payloadKeyring);
  const client = new Client({ connection, namespace, dataConverter: converter });
  const metrics = createMetrics(Runtime.instance().metricMeter);
  const deps = createDeps(config, {
    db,
    workflows: client.workflow,
    log,
    metrics,
    ...(checkpoint && { checkpoint }),
  });
  const common = {
    connection,
    namespace,
    dataConverter: converter,
    shutdownGraceTime: config.worker.shutdownGraceMs,
    shutdownForceTime: config.worker.shutdownGraceMs + FORCE_AFTER_MS,
    // Eager starts would pass by the qbo queue's own order.
    maxConcurrentWorkflowTaskExecutions: config.worker.workflowSlots,
    maxConcurrentActivityTaskExecutions: config.worker.activitySlots,
  } satisfies Partial<WorkerOptions>;
  const planning = createPlanningActivities(deps);
  const sync = await Worker.create({
    ...common,
    taskQueue: config.queues.sync,
    workflowBundle: options.workflowBundle ?? (await bundleWorkflows()),
    activities: planning,
    maxCachedWorkflows: config.worker.cachedWorkflows,
  });
  const qbo = await Worker.create({
    ...common,
    taskQueue: config.queues.qbo,
    activities: createActivities(deps),
  });
  if (options.sweep) await ensureSchedules(client, config.queues.sync, config.notify.withinMs);
  const running = [sync, qbo];
  const done = Promise.all(running.map((worker) => worker.run())).then(async () => {
    await db.destroy();
    await connection.close();
  });
  return {
    done,
    async stop() {
      for (const worker of running) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}

/** Between the end of the grace and pulling the plug. */
const FORCE_AFTER_MS = 25_000;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = readConfig();
  const log = createLogger('worker', config.log);
  Runtime.install(runtimeOptions(log, config.metrics));
  const worker = await startWorker(config, { sweep: true });
  log.info({ queues: config.queues }, 'worker ready');
  await worker.done;
}
