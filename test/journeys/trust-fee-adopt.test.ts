import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { adopting, adoptionDesk, bookkeeperOf } from '../support/adoption-books.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { expenseLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { aDisbursement, aReversal, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
let accounts: { bankAccountId: string; liabilityAccountId: string };
let ada: string;
beforeAll(async () => {
  world = await createWorld();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, remedy, balance, refOf } = office;
const typed = bookkeeperOf(
  () => firm,
  () => accounts,
);
const { taken, reconciled, committed } = adoptionDesk(
  () => world,
  () => firm,
  office,
);

beforeEach(async () => {
  firm = await world.firm();
  await mapAllItems(world, firm);
  accounts = await setUpTrust(world, firm);
  await post(aTrustTransaction());
  await app.send({ billId: 'B1', lines: [expenseLine()] });
  ada = await typed.customer('Ada Lovelace');
});

const aFee = (id: string, over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot => {
  const { payee: _payee, ...fee } = aDisbursement({
    ...{ trustTransactionId: 'F1', kind: 'fee', billId: 'B1', amountCents: 12_550, ...over },
  });
  return { ...fee, ...adopting(id) };
};
const entered = async (amount = 125.5) => (await typed.journal([[amount, ada]], { out: true })).Id;
const open = async () => (await app.numbered('Invoice', 'B1'))[0]?.Balance;
const payments = () => firm.qbo.objects('Payment');
/** What the bookkeeper typed in for the other half. */
const paid = async (): Promise<string> => {
  const [invoice] = await app.numbered('Invoice', 'B1');
  const { Id } = await firm.qbo.bookkeeper('Payment', {
    ...{ TxnDate: '2026-11-10', TotalAmt: 125.5, CustomerRef: { value: ada } },
    Line: [{ Amount: 125.5, LinkedTxn: [{ TxnId: invoice?.Id, TxnType: 'Invoice' }] }],
  });
  return Id;
};

describe('an earned fee whose entry is in QuickBooks already', () => {
  test('is adopted, and its payment on the bill is posted', async () => {
    const theirs = await entered();
    await post(aFee(theirs));
    expect([await taken('F1'), await entriesOf(firm.qbo, 'F1')]).toEqual([[`JournalEntry ${theirs} 1`], []]);
    expect([await open(), (await payments()).length, await balance()]).toEqual([0, 1, [37_450, 37_450]]);
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
  });

  test('and whose payment is there as well has both adopted, and nothing is written', async () => {
    const theirs = await entered();
    const theirPayment = await paid();
    const before = await committed();
    await send(aFee(theirs));
    const asked = await eventually(async () => {
      const { parked } = await world.client.status(refOf('F1'));
      if (parked?.document !== 'trust/F1/payment')
        throw new Error(`parked for ${parked?.fault ?? 'nothing'}`);
      return parked;
    });
    expect(asked.allowed).toContain('adopt');
    await remedy('F1', { action: 'adopt', qboId: theirPayment, by: 'kim' });
    await settled('F1').catch(async () => {
      throw new Error(JSON.stringify((await world.client.status(refOf('F1'))).parked));
    });
    expect([await committed(), await open(), (await payments()).length]).toEqual([before, 0, 1]);
    expect([await taken('F1'), await balance()]).toEqual([[`JournalEntry ${theirs} 1`], [37_450, 37_450]]);
  });

  test('of another amount pays nothing before that is settled', async () => {
    await send(aFee(await entered(125)));
    await office.parked('F1', 'trust-adopt-unfit');
    expect([await open(), await payments(), await balance()]).toEqual([125.5, [], [37_450, 50_000]]);
  });

  test('taken back goes off its bill and back into trust', async () => {
    await post(aFee(await entered()));
    await post(aReversal({ reverses: 'F1', amountCents: 12_550, reason: 'Charged in error' }));
    expect([await open(), await payments(), await balance()]).toEqual([125.5, [], [50_000, 50_000]]);
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
  });
});
