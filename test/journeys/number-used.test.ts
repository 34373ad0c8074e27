import { afterAll, beforeAll, expect, test } from 'vitest';
import { RemedyRefused } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { listOpenFaults } from '../../src/db/fault.js';
import { searchAttribute } from '../../src/workflows/search-attribute.js';
import { aBill, aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { takeNumber } from '../../scripts/local/office.js';
import { runScript } from '../support/script.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

const ref = (id: string): AggregateRef => ({ firmId: firm.firmId, type: 'bill', id });

/** The bookkeeper has used the number already, on a credit memo. */
const take = (number: string) => takeNumber(firm, number);

const bill = (id: string) =>
  aBill({
    firmId: firm.firmId,
    billId: id,
    number: id,
    client: aClient({ clientId: `C-${id}`, name: `Client ${id}` }),
  });

const parked = async (id: string) =>
  eventually(async () => {
    const status = await world.client.status(ref(id));
    expect(status.state).toBe('needs-attention');
    return status.parked!;
  });

const posted = async (id: string) => settledOf(world.client, ref(id));

const numbers = async () => (await firm.qbo.objects('Invoice')).map(({ DocNumber }) => DocNumber);

test('the bill parks, everywhere a person may look, and other bills go through meanwhile', async () => {
  const memo = await take('B2');
  await world.client.syncBill(bill('B2'));
  const { cause, remedy, allowed, fault, qboUrl } = await parked('B2');
  expect({ fault, allowed }).toEqual({
    fault: 'number-used-bill',
    // No adopt: what has the number is a credit memo, which no bill can be.
    allowed: ['renumber', 'new-prefix', 'allow-duplicate-number', 'retry', 'exclude'],
  });
  expect(cause).toMatch(/bill B2.*number B2.*Credit Memo/i);
  expect(remedy).toMatch(/prefix/);
  expect(qboUrl).toBe(`https://app.qbo.intuit.com/app/creditmemo?txnId=${memo.Id}`);

  const [row] = await listOpenFaults(world.db, { firm: firm.firmId });
  expect(row?.parked).toMatchObject({ fault: 'number-used-bill', cause });
  const handle = world.handle(ref('B2'));
  const { typedSearchAttributes } = await handle.describe();
  expect(typedSearchAttributes.get(searchAttribute.syncState)).toBe('NeedsAttention');
  expect(typedSearchAttributes.get(searchAttribute.faultKey)).toBe('number-used-bill');
  expect(typedSearchAttributes.get(searchAttribute.needsAttentionSince)).toBeInstanceOf(Date);
  expect(typedSearchAttributes.get(searchAttribute.realmId)).toBe(firm.qbo.realm);

  await world.client.syncBill(bill('B9'));
  await posted('B9');
  expect(await numbers()).toEqual(['B9']);
});

test('the same snapshot again does not post what was refused', async () => {
  const before = await firm.qbo.counts();
  await world.client.syncBill(bill('B2'));
  await parked('B2');
  expect((await firm.qbo.counts()).writes).toBe(before.writes);
});

test('a new prefix and a retry post it, at the invoice, without touching the customer again', async () => {
  const before = await firm.qbo.counts();
  await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { prefix: 'CF-' });
  await world.client.retry(ref('B2'), { by: 'Kim' });
  await posted('B2');
  expect(await numbers()).toContain('CF-B2');
  const after = await firm.qbo.counts();
  expect(after.byOperation['Customer.create']).toBe(before.byOperation['Customer.create']);
  expect(after.writes - before.writes).toBe(1);
  expect(await listOpenFaults(world.db, { firm: firm.firmId })).toEqual([]);
});

test('a remedy that does not help is refused with the reason; renumber is answered and posts', async () => {
  await take('CF-B3');
  await world.client.syncBill(bill('B3'));
  await parked('B3');
  const refusal = world.client.remediate(ref('B3'), { action: 'reconnect' });
  await expect(refusal).rejects.toThrow(RemedyRefused);
  await expect(refusal).rejects.toThrow(/"reconnect" does not help against "number-used-bill"/);
  const answer = await world.client.remediate(ref('B3'), {
    action: 'renumber',
    number: 'B3-again',
    by: 'Kim',
  });
  expect(answer.accepted).toMatch(/Accepted/);
  await posted('B3');
  expect(await numbers()).toContain('B3-again');
});

