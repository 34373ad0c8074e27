import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { otherLine, timeLine } from '../support/builder.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm({ prefix: 'CF-' });
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

interface Preview {
  settingsVersion: number;
  counts: Record<string, number>;
  items: {
    billId: string;
    effect: string;
    state: string;
    fault?: string;
    would: { documents: { action: string; number?: string; cents: number }[] };
  }[];
  next?: string;
}

const url = () => `/v1/firms/${firm.firmId}/settings`;
const preview = async (change: object, query = '') =>
  (await world.call('POST', `${url()}/preview${query}`, change)) as unknown as Preview;
const numbers = async () =>
  (await firm.qbo.objects('Invoice')).map(({ DocNumber }) => String(DocNumber)).sort();

describe('a change of the settings', () => {
  const change = () => ({ prefix: 'N-', items: { 'flat-fee': firm.items.time } });
  let seen: Preview;

  test('shows beforehand which bills it would touch, and touches none', async () => {
    await app.send({ billId: 'B1' });
    await app.send({ billId: 'B2' });
    expect((await app.sendParked({ billId: 'B3', lines: [otherLine()] })).fault).toBe('no-item-mapped');
    await app.sendParked({ billId: 'B4', lines: [] });
    const before = await firm.qbo.counts();
    seen = await preview(change());
    expect(seen.counts).toEqual({ 'keeps-terms': 2, 'goes-on': 1, follows: 0, untouched: 1 });
    expect(seen.items).toMatchObject([
      { billId: 'B1', effect: 'keeps-terms', would: { documents: [{ action: 'update', number: 'N-B1' }] } },
      { billId: 'B2', effect: 'keeps-terms' },
      {
        billId: 'B3',
        effect: 'goes-on',
        fault: 'no-item-mapped',
        would: { documents: [{ action: 'create', number: 'N-B3', cents: 90_000 }] },
      },
    ]);
    expect(await firm.qbo.counts()).toEqual(before);
    expect(await world.call('GET', `/v1/firms/${firm.firmId}`)).toMatchObject({
      settings: { prefix: 'CF-' },
    });
  });

  test('is shown page by page', async () => {
    const first = await preview(change(), '?limit=2');
    expect(first.items.map(({ billId }) => billId)).toEqual(['B1', 'B2']);
    const second = await preview(change(), `?limit=2&after=${String(first.next)}`);
    expect(second.items.map(({ billId }) => billId)).toEqual(['B3']);
    expect(second).not.toHaveProperty('next');
    expect(second.counts).toEqual(first.counts);
  });

  test('touches what was parked for want of it, and of what is posted only what a person has named', async () => {
    const { settingsVersion } = seen;
    const writes = (await firm.qbo.counts()).committed;
    await world.call('PUT', url(), { ...change(), settingsVersion, posted: ['B2'], by: 'Kim' });
    await app.settled('B3');
    await eventually(async () => expect(await numbers()).toEqual(['CF-B1', 'N-B2', 'N-B3']));
    expect((await firm.qbo.counts()).committed - writes).toBe(2);
    const story = await world.call('GET', `/v1/bill/${firm.firmId}/B2/story`);
    expect(JSON.stringify(story)).toContain('Kim');
  });

  test('is kept by each from then on: edits and later changes leave both as they are', async () => {
    await world.call('PUT', url(), { prefix: 'Z-' });
    for (const billId of ['B1', 'B2']) await app.send({ billId, version: 2, lines: [timeLine()] });
    await app.send({ billId: 'B5' });
    expect(await numbers()).toEqual(['CF-B1', 'N-B2', 'N-B3', 'Z-B5']);
  });

  test('can be caught up with later: the same settings show what is posted under others', async () => {
    const { items } = await preview({});
    expect(items.map(({ billId }) => billId)).toEqual(['B1', 'B2', 'B3']);
    await world.call('PUT', url(), { posted: ['B1'] });
    await eventually(async () => expect(await numbers()).toEqual(['N-B2', 'N-B3', 'Z-B1', 'Z-B5']));
  });

  test('is refused where the settings, or what was named, are not what was seen', async () => {
    const { settingsVersion } = seen;
    await expect(world.call('PUT', url(), { prefix: 'Q-', settingsVersion })).rejects.toThrow(/409/);
    await expect(world.call('PUT', url(), { prefix: 'Q-', posted: ['B1', 'B99'] })).rejects.toThrow(
      /400.*B99/,
    );
    expect(await world.call('GET', `/v1/firms/${firm.firmId}`)).toMatchObject({ settings: { prefix: 'Z-' } });
  });
});
