import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FirmSettings } from '../../src/domain/firm.js';
import { aCredit, expenseLine } from '../support/builder.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

const HST = { name: 'HST', ratePerMillion: 130_000 };
const lines = (...amounts: number[]) =>
  amounts.map((amountCents) =>
    expenseLine({ amountCents, taxes: [{ ...HST, amountCents: Math.round(amountCents * 0.13) }] }),
  );
const settings = (change: Partial<FirmSettings>) =>
  world.call('PUT', `/v1/firms/${firm.firmId}/settings`, change);
const invoice = async (number: string) => (await app.numbered('Invoice', number))[0] ?? expect.fail(number);

async function start(change: Partial<FirmSettings>, seed?: string) {
  firm = await world.firm({}, seed);
  app = billingApp(world, () => firm);
  await mapAllItems(world, firm);
  await settings(change);
}

describe('tax as lines, in the United States', () => {
  test('goes to its own item, line by line or as one', async () => {
    await start({});
    await app.send({ billId: 'T1', lines: lines(10_000, 5000) });
    expect(await invoice('T1')).toMatchObject({ TotalAmt: 169.5 });
    expect((await invoice('T1')).Line).toHaveLength(5);
    await settings({ tax: 'summary' });
    await app.send({ billId: 'T2', lines: lines(10_000, 5000) });
    expect((await invoice('T2')).Line).toMatchObject([{}, {}, { Amount: 19.5, Description: 'HST 13 %' }, {}]);
  });

  test('stays as it was posted when the firm changes its mind', async () => {
    await app.send({ billId: 'T1', version: 2, lines: lines(10_000, 6000) });
    expect((await invoice('T1')).Line).toHaveLength(5);
  });
});

describe('tax by code, in Canada', () => {
  test('is computed by QuickBooks, and comes to the same', async () => {
    await start({ tax: 'codes', taxCodes: { HST: '7' }, untaxedCode: '4' }, 'canada');
    await app.send({ billId: 'T3', lines: [...lines(10_000), expenseLine({ amountCents: 2000 })] });
    expect(await invoice('T3')).toMatchObject({ TotalAmt: 133, TxnTaxDetail: { TotalTax: 13 } });
  });

  test('goes under one code for both where a line has two', async () => {
    await settings({ taxCodes: { HST: '7', 'GST + PST BC': '6' } });
    const taxes = [
      { name: 'GST', ratePerMillion: 50_000, amountCents: 500 },
      { name: 'PST BC', ratePerMillion: 70_000, amountCents: 700 },
    ];
    const both = { billId: 'T6', lines: [expenseLine({ amountCents: 10_000, taxes }), ...lines(10_000)] };
    await app.send(both);
    expect(await invoice('T6')).toMatchObject({
      TotalAmt: 225,
      TxnTaxDetail: { TotalTax: 25 },
      Line: [
        { Amount: 100, SalesItemLineDetail: { TaxCodeRef: { value: '6' } } },
        { Amount: 100, SalesItemLineDetail: { TaxCodeRef: { value: '7' } } },
        {},
      ],
    });
    const [expense] = both.lines;
    const unknown = { ...expense!, taxes: [...taxes].reverse() };
    const parked = await app.sendParked({ billId: 'T7', lines: [unknown] });
    expect(parked.cause).toContain('PST BC + GST');
    await app.send({ billId: 'T7', version: 2, lines: both.lines });
    expect(await invoice('T7')).toMatchObject({ TotalAmt: 225 });
  });

  test('goes under another code where a person puts one in the place of what QuickBooks does not have', async () => {
    await settings({ taxCodes: { HST: '98765' } });
    const parked = await app.sendParked({ billId: 'T8', lines: lines(10_000) });
    expect([parked.fault, parked.allowed]).toEqual(['reference-missing', ['remap', 'retry', 'exclude']]);
    expect(parked.cause).toContain('98765');
    await world.client.remediate(app.ref('T8'), { action: 'remap', to: '7', by: 'Kim' });
    await app.settled('T8');
    expect(await invoice('T8')).toMatchObject({ TotalAmt: 113, TxnTaxDetail: { TotalTax: 13 } });
    await app.send({ billId: 'T9', lines: lines(20_000) });
    expect(await invoice('T9')).toMatchObject({ TotalAmt: 226 });
  });

  test('takes a credit note without tax', async () => {
    const over = { billId: 'T4', lines: lines(10_000) };
    await app.send({ ...over, credits: [aCredit({ amountCents: 1000 })] });
    expect(await invoice('T4')).toMatchObject({ TotalAmt: 113, Balance: 103 });
  });

  test('that comes to another amount is found out before it is posted', async () => {
    const [line] = lines(1050);
    const before = await firm.qbo.counts();
    const off = { ...line!, taxes: [{ ...HST, amountCents: 136 }] };
    const parked = await app.sendParked({ billId: 'T5', lines: [off] });
    expect(parked.fault).toBe('tax-differs');
    expect(parked.cause).toContain('HST is 1.36 in the billing app and 1.37 in QuickBooks');
    expect((await firm.qbo.counts()).calls).toBe(before.calls);
    await app.send({ billId: 'T5', version: 2, lines: lines(1050) });
    expect(await invoice('T5')).toMatchObject({ TotalAmt: 11.87 });
  });
});
