import { randomUUID } from 'node:crypto';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { faultFailure, infrastructureFailure, outageFailure } from '../../src/activities/failure.js';
import { RemedyRefused } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { Incoming, Next } from '../../src/domain/progress.js';
import { searchAttribute } from '../../src/workflows/search-attribute.js';
import { aBill, aParking } from '../support/builder.js';
import { startFakeWorker, type FakeWorker } from '../support/workflow.js';

let worker: FakeWorker;
afterEach(async () => worker.stop());

const parked = aParking();
const write = (): Next => ({ do: 'write', key: 'bill/B1/invoice', route: worker.route });

/** A worker whose bill is planned and written by these two. */
async function start(
  advance: (incoming: Incoming<BillSnapshot>) => Next,
  post: () => Next | Promise<Next> = () => ({ do: 'nothing' }),
) {
  const incomings: Incoming<BillSnapshot>[] = [];
  const plan = (incoming: Incoming<BillSnapshot>): Next => {
    incomings.push(incoming);
    return advance(incoming);
  };
  worker = await startFakeWorker({
    advanceBill: ({ incoming }) => Promise.resolve(incoming).then(plan),
    beginBill: ({ incoming }) =>
      Promise.resolve(incoming)
        .then(plan)
        .then((next) => (next.do === 'write' ? post() : next)),
    writeBill: () => Promise.resolve().then(post),
  });
  const firmId = `firm-${randomUUID().slice(0, 8)}`;
  const ref: AggregateRef = { firmId, type: 'bill', id: 'B1' };
  const handle = worker.temporal.workflow.getHandle(`bill:${firmId}:B1`);
  const sync = (version = 1) => worker.client.syncBill(aBill({ firmId, version }));
  const becomes = (state: string) =>
    vi.waitFor(async () => expect((await worker.client.status(ref)).state).toBe(state), WAIT);
  return { incomings, ref, handle, sync, becomes };
}

const WAIT = { timeout: 20_000, interval: 20 };

describe('a bill', () => {
  test('is written and the run ends', async () => {
    let posts = 0;
    const { handle, sync } = await start(write, () => {
      posts += 1;
      return { do: 'nothing' };
    });
    await sync();
    await handle.result();
    expect(posts).toBe(1);
  });

  test('parks on a fault, and goes on at the step that failed when a person decides', async () => {
    let refusals = 1;
    const { handle, ref, sync, becomes, incomings } = await start(write, () => {
      if (refusals-- > 0) throw faultFailure(parked);
      return { do: 'nothing' };
    });
    await sync();
    await becomes('needs-attention');
    const description = await handle.describe();
    expect(description.typedSearchAttributes.get(searchAttribute.syncState)).toBe('NeedsAttention');
    expect(description.typedSearchAttributes.get(searchAttribute.faultKey)).toBe(parked.fault);
    await expect(worker.client.remediate(ref, { action: 'adopt' })).rejects.toThrow(RemedyRefused);
    await expect(worker.client.remediate(ref, { action: 'adopt' })).rejects.toThrow(/does not help against/);
    await worker.client.remediate(ref, { action: 'renumber', number: 'A-1' });
    await handle.result();
    expect(incomings.at(-1)?.remedies).toEqual([{ action: 'renumber', number: 'A-1', parkId: 'P-1' }]);
  });

  test('a decision that comes while it is worked on is told so, and nothing of it is kept', async () => {
    let finish: (next: Next) => void = () => undefined;
    const held = new Promise<Next>((resolve) => (finish = resolve));
    const { incomings, handle, ref, sync, becomes } = await start(write, () => held);
    await sync();
    await becomes('working');
    const atWork = /worked on at this very moment/;
    await expect(worker.client.remediate(ref, { action: 'retry' })).rejects.toThrow(atWork);
    await worker.client.retry(ref);
    await vi.waitFor(async () => {
      const { refused } = await worker.client.status(ref);
      expect(refused).toEqual([
        expect.objectContaining({ name: 'retry', reason: expect.stringMatching(atWork) }),
      ]);
    }, WAIT);
    finish({ do: 'nothing' });
    await handle.result();
    expect(incomings.flatMap(({ remedies }) => remedies)).toEqual([]);
  });

  test('a newer snapshot is a remedy as well, an older one is nothing', async () => {
    let refusals = 1;
    const { handle, sync, becomes, incomings } = await start(write, () => {
      if (refusals-- > 0) throw faultFailure(parked);
      return { do: 'nothing' };
    });
    await sync(5);
    await becomes('needs-attention');
    await sync(4);
    await sync(6);
    await handle.result();
    expect(incomings.map((incoming) => incoming.snapshot?.version)).toEqual([5, 6]);
  });

  test('waits out an outage that its activity reports, without a person', async () => {
    let outages = 2;
    const since = new Date().toISOString();
    const { handle, sync } = await start(write, () => {
      if (outages-- > 0) throw outageFailure({ since, retryAfterMs: 10, why: 'QuickBooks is away.' }, false);
      return { do: 'nothing' };
    });
    await sync();
    await handle.result();
    expect(outages).toBe(-1);
  });

  test('a bug in an activity is no fault: it is retried and hides nothing', async () => {
    let bugs = 1;
    const { handle, sync } = await start(write, () => {
      if (bugs-- > 0) throw ApplicationFailure.retryable('not a parking', 'TypeError');
      return { do: 'nothing' };
    });
    await sync();
    await handle.result();
    expect(bugs).toBe(-1);
  });

  test('Postgres is away while it is planned: the local attempt gives way to a patient one', async () => {
    let failures = 2;
    const { handle, sync } = await start(() => {
      if (failures-- > 0) throw infrastructureFailure(new Error('connect ECONNREFUSED'));
      return { do: 'nothing' };
    });
    await sync();
    await handle.result();
    expect(failures).toBe(-1);
  });

  test('a failure that nobody expected fails the task and not the bill', async () => {
    const { handle, sync } = await start(write, () => {
      throw ApplicationFailure.nonRetryable('a bug', 'TypeError');
    });
    await sync();
    await vi.waitFor(async () => {
      const { events } = await handle.fetchHistory();
      expect(events?.some(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes)).toBe(
        true,
      );
    }, WAIT);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate('the test is over');
  });

  test('rubbish is recorded and wedges nothing', async () => {
    const { handle, ref, sync, becomes, incomings } = await start((incoming) =>
      incoming.remedies.length > 0 ? { do: 'nothing' } : { do: 'park', parked },
    );
    await sync();
    await becomes('needs-attention');
    for (const [name, ...args] of [
      ['sync'],
      ['sync', 'no JSON object'],
      ['sync', { version: 0 }],
      ['no-such-signal', 1],
      ['retry', 'hm'],
    ]) {
      await handle.signal(name as string, ...args);
    }
    await handle.signal('__temporal_anything', 1);
    await vi.waitFor(async () => expect((await worker.client.status(ref)).refused).toHaveLength(6), WAIT);
    await expect(handle.executeUpdate('remediate')).rejects.toThrow();
    await expect(handle.executeUpdate('remediate', { args: [7] })).rejects.toThrow();
    await expect(handle.executeUpdate('no-such-update', { args: [1] })).rejects.toThrow();
    await handle.signal('retry');
    await handle.result();
    expect(incomings.flatMap((incoming) => incoming.refused.map((refused) => refused.name)).sort()).toEqual([
      'no-such-signal',
      'reserved name __temporal_anything',
      'retry',
      'sync',
      'sync',
      'sync',
    ]);
    await expect(handle.signal('retry')).rejects.toThrow(WorkflowNotFoundError);
  });
});
