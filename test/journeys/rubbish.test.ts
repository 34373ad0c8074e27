import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { aBill, aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm({ items: {} });
});
afterAll(async () => world.close());

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** What a signal box, a script gone wrong or an attacker can put on the wire: metadata and bytes. */
const PAYLOADS: [string, Record<string, string>, Uint8Array][] = [
  ['no metadata at all', {}, text('{}')],
  ['an unknown encoding', { encoding: 'no/such-encoding' }, text('{}')],
  ['bytes that are no JSON', { encoding: 'json/plain' }, text('{"action":')],
  ['nothing where JSON should be', { encoding: 'json/plain' }, text('')],
  ['plain bytes', { encoding: 'binary/plain' }, new Uint8Array([0, 255, 7])],
  ['a null', { encoding: 'binary/null' }, text('')],
  ['a protobuf message', { encoding: 'json/protobuf', messageType: 'x.Y' }, text('{}')],
  ['a ciphertext under no key', { encoding: 'binary/encrypted' }, new Uint8Array(64)],
  [
    'a ciphertext under an unknown key',
    { encoding: 'binary/encrypted', 'encryption-key-id': 'old' },
    new Uint8Array(64),
  ],
  [
    'a ciphertext that was tampered with',
    { encoding: 'binary/encrypted', 'encryption-key-id': 'local' },
    new Uint8Array(64),
  ],
  ['a text in place of an object', { encoding: 'json/plain' }, text('"rubbish"')],
  ['an array', { encoding: 'json/plain' }, text('[1,2]')],
  ['an object of the wrong shape', { encoding: 'json/plain' }, text('{"version":"one"}')],
];

const NAMES = ['sync', 'retry', 'remediate', 'no-such-signal', '__temporal_reserved'];

async function signalRaw(
  ref: AggregateRef,
  name: string,
  metadata: Record<string, string>,
  data: Uint8Array,
) {
  const { workflowId } = world.handle(ref);
  const encoded = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, text(value)]));
  await world.temporal.workflowService.signalWorkflowExecution({
    namespace: world.temporal.options.namespace,
    workflowExecution: { workflowId },
    signalName: name,
    input: { payloads: [{ metadata: encoded, data }] },
    identity: 'a careless operator',
  });
}

/** A bill that is parked, because its lines are mapped to no item. */
async function park(billId: string): Promise<AggregateRef> {
  const ref: AggregateRef = { firmId: firm.firmId, type: 'bill', id: billId };
  const client = aClient({ clientId: `C-${billId}`, name: `Client ${billId}` });
  await world.client.syncBill(aBill({ firmId: firm.firmId, billId, number: billId, client }));
  await eventually(async () => {
    expect((await world.client.status(ref)).parked?.fault).toBe('no-item-mapped');
  });
  return ref;
}

describe('rubbish is refused on record, and the bill still listens', () => {
  test.each(PAYLOADS)('%s', async (title, metadata, data) => {
    const ref = await park(`R${PAYLOADS.findIndex(([other]) => other === title)}`);
    for (const name of NAMES) await signalRaw(ref, name, metadata, data);
    // A box left empty and one with null mean "retry", where the message says nothing else.
    const retries = title === 'a null' ? 1 : 0;
    await eventually(async () => {
      expect((await world.client.status(ref)).refused).toHaveLength(NAMES.length - retries);
    });
    await eventually(async () => {
      const events = await world.db
        .selectFrom('event')
        .selectAll()
        .where('aggregate_id', '=', ref.id)
        .execute();
      expect(events.filter(({ kind }) => kind === 'message-refused')).toHaveLength(NAMES.length - retries);
    });
    await eventually(async () => {
      expect((await world.client.status(ref)).state).toBe('needs-attention');
    });
    await world.client.remediate(ref, { action: 'exclude', by: 'Kim' });
    await settledOf(world.client, ref);
  });
});

test('rubbish updates are answered with what would be right', async () => {
  const ref = await park('U1');
  const handle = world.handle(ref);
  const rubbish: unknown[] = [null, 'rubbish', 7, [], {}, { action: 'hurry' }, { action: 'renumber' }];
  const answers = await Promise.allSettled([
    handle.executeUpdate('remediate'),
    ...rubbish.map((typed) => handle.executeUpdate('remediate', { args: [typed] })),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe('rejected');
    const { cause } = (answer as PromiseRejectedResult).reason as { cause: Error };
    expect(cause.message).toMatch(/\{"action":"/);
  }
  await expect(handle.executeUpdate('no-such-update', { args: [{}] })).rejects.toThrow();
  await world.client.remediate(ref, { action: 'exclude' });
});

test('a signal that starts a bill out of nothing leaves nothing behind', async () => {
  const ref: AggregateRef = { firmId: firm.firmId, type: 'bill', id: 'out-of-nothing' };
  const { workflowId } = world.handle(ref);
  await world.temporal.workflow.signalWithStart('bill', {
    workflowId,
    taskQueue: world.config.queues.sync,
    args: [{ firmId: ref.firmId, id: ref.id }],
    signal: 'sync',
    signalArgs: [{ version: 1, junk: true }],
  });
  await settledOf(world.client, ref);
  const events = await world.db.selectFrom('event').selectAll().where('aggregate_id', '=', ref.id).execute();
  expect(events.map(({ kind }) => kind)).toEqual(['message-refused']);
  expect(events[0]?.data.reason).toMatch(/not a bill that can be taken/);
});
