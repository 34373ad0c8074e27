import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { aBill, aClient } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

/** QuickBooks' bad days, by the simulator's own names. None of them is a person's job. */
describe.concurrent.each<[string, string, Record<string, unknown>]>([
  ['a storm of 503s with HTML bodies', 'service-unavailable', { count: 3 }],
  ['too many requests', 'throttled', { count: 2 }],
  ['too many requests, in XML', 'throttled', { count: 2, format: 'xml' }],
  ['an access token that expires between two calls', 'token-expired', { count: 1 }],
  ['an empty body', 'empty-body', { count: 1 }],
  ['a < where JSON should start', 'html-body', { count: 1 }],
  ['a gateway time-out', 'gateway-timeout', { count: 1 }],
  ['a 6000 that asks to wait a few minutes', 'transient-6000', { count: 1 }],
  ['a system failure', 'system-failure-10000', { count: 1 }],
  ['a connection cut before the commit', 'drop-before-commit', { count: 1 }],
  ['a connection cut after the commit', 'commit-then-drop', { count: 1 }],
  ['a commit answered with 503', 'commit-then-status', { count: 1, status: 503 }],
  ['a commit answered with 429', 'commit-then-status', { count: 1, status: 429 }],
  ['a commit answered with the passing 6000', 'commit-then-transient-6000', { count: 1 }],
  ['a commit answered with nothing', 'commit-then-empty-body', { count: 1 }],
])('%s', (_title, fault, options) => {
  test.concurrent.each(['Customer', 'Invoice'])(
    'at the %s: posted once, nobody is bothered',
    async (entity) => {
      const id = `${entity}-${randomUUID().slice(0, 8)}`;
      const ref: AggregateRef = { firmId: firm.firmId, type: 'bill', id };
      const client = aClient({ clientId: id, name: `Client ${id}` });
      const injected = await firm.qbo.fault(fault, {
        ...options,
        match: { entity, operation: 'create', body: id },
      });
      await world.client.syncBill(aBill({ firmId: firm.firmId, billId: id, number: id, client }));
      await settledOf(world.client, ref, 50_000);
      expect(await firm.qbo.hits(injected.id)).toBe(options.count);
      const [invoices, customers] = await Promise.all([
        firm.qbo.objects('Invoice'),
        firm.qbo.objects('Customer'),
      ]);
      expect(invoices.filter(({ DocNumber }) => DocNumber === id)).toHaveLength(1);
      expect(customers.filter(({ DisplayName }) => DisplayName === `Client ${id}`)).toHaveLength(1);
      const faults = await world.db.selectFrom('fault').selectAll().where('aggregate_id', '=', id).execute();
      expect(faults).toEqual([]);
    },
  );
});
