import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aClient } from '../support/builder.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { entriesOf, lowest, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let liabilityAccountId: string;
beforeAll(async () => {
  world = await createWorld({ timing: { booksRecheckMs: 0 } });
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm({ matters: 'sub-customer' });
  ({ liabilityAccountId } = await setUpTrust(world, firm));
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, waiting, remedy, balance, lines, refOf } = office;

/** QuickBooks refuses entries until it is told otherwise. */
const refuse = () =>
  firm.qbo.fault('literal', {
    count: null,
    match: { entity: 'JournalEntry', method: 'POST' },
    status: 400,
    body: {
      Fault: { Error: [{ Message: 'Refused', code: '6000', Detail: 'Not today.' }], type: 'ValidationFault' },
    },
  });

describe('a disbursement', () => {
  test('waits, for all to see, until what it draws from is in QuickBooks', async () => {
    await refuse();
    await send(aTrustTransaction());
    await parked('T1', 'business-rule');
    await send(aDisbursement());
    expect(await waiting('D1')).toBe(
      'Waiting for 500.00 more of matter M1 to be in QuickBooks by 2026-11-10.',
    );
    const unposted = (await world.call('GET', `/v1/unposted?firm=${firm.firmId}`)) as { items: object[] };
    expect(unposted.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'D1', waitingFor: 'ledger/IOLTA/C1/M1' })]),
    );
    expect(await balance()).toEqual([0, 0]);
    await firm.qbo.clearFaults();
    await remedy('T1', { action: 'retry' });
    await settled('D1');
    expect(await lines('D1')).toEqual([
      'Debit 500 Client Trust Liability, 2026-M1 Engine dispute',
      'Credit 500 Trust Bank (IOLTA)',
    ]);
    expect(await lowest(firm.qbo, liabilityAccountId)).toBe(0);
  });

  test('refused by QuickBooks gives back what it took, and goes on when it is tried again', async () => {
    await post(aTrustTransaction());
    await refuse();
    await send(aDisbursement({ amountCents: 30_000 }));
    await parked('D1', 'business-rule');
    expect(await balance()).toEqual([20_000, 50_000]);
    await firm.qbo.clearFaults();
    await remedy('D1', { action: 'retry' });
    await settled('D1');
    expect(await balance()).toEqual([20_000, 20_000]);
  });

  test('waits for its money to clear, and goes on when the bank says an earlier day', async () => {
    await post(aTrustTransaction({ clearsOn: '2099-01-01' }));
    await send(aDisbursement());
    expect(await waiting('D1')).toBe('Waiting for 500.00 more of matter M1 to clear, next on 2099-01-01.');
    await send(aTrustTransaction({ version: 2, clearsOn: '2026-11-11' }));
    await settled('D1');
    expect(await balance()).toEqual([0, 0]);
  });

  test('one of two of the last dollar is taken, and the other one is told', async () => {
    await post(aTrustTransaction());
    const both = await Promise.allSettled(
      ['D1', 'D2'].map((id) => send(aDisbursement({ trustTransactionId: id }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const taken = both[0]?.status === 'fulfilled' ? 'D1' : 'D2';
    await settled(taken);
    expect(await balance()).toEqual([0, 0]);
    expect(await entriesOf(firm.qbo, taken)).toHaveLength(1);
  });

  test('left out gives its money to another one', async () => {
    await post(aTrustTransaction());
    await refuse();
    await send(aDisbursement());
    await parked('D1', 'business-rule');
    await remedy('D1', { action: 'exclude' });
    await settled('D1');
    await firm.qbo.clearFaults();
    await post(aDisbursement({ trustTransactionId: 'D2' }));
    expect(await balance()).toEqual([0, 0]);
  });
});

describe('over Temporal alone', () => {
  test('leaves their money to those who asked before, when only they can bring it its own', async () => {
    await post(aTrustTransaction());
    const bob = { client: aClient({ clientId: 'C2', name: 'Bob Babbage' }), matter: aMatter('M9') };
    const { client, matter } = aTrustTransaction();
    const held = await firm.qbo.hold({ entity: 'Customer', operation: 'create' });
    await send(aTransfer({ trustTransactionId: 'X1', to: bob }));
    await held.caught();
    await send(aTransfer({ trustTransactionId: 'X2', ...bob, to: { client, matter } }));
    await send(aDisbursement());
    expect(await waiting('D1')).toBe(
      'Waiting for those who asked for money of matter M1 before: they leave 500.00 too little on 2026-11-10.',
    );
    await held.release();
    for (const id of ['X1', 'X2', 'D1']) await settled(id);
    expect([await balance(), await balance('M9')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await lowest(firm.qbo, liabilityAccountId)).toBe(0);
  });

  test('what would overdraw is parked, and only a second person records that it happened', async () => {
    await post(aTrustTransaction());
    await post(aDisbursement());
    const bounced = { ...aReversal(), firmId: firm.firmId };
    await world.client.syncTrustTransaction(bounced);
    const { allowed, cause } = await parked('R1', 'trust-overdraw');
    expect(allowed).toEqual(['retry', 'record-overdraw', 'exclude']);
    expect(cause).toContain('matter 2026-M1 of Ada Lovelace holds 0.00 at the end of 2026-11-12');
    await remedy('R1', { action: 'record-overdraw', by: 'pat' });
    await parked('R1', 'trust-overdraw');
    await remedy('R1', { action: 'record-overdraw', by: 'kim', note: 'Bank letter' });
    await settled('R1');
    expect(await balance()).toEqual([-50_000, -50_000]);
    const overdraws = await world.db
      .selectFrom('trust_overdraw')
      .select(['cents', 'entered_by', 'recorded_by', 'note'])
      .where('firm_id', '=', firm.firmId)
      .execute();
    expect(overdraws).toEqual([
      { cents: 50_000, entered_by: 'pat', recorded_by: 'kim', note: 'Bank letter' },
    ]);
    await expect(send(aDisbursement({ trustTransactionId: 'D2', amountCents: 1 }))).rejects.toThrow(
      'trust-overdraw',
    );
  });

  test('the server takes what happened at the bank too, and says that it is parked', async () => {
    await post(aTrustTransaction());
    await post(aDisbursement());
    await expect(send(aReversal())).rejects.toThrow('trust-overdraw');
    const answer = await send(aReversal(), '?happened=true');
    expect(answer.parked).toContain('would overdraw its matter');
    await parked('R1', 'trust-overdraw');
  });
});

describe('transfers', () => {
  test('that cross each other are both in the books, and no matter was below zero on the way', async () => {
    const bob = aClient({ clientId: 'C2', name: 'Bob Babbage', email: 'bob@example.com' });
    await post(aTrustTransaction());
    await post(aTrustTransaction({ trustTransactionId: 'T2', client: bob, matter: aMatter('M2') }));
    await Promise.all([
      post(aTransfer({ to: { client: bob, matter: aMatter('M2') } })),
      post(
        aTransfer({
          trustTransactionId: 'X2',
          client: bob,
          matter: aMatter('M2'),
          to: { client: aClient(), matter: aMatter() },
        }),
      ),
    ]);
    expect(await lines('X1')).toEqual([
      'Debit 500 Client Trust Liability, 2026-M1 Engine dispute',
      'Credit 500 Client Trust Liability, 2026-M2 Engine dispute',
    ]);
    expect([await balance('M1'), await balance('M2')]).toEqual([
      [50_000, 50_000],
      [50_000, 50_000],
    ]);
    expect(await lowest(firm.qbo, liabilityAccountId)).toBe(0);
  });
});

describe('a reversal', () => {
  test('takes a deposit back on its own day, names it, and happens once', async () => {
    await post(aTrustTransaction());
    await post(aReversal());
    const [entry] = await entriesOf(firm.qbo, 'R1');
    expect(entry).toMatchObject({ TxnDate: '2026-11-12' });
    expect(entry?.PrivateNote).toContain('Reversal of T1');
    expect(await lines('R1')).toEqual([
      'Credit 500 Trust Bank (IOLTA)',
      'Debit 500 Client Trust Liability, 2026-M1 Engine dispute',
    ]);
    expect(await balance()).toEqual([0, 0]);
    await expect(send(aReversal({ trustTransactionId: 'R2' }))).rejects.toThrow('409');
  });

  test('is the only way to change money that is posted', async () => {
    await post(aTrustTransaction());
    await expect(send(aTrustTransaction({ version: 2, amountCents: 1 }))).rejects.toThrow(
      /409.*cannot be changed any more/,
    );
    await post(aTrustTransaction({ version: 2, memo: 'By wire' }));
    const [entry, ...more] = await entriesOf(firm.qbo, 'T1');
    expect([more, String(entry?.PrivateNote).endsWith('By wire)')]).toEqual([[], true]);
  });
});

describe('closed books', () => {
  test('are waited for, and the date stays', async () => {
    await post(aTrustTransaction());
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } });
    await send(aDisbursement());
    expect((await parked('D1', 'closed-period-trust')).allowed).toEqual([
      'retry',
      'wait',
      'adopt',
      'exclude',
    ]);
    await remedy('D1', { action: 'wait' });
    expect(await waiting('D1')).toContain('the books, closed through 2026-11-30, to be open for 2026-11-10');
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: null } });
    await world.mend();
    await settled('D1');
    expect((await entriesOf(firm.qbo, 'D1'))[0]).toMatchObject({ TxnDate: '2026-11-10' });
  });
});

