import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aCredit, aPayment, expenseLine } from '../support/builder.js';
import { billingApp, mapAllItems, parkedOf, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld({ timing: { booksRecheckMs: 0 } });
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const close = (BookCloseDate: string | null) =>
  firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate } });
const settings = (change: object) => world.call('PUT', `/v1/firms/${firm.firmId}/settings`, change);
const lines = (amountCents: number) => ({ lines: [expenseLine({ amountCents })] });
const balance = async (entity: string, number: string) =>
  (await app.numbered(entity, number)).map(({ TxnDate, TotalAmt, Balance }) => [TxnDate, TotalAmt, Balance]);
const open = async () =>
  (await firm.qbo.objects('Customer')).find(({ DisplayName }) => DisplayName === 'Ada Lovelace')?.Balance;

/** Somebody closes the books after this was posted; the first one that meets that has the date read anew. */
async function postedThenClosed(billId: string, amountCents: number): Promise<void> {
  await app.send({ billId, ...lines(amountCents) });
  await close('2026-11-30');
}

beforeEach(async () => {
  firm = await world.firm();
  await mapAllItems(world, firm);
});

describe('a bill of a period that was closed since', () => {
  test('is taken back in the open period and posted anew, where the firm wants that', async () => {
    await settings({ locked: 'reverse' });
    await postedThenClosed('B1', 10_000);
    const [{ Id: old } = { Id: '' }] = await app.numbered('Invoice', 'B1');
    const cost = await app.send({ billId: 'B1', version: 2, ...lines(8000) });
    // The first refusal has the settings of the company read, once; then it is known.
    expect(cost).toEqual({ writes: ['create CreditMemo', 'create Payment', 'create Invoice'], metered: 2 });
    expect(await balance('Invoice', 'B1')).toEqual([['2026-11-10', 100, 0]]);
    expect(await balance('CreditMemo', 'B1-REV')).toEqual([['2026-12-01', 100, 0]]);
    expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 80, 80]]);
    expect(await open()).toBe(80);
    expect(await firm.qbo.unbalanced()).toEqual([]);
    const next = await app.send({ billId: 'B1', version: 3, ...lines(9000) });
    expect(next).toEqual({ writes: ['update Invoice'], metered: 0 });
    const invoices = await firm.qbo.objects('Invoice');
    expect(invoices.map(({ Id, TotalAmt }) => [Id === old, TotalAmt])).toEqual(
      expect.arrayContaining([
        [true, 100],
        [false, 90],
      ]),
    );
    expect(invoices).toHaveLength(2);
  });

  test.each(['CreditMemo', 'Payment', 'Invoice'])(
    'is posted anew once although the answer about the %s was lost',
    async (entity) => {
      await settings({ locked: 'reverse' });
      await postedThenClosed('B1', 10_000);
      await firm.qbo.fault('commit-then-drop', { match: { entity, operation: 'create' } });
      await app.send({ billId: 'B1', version: 2, ...lines(8000) });
      const all = [
        ...(await firm.qbo.objects('Invoice')),
        ...(await firm.qbo.objects('CreditMemo')),
        ...(await firm.qbo.objects('Payment')),
      ];
      expect([all.length, await open()]).toEqual([4, 80]);
    },
  );

  test('gives what was paid on it on to the new one, and the payment itself is left alone', async () => {
    await settings({ locked: 'reverse' });
    await app.send({ billId: 'B1', ...lines(10_000) });
    const paid = aPayment({
      firmId: firm.firmId,
      amountCents: 6000,
      allocations: [{ billId: 'B1', amountCents: 6000 }],
    });
    await world.client.syncPayment(paid);
    const payment = { firmId: firm.firmId, type: 'payment', id: 'P1' } as const;
    await settledOf(world.client, payment);
    const before = await payments();
    await close('2026-11-30');
    await app.send({ billId: 'B1', version: 2, ...lines(8000) });
    expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 80, 20]]);
    expect(await open()).toBe(20);
    // Said once more with nothing new in it, and the payment has nothing to write.
    await world.client.syncPayment({ ...paid, version: 2, method: 'Cheque' });
    await settledOf(world.client, payment);
    expect(await payments()).toEqual(before);
  });

  const payments = async (): Promise<QboObject[]> =>
    (await firm.qbo.objects('Payment')).filter(({ TotalAmt }) => TotalAmt === 60);

  describe('with a payment whose money was given on, and whose books are open again', () => {
    const P1 = () => ({ firmId: firm.firmId, type: 'payment', id: 'P1' }) as const;
    const paid = (change: object) =>
      aPayment({
        ...{ firmId: firm.firmId, amountCents: 6000 },
        allocations: [{ billId: 'B1', amountCents: 6000 }],
        ...change,
      });

    async function givenOn(amountCents: number): Promise<void> {
      await settings({ locked: 'reverse' });
      await app.send({ billId: 'B1', ...lines(10_000) });
      await world.client.syncPayment(paid({}));
      await settledOf(world.client, P1());
      await close('2026-11-30');
      await app.send({ billId: 'B1', version: 2, ...lines(amountCents) });
      await close(null);
      await settings({ locked: 'ask' });
    }

    /** What was known of the books is what was seen of them last: a person has them tried again. */
    async function retried(snapshot: PaymentSnapshot): Promise<void> {
      await world.client.syncPayment(snapshot);
      expect((await parkedOf(world, P1())).fault).toContain('closed-period-payment');
      await world.client.remediate(P1(), { action: 'retry' });
    }

    test.each([8000, 13_000])(
      'pays it once with the payment that is made anew after it was deleted there, new bill of %i cents',
      async (amountCents) => {
        await givenOn(amountCents);
        const [{ Id: id, SyncToken: token } = { Id: '', SyncToken: '' }] = await payments();
        await firm.qbo.bookkeeper('Payment', { Id: id, SyncToken: token }, 'delete');
        await retried(paid({ version: 2, reference: 'another' }));
        await eventually(async () => {
          expect((await parkedOf(world, P1())).fault).toBe('document-deleted');
        });
        await world.client.remediate(P1(), { action: 'recreate' });
        await settledOf(world.client, P1());
        expect(await balance('Invoice', 'B1')).toEqual([['2026-11-10', 100, 0]]);
        const total = amountCents / 100;
        expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', total, total - 60]]);
        expect([await open(), await firm.qbo.unbalanced()]).toEqual([total - 60, []]);
      },
    );

    test('is not in its way when the payment changes and the bill once more', async () => {
      await givenOn(8000);
      await retried(paid({ version: 2, reference: 'another' }));
      await settledOf(world.client, P1());
      await settings({ locked: 'reverse' });
      const { writes } = await app.send({ billId: 'B1', version: 3, ...lines(9000) });
      expect(writes).toEqual(['update Invoice']);
      expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 90, 30]]);
    });

    test('is owed on the new invoice when the payment goes', async () => {
      await givenOn(8000);
      await retried(paid({ version: 2, state: 'deleted' }));
      await settledOf(world.client, P1());
      await app.settled('B1');
      expect(await balance('Invoice', 'B1')).toEqual([['2026-11-10', 100, 0]]);
      expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 80, 80]]);
      expect([await open(), await firm.qbo.unbalanced()]).toEqual([80, []]);
    });

    test('is owed on the bill in its place when the payment goes', async () => {
      await givenOn(8000);
      await settings({ locked: 'reverse' });
      await app.send({ billId: 'B1', version: 3, state: 'void' });
      await app.send({ billId: 'B2', number: 'B2', replaces: 'B1', ...lines(7000) });
      expect(await balance('Invoice', 'B2')).toEqual([['2026-12-01', 70, 10]]);
      await world.client.syncPayment(
        paid({ version: 2, allocations: [{ billId: 'B2', amountCents: 6000 }] }),
      );
      await settledOf(world.client, P1());
      await settings({ locked: 'ask' });
      await retried(
        paid({ version: 3, state: 'deleted', allocations: [{ billId: 'B2', amountCents: 6000 }] }),
      );
      await settledOf(world.client, P1());
      await app.settled('B1');
      await app.settled('B2');
      expect(await balance('Invoice', 'B1')).toEqual([['2026-11-10', 100, 0]]);
      expect(await balance('Invoice', 'B2')).toEqual([['2026-12-01', 70, 70]]);
      expect([await open(), await firm.qbo.unbalanced()]).toEqual([70, []]);
    });
  });

  test('that somebody has deleted there is asked about, and posted anew with nothing to take back', async () => {
    await settings({ locked: 'reverse' });
    await app.send({ billId: 'B1', ...lines(10_000) });
    const [{ Id: id } = { Id: '' }] = await app.numbered('Invoice', 'B1');
    await firm.qbo.bookkeeper('Invoice', { Id: id }, 'delete');
    await close('2026-11-30');
    await world.db
      .updateTable('company')
      .set({ profile_due_at: new Date(0) })
      .execute();
    const { fault, document } = await app.sendParked({ billId: 'B1', version: 2, ...lines(8000) });
    expect([fault, document]).toEqual(['document-deleted', 'bill/B1/invoice']);
    await world.client.remediate(app.ref('B1'), { action: 'recreate' });
    await app.settled('B1');
    expect(await balance('Invoice', 'B1')).toEqual([['2026-12-01', 80, 80]]);
    expect(await balance('CreditMemo', 'B1-REV')).toEqual([]);
    expect([await open(), await firm.qbo.unbalanced()]).toEqual([80, []]);
  });

  test('that is voided leaves nothing open', async () => {
    await settings({ locked: 'reverse' });
    await postedThenClosed('B1', 10_000);
    const { writes } = await app.send({ billId: 'B1', version: 2, state: 'void' });
    expect(writes).toEqual(['create CreditMemo', 'create Payment']);
    expect([await balance('Invoice', 'B1'), await open()]).toEqual([[['2026-11-10', 100, 0]], 0]);
  });

  describe('with a credit note of then', () => {
    const credited = (amountCents: number) => ({ ...lines(10_000), credits: [aCredit({ amountCents })] });
    const creditedThenClosed = async () => {
      await app.send({ billId: 'B1', ...credited(2000) });
      await close('2026-11-30');
    };
    const memos = async (number: string) =>
      (await app.numbered('CreditMemo', number)).map(({ TxnDate, TotalAmt, RemainingCredit }) => [
        ...[TxnDate, TotalAmt],
        RemainingCredit,
      ]);

    const isPutRight = async () => {
      expect([await balance('Invoice', 'B1'), await memos('B1-CN1')]).toEqual([
        [['2026-11-10', 100, 0]],
        [['2026-11-15', 20, 0]],
      ]);
      expect(await memos('B1-REV')).toEqual([['2026-12-01', 80, 0]]);
      expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 100, 95]]);
      expect(await memos('B1-CN1-R1')).toEqual([['2026-12-01', 5, 0]]);
      expect([await open(), await firm.qbo.unbalanced()]).toEqual([95, []]);
    };

    test('that changes is taken back with its invoice, and both are posted anew, where the firm wants that', async () => {
      await settings({ locked: 'reverse' });
      await creditedThenClosed();
      const { writes } = await app.send({ billId: 'B1', version: 2, ...credited(500) });
      expect(writes).toEqual([
        ...['create CreditMemo', 'create Payment', 'create Invoice', 'create CreditMemo', 'create Payment'],
      ]);
      await isPutRight();
      const next = await app.send({ billId: 'B1', version: 3, ...lines(10_000) });
      expect(next.writes).toEqual(['delete Payment', 'delete CreditMemo']);
      expect(await open()).toBe(100);
    });

    test('that changes is asked about, and taken back when a person says so', async () => {
      await creditedThenClosed();
      const { fault, allowed } = await app.sendParked({ billId: 'B1', version: 2, ...credited(500) });
      expect(fault).toBe('closed-period-credit-correction');
      expect(allowed).toEqual(['reverse-in-open-period', 'retry', 'wait', 'exclude']);
      await world.client.remediate(app.ref('B1'), { action: 'reverse-in-open-period' });
      await app.settled('B1');
      await isPutRight();
    });

    test.each(['CreditMemo', 'Payment', 'Invoice'])(
      'is taken back once although the answer about the %s was lost',
      async (entity) => {
        await settings({ locked: 'reverse' });
        await creditedThenClosed();
        await firm.qbo.fault('commit-then-drop', { match: { entity, operation: 'create' } });
        await app.send({ billId: 'B1', version: 2, ...credited(500) });
        await isPutRight();
      },
    );

    test('that goes gives on what was paid beside it', async () => {
      await settings({ locked: 'reverse' });
      await app.send({ billId: 'B1', ...credited(2000) });
      const allocations = [{ billId: 'B1', amountCents: 3000 }];
      await world.client.syncPayment(aPayment({ firmId: firm.firmId, amountCents: 3000, allocations }));
      await settledOf(world.client, { firmId: firm.firmId, type: 'payment', id: 'P1' });
      await close('2026-11-30');
      await app.send({ billId: 'B1', version: 2, ...lines(10_000) });
      expect(await memos('B1-REV')).toEqual([['2026-12-01', 80, 0]]);
      expect(await balance('Invoice', 'B1-R1')).toEqual([['2026-12-01', 100, 70]]);
      expect([await open(), await firm.qbo.unbalanced()]).toEqual([70, []]);
    });

    test('that is all of the bill is asked about, with what may be done, and is not taken back', async () => {
      await app.send({ billId: 'B1', ...credited(10_000) });
      await close('2026-11-30');
      const { fault, allowed, remedy } = await app.sendParked({ billId: 'B1', version: 2, ...credited(500) });
      expect([fault, allowed]).toEqual(['closed-period-credit', ['retry', 'wait', 'exclude']]);
      expect(remedy).toContain('as a whole on one invoice which stands and comes to more');
      expect(await open()).toBe(0);
    });
  });

  test('waits where the firm wants that, and goes on by itself when they are open again', async () => {
    await settings({ locked: 'wait' });
    await postedThenClosed('B1', 10_000);
    const why = await app.sendWaiting({ billId: 'B1', version: 2, ...lines(8000) });
    expect(why).toBe('Waiting for the books, closed through 2026-11-30, to be open for 2026-11-10.');
    await close(null);
    await world.mend();
    await app.settled('B1');
    expect(await balance('Invoice', 'B1')).toEqual([['2026-11-10', 80, 80]]);
  });

  test.each([
    ['reverse-in-open-period', [['2026-11-10', 100, 0]]],
    ['wait', [['2026-11-10', 100, 100]]],
  ] as const)('asks a person, who may choose %s', async (action, held) => {
    await postedThenClosed('B1', 10_000);
    const { fault, allowed } = await app.sendParked({ billId: 'B1', version: 2, ...lines(8000) });
    expect(fault).toBe('closed-period-correction');
    expect(allowed).toEqual(['reverse-in-open-period', 'retry', 'wait', 'exclude']);
    await world.client.remediate(app.ref('B1'), { action });
    await eventually(async () => {
      const settled = await world.client.isSettled(app.ref('B1'));
      const state = settled === true ? 'settled' : (await world.client.status(app.ref('B1'))).state;
      expect(state).toBe(action === 'wait' ? 'waiting' : 'settled');
    });
    expect(await balance('Invoice', 'B1')).toEqual(held);
  });

  test('gets another day when it is new and a person says so', async () => {
    await close('2026-11-30');
    const { fault, allowed } = await app.sendParked({ billId: 'B1' });
    expect([fault, allowed[0]]).toEqual(['closed-period', 'move-date']);
    await world.client.remediate(app.ref('B1'), { action: 'move-date' });
    await app.settled('B1');
    expect(await balance('Invoice', 'B1')).toEqual([['2026-12-01', 675.5, 675.5]]);
  });
});