test('the duplicate is allowed this once, for this bill and its later versions, and for no other', async () => {
  await take('CF-B5');
  await take('CF-B6');
  await world.client.syncBill(bill('B5'));
  await parked('B5');
  await world.client.remediate(ref('B5'), { action: 'allow-duplicate-number', by: 'Kim' });
  await posted('B5');
  expect(await numbers()).toContain('CF-B5');
  await world.client.syncBill({ ...bill('B5'), version: 2, notes: 'Changed later.' });
  await posted('B5');
  await world.client.syncBill(bill('B6'));
  expect((await parked('B6')).fault).toBe('number-used-bill');
  expect((await numbers()).filter((number) => number === 'CF-B5')).toHaveLength(1);
});

test('exclude leaves the bill out of QuickBooks, and says so', async () => {
  await take('CF-B4');
  await world.client.syncBill(bill('B4'));
  await parked('B4');
  const before = await firm.qbo.counts();
  await world.client.remediate(ref('B4'), { action: 'exclude', by: 'Kim', note: 'typed in by hand' });
  await posted('B4');
  await world.client.syncBill({ ...bill('B4'), version: 2 });
  await posted('B4');
  expect((await firm.qbo.counts()).writes).toBe(before.writes);
  const row = await world.db
    .selectFrom('bill')
    .select('state')
    .where('bill_id', '=', 'B4')
    .executeTakeFirst();
  expect(row?.state).toBe('excluded');
});

const include = { action: 'include', by: 'Kim' } as const;
const INCLUDING: [how: string, id: string, (id: string) => Promise<unknown>][] = [
  ['the client', 'B4', (id) => world.client.remediate(ref(id), include)],
  ['HTTP', 'I1', (id) => world.call('POST', `/v1/bill/${firm.firmId}/${id}/remedies`, include)],
  [
    'our script',
    'I2',
    (id) =>
      runScript(
        world.env,
        'send-remedy',
        ...['--firm', firm.firmId, '--id', id, '--action', 'include', '--by', 'Kim'],
      ),
  ],
  [
    "Temporal's own command",
    'I3',
    (id) =>
      world.temporalCli(
        ...['workflow', 'signal-with-start', '--workflow-id', `bill:${firm.firmId}:${id}`, '--type', 'bill'],
        ...['--task-queue', world.config.queues.sync, '--input', `{"firmId":"${firm.firmId}","id":"${id}"}`],
        ...['--signal-name', 'retry', '--signal-input', JSON.stringify(include)],
      ),
  ],
];

test.each(INCLUDING)('what was excluded is included again by %s', async (_how, id, send) => {
  if (id !== 'B4') {
    await take(`CF-${id}`);
    await world.client.syncBill(bill(id));
    await parked(id);
    await world.client.remediate(ref(id), { action: 'exclude' });
    await posted(id);
  }
  await send(id);
  const { fault } = await parked(id);
  expect(fault).toBe('number-used-bill');
  await world.client.remediate(ref(id), { action: 'renumber', number: `${id}-in`, by: 'Kim' });
  await posted(id);
  expect(await numbers()).toContain(`${id}-in`);
  const story = await world.call('GET', `/v1/bill/${firm.firmId}/${id}/story`);
  expect(story.items).toContainEqual(expect.objectContaining({ kind: 'remedy', data: { ...include } }));
});

test('what is not excluded cannot be included, and what is not parked not be remedied, in plain words', async () => {
  const path = `/v1/bill/${firm.firmId}/B9/remedies`;
  await expect(world.call('POST', path, include)).rejects.toThrow(/409.*B9 is not excluded/);
  const before = await firm.qbo.counts();
  await world.client.remediate(ref('B9'), include);
  await posted('B9');
  expect((await firm.qbo.counts()).writes).toBe(before.writes);
  const late = world.client.remediate(ref('B9'), { action: 'retry' });
  await expect(late).rejects.toThrow(RemedyRefused);
  await expect(late).rejects.toThrow(/neither in flight nor parked/);
  await expect(world.client.retry(ref('B9'))).rejects.toThrow(RemedyRefused);
});

test('twenty at once, by one batch signal of the Temporal CLI', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `T${index}`);
  for (const id of ids) await take(`CF-${id}`);
  await Promise.all(ids.map((id) => world.client.syncBill(bill(id))));
  for (const id of ids) await parked(id);
  await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { prefix: 'N-' });
  const query = `FirmId="${firm.firmId}" AND FaultKey="number-used-bill"`;
  await eventually(async () => expect(await world.countWorkflows(query)).toBe(20));
  await world.temporalCli(
    'workflow',
    'signal',
    '--query',
    query,
    '--name',
    'retry',
    '--reason',
    'new prefix',
    '--yes',
  );
  for (const id of ids) await posted(id);
  expect((await numbers()).filter((number) => String(number).startsWith('N-T'))).toHaveLength(20);
});
