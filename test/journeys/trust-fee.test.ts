import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { aClient, aPayment, expenseLine } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { aDisbursement, aReversal, aTrustTransaction } from '../support/trust.js';
import { setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
let settings: { bankAccountId: string };
beforeAll(async () => {
  world = await createWorld();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, waiting, remedy, balance, lines } = office;

beforeEach(async () => {
  firm = await world.firm();
  await mapAllItems(world, firm);
  settings = await setUpTrust(world, firm);
  await post(aTrustTransaction());
});

const aFee = (over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot => {
  const { payee: _payee, ...fee } = aDisbursement({
    trustTransactionId: 'F1',
    kind: 'fee',
    billId: 'B1',
    amountCents: 12_550,
    ...over,
  });
  return fee;
};
const bill = (billId = 'B1') => app.send({ billId, lines: [expenseLine()] });
const payments = async () =>
  (await firm.qbo.objects('Payment')).map(({ TxnDate, TotalAmt, UnappliedAmt, PrivateNote }) => [
    TxnDate,
    TotalAmt,
    UnappliedAmt,
    PrivateNote,
  ]);
const open = async (number = 'B1') => (await app.numbered('Invoice', number))[0]?.Balance;

describe('an earned fee', () => {
  test('leaves the trust account first, and reaches its bill on the same day, never through a trust bank', async () => {
    await bill();
    await post(aFee());
    expect(await lines('F1')).toEqual([
      'Debit 125.5 Client Trust Liability, Ada Lovelace',
      'Credit 125.5 Trust Bank (IOLTA)',
    ]);
    expect(await payments()).toEqual([['2026-11-10', 125.5, 0, 'trust/F1/payment (Trust)']]);
    expect([await open(), await balance()]).toEqual([0, [37_450, 37_450]]);
    const [payment] = await firm.qbo.objects('Payment');
    const accounts = await firm.qbo.objects('Account');
    const into = accounts.find(({ Id }) => Id === (payment?.DepositToAccountRef as { value: string }).value);
    expect(into?.AccountSubType).toBe('UndepositedFunds');
    const order = (await firm.qbo.calls()).filter(({ committed }) => committed).map(({ entity }) => entity);
    expect(order.slice(-2)).toEqual(['JournalEntry', 'Payment']);
  });

  test('waits for its bill before anything leaves the trust account', async () => {
    await send(aFee());
    expect(await waiting('F1')).toContain('to be in QuickBooks');
    expect(await lines('F1')).toEqual([]);
    await bill();
    await settled('F1');
    expect(await open()).toBe(0);
  });

  test('of more than its bill, into a trust account, or for another client parks before anything is posted', async () => {
    await bill();
    await send(aFee({ amountCents: 12_551 }));
    await parked('F1', 'over-applied');
    const into = (depositAccountId: string | null) =>
      world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { depositAccountId });
    await into(settings.bankAccountId);
    await send(aFee({ trustTransactionId: 'F2' }));
    await parked('F2', 'trust-account-unfit');
    await into(null);
    await world.mend();
    await settled('F2');
    const bob = aClient({ clientId: 'C2', name: 'Bob Babbage', email: 'bob@example.com' });
    await app.send({ billId: 'B3', client: bob, lines: [expenseLine()] });
    await send(aFee({ trustTransactionId: 'F3', billId: 'B3' }));
    await parked('F3', 'trust-fee-of-another');
    const entries = await Promise.all(['F1', 'F2', 'F3'].map(lines));
    // F2 was mended with the settings.
    expect(entries.map(({ length }) => length)).toEqual([0, 2, 0]);
  });

  test('comes to a bill that was taken back, whose old invoice others have paid', async () => {
    const amounts = (amountCents: number) => ({ lines: [expenseLine({ amountCents })] });
    await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { locked: 'reverse' });
    await app.send({ billId: 'B1', ...amounts(10_000) });
    const allocations = [{ billId: 'B1', amountCents: 6000 }];
    await world.client.syncPayment(aPayment({ firmId: firm.firmId, amountCents: 6000, allocations }));
    await settledOf(world.client, { firmId: firm.firmId, type: 'payment', id: 'P1' });
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } });
    await app.send({ billId: 'B1', version: 2, ...amounts(13_000) });
    expect(await open('B1-R1')).toBe(70);
    await post(aFee({ amountCents: 5000, date: '2026-12-02' }));
    expect([await open('B1'), await open('B1-R1')]).toEqual([0, 20]);
  });

  test('whose payment is refused is visibly half done, cannot be left out, and goes on', async () => {
    await bill();
    await firm.qbo.fault('literal', {
      count: null,
      match: { entity: 'Payment', method: 'POST' },
      status: 400,
      body: {
        Fault: {
          Error: [{ Message: 'Refused', code: '6000', Detail: 'Not today.' }],
          type: 'ValidationFault',
        },
      },
    });
    await send(aFee());
    expect(await parked('F1', 'business-rule')).toMatchObject({ document: 'trust/F1/payment' });
    expect([(await lines('F1')).length, await open()]).toEqual([2, 125.5]);
    await remedy('F1', { action: 'exclude' });
    await parked('F1', 'business-rule');
    await firm.qbo.clearFaults();
    await remedy('F1', { action: 'retry' });
    await settled('F1');
    expect([await open(), (await payments()).length]).toEqual([0, 1]);
  });

  test.each(['JournalEntry', 'Payment'])(
    'is there once although the answer about its %s was lost',
    async (entity) => {
      await bill();
      await firm.qbo.fault('commit-then-drop', { match: { entity } });
      await post(aFee());
      expect([await open(), (await payments()).length, await balance()]).toEqual([0, 1, [37_450, 37_450]]);
    },
  );

  test('moves to the bill that its own was generated anew as', async () => {
    await bill();
    await post(aFee());
    await bill('B2');
    await post(aFee({ version: 2, billId: 'B2' }));
    expect([await open(), await open('B2'), (await payments()).length]).toEqual([125.5, 0, 1]);
    expect(await balance()).toEqual([37_450, 37_450]);
  });

  test('taken back goes off its bill and back into trust, never into a credit of the client', async () => {
    await bill();
    await post(aFee());
    await post(aReversal({ reverses: 'F1', amountCents: 12_550, reason: 'Charged in error' }));
    expect([await open(), await payments(), await balance()]).toEqual([125.5, [], [50_000, 50_000]]);
    expect(await lines('R1')).toEqual([
      'Credit 125.5 Client Trust Liability, Ada Lovelace',
      'Debit 125.5 Trust Bank (IOLTA)',
    ]);
  });
});
