import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aBill, aClient, aPayment, expenseLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

const settled = async (type: 'bill' | 'payment', id: string) =>
  settledOf(world.client, { firmId: firm.firmId, type, id });
const bill = async (billId: string, over: Parameters<typeof aBill>[0] = {}) => {
  await world.client.syncBill(aBill({ firmId: firm.firmId, billId, number: billId, ...over }));
  await settled('bill', billId);
};
/** All of one bill, unless it says otherwise. */
const snapshot = (paymentId: string, billId: string, over: Partial<PaymentSnapshot> = {}) =>
  aPayment({
    firmId: firm.firmId,
    paymentId,
    reference: paymentId,
    allocations: [{ billId, amountCents: 67_550 }],
    ...over,
  });
const pay = async (...args: Parameters<typeof snapshot>) => {
  await world.client.syncPayment(snapshot(...args));
  await settled('payment', args[0]);
};
const invoice = async (number: string) => {
  const [one] = (await firm.qbo.objects('Invoice')).filter(({ DocNumber }) => DocNumber === number);
  return one!;
};
const payments = async (reference: string): Promise<QboObject[]> =>
  (await firm.qbo.objects('Payment')).filter(({ PaymentRefNum }) => PaymentRefNum === reference);
const status = (paymentId: string) =>
  world.client.status({ firmId: firm.firmId, type: 'payment', id: paymentId });

/** Writes that QuickBooks carried out, and reads that it charges for. */
async function cost(act: () => Promise<void>): Promise<{ writes: number; reads: number }> {
  const before = await firm.qbo.counts();
  await act();
  const after = await firm.qbo.counts();
  return { writes: after.committed - before.committed, reads: after.metered - before.metered };
}

describe('a payment', () => {
  test('of a posted bill appears in QuickBooks once, applied, by one write and no read', async () => {
    await bill('B1');
    expect(await cost(() => pay('P1', 'B1'))).toEqual({ writes: 1, reads: 0 });
    expect(await payments('P1')).toMatchObject([
      { TotalAmt: 675.5, UnappliedAmt: 0, TxnDate: '2026-11-15', PrivateNote: 'payment/P1/payment (Cheque)' },
    ]);
    expect(await invoice('B1')).toMatchObject({ Balance: 0, TotalAmt: 675.5 });
  });

  test('sent again, older, twice at once and by two processes changes nothing', async () => {
    const other = await CounterfoilClient.connect(world.config);
    const calls = await cost(async () => {
      await pay('P1', 'B1');
      const again = snapshot('P1', 'B1');
      await Promise.all([world.client.syncPayment(again), other.syncPayment(again)]);
      await settled('payment', 'P1');
    });
    await other.close();
    expect(calls).toEqual({ writes: 0, reads: 0 });
  });

  test('of a part leaves the rest of the bill open; a second one closes it', async () => {
    await bill('B2');
    const part = { amountCents: 20_000, allocations: [{ billId: 'B2', amountCents: 20_000 }] };
    expect(await cost(() => pay('P2', 'B2', part))).toEqual({ writes: 1, reads: 0 });
    expect(await invoice('B2')).toMatchObject({ Balance: 475.5 });
    const rest = { amountCents: 47_550, allocations: [{ billId: 'B2', amountCents: 47_550 }] };
    expect(await cost(() => pay('P3', 'B2', rest))).toEqual({ writes: 1, reads: 0 });
    expect(await invoice('B2')).toMatchObject({ Balance: 0 });
  });

  test('of more than the bill keeps the rest unapplied', async () => {
    await bill('B3');
    await pay('P4', 'B3', { amountCents: 70_000 });
    expect(await payments('P4')).toMatchObject([{ TotalAmt: 700, UnappliedAmt: 24.5 }]);
    expect(await invoice('B3')).toMatchObject({ Balance: 0 });
  });

  test('of several bills is one payment', async () => {
    await bill('B4');
    await bill('B5');
    const allocations = ['B4', 'B5'].map((billId) => ({ billId, amountCents: 67_550 }));
    const calls = await cost(() => pay('P5', 'B4', { amountCents: 135_100, allocations }));
    expect(calls).toEqual({ writes: 1, reads: 0 });
    expect(await payments('P5')).toMatchObject([{ TotalAmt: 1351, UnappliedAmt: 0 }]);
    for (const number of ['B4', 'B5']) expect(await invoice(number)).toMatchObject({ Balance: 0 });
  });

  test('on account, of a client whom nobody knows yet, brings the client along', async () => {
    const client = aClient({ clientId: 'C7', name: 'Mary Somerville' });
    const calls = await cost(() => pay('P6', '', { client, allocations: [] }));
    expect(calls).toEqual({ writes: 2, reads: 0 });
    expect(await payments('P6')).toMatchObject([
      { UnappliedAmt: 675.5, CustomerRef: { name: 'Mary Somerville' } },
    ]);
  });

  test('that comes before its bill waits for it, visibly, and goes on by itself', async () => {
    await world.client.syncPayment(snapshot('P7', 'B7'));
    await eventually(async () => expect((await status('P7')).state).toBe('waiting'));
    expect((await status('P7')).waitingFor).toBe('Waiting for bill B7 to be in QuickBooks.');
    expect(await payments('P7')).toEqual([]);
    expect(
      await cost(async () => {
        await bill('B7');
        await settled('payment', 'P7');
      }),
    ).toEqual({ writes: 2, reads: 0 });
    expect(await payments('P7')).toMatchObject([{ UnappliedAmt: 0 }]);
    expect(await invoice('B7')).toMatchObject({ Balance: 0 });
  });

  test('that is too much for its bill parks, and goes on by itself when the bill has grown', async () => {
    await bill('GROWS', { lines: [expenseLine({ amountCents: 10_000 })] });
    await world.client.syncPayment(snapshot('P-GROWS', 'GROWS'));
    const ref = { firmId: firm.firmId, type: 'payment', id: 'P-GROWS' } as const;
    await eventually(async () => {
      expect((await world.client.status(ref)).parked?.fault).toBe('over-applied');
    });
    await bill('GROWS', { version: 2 });
    await settled('payment', 'P-GROWS');
    expect(await invoice('GROWS')).toMatchObject({ TotalAmt: 675.5, Balance: 0 });
  });

  test('of a void bill parks, and goes on by itself when the bill is approved again', async () => {
    await bill('BACK', { state: 'void' });
    await world.client.syncPayment(snapshot('P-BACK', 'BACK'));
    const ref = { firmId: firm.firmId, type: 'payment', id: 'P-BACK' } as const;
    await eventually(async () => {
      expect((await world.client.status(ref)).parked?.fault).toBe('applied-bill-missing');
    });
    await bill('BACK', { version: 2 });
    await settled('payment', 'P-BACK');
    expect(await invoice('BACK')).toMatchObject({ Balance: 0 });
  });

  test('that was deleted in the billing app is deleted, and its bill is open again', async () => {
    const calls = await cost(() => pay('P7', 'B7', { version: 2, state: 'deleted' }));
    expect(calls).toEqual({ writes: 1, reads: 0 });
    expect(await payments('P7')).toEqual([]);
    expect(await invoice('B7')).toMatchObject({ Balance: 675.5 });
  });
});

