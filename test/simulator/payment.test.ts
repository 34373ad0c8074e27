import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let client: string;
let invoice: Json;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  invoice = await bench.make('Invoice', {
    CustomerRef: { value: client },
    Line: [feeLine(459)],
    DocNumber: 'B-1',
  });
});

function payment(total: number, ...applied: [amount: number, id: unknown, type: string][]): Json {
  const lines = applied.map(([amount, id, type]) => ({
    Amount: amount,
    LinkedTxn: [{ TxnId: id, TxnType: type }],
  }));
  return { CustomerRef: { value: client }, TotalAmt: total, Line: lines };
}

function reread(entity: string, fields: Json): Promise<Json> {
  return bench.read(entity, identity(fields).Id);
}

describe('a payment', () => {
  it('lowers the invoice, links itself to it and moves its token', async () => {
    const made = await bench.make('Payment', payment(220, [220, invoice['Id'], 'Invoice']));
    expect(made).toMatchObject({ TotalAmt: 220, UnappliedAmt: 0, ProcessPayment: false });
    expect(made['DepositToAccountRef']).toEqual({ value: '4' });
    expect(await reread('Invoice', invoice)).toMatchObject({
      Balance: 239,
      SyncToken: '1',
      LinkedTxn: [{ TxnId: made['Id'], TxnType: 'Payment' }],
    });
  });

  it('tells each line how much was open before it', async () => {
    await bench.make('Payment', payment(59, [59, invoice['Id'], 'Invoice']));
    const second = await bench.make('Payment', payment(100, [100, invoice['Id'], 'Invoice']));
    expect(JSON.stringify(at(second, 'Line.0.LineEx'))).toContain('"Name":"txnOpenBalance","Value":"400.00"');
  });

  it('without lines is not applied to anything', async () => {
    const made = await bench.make('Payment', { CustomerRef: { value: client }, TotalAmt: 100 });
    expect(made).toMatchObject({ UnappliedAmt: 100, Line: [] });
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 359 });
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 459, SyncToken: '0' });
  });

  it('of nothing applies a credit memo to an invoice', async () => {
    const memo = await bench.make('CreditMemo', { CustomerRef: { value: client }, Line: [feeLine(100)] });
    expect(memo).toMatchObject({ RemainingCredit: 100, Balance: 100 });
    const link = await bench.make(
      'Payment',
      payment(0, [100, invoice['Id'], 'Invoice'], [100, memo['Id'], 'CreditMemo']),
    );
    expect(link).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0 });
    expect(link).not.toHaveProperty('DepositToAccountRef');
    expect(await reread('CreditMemo', memo)).toMatchObject({ RemainingCredit: 0, Balance: 0 });
    expect(await reread('CreditMemo', memo)).not.toHaveProperty('LinkedTxn');
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 359 });
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 359 });
  });

  it('cannot pay more than is open, nor more than it has', async () => {
    const over = await bench.post('/payment', payment(500, [460, invoice['Id'], 'Invoice']));
    expect(errorsOf(over)[0]?.code).toBe('6000');
    const short = await bench.post('/payment', payment(10, [11, invoice['Id'], 'Invoice']));
    expect(errorsOf(short)[0]?.code).toBe('6000');
  });

  it('cannot pay a deleted invoice', async () => {
    await bench.make('Invoice', identity(invoice), '?operation=delete');
    const reply = await bench.post('/payment', payment(1, [1, invoice['Id'], 'Invoice']));
    expect(errorsOf(reply)[0]).toMatchObject({ code: '610' });
    expect(errorsOf(reply)[0]?.Detail).toContain('has been deleted');
  });

  it('pays a matter of its client, and nobody else', async () => {
    const matter = await bench.make('Customer', { DisplayName: 'Estate', ParentRef: { value: client } });
    const other = await bench.make('Customer', { DisplayName: 'Someone else' });
    const forMatter = await bench.make('Invoice', {
      CustomerRef: { value: matter['Id'] },
      Line: [feeLine(10)],
    });
    const forOther = await bench.make('Invoice', {
      CustomerRef: { value: other['Id'] },
      Line: [feeLine(10)],
    });
    await bench.make('Payment', payment(10, [10, forMatter['Id'], 'Invoice']));
    expect(await reread('Customer', matter)).toMatchObject({ Balance: 0 });
    const reply = await bench.post('/payment', payment(10, [10, forOther['Id'], 'Invoice']));
    expect(errorsOf(reply)[0]?.code).toBe('6000');
  });

  it('voided or deleted gives the invoice its balance back', async () => {
    const made = await bench.make('Payment', payment(459, [459, invoice['Id'], 'Invoice']));
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 0 });
    const voided = await bench.make(
      'Payment',
      { ...identity(made), sparse: true },
      '?operation=update&include=void',
    );
    expect(voided).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0, Line: [], PrivateNote: 'Voided' });
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 459, SyncToken: '2', LinkedTxn: [] });
    const second = await bench.make('Payment', payment(9, [9, invoice['Id'], 'Invoice']));
    await bench.make('Payment', identity(second), '?operation=delete');
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 459, SyncToken: '4' });
  });

  it('gets back what an invoice no longer owes', async () => {
    const made = await bench.make('Payment', payment(459, [459, invoice['Id'], 'Invoice']));
    const paid = await reread('Invoice', invoice);
    await bench.make('Invoice', { ...identity(paid), sparse: true, Line: [feeLine(400)] });
    expect(await reread('Payment', made)).toMatchObject({ UnappliedAmt: 59, SyncToken: '1' });
    expect(await reread('Invoice', invoice)).toMatchObject({ Balance: 0, TotalAmt: 400 });
  });
});

describe('deleting an invoice that was paid', () => {
  it('is refused, or unapplies its payments where that is switched on', async () => {
    const made = await bench.make('Payment', payment(459, [459, invoice['Id'], 'Invoice']));
    const paid = identity(await reread('Invoice', invoice));
    expect(errorsOf(await bench.post('/invoice?operation=delete', paid))[0]?.code).toBe('6000');
    await bench.control('POST', 'switches', { deleteLinkedInvoice: 'unapplied' });
    await bench.make('Invoice', paid, '?operation=delete');
    expect(await reread('Payment', made)).toMatchObject({ UnappliedAmt: 459 });
  });

  it('at the screen gives its money and its credits back', async () => {
    const memo = await bench.make('CreditMemo', { CustomerRef: { value: client }, Line: [feeLine(100)] });
    const lines = payment(300, [400, invoice['Id'], 'Invoice'], [100, memo['Id'], 'CreditMemo']);
    const made = await bench.make('Payment', lines);
    await bench.control('POST', `companies/${bench.realm}/objects/Invoice?operation=delete`, {
      Id: invoice['Id'],
    });
    expect(await reread('Payment', made)).toMatchObject({ TotalAmt: 300, UnappliedAmt: 300, Line: [] });
    expect(await reread('CreditMemo', memo)).toMatchObject({ RemainingCredit: 100 });
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: -400 });
  });
});
