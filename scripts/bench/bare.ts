import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { WorkflowClient } from '@temporalio/client';
import type { Logger } from '@temporalio/common';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { dataConverter } from '../../src/codec/data-converter.js';
import type { Config } from '../../src/config.js';
import { NUDGE } from './bare-workflow.js';
import type { Run } from './run.js';

const WORKFLOW_QUEUE = 'bench-bare';
const ACTIVITY_QUEUE = 'bench-bare-activity';

/** Two workers with the options of startWorker, so that nothing but the work itself differs. */
export async function startBareWorker(config: Config, logger: Logger): Promise<{ stop(): Promise<void> }> {
  const connection = await NativeConnection.connect(config.temporal.connection.reveal());
  const common = {
    connection,
    namespace: config.temporal.namespace,
    dataConverter: dataConverter(config.payloadKeyring),
    shutdownGraceTime: config.worker.shutdownGraceMs,
    maxConcurrentWorkflowTaskExecutions: config.worker.workflowSlots,
    maxConcurrentActivityTaskExecutions: config.worker.activitySlots,
  };
  const workflows = await Worker.create({
    ...common,
    taskQueue: WORKFLOW_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      logger,
      workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
      failureConverterPath: fileURLToPath(new URL('../../src/codec/failure-converter.ts', import.meta.url)),
    }),
    maxCachedWorkflows: config.worker.cachedWorkflows,
  });
  const activities = await Worker.create({
    ...common,
    taskQueue: ACTIVITY_QUEUE,
    activities: { doNothing: () => Promise.resolve() },
  });
  const running = [workflows, activities];
  const done = Promise.all(running.map((worker) => worker.run()));
  return {
    async stop() {
      // Ctrl-C has stopped them already: the SDK listens to it, too.
      for (const worker of running) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
      await connection.close();
    },
  };
}

/** Accepted in the same way as a bill, by one signal-with-start; without a snapshot or search attributes. */
export async function startBare(workflows: WorkflowClient): Promise<Run> {
  const handle = await workflows.signalWithStart('bare', {
    workflowId: `bare:${randomUUID()}`,
    taskQueue: WORKFLOW_QUEUE,
    args: [ACTIVITY_QUEUE],
    signal: NUDGE,
  });
  return { workflowId: handle.workflowId, runId: handle.signaledRunId };
}
