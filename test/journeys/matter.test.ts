import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { aBill, timeLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

const sync = async (over: Partial<BillSnapshot> & { billId: string }) => {
  await world.client.syncBill(aBill({ firmId: firm.firmId, number: over.billId, ...over }));
  await eventually(async () => {
    expect(await world.client.isSettled({ firmId: firm.firmId, type: 'bill', id: over.billId })).toBe(true);
  });
};

const customers = async () => (await firm.qbo.objects('Customer')).map((one) => one.FullyQualifiedName);
const invoice = async (number: string) =>
  (await firm.qbo.objects('Invoice')).find(({ DocNumber }) => DocNumber === number);
const billedTo = async (number: string) =>
  ((await invoice(number))?.CustomerRef as { name?: string } | undefined)?.name;

const engine = { matterId: 'M1', number: '2026-017', description: 'In re: engine' };
const estate = { matterId: 'M2', number: '2026-018', description: 'Estate' };

test('a matter is a sub-customer of its client, made once and renamed with it', async () => {
  firm = await world.firm({ matters: 'sub-customer' });
  await sync({ billId: 'B1', matters: [engine] });
  const before = await firm.qbo.counts();
  await sync({ billId: 'B2', matters: [engine] });
  expect((await firm.qbo.counts()).writes - before.writes).toBe(1);
  expect(await customers()).toEqual(['Ada Lovelace', 'Ada Lovelace:2026-017 In re - engine']);
  expect(await billedTo('B2')).toBe('2026-017 In re - engine');
  await sync({ billId: 'B3', matters: [engine, estate] });
  expect(await billedTo('B3')).toBe('Ada Lovelace');
  await sync({ billId: 'B2', version: 2, matters: [{ ...engine, number: '2026-99' }] });
  await eventually(async () => {
    expect(await customers()).toEqual(['Ada Lovelace', 'Ada Lovelace:2026-99 In re - engine']);
  });
});

test('a client has one customer for each currency, and its bills stand under it', async () => {
  const waiting = await world.unconnectedFirm();
  await waiting.qbo.preferences({ CurrencyPrefs: { MultiCurrencyEnabled: true } });
  await waiting.qbo.bookkeeper('CompanyCurrency', { Code: 'EUR' });
  firm = await world.connect(waiting);
  await sync({ billId: 'B1' });
  await sync({ billId: 'B2', currency: 'EUR', exchangeRate: '1.1' });
  await sync({ billId: 'B3', currency: 'EUR' });
  expect(await customers()).toEqual(['Ada Lovelace', 'Ada Lovelace (EUR)']);
  expect(await billedTo('B1')).toBe('Ada Lovelace');
  expect(await invoice('B2')).toMatchObject({ CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.1 });
  expect(await invoice('B3')).toMatchObject({ CurrencyRef: { value: 'EUR' } });
});

test('a bill waits for the classes of its timekeepers, and has them on its lines', async () => {
  const waiting = await world.unconnectedFirm();
  await waiting.qbo.preferences({ AccountingInfoPrefs: { ClassTrackingPerTxnLine: true } });
  firm = await world.connect(waiting, { classes: 'timekeeper' });
  await sync({ billId: 'B1', lines: [timeLine({ timekeeperId: 'T1' }), timeLine()] });
  const [made, ...more] = await firm.qbo.objects('Class');
  expect([made?.Name, more]).toEqual(['R. Hale', []]);
  const { Line } = (await invoice('B1')) as unknown as {
    Line: { SalesItemLineDetail?: { ClassRef?: { value: string } } }[];
  };
  expect(Line.map((line) => line.SalesItemLineDetail?.ClassRef?.value)).toEqual([
    made?.Id,
    undefined,
    undefined,
  ]);
});
