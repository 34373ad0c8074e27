import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aBill, aClient, aPayment, timeLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

const sync = async (over: Partial<BillSnapshot> & { billId: string }) => {
  await world.client.syncBill(aBill({ firmId: firm.firmId, number: over.billId, ...over }));
  await settledOf(world.client, { firmId: firm.firmId, type: 'bill', id: over.billId });
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

describe('a paid bill', () => {
  const pay = async (billIds: string[], over: Partial<PaymentSnapshot> = {}) => {
    const allocations = billIds.map((billId) => ({ billId, amountCents: 10_000 }));
    const payment = { paymentId: `P-${billIds.join('')}`, amountCents: 30_000, allocations, ...over };
    await world.client.syncPayment(aPayment({ firmId: firm.firmId, ...payment }));
    await settledPayment(payment.paymentId);
  };
  const settledPayment = (id: string) =>
    settledOf(world.client, { firmId: firm.firmId, type: 'payment', id });
  const written = async (from: number) =>
    (await firm.qbo.calls())
      .slice(from)
      .filter(({ committed }) => committed)
      .map(({ operation, entity }) => `${operation} ${entity}`);

  test('goes to another matter, and its payment makes way for it and follows, in three writes', async () => {
    firm = await world.firm({ matters: 'sub-customer' });
    await sync({ billId: 'W1', matters: [engine] });
    await sync({ billId: 'W2', matters: [estate] });
    await pay(['W1']);
    const before = (await firm.qbo.calls()).length;
    await sync({ billId: 'W1', version: 2, matters: [estate] });
    await settledPayment('P-W1');
    await eventually(async () => {
      expect(await written(before)).toEqual(['update Payment', 'update Invoice', 'update Payment']);
    });
    expect(await billedTo('W1')).toBe('2026-018 Estate');
    expect(await invoice('W1')).toMatchObject({ Balance: 575.5 });
    expect(await firm.qbo.objects('Payment')).toMatchObject([
      { CustomerRef: { name: '2026-018 Estate' }, UnappliedAmt: 200 },
    ]);
  });

  test('goes to another client, and two payments follow', async () => {
    await sync({ billId: 'W3', matters: [] });
    await pay(['W3']);
    await pay(['W3'], { paymentId: 'P2', amountCents: 10_000 });
    const client = aClient({ clientId: 'C2', name: 'Grace Hopper' });
    await sync({ billId: 'W3', version: 2, matters: [], client });
    await settledPayment('P-W3');
    await settledPayment('P2');
    await eventually(async () => {
      expect(await invoice('W3')).toMatchObject({ Balance: 475.5 });
    });
    expect(await firm.qbo.objects('Payment')).toHaveLength(3);
  });
});
