import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptTrustTransaction, lockTrustRecord } from '../../src/db/trust-transaction.js';
import { reserve } from '../../src/db/trust-reservation.js';
import { aClient } from '../support/builder.js';
import { aDisbursement, aMatter, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, waiting, balance, lines } = office;

const START = '2026-01-01';
const opening = (trustTransactionId: string, amountCents: number, matterId: string) =>
  aTrustTransaction({
    trustTransactionId,
    kind: 'opening-balance',
    date: START,
    amountCents,
    matter: aMatter(matterId),
  });

describe('opening balances', () => {
  test('come to what the bank held before anything else is posted, and move neither account', async () => {
    await setUpTrust(world, firm, { openingCents: 70_000 });
    await post(opening('O1', 50_000, 'M1'));
    await send(aDisbursement());
    expect(await waiting('D1')).toBe(
      'Waiting for the opening balances of IOLTA at First Bank to come to 700.00; so far they are 500.00.',
    );
    await post(opening('O2', 20_000, 'M2'));
    await settled('D1');
    expect(await lines('O1')).toEqual([
      'Debit 500 Client Trust Liability',
      'Credit 500 Client Trust Liability, Ada Lovelace',
    ]);
    expect([await balance('M1'), await balance('M2')]).toEqual([
      [0, 0],
      [20_000, 20_000],
    ]);
  });

  test('stand in our ledger alone where lines name nobody', async () => {
    await setUpTrust(world, firm, { lineCustomer: 'plain' });
    await post(opening('O1', 50_000, 'M1'));
    await post(aDisbursement());
    expect(await lines('D1')).toEqual(['Debit 500 Client Trust Liability', 'Credit 500 Trust Bank (IOLTA)']);
    expect([await entriesOf(firm.qbo, 'O1'), await balance()]).toEqual([[], [0, 0]]);
  });
});

describe('the bank', () => {
  const own = aClient({ clientId: 'FIRM', name: 'Hale & Partners' });
  const bar = aClient({ clientId: 'BAR', name: 'Bar Foundation' });

  test('charges the firm’s own ledger line, and pays interest where the account sends it', async () => {
    await setUpTrust(world, firm, {
      charges: { clientId: 'FIRM', matterId: 'OWN' },
      interest: { clientId: 'BAR', matterId: 'IOLTA' },
    });
    await post(aTrustTransaction({ client: own, matter: aMatter('OWN') }));
    await post(
      aDisbursement({ kind: 'bank-charge', amountCents: 1500, client: own, matter: aMatter('OWN') }),
    );
    const interest = aTrustTransaction({ trustTransactionId: 'I1', kind: 'interest', amountCents: 312 });
    await expect(send(interest)).rejects.toThrow('trust-wrong-ledger');
    await post({ ...interest, client: bar, matter: aMatter('IOLTA') });
    expect([await lines('D1'), await lines('I1')]).toEqual([
      ['Debit 15 Client Trust Liability, Hale & Partners', 'Credit 15 Trust Bank (IOLTA)'],
      ['Debit 3.12 Trust Bank (IOLTA)', 'Credit 3.12 Client Trust Liability, Bar Foundation'],
    ]);
  });
});

test('what the server reserved and could not start is started by the sweep', async () => {
  await setUpTrust(world, firm);
  const snapshot = { ...aTrustTransaction(), firmId: firm.firmId };
  await world.db.transaction().execute(async (tx) => {
    await acceptTrustTransaction(tx, snapshot);
    const record = await lockTrustRecord(tx, firm.firmId, 'T1');
    if (record) await reserve(tx, record);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await tx
      .updateTable('trust_transaction')
      .set({ updated_at: anHourAgo })
      .where('firm_id', '=', firm.firmId)
      .execute();
  });
  const { sync: taskQueue } = world.config.queues;
  await world.temporal.workflow.execute('sweep', { workflowId: `sweep-now:${taskQueue}`, taskQueue });
  await settled('T1');
  expect(await balance()).toEqual([50_000, 50_000]);
});