describe('a payment that is changed', () => {
  test.each<[string, Partial<PaymentSnapshot>, Record<string, unknown>]>([
    ['amount', { amountCents: 80_000 }, { TotalAmt: 800, UnappliedAmt: 124.5 }],
    ['date', { receivedOn: '2026-11-17' }, { TxnDate: '2026-11-17' }],
    ['allocations', { allocations: [{ billId: 'B8', amountCents: 100 }] }, { UnappliedAmt: 674.5 }],
    ['method', { method: 'Wire' }, { PrivateNote: 'payment/P8/payment (Wire)' }],
  ])('in its %s is updated in place', async (what, over, held) => {
    const version = ['amount', 'date', 'allocations', 'method'].indexOf(what) + 2;
    if (version === 2) {
      await bill('B8');
      await pay('P8', 'B8');
    }
    const [before] = await payments('P8');
    expect(await cost(() => pay('P8', 'B8', { version, ...over }))).toEqual({ writes: 1, reads: 0 });
    const after = await payments('P8');
    expect(after).toMatchObject([held]);
    expect(after[0]?.Id).toBe(before?.Id);
  });

  test('in its reference, and loses it', async () => {
    await pay('P8', 'B8', { version: 8, reference: 'new' });
    expect(await payments('new')).toHaveLength(1);
    const { reference: _gone, ...without } = snapshot('P8', 'B8', { version: 9 });
    await world.client.syncPayment(without);
    await settled('payment', 'P8');
    expect(await payments('new')).toEqual([]);
    const noted = (await firm.qbo.objects('Payment')).filter(({ PrivateNote }) =>
      String(PrivateNote).startsWith('payment/P8/payment'),
    );
    expect(noted).toHaveLength(1);
  });

  test('while its bill is edited is not touched by that', async () => {
    await bill('B9');
    await pay('P9', 'B9');
    const [before] = await payments('P9');
    // Its payment has moved the invoice's token, and we know by how much.
    const edited = () => bill('B9', { version: 2, dueOn: '2026-12-24' });
    expect(await cost(edited)).toEqual({ writes: 1, reads: 0 });
    expect(await payments('P9')).toEqual([before]);
    expect(await invoice('B9')).toMatchObject({ DueDate: '2026-12-24', Balance: 0 });
  });
});

