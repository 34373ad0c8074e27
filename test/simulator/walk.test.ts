import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, type Json, errorsOf, feeLine, identity } from './company.js';
import { Walk } from './walk/walk.js';

describe('a random life of a company', () => {
  it.each([
    ['law-firm', 1],
    ['canada', 2],
    ['multicurrency', 3],
    ['sandbox', 4],
  ])('keeps every balance and report right (%s, luck %i)', (company, seed) => {
    const walk = new Walk({
      company,
      steps: 700,
      seed,
      recountEvery: 350,
      reportsEvery: 350,
      schemaEvery: 4,
    });
    const { counts } = walk.run();
    const done = Object.entries(counts).filter(([name]) => name.endsWith(': done'));
    expect(done.length).toBeGreaterThan(20);
  });
});

/** What such lives have brought to light. */
describe('what several lines pay together', () => {
  let bench: Bench;
  let owner: string;

  beforeAll(async () => {
    bench = await Bench.start();
    owner = (await bench.make('Customer', { DisplayName: 'Owner' }))['Id'] as string;
  });
  afterAll(() => bench.close());

  const invoice = (amount: number, more: Json = {}): Promise<Json> =>
    bench.make('Invoice', { CustomerRef: { value: owner }, Line: [feeLine(amount)], ...more });
  const paying = (form: Json, amount: number, type = 'Invoice'): Json => ({
    Amount: amount,
    LinkedTxn: [{ TxnId: form['Id'], TxnType: type }],
  });
  const pay = (total: number, ...lines: Json[]): Json => ({
    CustomerRef: { value: owner },
    TotalAmt: total,
    Line: lines,
  });

  it('is not more than an invoice comes to', async () => {
    const form = await invoice(100);
    const refused = await bench.post('/payment', pay(120, paying(form, 60), paying(form, 60)));
    expect(errorsOf(refused)[0]?.code).toBe('6000');
    const taken = await bench.make('Payment', pay(100, paying(form, 60), paying(form, 40)));
    expect([taken['UnappliedAmt'], (await bench.read('Invoice', form['Id'] as string))['Balance']]).toEqual([
      0, 0,
    ]);
  });

  it('is taken off one line after the other when the invoice shrinks', async () => {
    const form = await invoice(100);
    const taken = await bench.make('Payment', pay(100, paying(form, 60), paying(form, 40)));
    const newest = identity(await bench.read('Invoice', form['Id'] as string));
    const shrunk = await bench.make('Invoice', { ...newest, sparse: true, Line: [feeLine(70)] });
    const after = await bench.read('Payment', taken['Id'] as string);
    expect([shrunk['Balance'], after['UnappliedAmt']]).toEqual([0, 30]);
    expect((after['Line'] as Json[]).map((line) => line['Amount'])).toEqual([60, 10]);
  });

  it('is not more than a bill comes to', async () => {
    const vendor = { VendorRef: { value: (await bench.make('Vendor', { DisplayName: 'Clerk' }))['Id'] } };
    const expense = await bench.idOf('Account', 'Bank Charges');
    const Line = [
      {
        Amount: 50,
        DetailType: 'AccountBasedExpenseLineDetail',
        AccountBasedExpenseLineDetail: { AccountRef: { value: expense } },
      },
    ];
    const bill = await bench.make('Bill', { ...vendor, Line });
    const bank = await bench.idOf('Account', 'Operating Bank');
    const refused = await bench.post('/billpayment', {
      ...{ ...vendor, PayType: 'Check', TotalAmt: 80, CheckPayment: { BankAccountRef: { value: bank } } },
      Line: [paying(bill, 40, 'Bill'), paying(bill, 40, 'Bill')],
    });
    expect(errorsOf(refused)[0]?.code).toBe('6000');
  });

  it('cannot be taken from under a credit of a vendor that was used', async () => {
    const VendorRef = { value: (await bench.make('Vendor', { DisplayName: 'Expert' }))['Id'] };
    const DetailType = 'AccountBasedExpenseLineDetail';
    const cost = (Amount: number): Json => ({ Amount, DetailType, [DetailType]: { AccountRef: expense } });
    const expense = { value: await bench.idOf('Account', 'Bank Charges') };
    const bill = await bench.make('Bill', { VendorRef, Line: [cost(50)] });
    const credit = await bench.make('VendorCredit', { VendorRef, Line: [cost(50)] });
    const BankAccountRef = { value: await bench.idOf('Account', 'Operating Bank') };
    await bench.make('BillPayment', {
      ...{ VendorRef, PayType: 'Check', TotalAmt: 0, CheckPayment: { BankAccountRef } },
      Line: [paying(bill, 50, 'Bill'), paying(credit, 50, 'VendorCredit')],
    });
    const newest = identity(await bench.read('VendorCredit', credit['Id'] as string));
    const smaller = { ...newest, VendorRef, sparse: true, Line: [cost(20)] };
    expect(errorsOf(await bench.post('/vendorcredit', smaller))[0]?.code).toBe('6000');
    expect(errorsOf(await bench.post('/vendorcredit?operation=delete', newest))[0]?.code).toBe('6000');
  });

  it('goes back to the payer when the invoice goes to another customer', async () => {
    const other = (await bench.make('Customer', { DisplayName: 'Somebody else' }))['Id'] as string;
    const form = await invoice(100);
    const taken = await bench.make('Payment', pay(100, paying(form, 100)));
    const before = (await bench.read('Customer', owner))['Balance'] as number;
    const newest = identity(await bench.read('Invoice', form['Id'] as string));
    const moved = await bench.make('Invoice', { ...newest, sparse: true, CustomerRef: { value: other } });
    expect([moved['Balance'], moved['LinkedTxn']]).toEqual([100, []]);
    expect((await bench.read('Payment', taken['Id'] as string))['UnappliedAmt']).toBe(100);
    expect((await bench.read('Customer', other))['Balance']).toBe(100);
    expect((await bench.read('Customer', owner))['Balance']).toBe(before - 100);
  });

  it('holds for what an invoice has got in advance, which is money and not owed', async () => {
    const held = await bench.idOf('Account', 'Undeposited Funds');
    const balances = async (): Promise<unknown[]> => [
      (await bench.read('Customer', owner))['Balance'],
      (await bench.read('Account', held))['CurrentBalance'],
    ];
    const [owed, money] = (await balances()) as [number, number];
    const form = await invoice(100, { Deposit: 30 });
    expect([form['Balance'], await balances()]).toEqual([70, [owed + 70, money + 30]]);
    const voided = await bench.post('/invoice?operation=void', identity(form));
    expect((voided.json['Invoice'] as Json)['Balance']).toBe(0);
    expect(await balances()).toEqual([owed, money]);
    const body = { CustomerRef: { value: owner }, Line: [feeLine(10)], Deposit: 11 };
    expect(errorsOf(await bench.post('/invoice', body))[0]?.code).toBe('6000');
  });
});
