import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mendedIn } from '../../src/domain/fault/catalogue.js';
import { expenseLine, otherLine } from '../support/builder.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld({ timing: { probeMs: 0 } });
});
beforeEach(async () => {
  firm = await world.firm();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const openFaults = () =>
  world.db
    .selectFrom('fault')
    .select(['park_id', 'fault_key', 'opened_at', 'tried_as'])
    .where('firm_id', '=', firm.firmId)
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .execute();

/** What was sent to be written, whatever became of it. */
const writes = async () =>
  (await firm.qbo.calls())
    .filter(({ method }) => method === 'POST')
    .map(({ entity, operation, status }) => `${entity} ${operation} ${status}`);

const BILLS = ['B1', 'B2', 'B3', 'B4', 'B5'];

describe('what one mending frees', () => {
  test('settings: every bill for which no item was mapped goes on when one is', async () => {
    for (const billId of BILLS) {
      const lines = [otherLine({ kind: 'flat-fee', amountCents: 5000 })];
      expect((await app.sendParked({ billId, lines })).fault).toBe('no-item-mapped');
    }
    await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, {
      items: { 'flat-fee': firm.items.time },
    });
    for (const billId of BILLS) await app.settled(billId);
    expect(await firm.qbo.objects('Invoice')).toHaveLength(BILLS.length);
    expect(await openFaults()).toEqual([]);
  });

  test('a remedy: what one bill was stopped by in QuickBooks takes the others along when that one is posted', async () => {
    await app.send({ billId: 'B0', lines: [expenseLine()] });
    await setActive(firm.items.expense, false);
    for (const billId of BILLS) {
      expect((await app.sendParked({ billId, lines: [expenseLine()] })).fault).toBe('reference-inactive');
    }
    await setActive(firm.items.expense, true);
    await world.client.retry(app.ref('B3'), { by: 'ada' });
    await app.settled('B3');
    await world.mend();
    for (const billId of BILLS) await app.settled(billId);
    expect(await firm.qbo.objects('Invoice')).toHaveLength(BILLS.length + 1);
    expect(await openFaults()).toEqual([]);
  });

  test('QuickBooks: one bill at a time finds out, and keeps its place on the list while it is still so', async () => {
    await app.send({ billId: 'B0', lines: [expenseLine()] });
    await setActive(firm.items.expense, false);
    for (const billId of BILLS) await app.sendParked({ billId, lines: [expenseLine()] });
    const before = await openFaults();
    const sent = await writes();
    await world.mend();
    await eventually(async () => {
      const after = await openFaults();
      expect(after.filter(({ tried_as }) => tried_as === 'probe')).toHaveLength(1);
      expect((await writes()).slice(sent.length)).toEqual(['Invoice create 400']);
      expect(after.map(({ park_id, opened_at }) => [park_id, opened_at])).toEqual(
        before.map(({ park_id, opened_at }) => [park_id, opened_at]),
      );
    });
    await setActive(firm.items.expense, true);
    await world.mend();
    await eventually(async () => {
      expect(await openFaults()).toHaveLength(BILLS.length - 1);
    });
    await world.mend();
    for (const billId of BILLS) await app.settled(billId);
    expect(await openFaults()).toEqual([]);
    expect(await firm.qbo.objects('Invoice')).toHaveLength(BILLS.length + 1);
  });

  test('closed books: a bill of before goes on by itself once they are open again', async () => {
    const close = (BookCloseDate: string | null) =>
      firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate } });
    await close('2026-11-30');
    expect((await app.sendParked({ billId: 'B1' })).fault).toBe('closed-period');
    await close(null);
    await world.mend();
    await app.settled('B1');
    expect(await app.numbered('Invoice', 'B1')).toHaveLength(1);
  });
});

describe('what stops the whole company', () => {
  const ended = (isEnded: boolean) =>
    firm.qbo.company('status', { status: isEnded ? 'read-only' : 'active' });

  test('is tried by one bill now and then, and lets all go on once that one is posted', async () => {
    await app.send({ billId: 'B0' });
    await ended(true);
    for (const billId of BILLS) await app.sendWaiting({ billId });
    const [before] = await openFaults();
    expect(before).toMatchObject({ fault_key: 'subscription-ended' });
    const sent = await writes();
    await world.mend();
    await eventually(async () => {
      expect(await openFaults()).toMatchObject([{ park_id: before?.park_id, tried_as: 'probe' }]);
      expect((await world.client.status(app.ref('B1'))).state).toBe('waiting');
      expect((await writes()).slice(sent.length)).toHaveLength(1);
    });
    await ended(false);
    await world.mend();
    for (const billId of BILLS) await app.settled(billId);
    expect(await openFaults()).toEqual([]);
    expect(await firm.qbo.objects('Invoice')).toHaveLength(BILLS.length + 1);
  });
});

test('nothing is tried again that only a person can decide', async () => {
  await app.send({ billId: 'B1' });
  const [invoice] = await app.numbered('Invoice', 'B1');
  await firm.qbo.bookkeeper('Invoice', { Id: invoice?.Id, SyncToken: invoice?.SyncToken }, 'delete');
  const parked = await app.sendParked({ billId: 'B1', version: 2, lines: [expenseLine()] });
  expect([...mendedIn('settings'), ...mendedIn('quickbooks')]).not.toContain(parked.fault);
  const { calls } = await firm.qbo.counts();
  await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { prefix: 'X-' });
  await world.mend();
  expect((await firm.qbo.counts()).calls).toBe(calls);
  expect(await openFaults()).toMatchObject([{ park_id: parked.parkId, tried_as: null }]);
});

async function setActive(itemId: string, Active: boolean): Promise<void> {
  const item = (await firm.qbo.objects('Item')).find(({ Id }) => Id === itemId);
  await firm.qbo.bookkeeper('Item', { Id: itemId, SyncToken: item?.SyncToken, sparse: true, Active });
}
