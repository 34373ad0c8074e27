import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { companyRef } from '../../src/domain/company.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { listOpenFaults } from '../../src/db/fault.js';
import { connectFirm } from '../../scripts/local/office.js';
import { aBill, aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld({ timing: { outageFastMs: 300, outageRetryMs: 400, outageTellMs: 2000 } });
});
afterAll(async () => world.close());

const IDS = ['B1', 'B2', 'B3'];
const ref = (firmId: string, id: string): AggregateRef => ({ firmId, type: 'bill', id });

const sync = async (firmId: string) =>
  Promise.all(
    IDS.map((billId) =>
      world.client.syncBill(
        aBill({
          firmId,
          billId,
          number: billId,
          client: aClient({ clientId: `C-${billId}`, name: `Client ${billId}` }),
        }),
      ),
    ),
  );

const settled = async (firmId: string) => {
  for (const id of IDS) {
    await settledOf(world.client, ref(firmId, id));
  }
};

const numbers = async ({ qbo }: TestFirm) =>
  (await qbo.objects('Invoice')).map(({ DocNumber }) => DocNumber).sort();

/** One row for the company, whatever number of bills it stops. */
const parkedOnce = async (firmId: string, fault: string) =>
  eventually(async () => {
    const faults = await listOpenFaults(world.db, { firm: firmId });
    expect(faults.map((open) => [open.ref.type, open.parked.fault])).toEqual([['company', fault]]);
    expect((await world.client.status(companyRef(firmId))).state).toBe('needs-attention');
    const waiters = await world.db
      .selectFrom('waiter')
      .select('workflow_id')
      .where('cause_key', '=', 'company')
      .where('firm_id', '=', firmId)
      .execute();
    expect(waiters.length).toBeGreaterThanOrEqual(1);
  });

const reconnect = async ({ firmId, qbo }: TestFirm) =>
  connectFirm(
    { serverUrl: world.server.url, apiToken: world.config.http.apiToken.reveal(), qbo },
    firmId,
    {},
  );

describe('what stops the whole company is one item, and when it is lifted all goes on by itself', () => {
  test('bills that come before the firm was ever connected', async () => {
    const firm = await world.unconnectedFirm();
    await sync(firm.firmId);
    await parkedOnce(firm.firmId, 'not-connected');
    await reconnect(firm);
    // They went on as soon as there was a company; whoever was quicker than the mapping of the items says so.
    for (const id of IDS) {
      await eventually(async () => {
        const { parked, state } = await world.client.status(ref(firm.firmId, id));
        if (parked) await world.client.retry(ref(firm.firmId, id));
        expect([parked?.fault, state]).toEqual([undefined, 'posted']);
      });
    }
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
  });

  test('the connection was revoked in QuickBooks', async () => {
    const firm = await world.firm();
    await firm.qbo.company('disconnect');
    await sync(firm.firmId);
    await parkedOnce(firm.firmId, 'connection-revoked');
    await reconnect(firm);
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
  });

  test('the subscription has ended, is paid, and somebody retries', async () => {
    const firm = await world.firm();
    await firm.qbo.company('status', { status: 'read-only' });
    await sync(firm.firmId);
    await parkedOnce(firm.firmId, 'subscription-ended');
    await firm.qbo.company('status', { status: 'active' });
    await world.client.remediate(companyRef(firm.firmId), { action: 'retry', by: 'Kim' });
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
  });

  test('a retry that comes too early parks it again', async () => {
    const firm = await world.firm();
    await firm.qbo.company('status', { status: 'read-only' });
    await sync(firm.firmId);
    await parkedOnce(firm.firmId, 'subscription-ended');
    const [before] = await listOpenFaults(world.db, { firm: firm.firmId });
    await world.client.retry(companyRef(firm.firmId));
    await eventually(async () => {
      const [after] = await listOpenFaults(world.db, { firm: firm.firmId });
      expect(after?.parked.parkId).not.toBe(before?.parked.parkId);
    });
    await parkedOnce(firm.firmId, 'subscription-ended');
    await firm.qbo.company('status', { status: 'active' });
    await world.client.retry(companyRef(firm.firmId));
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
  });
});

describe('an outage', () => {
  test('in which a token that was renewed just now is refused as well is waited out', async () => {
    const firm = await world.firm();
    await firm.qbo.fault('token-expired', { count: 2, match: { method: 'POST' } });
    await sync(firm.firmId);
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
    const told = await world.db.selectFrom('fault').selectAll().where('firm_id', '=', firm.firmId).execute();
    expect(told).toEqual([]);
  });

  test('of minutes is waited out; people are told only when it lasts, and it heals by itself', async () => {
    const firm = await world.firm();
    await firm.qbo.fault('service-unavailable', { count: null });
    await sync(firm.firmId);
    await eventually(async () => {
      const told = await listOpenFaults(world.db, { firm: firm.firmId });
      expect(told.map(({ ref: { type }, parked }) => [type, parked.fault])).toEqual([
        ['company', 'qbo-unreachable'],
      ]);
    });
    await firm.qbo.clearFaults();
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
    expect(await listOpenFaults(world.db, { firm: firm.firmId })).toEqual([]);
  });

  test('of the token service alone is an outage as well', async () => {
    const firm = await world.firm();
    await firm.qbo.fault('service-unavailable', { count: 3, match: { operation: 'token' } });
    await firm.qbo.company('expire-tokens');
    await sync(firm.firmId);
    await settled(firm.firmId);
    expect(await numbers(firm)).toEqual(IDS);
    expect(await listOpenFaults(world.db, { firm: firm.firmId })).toEqual([]);
  });

  test('of one document alone is told of, while others go through; it heals by itself as well', async () => {
    const firm = await world.firm();
    const { firmId } = firm;
    const client = aClient({ clientId: 'C1' });
    const post = async (id: string) => {
      await world.client.syncBill(aBill({ firmId, billId: id, number: id, client }));
      await settledOf(world.client, ref(firmId, id));
    };
    await post('first');
    await firm.qbo.fault('system-failure-10000', {
      count: null,
      match: { entity: 'Invoice', body: '"silent"' },
    });
    await world.client.syncBill(aBill({ firmId, billId: 'silent', number: 'silent', client }));
    let others = 0;
    await eventually(async () => {
      others += 1;
      await post(`other-${others}`);
      const faults = await listOpenFaults(world.db, { firm: firmId });
      expect(faults.map((open) => [open.ref.id, open.parked.fault])).toEqual([['silent', 'unknown-outcome']]);
    });
    await firm.qbo.clearFaults();
    await settledOf(world.client, ref(firmId, 'silent'));
    expect((await numbers(firm)).filter((number) => number === 'silent')).toEqual(['silent']);
    expect(await listOpenFaults(world.db, { firm: firmId })).toEqual([]);
  });
});
