import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { recordEvent } from '../../src/db/event.js';
import { closeFault, countOpenFaults, findOpenFault, listOpenFaults, openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Parked } from '../../src/domain/remedy.js';
import { aParking } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

let db: Database;
let ref: AggregateRef;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  ref = { firmId: `firm-${(firmCount += 1)}`, type: 'bill', id: 'B1' };
  await createFirm(db, ref.firmId, 'Hale & Partners');
});

async function open(over: Partial<Parked> = {}, aggregate = ref): Promise<Parked> {
  const parked = aParking({ parkId: `${aggregate.firmId}-${aggregate.id}`, ...over });
  const workflowId = `${aggregate.type}:${aggregate.firmId}:${aggregate.id}`;
  await openFault(db, { aggregate, workflowId, parked, params: { number: '7' }, evidence: { status: 400 } });
  return parked;
}

const rows = () =>
  db.selectFrom('fault').selectAll().where('firm_id', '=', ref.firmId).orderBy('park_id').execute();

describe('a fault', () => {
  test('comes back as it was parked', async () => {
    const bare = await open();
    expect(await findOpenFault(db, ref)).toEqual(bare);
    const full = await open({
      parkId: `${ref.firmId}-full`,
      document: 'bill/B1/invoice',
      qboUrl: 'https://qbo.example/1',
    });
    expect(await findOpenFault(db, ref)).toEqual(full);
    expect((await rows())[1]).toMatchObject({
      params: { number: '7', qboUrl: 'https://qbo.example/1' },
      evidence: { status: 400 },
    });
  });

  test('gives way to the newer one of its aggregate, and stays on record', async () => {
    await open({ parkId: `${ref.firmId}-1` });
    await open({ parkId: `${ref.firmId}-2`, fault: 'no-lines' });
    expect(await findOpenFault(db, ref)).toMatchObject({ fault: 'no-lines' });
    const [first, second] = await rows();
    expect(first).toMatchObject({ closed_by: { by: 'counterfoil' } });
    expect(first!.closed_at).toBeInstanceOf(Date);
    expect(second).toMatchObject({ closed_at: null, closed_by: null });
  });

  test('is one per aggregate by the index as well', async () => {
    await open();
    const [{ params, evidence, ...row } = { params: {}, evidence: {} }] = await rows();
    const twin = { ...row, park_id: 'twin', params: JSON.stringify(params), evidence: '{}' };
    expect(evidence).toEqual({ status: 400 });
    await expect(
      db
        .insertInto('fault')
        .values(twin as never)
        .execute(),
    ).rejects.toMatchObject({
      constraint: 'fault_one_open',
    });
  });
});

describe('closing', () => {
  test('is done once, and says who did it', async () => {
    await open();
    expect(await closeFault(db, ref, { by: 'ada', action: 'retry' })).toBe(true);
    expect(await closeFault(db, ref, { by: 'ben' })).toBe(false);
    expect(await findOpenFault(db, ref)).toBeUndefined();
    expect((await rows())[0]?.closed_by).toEqual({ by: 'ada', action: 'retry' });
  });

  test('by key leaves another fault open', async () => {
    await open({ fault: 'no-lines' });
    expect(await closeFault(db, ref, { by: 'x' }, 'no-item-mapped')).toBe(false);
    expect(await findOpenFault(db, ref)).toBeDefined();
    expect(await closeFault(db, ref, { by: 'x' }, 'no-lines')).toBe(true);
  });

  test('does not touch another aggregate with the same id', async () => {
    const client: AggregateRef = { ...ref, type: 'contact' };
    await open();
    await open({ parkId: `${ref.firmId}-contact` }, client);
    await closeFault(db, ref, { by: 'x' });
    expect(await findOpenFault(db, client)).toMatchObject({ parkId: `${ref.firmId}-contact` });
  });

  test('waits for whoever has read the fault to register behind it', async () => {
    await open();
    const closable = () =>
      db.selectFrom('fault').select('park_id').where('firm_id', '=', ref.firmId).forUpdate().skipLocked();
    await db.transaction().execute(async (tx) => {
      await findOpenFault(tx, ref);
      expect(await closable().execute()).toEqual([]);
    });
    expect(await closable().execute()).toHaveLength(1);
  });
});

describe('the list of what needs a person', () => {
  test('has the oldest first, filtered by firm and by fault, and counts what is open', async () => {
    const before = await countOpenFaults(db);
    const at = (id: string): AggregateRef => ({ ...ref, id });
    await open({ since: '2026-11-22T09:00:00.000Z' }, at('B2'));
    await open({ since: '2026-11-22T08:00:00.000Z', fault: 'no-lines' }, at('B3'));
    await open({ since: '2026-11-22T10:00:00.000Z' }, at('B4'));
    await closeFault(db, at('B4'), { by: 'x' });
    await createFirm(db, `${ref.firmId}-b`, 'Others');
    await open({}, { ...ref, firmId: `${ref.firmId}-b` });

    const listed = await listOpenFaults(db, { firm: ref.firmId });
    expect(listed.map((fault) => fault.ref)).toEqual([at('B3'), at('B2')]);
    expect(listed[0]).toMatchObject({
      firmId: ref.firmId,
      workflowId: `bill:${ref.firmId}:B3`,
      parked: { fault: 'no-lines' },
    });
    const both = await listOpenFaults(db, { firm: ref.firmId, fault: 'no-lines' });
    expect(both.map((fault) => fault.ref.id)).toEqual(['B3']);
    const everywhere = await listOpenFaults(db, { fault: 'no-lines' });
    expect(everywhere.every((fault) => fault.parked.fault === 'no-lines')).toBe(true);
    expect(await countOpenFaults(db)).toBe(before + 3);
  });
});

describe('an event', () => {
  const story = () =>
    db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('firm_id', '=', ref.firmId)
      .orderBy('event_id')
      .execute();

  test('is told in order, and not at all when its change was rolled back', async () => {
    await recordEvent(db, ref, 'parked', { fault: 'no-lines' });
    const undone = db.transaction().execute(async (tx) => {
      await recordEvent(tx, ref, 'posted');
      throw new Error('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    await recordEvent(db, ref, 'excluded');
    expect(await story()).toEqual([
      { kind: 'parked', data: { fault: 'no-lines' } },
      { kind: 'excluded', data: {} },
    ]);
  });
});
