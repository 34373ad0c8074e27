import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { setUpTrust, trustOffice } from '../support/trust-books.js';
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
const { send, post, settled, parked, lines, balance } = trustOffice(
  () => world,
  () => firm,
);

const bob = aClient({ clientId: 'C2', name: 'Bob Cratchit' });
const reconciled = async (): Promise<unknown> => {
  const path = `/v1/firms/${firm.firmId}/trust-accounts/IOLTA/reconciliations`;
  return (await world.call('POST', path, { on: '2026-11-20' })).result;
};
const perClient = { subAccounts: 'client' };
/** Accounts below the one on which it is owed to all clients. */
const below = async (): Promise<unknown[]> => {
  const accounts = await firm.qbo.objects('Account');
  const parent = accounts.find(({ Name }) => Name === 'Client Trust Liability')?.Id;
  return accounts
    .filter(({ ParentRef }) => (ParentRef as { value?: string } | undefined)?.value === parent)
    .map(({ Name }) => Name);
};

describe('a firm that keeps an account for each client', () => {
  beforeEach(async () => {
    await firm.qbo.company('plan', { plan: 'Advanced' });
    await setUpTrust(world, firm, perClient);
  });

  test('owes each his own on it, in whatever way money moves, and is reconciled over all of them', async () => {
    await post(aTrustTransaction({ trustTransactionId: 'O1', kind: 'opening-balance', date: '2026-01-01' }));
    await post(aTrustTransaction());
    await post(aTransfer({ amountCents: 10_000, to: { client: bob, matter: aMatter('M2') } }));
    await post(aDisbursement({ amountCents: 20_000, date: '2026-11-12', cheque: { print: true } }));
    expect(await lines('O1')).toEqual([
      'Debit 500 Client Trust Liability',
      'Credit 500 Ada Lovelace, Ada Lovelace',
    ]);
    expect(await lines('T1')).toEqual([
      'Debit 500 Trust Bank (IOLTA)',
      'Credit 500 Ada Lovelace, Ada Lovelace',
    ]);
    expect(await lines('X1')).toEqual([
      'Debit 100 Ada Lovelace, Ada Lovelace',
      'Credit 100 Bob Cratchit, Bob Cratchit',
    ]);
    expect(await below()).toEqual(['Ada Lovelace', 'Bob Cratchit']);
    expect([await balance('M1'), await balance('M2')]).toEqual([
      [70_000, 70_000],
      [10_000, 10_000],
    ]);
    expect(await reconciled()).toMatchObject({
      bookOwedCents: 30_000,
      differences: [{ kind: 'opening' }],
      customers: [{ ledgerCents: 70_000 }, { ledgerCents: 10_000 }],
    });
  });

  test('pays for it once: then a transaction is one write and no read', async () => {
    await post(aTrustTransaction());
    const before = await firm.qbo.counts();
    await post(aTrustTransaction({ trustTransactionId: 'T2' }));
    const after = await firm.qbo.counts();
    expect([after.committed - before.committed, after.metered - before.metered]).toEqual([1, 0]);
    await post(aReversal());
    expect(await lines('R1')).toContain('Debit 500 Ada Lovelace, Ada Lovelace');
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
  });

  test('has the one taken that stands there in the name of the client', async () => {
    const parent = (await firm.qbo.objects('Account')).find(({ Name }) => Name === 'Client Trust Liability');
    await firm.qbo.bookkeeper('Account', {
      Name: 'Ada Lovelace',
      AccountType: 'Other Current Liability',
      SubAccount: true,
      ParentRef: { value: parent?.Id },
    });
    await post(aTrustTransaction());
    expect(await below()).toEqual(['Ada Lovelace']);
    expect(await lines('T1')).toContain('Credit 500 Ada Lovelace, Ada Lovelace');
    expect(await reconciled()).toMatchObject({ agrees: true });
  });
});

describe('a client who gets another name', () => {
  const named = (name: string, version: number) => aClient({ name, version });
  beforeEach(async () => {
    await firm.qbo.company('plan', { plan: 'Advanced' });
    await setUpTrust(world, firm, perClient);
    await post(aTrustTransaction());
  });

  test('has it on the account, by one write, whose number and description stay', async () => {
    const [own] = (await firm.qbo.objects('Account')).filter(({ Name }) => Name === 'Ada Lovelace');
    await firm.qbo.bookkeeper('Account', {
      Id: own?.Id,
      sparse: true,
      Name: 'Ada Lovelace',
      Description: 'Hers',
    });
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'Account', method: 'POST' } });
    await post(aTrustTransaction({ trustTransactionId: 'T2', client: named('Ada King', 2) }));
    await settledOf(world.client, { firmId: firm.firmId, type: 'contact', id: 'C1' });
    expect(await below()).toEqual(['Ada King']);
    const [after] = (await firm.qbo.objects('Account')).filter(({ Id }) => Id === own?.Id);
    expect([after?.Description, after?.SubAccount]).toEqual(['Hers', true]);
    expect(await lines('T2')).toContain('Credit 500 Ada King, Ada King');
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
  });

  test('that another account has is asked about, and money goes on', async () => {
    const [own] = (await firm.qbo.objects('Account')).filter(({ Name }) => Name === 'Ada Lovelace');
    const { ParentRef, AccountType } = own!;
    const Name = 'Ada King';
    await firm.qbo.bookkeeper('Account', { Name, AccountType, SubAccount: true, ParentRef });
    await post(aTrustTransaction({ trustTransactionId: 'T2', client: named(Name, 2) }));
    const ref = { firmId: firm.firmId, type: 'contact', id: 'C1' } as const;
    await eventually(async () => {
      expect((await world.client.status(ref)).parked?.fault).toBe('account-name-taken');
    });
    expect([await lines('T2'), await balance()]).toEqual([
      ['Debit 500 Trust Bank (IOLTA)', 'Credit 500 Ada Lovelace, Ada King'],
      [100_000, 100_000],
    ]);
  });
});

test('a plan with few accounts is told of before anything is posted, and the setting lifts it', async () => {
  await setUpTrust(world, firm, perClient);
  await send(aTrustTransaction());
  expect((await parked('T1', 'trust-sub-accounts-limited')).cause).toContain('QuickBooks Online Plus');
  expect(await below()).toEqual([]);
  await setUpTrust(world, firm);
  await settled('T1');
  expect(await lines('T1')).toContain('Credit 500 Client Trust Liability, Ada Lovelace');
});
