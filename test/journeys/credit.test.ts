import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCredit, aWriteOff, expenseLine, otherLine } from '../support/builder.js';
import { billingApp, mapAllItems, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
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

const LINES = [expenseLine({ amountCents: 50_000 })];
const balanceOf = async (number: string) => (await app.numbered('Invoice', number))[0]?.Balance;

describe('a credit note', () => {
  test('is a credit memo, used on the bill, by two writes and no read', async () => {
    await app.send({ billId: 'C1', lines: LINES });
    const credits = [aCredit({ amountCents: 12_345, description: 'Goodwill' })];
    const cost = await app.send({ billId: 'C1', version: 2, lines: LINES, credits });
    expect(cost).toEqual({ writes: ['create CreditMemo', 'create Payment'], metered: 0 });
    expect(await balanceOf('C1')).toBe(376.55);
    expect(await app.numbered('CreditMemo', 'C1-CN1')).toMatchObject([
      { TotalAmt: 123.45, RemainingCredit: 0, TxnDate: '2026-11-15' },
    ]);
  });

  test('that shrinks gives back first and is changed then', async () => {
    const credits = [aCredit({ amountCents: 5000, description: 'Goodwill' })];
    const { writes } = await app.send({ billId: 'C1', version: 3, lines: LINES, credits });
    expect(writes).toEqual(['update Payment', 'update CreditMemo']);
    expect(await balanceOf('C1')).toBe(450);
  });

  test('that is used in part stays open for the rest', async () => {
    const credits = [aCredit({ amountCents: 5000, appliedCents: 2000, description: 'Goodwill' })];
    expect((await app.send({ billId: 'C1', version: 4, lines: LINES, credits })).writes).toEqual([
      'update Payment',
    ]);
    expect(await app.numbered('CreditMemo', 'C1-CN1')).toMatchObject([{ TotalAmt: 50, RemainingCredit: 30 }]);
  });

  test('that is withdrawn goes, and the bill is owed again', async () => {
    const { writes } = await app.send({ billId: 'C1', version: 5, lines: LINES });
    expect(writes).toEqual(['delete Payment', 'delete CreditMemo']);
    expect([await app.numbered('CreditMemo', 'C1-CN1'), await app.uses()]).toEqual([[], []]);
    expect(await balanceOf('C1')).toBe(500);
  });

  test('whose invoice was deleted there asks about the invoice, and is used on the one that is made anew', async () => {
    const credits = (amountCents: number) => ({ lines: LINES, credits: [aCredit({ amountCents })] });
    await app.send({ billId: 'D2', ...credits(5000) });
    const [invoice] = await app.numbered('Invoice', 'D2');
    await firm.qbo.bookkeeper('Invoice', { Id: invoice!.Id }, 'delete');
    const { fault, document } = await app.sendParked({ billId: 'D2', version: 2, ...credits(3000) });
    expect([fault, document]).toEqual(['document-deleted', 'bill/D2/invoice']);
    await world.client.remediate(app.ref('D2'), { action: 'recreate' });
    await app.settled('D2');
    expect(await balanceOf('D2')).toBe(470);
    expect(await app.numbered('CreditMemo', 'D2-CN1')).toMatchObject([{ TotalAmt: 30, RemainingCredit: 0 }]);
  });

  test('that was deleted there itself asks about that, and is made anew', async () => {
    const credits = (appliedCents: number) => ({
      lines: LINES,
      credits: [aCredit({ amountCents: 5000, appliedCents })],
    });
    await app.send({ billId: 'D3', ...credits(2000) });
    const [memo] = await app.numbered('CreditMemo', 'D3-CN1');
    const [use] = (await app.uses()).filter((one) => JSON.stringify(one).includes(`"${memo!.Id}"`));
    await firm.qbo.bookkeeper('Payment', { Id: use!.Id }, 'delete');
    await firm.qbo.bookkeeper('CreditMemo', { Id: memo!.Id }, 'delete');
    const parked = await app.sendParked({ billId: 'D3', version: 2, ...credits(3000) });
    expect([parked.fault, parked.document]).toEqual(['document-deleted', 'bill/D3/application/CN1']);
    await world.client.remediate(app.ref('D3'), { action: 'recreate' });
    await eventually(async () => {
      const { fault, document, cause } = await app.parked('D3');
      expect([fault, document]).toEqual(['document-deleted', 'bill/D3/credit/CN1']);
      expect(cause).toContain('credit note D3-CN1');
    });
    await world.client.remediate(app.ref('D3'), { action: 'recreate' });
    await app.settled('D3');
    expect(await balanceOf('D3')).toBe(470);
    expect(await app.numbered('CreditMemo', 'D3-CN1')).toMatchObject([{ TotalAmt: 50, RemainingCredit: 20 }]);
  });

  test.each(['CreditMemo', 'Payment'])(
    'is used once although the answer about its %s was lost',
    async (entity) => {
      const billId = `L-${entity}`;
      await app.send({ billId, lines: LINES });
      await firm.qbo.fault('commit-then-drop', { match: { entity, operation: 'create' } });
      const credits = [aCredit({ amountCents: 1000 })];
      await app.send({ billId, version: 2, lines: LINES, credits });
      expect(await app.numbered('CreditMemo', `${billId}-CN1`)).toMatchObject([{ RemainingCredit: 0 }]);
      expect(await balanceOf(billId)).toBe(490);
    },
  );

  test('of more than the bill is parked, and put right by the next snapshot', async () => {
    const over = { billId: 'C2', lines: LINES };
    const parked = await app.sendParked({ ...over, credits: [aCredit({ amountCents: 50_001 })] });
    expect(parked.fault).toBe('over-applied');
    await app.send({ ...over, version: 2, credits: [aCredit({ amountCents: 50_000 })] });
    expect(await balanceOf('C2')).toBe(0);
  });
});

describe('credit notes of two bills that change places', () => {
  const [one, other] = [aCredit({ creditId: 'X', number: 'SX' }), aCredit({ creditId: 'Y', number: 'SY' })];
  const held = async () =>
    Promise.all(
      ['SX', 'SY'].map(async (number) => (await app.numbered('CreditMemo', number)).map(({ Id }) => Id)),
    );

  beforeAll(async () => {
    await app.send({ billId: 'S1', lines: LINES, credits: [one] });
    await app.send({ billId: 'S2', lines: LINES, credits: [{ ...other, amountCents: 20_000 }] });
  });

  test('ask about the number that is taken yet, and go on by themselves once the other bill has let go of it', async () => {
    const { fault } = await app.sendParked({
      ...{ billId: 'S1', version: 2, lines: LINES },
      credits: [{ ...other, amountCents: 20_000 }],
    });
    expect(fault).toBe('number-used-credit-memo');
    await app.send({ billId: 'S2', version: 2, lines: LINES, credits: [one] });
    await app.settled('S1');
    expect([await balanceOf('S1'), await balanceOf('S2')]).toEqual([300, 400]);
    expect(await held()).toEqual([[expect.any(String)], [expect.any(String)]]);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('and a number that moves on from one bill to the next is taken by it as soon as it is free', async () => {
    const moved = (number: string) => [aCredit({ creditId: 'M', number })];
    await app.send({ billId: 'S3', lines: LINES, credits: moved('N1') });
    await app.sendParked({ billId: 'S4', lines: LINES, credits: moved('N1') });
    const { writes } = await app.send({ billId: 'S3', version: 2, lines: LINES, credits: moved('N2') });
    await app.settled('S4');
    expect(writes[0]).toBe('update CreditMemo');
    expect(await app.numbered('CreditMemo', 'N1')).toHaveLength(1);
    expect([await balanceOf('S3'), await balanceOf('S4')]).toEqual([400, 400]);
  });

  test('and one that is said to move at the same time as the next takes it ends in the same way', async () => {
    const [old, next] = ['P1', 'P2'].map((number) => [aCredit({ creditId: 'M', number })]);
    await app.send({ billId: 'S5', lines: LINES, credits: old! });
    await Promise.all([
      app.send({ billId: 'S6', lines: LINES, credits: old! }),
      app.send({ billId: 'S5', version: 2, lines: LINES, credits: next! }),
    ]);
    expect([await balanceOf('S5'), await balanceOf('S6')]).toEqual([400, 400]);
  });
});

test('credit notes without numbers of their own change places on two bills at once', async () => {
  const [one, other] = [aCredit({ creditId: 'X' }), aCredit({ creditId: 'Y', amountCents: 20_000 })];
  const bills = [
    { billId: 'T1', lines: LINES },
    { billId: 'T2', lines: LINES },
  ] as const;
  await Promise.all([app.send({ ...bills[0], credits: [one] }), app.send({ ...bills[1], credits: [other] })]);
  await Promise.all([
    app.send({ ...bills[0], version: 2, credits: [other] }),
    app.send({ ...bills[1], version: 2, credits: [one] }),
  ]);
  expect([await balanceOf('T1'), await balanceOf('T2')]).toEqual([300, 400]);
  const memos = (await firm.qbo.objects('CreditMemo')).map(({ DocNumber }) => String(DocNumber));
  expect(memos.filter((number) => number.startsWith('T')).sort()).toEqual(['T1-Y', 'T2-X']);
});

describe('a write-off', () => {
  test('takes what is left of the bill, on its own day', async () => {
    const writeOffs = [aWriteOff({ amountCents: 50_000, kind: 'bad-debt' })];
    await app.send({ billId: 'W1', lines: LINES, writeOffs });
    expect(await balanceOf('W1')).toBe(0);
    expect(await app.numbered('CreditMemo', 'W1-WO1')).toMatchObject([{ TxnDate: '2026-12-20' }]);
  });

  test('without an item is parked until one is chosen', async () => {
    const other = await world.firm();
    const alone = billingApp(world, () => other);
    const parked = await alone.sendParked({ billId: 'W2', lines: LINES, writeOffs: [aWriteOff()] });
    expect(parked).toMatchObject({
      fault: 'no-item-mapped',
      cause: expect.stringContaining('write-off') as string,
    });
    expect(await other.qbo.objects('Invoice')).toEqual([]);
    await mapAllItems(world, other);
    await world.client.retry(alone.ref('W2'));
    await alone.settled('W2');
    expect(await alone.numbered('Invoice', 'W2')).toMatchObject([{ Balance: 450 }]);
  });
});

describe('interest', () => {
  const interest = otherLine({ kind: 'interest', description: 'Interest', amountCents: 1250 });

  test('stands on an invoice of its own, and a write-off of all falls on both', async () => {
    const { writes } = await app.send({ billId: 'I1', lines: [...LINES, interest] });
    expect(writes).toEqual(['create Invoice', 'create Invoice']);
    expect(await app.numbered('Invoice', 'I1-INT')).toMatchObject([{ TotalAmt: 12.5 }]);
    const writeOffs = [aWriteOff({ amountCents: 51_250 })];
    await app.send({ billId: 'I1', version: 2, lines: [...LINES, interest], writeOffs });
    expect([await balanceOf('I1'), await balanceOf('I1-INT')]).toEqual([0, 0]);
  });

  test('and two credits that change places: one is taken off first, so that the other has room', async () => {
    const charged = [expenseLine({ amountCents: 1000 }), { ...interest, amountCents: 1000 }];
    const credit = (creditId: string, amountCents: number) => aCredit({ creditId, amountCents });
    const credits = [credit('X', 1000), credit('Y', 1000)];
    await app.send({ billId: 'I3', lines: charged, credits });
    expect([await balanceOf('I3'), await balanceOf('I3-INT')]).toEqual([0, 0]);
    const changed = {
      billId: 'I3',
      version: 2,
      lines: charged,
      credits: [credit('Y', 900), credit('X', 800)],
    };
    const { writes } = await app.send(changed);
    expect(writes).toEqual([
      ...['delete Payment', 'update Payment'],
      ...['update CreditMemo', 'update CreditMemo', 'create Payment'],
    ]);
    expect([await balanceOf('I3'), await balanceOf('I3-INT')]).toEqual([0, 3]);
    const left = [
      ...(await app.numbered('CreditMemo', 'I3-X')),
      ...(await app.numbered('CreditMemo', 'I3-Y')),
    ];
    expect(left).toMatchObject([{ RemainingCredit: 0 }, { RemainingCredit: 0 }]);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('under a number that is taken cannot be renumbered, but the firm can take another prefix', async () => {
    const [customer] = await firm.qbo.objects('Customer');
    const [item] = await firm.qbo.objects('Item');
    await firm.qbo.bookkeeper('Invoice', {
      DocNumber: 'I2-INT',
      CustomerRef: { value: customer?.Id },
      Line: [
        {
          DetailType: 'SalesItemLineDetail',
          Amount: 1,
          SalesItemLineDetail: { ItemRef: { value: item?.Id } },
        },
      ],
    });
    const parked = await app.sendParked({ billId: 'I2', lines: [...LINES, interest] });
    expect(parked.fault).toBe('number-used-interest');
    expect(parked.allowed).toEqual(['adopt', 'new-prefix', 'allow-duplicate-number', 'retry', 'exclude']);
    await world.client.remediate(app.ref('I2'), { action: 'new-prefix', prefix: 'N-' });
    await app.settled('I2');
    expect(await app.numbered('Invoice', 'N-I2-INT')).toHaveLength(1);
    expect(await app.numbered('Invoice', 'I2')).toHaveLength(1);
  });
});
