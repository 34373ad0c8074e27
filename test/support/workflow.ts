import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../src/codec/data-converter.js';
import { createKeyring } from '../../src/codec/keyring.js';
import type { Activities, PlanningActivities } from '../../src/activities/index.js';
import { CounterfoilClient } from '../../src/client.js';
import type { Route } from '../../src/domain/progress.js';
import { workflowBundle } from './bundle.js';
import { connectTestTemporal } from './temporal.js';

/** Fakes at the edge of a workflow: the activities, as an object literal. */
export type FakeActivities = Partial<Activities & PlanningActivities>;

const keyring = createKeyring([]);

/** A workflow worker of its own on the shared server, with fake activities. */
export async function startFakeWorker(activities: FakeActivities) {
  const queue = `test-${randomUUID().slice(0, 8)}`;
  const converter = dataConverter(keyring);
  const temporal = await connectTestTemporal({ dataConverter: converter });
  const worker = await Worker.create({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    taskQueue: queue,
    workflowBundle: await workflowBundle(),
    dataConverter: converter,
    activities: activities,
  });
  const running = worker.run();
  const client: Client = temporal.client;
  return {
    queue,
    temporal: client,
    client: new CounterfoilClient(client, queue, 20_000),
    route: { queue, timeoutMs: 30_000, heartbeatMs: 5_000 } satisfies Route,
    async stop() {
      worker.shutdown();
      await running;
      await temporal.close();
    },
  };
}

export type FakeWorker = Awaited<ReturnType<typeof startFakeWorker>>;
