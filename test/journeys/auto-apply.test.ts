import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClient, aCredit, expenseLine } from '../support/builder.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  await firm.qbo.preferences({ SalesFormsPrefs: { AutoApplyCredit: true } });
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const LINES = [expenseLine({ amountCents: 50_000 })];
const client = (name: string) => aClient({ clientId: name, name });
const balanceOf = async (number: string) => (await app.numbered('Invoice', number))[0]?.Balance;

describe('where QuickBooks uses credits by itself', () => {
  test('its use is taken over when it is the right one', async () => {
    const over = { billId: 'U1', client: client('Alone'), lines: LINES };
    await app.send(over);
    const { writes } = await app.send({ ...over, version: 2, credits: [aCredit()] });
    expect(writes).toEqual(['create CreditMemo']);
    expect([await balanceOf('U1'), (await app.uses()).length]).toEqual([400, 1]);
  });

  test('its use is taken over although the answer about the credit memo was lost', async () => {
    const over = { billId: 'U0', client: client('Lost'), lines: LINES };
    await app.send(over);
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'CreditMemo', operation: 'create' } });
    await app.send({ ...over, version: 2, credits: [aCredit()] });
    expect(await app.numbered('CreditMemo', 'U0-CN1')).toMatchObject([{ RemainingCredit: 0 }]);
    expect([await balanceOf('U0'), (await app.uses()).length]).toEqual([400, 2]);
    await app.send({ ...over, version: 3 });
    expect([await balanceOf('U0'), (await app.uses()).length]).toEqual([500, 1]);
  });

  test('and follows the billing app from then on', async () => {
    const over = { billId: 'U1', client: client('Alone'), lines: LINES };
    const { writes } = await app.send({ ...over, version: 3 });
    expect(writes).toEqual(['delete Payment', 'delete CreditMemo']);
    expect([await balanceOf('U1'), (await app.uses()).length]).toEqual([500, 0]);
  });

  test('on another bill it is removed, and ours is made', async () => {
    const shared = { client: client('Shared'), lines: LINES };
    await app.send({ ...shared, billId: 'U2', issuedOn: '2026-10-01' });
    await app.send({ ...shared, billId: 'U3' });
    await app.send({ ...shared, billId: 'U3', version: 2, credits: [aCredit()] });
    expect([await balanceOf('U2'), await balanceOf('U3')]).toEqual([500, 400]);
    expect(await app.uses()).toHaveLength(1);
  });

  test('on several bills all of it is removed, and ours is made', async () => {
    const several = { client: client('Several') };
    await app.send({
      ...several,
      billId: 'U4',
      issuedOn: '2026-10-01',
      lines: [expenseLine({ amountCents: 6000 })],
    });
    await app.send({ ...several, billId: 'U5', lines: LINES });
    const before = (await app.uses()).length;
    await app.send({
      ...several,
      billId: 'U5',
      version: 2,
      lines: LINES,
      credits: [aCredit({ appliedCents: 4000 })],
    });
    expect([await balanceOf('U4'), await balanceOf('U5')]).toEqual([60, 460]);
    expect((await app.uses()).length - before).toBe(1);
    expect(await app.numbered('CreditMemo', 'U5-CN1')).toMatchObject([{ RemainingCredit: 60 }]);
  });
});
