import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aCredit, aPayment, expenseLine } from '../support/builder.js';
import { billingApp, mapAllItems, parkedOf, type BillingApp } from '../support/billing-app.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  const waiting = await world.unconnectedFirm();
  await waiting.qbo.preferences({ CurrencyPrefs: { MultiCurrencyEnabled: true } });
  await waiting.qbo.bookkeeper('CompanyCurrency', { Code: 'EUR' });
  firm = await world.connect(waiting);
  app = billingApp(world, () => firm);
  await mapAllItems(world, firm);
});
afterAll(async () => world.close());

const ref = (id: string) => ({ firmId: firm.firmId, type: 'payment', id }) as const;
const pay = (paymentId: string, over: Partial<PaymentSnapshot>) =>
  world.client.syncPayment(aPayment({ firmId: firm.firmId, paymentId, reference: paymentId, ...over }));
const settled = (paymentId: string) => settledOf(world.client, ref(paymentId));
const paid = async (paymentId: string) =>
  (await firm.qbo.objects('Payment')).find(({ PaymentRefNum }) => PaymentRefNum === paymentId);
const invoice = async (number: string) => (await app.numbered('Invoice', number))[0];
const receivables = async () =>
  (await firm.qbo.objects('Account'))
    .filter(({ AccountType }) => AccountType === 'Accounts Receivable')
    .map(({ CurrencyRef, CurrentBalance }) => [(CurrencyRef as { value: string }).value, CurrentBalance]);

const euros = (billId: string, exchangeRate?: string) => ({
  ...{ billId, currency: 'EUR', lines: [expenseLine({ amountCents: 10_000 })] },
  ...(exchangeRate !== undefined && { exchangeRate }),
});
const on = (billId: string, amountCents = 10_000) => ({
  amountCents,
  allocations: [{ billId, amountCents }],
});

describe('a bill in another currency', () => {
  test('is paid in it, at the rate of the day of the payment', async () => {
    await app.send(euros('E1', '1.1'));
    await pay('P1', { ...on('E1'), currency: 'EUR', exchangeRate: '1.2' });
    await settled('P1');
    expect(await paid('P1')).toMatchObject({
      ...{ TotalAmt: 100, UnappliedAmt: 0, ExchangeRate: 1.2 },
      CurrencyRef: { value: 'EUR' },
    });
    expect(await invoice('E1')).toMatchObject({ Balance: 0, ExchangeRate: 1.1 });
    expect(await receivables()).toContainEqual(['EUR', 0]);
  });

  test('is not paid in the home currency: that is asked about, and put right by the next snapshot', async () => {
    await app.send(euros('E2'));
    await pay('P2', on('E2'));
    const { fault, cause } = await parkedOf(world, ref('P2'));
    expect(fault).toBe('currency-mixed');
    expect(cause).toContain('bill E2');
    expect(await paid('P2')).toBeUndefined();
    await pay('P2', { ...on('E2'), version: 2, currency: 'EUR' });
    await settled('P2');
    expect(await paid('P2')).toMatchObject({ CurrencyRef: { value: 'EUR' }, UnappliedAmt: 0 });
  });

  test('is credited in it, and the use of the credit is of nothing', async () => {
    await app.send({ ...euros('E3', '1.1'), credits: [aCredit({ amountCents: 4000 })] });
    expect(await invoice('E3')).toMatchObject({ TotalAmt: 100, Balance: 60 });
    const [memo] = await app.numbered('CreditMemo', 'E3-CN1');
    expect(memo).toMatchObject({ TotalAmt: 40, CurrencyRef: { value: 'EUR' }, RemainingCredit: 0 });
  });

  test('goes to the customer of that currency when it changes it', async () => {
    await app.send({ billId: 'E4', lines: [expenseLine({ amountCents: 10_000 })] });
    await app.send({ ...euros('E4'), version: 2 });
    const { CustomerRef, CurrencyRef } = (await invoice('E4'))!;
    expect([CustomerRef, CurrencyRef]).toMatchObject([{ name: 'Ada Lovelace (EUR)' }, { value: 'EUR' }]);
  });
});
