import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payeeId } from '../../src/domain/payee.js';
import { parkedOf } from '../support/billing-app.js';
import { aCheque, chequesOf, chequeText } from '../support/cheque-books.js';
import { aTrustTransaction } from '../support/trust.js';
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
  await setUpTrust(world, firm);
  await office.post(aTrustTransaction());
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, balance } = office;
const cheque = async (id = 'D1') => chequeText(firm.qbo, (await chequesOf(firm.qbo, id))[0]);

describe('a disbursement by cheque', () => {
  test('to a third party is one cheque to be printed, in place of an entry, and a vendor made once', async () => {
    const before = await firm.qbo.counts();
    await post(aCheque());
    expect(await cheque()).toEqual([
      'Trust Bank (IOLTA) to Vendor Court of Appeal',
      'to be printed',
      '200 Client Trust Liability, Ada Lovelace, NotBillable',
    ]);
    const [posted, ...more] = await chequesOf(firm.qbo, 'D1');
    expect([more, await entriesOf(firm.qbo, 'D1')]).toEqual([[], []]);
    expect(posted).toMatchObject({
      TxnDate: '2026-11-10',
      PrivateNote: 'trust/D1/entry (2026-M1; Filing fee)',
      RemitToAddr: { Line1: '1 Court Square', Line2: 'Salinas' },
    });
    expect(await balance()).toEqual([30_000, 30_000]);
    await post(aCheque({ trustTransactionId: 'D2', amountCents: 1000, payee: 'Court of  appeal' }));
    const after = await firm.qbo.counts();
    expect([after.writes - before.writes, after.reads - before.reads]).toEqual([3, 0]);
    const vendors = (await firm.qbo.objects('Vendor')).filter(({ Notes }) =>
      String(Notes).startsWith('contact/payee~'),
    );
    expect(vendors).toMatchObject([
      { DisplayName: 'Court of Appeal', BillAddr: { Line1: '1 Court Square', Line2: 'Salinas' } },
    ]);
  });

  test('to the client is drawn to the customer, and the matter stands on the line', async () => {
    await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { matters: 'sub-customer' });
    await post(aCheque({ payee: 'Ada Lovelace' }));
    expect(await cheque()).toEqual([
      'Trust Bank (IOLTA) to Customer Ada Lovelace',
      'to be printed',
      '200 Client Trust Liability, 2026-M1 Engine dispute, NotBillable',
    ]);
  });

  test('agrees three ways with QuickBooks, by client too', async () => {
    await post(aCheque());
    const { result } = (await world.call(
      'POST',
      `/v1/firms/${firm.firmId}/trust-accounts/IOLTA/reconciliations`,
      { on: '2026-11-20', statement: { balanceCents: 30_000 } },
    )) as { result: object };
    expect(result).toMatchObject({
      agrees: true,
      bookBankCents: 30_000,
      differences: [],
      customers: [{ name: 'Ada Lovelace', ledgerCents: 30_000, booksCents: 30_000 }],
    });
  });

  test('has no customer on its line where QuickBooks does not take one there', async () => {
    await firm.qbo.switches({ customerOnLiability: 'refused' });
    await send(aCheque());
    const { cause } = await parked('D1', 'business-rule');
    expect(cause).toContain('cannot choose a customer on a line with a liability account');
    expect(await balance()).toEqual([30_000, 50_000]);
    await setUpTrust(world, firm, { lineCustomer: 'plain' });
    await office.remedy('D1', { action: 'retry' });
    await settled('D1');
    await firm.qbo.switches({ customerOnLiability: 'kept' });
    expect(await cheque()).toEqual([
      'Trust Bank (IOLTA) to Vendor Court of Appeal',
      'to be printed',
      '200 Client Trust Liability',
    ]);
  });

  test('is drawn to whom it was drawn, once it is in QuickBooks; its words follow', async () => {
    await post(aCheque());
    await expect(send(aCheque({ version: 2, payee: 'Somebody else' }))).rejects.toThrow(
      /409.*nor whom a cheque is drawn to/,
    );
    await expect(send(aCheque({ version: 2, cheque: undefined as never }))).rejects.toThrow();
    await post(aCheque({ version: 2, memo: 'Urgent', cheque: { print: true, address: '2 Court Square' } }));
    expect(await chequesOf(firm.qbo, 'D1')).toMatchObject([
      {
        PrivateNote: 'trust/D1/entry (2026-M1; Filing fee; Urgent)',
        RemitToAddr: { Line1: '2 Court Square' },
        PrintStatus: 'NeedToPrint',
      },
    ]);
  });
});