describe('a payment whose answer is lost', () => {
  test.each(['commit-then-drop', 'drop-before-commit', 'commit-then-transient-6000'])(
    'by %s is there once, and so is its change',
    async (fault) => {
      const id = fault.toUpperCase().slice(0, 16);
      await bill(id);
      await firm.qbo.fault(fault, { match: { entity: 'Payment' } });
      await pay(id, id);
      await firm.qbo.fault(fault, { match: { entity: 'Payment' } });
      await pay(id, id, { version: 2, amountCents: 80_000 });
      expect(await payments(id)).toMatchObject([{ TotalAmt: 800, UnappliedAmt: 124.5 }]);
      expect(await invoice(id)).toMatchObject({ Balance: 0 });
    },
  );
});

describe('a payment that somebody touched in QuickBooks', () => {
  const parked = (id: string) =>
    eventually(async () => {
      const { parked: what } = await status(id);
      expect(what).toBeDefined();
      return what!;
    });
  const ref = (id: string) => ({ firmId: firm.firmId, type: 'payment', id }) as const;

  test('by deleting it is not made again by an edit, but only when a person says so', async () => {
    await bill('GONE');
    await pay('GONE', 'GONE');
    const [{ Id } = { Id: '' }] = await payments('GONE');
    await firm.qbo.bookkeeper('Payment', { Id }, 'delete');
    await world.client.syncPayment(snapshot('GONE', 'GONE', { version: 2, receivedOn: '2026-11-16' }));
    expect(await parked('GONE')).toMatchObject({ fault: 'document-deleted' });
    expect(await payments('GONE')).toEqual([]);
    await world.client.remediate(ref('GONE'), { action: 'recreate' });
    await settled('payment', 'GONE');
    expect(await payments('GONE')).toMatchObject([{ TxnDate: '2026-11-16', UnappliedAmt: 0 }]);
  });

  test('by changing its amount is shown to a person, and ours goes on top when told to', async () => {
    await bill('TOUCHED');
    await pay('TOUCHED', 'TOUCHED');
    const [{ Id } = { Id: '' }] = await payments('TOUCHED');
    await firm.qbo.bookkeeper('Payment', { Id, sparse: true, TotalAmt: 999 });
    await world.client.syncPayment(snapshot('TOUCHED', 'TOUCHED', { version: 2, amountCents: 70_000 }));
    expect(await parked('TOUCHED')).toMatchObject({ fault: 'changed-in-quickbooks' });
    expect(await payments('TOUCHED')).toMatchObject([{ TotalAmt: 999 }]);
    await world.client.retry(ref('TOUCHED'));
    await settled('payment', 'TOUCHED');
    expect(await payments('TOUCHED')).toMatchObject([{ TotalAmt: 700, UnappliedAmt: 24.5 }]);
  });
});

describe('two payments of one bill that are on their way at the same time', () => {
  const part = (billId: string, amountCents: number) => ({
    amountCents,
    allocations: [{ billId, amountCents }],
  });

  test('do not take each other for a mistake: the later one waits for the other, then makes room', async () => {
    await bill('B60');
    const held = await firm.qbo.hold({ entity: 'Payment', operation: 'create' }, 'after-commit');
    await world.client.syncPayment(snapshot('P60', 'B60', part('B60', 60_000)));
    await held.caught();
    await world.client.syncPayment(snapshot('P61', 'B60', part('B60', 20_000)));
    await eventually(async () => {
      expect((await status('P61')).waitingFor).toContain('payment P60, which was on its way');
    });
    await held.release();
    await settled('payment', 'P60');
    // It is too much indeed, and nothing is on its way any more.
    await eventually(async () => expect((await status('P61')).parked?.fault).toBe('over-applied'));
    await pay('P60', 'B60', { version: 2, ...part('B60', 40_000) });
    await world.client.retry({ firmId: firm.firmId, type: 'payment', id: 'P61' });
    await settled('payment', 'P61');
    expect(await invoice('B60')).toMatchObject({ Balance: 75.5 });
  });

  test('change places, whichever comes first', async () => {
    await bill('B62');
    await pay('P62', 'B62', part('B62', 60_000));
    await world.client.syncPayment(snapshot('P63', 'B62', part('B62', 60_000)));
    await eventually(async () => expect((await status('P63')).parked?.fault).toBe('over-applied'));
    await world.client.syncPayment(snapshot('P63', 'B62', { version: 2, ...part('B62', 50_000) }));
    await pay('P62', 'B62', { version: 2, ...part('B62', 10_000) });
    await eventually(async () => expect(await invoice('B62')).toMatchObject({ Balance: 75.5 }));
  });
});
