import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCredit, aPayment, expenseLine, otherLine } from '../support/builder.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  await mapAllItems(world, firm);
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const FREE = [expenseLine({ amountCents: 100 }), otherLine({ kind: 'discount', amountCents: -100 })];

describe('a bill that QuickBooks cannot take', () => {
  test.each([
    ['no-lines', 'N1', []],
    ['zero-total', 'N2', FREE],
    ['negative-total', 'N3', [expenseLine({ amountCents: -100 })]],
  ])(
    'is parked as %s, asks nothing of QuickBooks, and is put right by the next version',
    async (fault, billId, lines) => {
      const before = await firm.qbo.counts();
      const parked = await app.sendParked({ billId, lines });
      expect(parked.fault).toBe(fault);
      expect((await firm.qbo.counts()).calls).toBe(before.calls);
      await app.send({ billId, version: 2, lines: [expenseLine({ amountCents: 100 })] });
      expect(await app.numbered('Invoice', billId)).toMatchObject([{ TotalAmt: 1 }]);
    },
  );

  test('any more, because it lost its lines, stays in QuickBooks until it is voided', async () => {
    await app.send({ billId: 'N4' });
    expect((await app.sendParked({ billId: 'N4', version: 2, lines: [] })).fault).toBe('no-lines');
    expect(await app.numbered('Invoice', 'N4')).toMatchObject([{ TotalAmt: 675.5 }]);
    await app.send({ billId: 'N4', version: 3, state: 'void', lines: [] });
    expect(await app.numbered('Invoice', 'N4')).toMatchObject([{ TotalAmt: 0 }]);
  });

  test('is taken with lines below zero, as long as the whole is above', async () => {
    const lines = [expenseLine({ amountCents: 500 }), otherLine({ kind: 'discount', amountCents: -100 })];
    await app.send({ billId: 'N5', lines });
    expect(await app.numbered('Invoice', 'N5')).toMatchObject([{ TotalAmt: 4 }]);
  });
});

describe('a bill from before the start of the firm', () => {
  const start = (startOn: string | null) =>
    world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { startOn });

  test('is left out, visibly', async () => {
    await start('2026-11-11');
    await app.send({ billId: 'S1' });
    expect(await app.numbered('Invoice', 'S1')).toEqual([]);
    const row = await world.db
      .selectFrom('bill')
      .select('state')
      .where('firm_id', '=', firm.firmId)
      .where('bill_id', '=', 'S1')
      .executeTakeFirstOrThrow();
    expect(row.state).toBe('skipped');
    const events = await world.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('aggregate_id', '=', 'S1')
      .where('kind', '=', 'skipped')
      .execute();
    expect(events).toEqual([
      { kind: 'skipped', data: { why: 'it is of 2026-11-10, before the start on 2026-11-11' } },
    ]);
  });

  test('stays so when it is sent again, and is asked about when it changes', async () => {
    await app.send({ billId: 'S1' });
    const parked = await app.sendParked({ billId: 'S1', version: 2, lines: [expenseLine()] });
    expect(parked).toMatchObject({
      fault: 'before-start',
      allowed: expect.arrayContaining(['exclude', 'retry']) as string[],
    });
    await start(null);
    await world.client.retry(app.ref('S1'));
    await app.settled('S1');
    expect(await app.numbered('Invoice', 'S1')).toMatchObject([{ TotalAmt: 125.5 }]);
  });

  test('leaves out a payment of then, too, visibly', async () => {
    const { firmId } = firm;
    await start('2026-11-20');
    const payment = { firmId, type: 'payment', id: 'P-early' } as const;
    await world.client.syncPayment(aPayment({ firmId, paymentId: payment.id, allocations: [] }));
    await settledOf(world.client, payment);
    expect(await firm.qbo.objects('Payment')).toEqual([]);
    await start(null);
  });

  test('that is in QuickBooks already is edited as before', async () => {
    await start('2027-01-01');
    const { writes } = await app.send({ billId: 'S1', version: 3, lines: [expenseLine({ amountCents: 1 })] });
    expect(writes).toEqual(['update Invoice']);
    await start(null);
  });
});

describe('a bill from before the start that somebody has entered by hand', () => {
  test('is taken over when a person names it, and follows from then on', async () => {
    const { firmId, items, qbo } = firm;
    await app.send({ billId: 'H0' });
    const [customer] = (await qbo.objects('Customer')).filter(
      ({ DisplayName }) => DisplayName === 'Ada Lovelace',
    );
    const { Id } = await qbo.bookkeeper('Invoice', {
      DocNumber: 'H1',
      TxnDate: '2026-11-10',
      CustomerRef: { value: customer?.Id },
      Line: [
        {
          DetailType: 'SalesItemLineDetail',
          Amount: 125.5,
          SalesItemLineDetail: { ItemRef: { value: items.expense } },
        },
      ],
    });
    await world.call('PUT', `/v1/firms/${firmId}/settings`, { startOn: '2026-11-11' });
    await app.send({ billId: 'H1', lines: [expenseLine()] });
    const parked = await app.sendParked({
      billId: 'H1',
      version: 2,
      lines: [expenseLine()],
      notes: 'Paid late',
    });
    expect(parked).toMatchObject({
      fault: 'before-start',
      allowed: expect.arrayContaining(['adopt']) as string[],
    });
    await world.client.remediate(app.ref('H1'), { action: 'adopt', qboId: Id });
    await app.settled('H1');
    await app.send({ billId: 'H1', version: 3, lines: [expenseLine({ amountCents: 9900 })] });
    expect(await app.numbered('Invoice', 'H1')).toMatchObject([{ Id, TotalAmt: 99 }]);
    await world.call('PUT', `/v1/firms/${firmId}/settings`, { startOn: null });
  });
});

describe('closed books', () => {
  const close = (BookCloseDate: string | null) =>
    firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate } });

  test('park a bill of before, which goes on once they are open again', async () => {
    await close('2026-11-30');
    expect((await app.sendParked({ billId: 'K1' })).fault).toBe('closed-period');
    await close(null);
    await world.client.retry(app.ref('K1'));
    await app.settled('K1');
    expect(await app.numbered('Invoice', 'K1')).toHaveLength(1);
  });

  test('let a void of before begin with nothing', async () => {
    await app.send({ billId: 'K2', credits: [aCredit({ date: '2026-12-15' })] });
    await close('2026-11-30');
    // Whoever meets closed books has them read again, and from then on it is known beforehand.
    await app.sendParked({ billId: 'K3' });
    const parked = await app.sendParked({ billId: 'K2', version: 2, state: 'void' });
    expect(parked).toMatchObject({
      fault: 'closed-period-correction',
      cause: expect.stringContaining('2026-11-10, where the books are closed through 2026-11-30') as string,
    });
    expect(await app.uses()).toHaveLength(1);
    await close(null);
    await world.client.retry(app.ref('K2'));
    await app.settled('K2');
    expect(await app.numbered('Invoice', 'K2')).toMatchObject([{ TotalAmt: 0 }]);
  });
});