describe('a trust account', () => {
  test('that is mapped to something else is found before anything is posted', async () => {
    const accounts = await firm.qbo.objects('Account');
    const wrong = accounts.find(({ AccountType }) => AccountType === 'Income')?.Id;
    await setUpTrust(world, firm, { bankAccountId: wrong });
    await send(aTrustTransaction());
    const { cause } = await parked('T1', 'trust-account-unfit');
    expect(cause).toContain('is of the type Income and no bank account');
    expect(await entriesOf(firm.qbo, 'T1')).toEqual([]);
    await setUpTrust(world, firm);
    await settled('T1');
    expect(await entriesOf(firm.qbo, 'T1')).toHaveLength(1);
  });

  test('takes nothing of before its start, and a bank charge from the firm’s own ledger line only', async () => {
    await setUpTrust(world, firm, { charges: { clientId: 'FIRM', matterId: 'OWN' } });
    await expect(send(aTrustTransaction({ date: '2025-12-31' }))).rejects.toThrow('trust-before-start');
    await expect(send(aDisbursement({ kind: 'bank-charge' }))).rejects.toThrow('trust-wrong-ledger');
    await expect(send(aTrustTransaction({ accountId: 'OTHER' }))).rejects.toThrow('trust-account-unknown');
    expect(await world.client.isSettled(refOf('T1'))).toBeUndefined();
  });

  test('gets another journal number for one entry, where a bookkeeper has used its own', async () => {
    const settings = await setUpTrust(world, firm);
    const line = (PostingType: string, value: string) => ({
      DetailType: 'JournalEntryLineDetail',
      Amount: 1,
      JournalEntryLineDetail: { PostingType, AccountRef: { value } },
    });
    const Line = [line('Debit', settings.bankAccountId), line('Credit', settings.liabilityAccountId)];
    await firm.qbo.switches({ journalDocNumbersUnique: true });
    await firm.qbo.bookkeeper('JournalEntry', { DocNumber: 'T-T1', Line });
    await send(aTrustTransaction());
    expect((await parked('T1', 'number-used-journal-entry')).allowed).toEqual([
      'retry',
      'renumber',
      'adopt',
      'exclude',
    ]);
    await remedy('T1', { action: 'renumber', number: 'T-T1-2' });
    await settled('T1');
    expect(await entriesOf(firm.qbo, 'T1')).toMatchObject([{ DocNumber: 'T-T1-2' }]);
  });
});