describe('a cheque on its way', () => {
  test.each(['commit-then-drop', 'drop-before-commit'])('is there once although %s', async (fault) => {
    await firm.qbo.fault(fault, { match: { entity: 'Purchase' } });
    await post(aCheque());
    expect(await chequesOf(firm.qbo, 'D1')).toHaveLength(1);
    expect(await balance()).toEqual([30_000, 30_000]);
  });

  test('refused by QuickBooks gives back what it took, and goes on when it is tried again', async () => {
    await firm.qbo.fault('literal', {
      count: null,
      match: { entity: 'Purchase', method: 'POST' },
      status: 400,
      body: {
        Fault: { Error: [{ Message: 'No', code: '6000', Detail: 'Not today.' }], type: 'ValidationFault' },
      },
    });
    await send(aCheque());
    await parked('D1', 'business-rule');
    expect([await balance(), await chequesOf(firm.qbo, 'D1')]).toEqual([[30_000, 50_000], []]);
    await firm.qbo.clearFaults();
    await office.remedy('D1', { action: 'retry' });
    await settled('D1');
    expect([await balance(), (await cheque())[1]]).toEqual([[30_000, 30_000], 'to be printed']);
  });

  test('in closed books is for a person, and its date is never moved', async () => {
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } });
    await send(aCheque());
    await parked('D1', 'closed-period-trust');
    expect(await balance()).toEqual([30_000, 50_000]);
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: null } });
    await office.remedy('D1', { action: 'retry' });
    await settled('D1');
    expect(await chequesOf(firm.qbo, 'D1')).toMatchObject([{ TxnDate: '2026-11-10' }]);
  });

  test('waits for its money', async () => {
    await firm.qbo.fault('literal', {
      count: null,
      match: { entity: 'JournalEntry', method: 'POST' },
      status: 400,
      body: {
        Fault: { Error: [{ Message: 'No', code: '6000', Detail: 'Not today.' }], type: 'ValidationFault' },
      },
    });
    await send(aTrustTransaction({ trustTransactionId: 'T2', amountCents: 10_000 }));
    await parked('T2', 'business-rule');
    await send(aCheque({ payee: 'Ada Lovelace', amountCents: 60_000 }));
    expect(await office.waiting('D1')).toContain('100.00 more of matter M1 to be in QuickBooks');
    await firm.qbo.clearFaults();
    await office.remedy('T2', { action: 'retry' });
    await settled('D1');
    expect(await chequesOf(firm.qbo, 'D1')).toHaveLength(1);
  });
});

describe('a payee', () => {
  test('that QuickBooks knows as a vendor is taken as it is', async () => {
    const vendor = await firm.qbo.bookkeeper('Vendor', { DisplayName: 'Court of appeal' });
    await post(aCheque());
    const [posted] = await chequesOf(firm.qbo, 'D1');
    expect(posted).toMatchObject({ EntityRef: { value: vendor.Id, type: 'Vendor' } });
  });

  test('whose name is a customer’s is for a person, and the cheque follows when that is mended', async () => {
    const customer = await firm.qbo.bookkeeper('Customer', { DisplayName: 'Court of Appeal' });
    await send(aCheque());
    expect(await office.waiting('D1')).toBe('Waiting for payee Court of Appeal to be in QuickBooks.');
    const ref = { firmId: firm.firmId, type: 'contact', id: payeeId('Court of Appeal') } as const;
    const stopped = await parkedOf(world, ref);
    expect(stopped).toMatchObject({ fault: 'payee-name-elsewhere', allowed: ['retry'] });
    expect(stopped.cause).toContain('by another customer: Court of Appeal');
    const { Id, SyncToken } = customer;
    await firm.qbo.bookkeeper('Customer', { Id, SyncToken, sparse: true, DisplayName: 'Court (client)' });
    await world.client.remediate(ref, { action: 'retry' });
    await settled('D1');
    expect((await cheque())[0]).toBe('Trust Bank (IOLTA) to Vendor Court of Appeal');
  });

  test('made inactive holds its next cheque up until it is made active again', async () => {
    await post(aCheque());
    const [vendor] = (await firm.qbo.objects('Vendor')).filter(
      ({ DisplayName }) => DisplayName === 'Court of Appeal',
    );
    const { Id, SyncToken, DisplayName } = vendor!;
    await firm.qbo.bookkeeper('Vendor', { Id, SyncToken, sparse: true, DisplayName, Active: false });
    await send(aCheque({ trustTransactionId: 'D2', amountCents: 500 }));
    await office.waiting('D2');
    const ref = { firmId: firm.firmId, type: 'contact', id: payeeId('Court of Appeal') } as const;
    expect(await parkedOf(world, ref)).toMatchObject({ fault: 'payee-inactive' });
    await world.client.remediate(ref, { action: 'reactivate' });
    await settled('D2');
    expect((await cheque('D2'))[0]).toBe('Trust Bank (IOLTA) to Vendor Court of Appeal');
  });
});
