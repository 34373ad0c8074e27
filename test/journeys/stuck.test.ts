import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sweepStuck } from '../../src/activities/stuck-workflow.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import { listCauses } from '../../src/db/attention.js';
import { aBill } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({ worker: false });
  firm = await world.firm();
});
afterAll(async () => world.close());

/** A worker after a bad deploy: its code of a bill has a bug. */
async function brokenWorker() {
  const { address, namespace } = inject('temporal');
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: world.config.queues.sync,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../support/broken-workflow.ts', import.meta.url)),
      failureConverterPath: fileURLToPath(new URL('../../src/codec/failure-converter.ts', import.meta.url)),
    }),
    dataConverter: dataConverter(world.config.payloadKeyring),
    activities: {
      // What the firm's set-up has started is none of this story's.
      advanceCompany: () => Promise.resolve({ do: 'nothing' }),
      mend: () => Promise.resolve({ tried: 0 }),
    },
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
}

const sweep = () =>
  sweepStuck({ db: world.db, workflows: world.temporal.workflow, syncQueue: world.config.queues.sync });

test('a bill wedged by a bug is on the list, and off it once a repaired worker has posted it', async () => {
  const stop = await brokenWorker();
  await world.client.syncBill(aBill({ firmId: firm.firmId }));
  await eventually(async () => expect(await sweep()).toEqual({ stuck: 1 }), 50_000);
  const list = async () => (await listCauses(world.db, { firm: firm.firmId })).items;
  const [cause] = await list();
  expect(cause).toMatchObject({
    cause: 'workflow-stuck',
    items: 1,
    allowed: [],
    text: expect.stringMatching(/fails again and again \(.*WorkflowTaskFailed/),
    remedy: expect.stringContaining('docs/runbook.md'),
  });
  await sweep();
  expect(await list()).toEqual([cause]);

  await stop();
  await world.startWorker();
  await settledOf(world.client, { firmId: firm.firmId, type: 'bill', id: 'B1' }, 50_000);
  await eventually(async () => expect(await sweep()).toEqual({ stuck: 0 }));
  expect(await list()).toEqual([]);
  expect(await firm.qbo.objects('Invoice')).toHaveLength(1);
}, 120_000);
