import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { aBill, aClient, aPayment, expenseLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** QuickBooks is taken to have forgotten every request id: an earlier send is always looked for, never replayed. */
let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({
    timing: { replayWindowMs: 0, outageFastMs: 300, outageRetryMs: 200, outageTellMs: 2500 },
  });
  firm = await world.firm();
  await firm.qbo.switches({ requestIdRetentionMs: 0 });
});
afterAll(async () => world.close());

const ref = (id: string): AggregateRef => ({ firmId: firm.firmId, type: 'bill', id });

const bill = (id: string, over: Partial<BillSnapshot> = {}): BillSnapshot =>
  aBill({
    firmId: firm.firmId,
    billId: id,
    number: id,
    client: aClient({ clientId: 'C1', name: 'Ada Lovelace' }),
    ...over,
  });

const settled = async (id: string) => settledOf(world.client, ref(id));

const parked = async (id: string) =>
  eventually(async () => {
    const { parked: what } = await world.client.status(ref(id));
    expect(what).toBeDefined();
    return what!;
  });

const post = async (snapshot: BillSnapshot) => {
  await world.client.syncBill(snapshot);
  await settled(snapshot.billId);
};

const invoice = async (id: string) => {
  const found = (await firm.qbo.objects('Invoice')).filter(({ DocNumber }) => DocNumber === id);
  expect(found).toHaveLength(1);
  return found[0]!;
};

const committed = async (id: string) =>
  (await firm.qbo.calls()).filter(({ body, committed: did }) => did && body?.includes(`bill/${id}/`));

describe('a create whose answer was lost', () => {
  test('and which QuickBooks has: it is found by its mark, and nothing is sent again', async () => {
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'Invoice', operation: 'create' } });
    await post(bill('found'));
    await invoice('found');
    expect(await committed('found')).toHaveLength(1);
    const calls = (await firm.qbo.calls()).filter(({ body }) => body?.includes('bill/found/'));
    expect(calls).toHaveLength(1);
  });

  test('and which QuickBooks never took: once that is certain it is sent under a new id', async () => {
    await firm.qbo.fault('drop-before-commit', { match: { entity: 'Invoice', operation: 'create' } });
    await post(bill('absent'));
    await invoice('absent');
    const ids = (await firm.qbo.calls()).filter(({ body }) => body?.includes('bill/absent/'));
    expect(new Set(ids.map(({ requestid }) => requestid)).size).toBe(2);
  });

  test('and whose twin a person has typed in: a person decides which it is', async () => {
    await post(bill('before'));
    const { CustomerRef } = await invoice('before');
    await firm.qbo.fault('drop-before-commit', { match: { entity: 'Invoice', operation: 'create' } });
    const held = await firm.qbo.hold({ entity: 'Invoice', operation: 'create' });
    await world.client.syncBill(bill('twin'));
    await held.caught();
    await firm.qbo.bookkeeper('Invoice', {
      DocNumber: 'twin',
      TxnDate: '2026-11-10',
      CustomerRef,
      Line: [
        {
          DetailType: 'SalesItemLineDetail',
          Amount: 675.5,
          SalesItemLineDetail: { ItemRef: { value: firm.items.time } },
        },
      ],
    });
    await held.release('drop');
    const { fault, cause } = await parked('twin');
    expect(fault).toBe('unknown-outcome');
    expect(cause).toMatch(/invoice twin of 2026-11-10, 675\.50/);
    await invoice('twin');
    await world.client.remediate(ref('twin'), { action: 'exclude', by: 'Kim', note: 'typed in by hand' });
    await settled('twin');
  });
});

describe('an update', () => {
  test('whose answer was lost is settled by one read', async () => {
    await post(bill('update'));
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'Invoice', operation: 'update' } });
    await post(bill('update', { version: 2, dueOn: '2027-01-31' }));
    expect(await invoice('update')).toMatchObject({ DueDate: '2027-01-31', SyncToken: '1' });
  });

  test('that QuickBooks never took is sent again', async () => {
    await post(bill('again'));
    await firm.qbo.fault('drop-before-commit', { match: { entity: 'Invoice', operation: 'update' } });
    await post(bill('again', { version: 2, dueOn: '2027-01-31' }));
    expect(await invoice('again')).toMatchObject({ DueDate: '2027-01-31', SyncToken: '1' });
  });

  test('goes on top of a change that is not in our fields', async () => {
    await post(bill('beside'));
    const { Id, SyncToken } = await invoice('beside');
    await firm.qbo.bookkeeper('Invoice', {
      Id,
      SyncToken,
      sparse: true,
      EmailStatus: 'NotSet',
      ShipDate: '2026-11-11',
    });
    await post(bill('beside', { version: 2, dueOn: '2027-01-31' }));
    expect(await invoice('beside')).toMatchObject({ DueDate: '2027-01-31', ShipDate: '2026-11-11' });
  });

  test('meets a change of our own fields: a person decides', async () => {
    await post(bill('ours'));
    const { Id, SyncToken } = await invoice('ours');
    await firm.qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, DueDate: '2026-12-24' });
    await world.client.syncBill(bill('ours', { version: 2, lines: [expenseLine()] }));
    expect((await parked('ours')).fault).toBe('changed-in-quickbooks');
    expect(await invoice('ours')).toMatchObject({ DueDate: '2026-12-24', TotalAmt: 675.5 });
    await world.client.remediate(ref('ours'), { action: 'exclude', by: 'Kim' });
    await settled('ours');
  });
});

test('what QuickBooks saved otherwise than meant is shown to a person', async () => {
  const wrong = { Invoice: { Id: '0', SyncToken: '0', DocNumber: 'differs', TotalAmt: 1 } };
  await firm.qbo.fault('commit-then-literal', {
    match: { entity: 'Invoice', operation: 'create' },
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wrong),
  });
  await world.client.syncBill(bill('differs'));
  const { fault, cause } = await parked('differs');
  expect(fault).toBe('answer-differs');
  expect(cause).toMatch(/total: meant 675\.50, QuickBooks has 1\.00/);
  await world.client.remediate(ref('differs'), { action: 'exclude', by: 'Kim' });
  await settled('differs');
});

describe('a payment whose answer was lost', () => {
  const ofPayment = { firmId: '', type: 'payment', id: 'lost-payment' } as const;
  const pay = async (over: Parameters<typeof aPayment>[0]) => {
    const { firmId } = firm;
    const allocations = [{ billId: 'paid', amountCents: 67_550 }];
    await world.client.syncPayment(aPayment({ firmId, paymentId: 'lost-payment', allocations, ...over }));
    await settledOf(world.client, { ...ofPayment, firmId });
  };
  const held = () => firm.qbo.objects('Payment');

  test('is found by the key in its note, beside what else stands there', async () => {
    await post(bill('paid'));
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'Payment' } });
    await pay({});
    expect(await held()).toMatchObject([{ PrivateNote: 'payment/lost-payment/payment (Cheque)' }]);
  });

  test('and its change is known by its fields', async () => {
    await firm.qbo.fault('commit-then-drop', { match: { entity: 'Payment' } });
    await pay({ version: 2, amountCents: 70_000, receivedOn: '2026-11-16' });
    expect(await held()).toMatchObject([{ TotalAmt: 700, UnappliedAmt: 24.5, SyncToken: '1' }]);
  });
});
