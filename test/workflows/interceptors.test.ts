import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataConverter } from '../../src/codec/data-converter.js';
import { encodePayload } from '../../src/codec/payload-codec.js';
import { ringOf } from '../codec/ring.js';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.js';
import { fail, finish, recorder } from './recorder.js';
import { eventually } from '../support/eventually.js';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (text: string): Payload => ({ metadata: { encoding: bytes('json/plain') }, data: bytes(text) });

describe('a workflow behind codec and interceptors', () => {
  const ring = ringOf('k');
  const taskQueue = `garbage-${randomUUID()}`;
  let temporal: TestTemporal;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    temporal = await connectTestTemporal({ dataConverter: dataConverter(ring) });
    worker = await Worker.create({
      connection: temporal.nativeConnection,
      namespace: temporal.namespace,
      taskQueue,
      workflowsPath: fileOf('./recorder.ts'),
      interceptors: { workflowModules: [fileOf('../../src/workflows/interceptors.ts')] },
      dataConverter: dataConverter(ring),
    });
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await temporal.close();
  });

  /** Sends it the way other tools do: past our client and its codec. */
  const send = async (workflowId: string, signalName: string, ...payloads: Payload[]): Promise<void> => {
    await temporal.client.workflowService.signalWorkflowExecution({
      namespace: temporal.namespace,
      workflowExecution: { workflowId },
      signalName,
      input: { payloads },
      requestId: randomUUID(),
    });
  };

  const start = async (signal: string) =>
    temporal.client.workflow.signalWithStart(recorder, {
      workflowId: randomUUID(),
      taskQueue,
      signal,
      signalArgs: ['first'],
    });

  it('records all garbage and goes on', async () => {
    const handle = await start('note');
    await send(handle.workflowId, 'note', json('{"pasted":true}'));
    await send(handle.workflowId, 'note');
    await send(handle.workflowId, 'note', json('{bad'));
    await send(handle.workflowId, 'note', {});
    await send(handle.workflowId, 'note', {
      metadata: { encoding: bytes('json/protobuf') },
      data: bytes('{}'),
    });
    await send(
      handle.workflowId,
      'note',
      encodePayload(ringOf('elsewhere'), defaultPayloadConverter.toPayload(1)),
    );
    await send(handle.workflowId, 'unheard of', json('1'));
    await handle.signal(finish);

    expect(await handle.result()).toEqual([
      'note: "first"',
      'note: {"pasted":true}',
      'note: nothing',
      'note: It is marked as JSON but is not valid JSON.',
      'note: It names no encoding. Send plain JSON.',
      'note: This service cannot read its encoding. Send plain JSON.',
      'note: It is encrypted with a key that this service does not have.',
      'unheard of: 1',
    ]);
  });

  it('survives reserved names, before it runs and while it runs', async () => {
    const handle = await start('__temporal_first');
    await send(handle.workflowId, '__temporal_second', json('2'));
    await send(handle.workflowId, '__stack_trace', json('3'));
    await handle.signal(finish);

    expect(await handle.result()).toEqual([
      'reserved name __temporal_first: "first"',
      'reserved name __temporal_second: 2',
      '__stack_trace: 3',
    ]);
  });

  it('refuses an update with a reserved name', async () => {
    const handle = await start('note');
    await expect(handle.executeUpdate('__temporal_update')).rejects.toThrow('Workflow Update failed');
    await handle.signal(finish);
    expect(await handle.result()).toEqual(['note: "first"']);
  });

  it('leaves nothing readable with Temporal, failures included', async () => {
    const handle = await start('note');
    await handle.signal(fail, 'Acme was deleted');
    // It fails the task and not the run, which is ended by hand here.
    const stored = await eventually(async () => {
      const history = historyToJSON(await handle.fetchHistory());
      expect(history).toContain('workflowTaskFailedEventAttributes');
      return JSON.stringify(history);
    });
    await handle.terminate('the test is over');
    expect(stored).not.toContain('Acme');
    expect(stored).not.toContain(Buffer.from('json/plain').toString('base64'));
    expect(stored).toContain('Encoded failure');
  });
});
