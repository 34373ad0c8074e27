import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCredit, aPayment, expenseLine } from '../support/builder.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const LINES = [expenseLine({ amountCents: 50_000 })];

describe('a bill that was generated anew', () => {
  test('is posted only once the old one is out of QuickBooks', async () => {
    await app.send({ billId: 'R1', lines: LINES, credits: [aCredit()] });
    expect(await app.sendWaiting({ billId: 'R2', lines: LINES, replaces: 'R1' })).toBe(
      'Waiting for bill R1, which this one replaces, to be out of QuickBooks.',
    );
    expect(await app.numbered('Invoice', 'R2')).toEqual([]);
    await app.send({ billId: 'R1', version: 2, state: 'void', lines: LINES });
    await app.settled('R2');
    expect(await app.numbered('Invoice', 'R1')).toMatchObject([{ TotalAmt: 0 }]);
    expect(await app.numbered('Invoice', 'R2')).toMatchObject([{ Balance: 500 }]);
  });

  test('waits for one that comes later, and for one that never was in QuickBooks', async () => {
    expect(await app.sendWaiting({ billId: 'R4', lines: LINES, replaces: 'R3' })).toBe(
      'Waiting for bill R3, which this one replaces, to be void.',
    );
    await app.send({ billId: 'R3', state: 'void' });
    await app.settled('R4');
    expect(await app.numbered('Invoice', 'R4')).toHaveLength(1);
    expect(await app.numbered('Invoice', 'R3')).toEqual([]);
  });

  test('takes over the payment of the old one, in place, whatever is sent first', async () => {
    const { firmId } = firm;
    const paid = aPayment({ firmId, paymentId: 'P5', allocations: [{ billId: 'R5', amountCents: 20_000 }] });
    await app.send({ billId: 'R5', lines: LINES });
    await world.client.syncPayment(paid);
    await eventually(async () => {
      expect(await app.numbered('Invoice', 'R5')).toMatchObject([{ Balance: 300 }]);
    });
    await app.sendWaiting({ billId: 'R6', lines: LINES, replaces: 'R5' });
    await app.sendWaiting({ billId: 'R5', version: 2, state: 'void', lines: LINES });
    await world.client.syncPayment({
      ...paid,
      version: 2,
      allocations: [{ billId: 'R6', amountCents: 20_000 }],
    });
    await app.settled('R6');
    await eventually(async () => {
      expect(await app.numbered('Invoice', 'R6')).toMatchObject([{ Balance: 300 }]);
    });
    expect(await app.numbered('Invoice', 'R5')).toMatchObject([{ TotalAmt: 0 }]);
    expect(await firm.qbo.objects('Payment')).toHaveLength(1);
  });

  test('is there once although the answer about the void was lost', async () => {
    await app.send({ billId: 'R7', lines: LINES });
    await app.sendWaiting({ billId: 'R8', lines: LINES, replaces: 'R7' });
    await firm.qbo.fault('commit-then-drop', { match: { operation: 'void' } });
    await app.send({ billId: 'R7', version: 2, state: 'void', lines: LINES });
    await app.settled('R8');
    expect(await app.numbered('Invoice', 'R8')).toHaveLength(1);
  });
});
