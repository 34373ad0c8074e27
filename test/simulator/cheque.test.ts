import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, type Reply, at, errorsOf, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let vendor: string;
let trust: string;
let operating: string;
let costs: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  trust = await bench.idOf('Account', 'Trust Bank (IOLTA)');
  operating = await bench.idOf('Account', 'Operating Bank');
  costs = await bench.idOf('Account', 'Bank Charges');
  const BillAddr = { Line1: '5 Mill Road', City: 'Salinas' };
  vendor = identity(await bench.make('Vendor', { DisplayName: 'Court Reporters Co', BillAddr })).Id;
});

function line(amount: number): Json {
  const detail = { AccountRef: { value: costs } };
  return {
    Amount: amount,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: detail,
  };
}

function cheque(more: Json = {}): Json {
  return {
    PaymentType: 'Check',
    AccountRef: { value: trust },
    EntityRef: { value: vendor, type: 'Vendor' },
    Line: [line(300)],
    ...more,
  };
}

function print(body: Json): Promise<Reply> {
  return bench.control('POST', `companies/${bench.realm}/print-cheques`, body);
}

async function numbersOf(ids: readonly string[]): Promise<unknown[]> {
  const rows = await Promise.all(ids.map((id) => bench.read('Purchase', id)));
  return rows.map((row) => row['DocNumber']);
}

async function queued(more: Json = {}): Promise<string> {
  return identity(await bench.make('Purchase', cheque({ PrintStatus: 'NeedToPrint', ...more }))).Id;
}

async function warn(Value: 'true' | 'false'): Promise<void> {
  const NameValue = [{ Name: 'WarnDuplicateCheckNumber', Value }];
  await bench.control('POST', `companies/${bench.realm}/preferences`, { OtherPrefs: { NameValue } });
}

describe('printing cheques', () => {
  it('numbers those of one account by their dates, as changes that anybody can see', async () => {
    const later = await queued({ TxnDate: '2026-03-02' });
    const earlier = await queued({ TxnDate: '2026-03-01' });
    const elsewhere = await queued({ AccountRef: { value: operating } });
    const { json } = await print({ accountId: trust, startNumber: 7001 });
    expect((json['printed'] as Json[]).map((one) => one['Id'])).toEqual([earlier, later]);
    expect(await numbersOf([earlier, later, elsewhere])).toEqual(['7001', '7002', undefined]);
    expect(await bench.read('Purchase', later)).toMatchObject({
      PrintStatus: 'PrintComplete',
      SyncToken: '1',
    });
    const { json: changes } = await bench.get(
      '/cdc?entities=Purchase&changedSince=' + new Date(Date.now() - 60_000).toISOString(),
    );
    expect(JSON.stringify(changes)).toContain('7002');
  });

  it('prints those that are named, and none when one of them does not wait', async () => {
    const [first, second] = [await queued(), await queued()];
    await print({ accountId: trust, ids: [second] });
    expect(await numbersOf([first, second])).toEqual([undefined, '1001']);
    const again = await print({ accountId: trust, ids: [first, second] });
    expect([again.status, again.json['error']]).toEqual([
      400,
      `no cheque ${second} waits to be printed there`,
    ]);
    expect(await numbersOf([first])).toEqual([undefined]);
  });

  it('goes on after the highest number of the account', async () => {
    await bench.make('Purchase', cheque({ DocNumber: '2044' }));
    const waiting = await queued();
    await print({ accountId: trust });
    expect(await numbersOf([waiting])).toEqual(['2045']);
  });

  it('asks which account is meant, and refuses paper that was used', async () => {
    await queued();
    await queued({ AccountRef: { value: operating } });
    expect((await print({})).status).toBe(400);
    await bench.make('Purchase', cheque({ DocNumber: '30' }));
    const refused = await print({ accountId: trust, startNumber: 30 });
    expect(refused.json['error']).toBe('cheque number 30 has already been used');
    await warn('false');
    expect((await print({ accountId: trust, startNumber: 30 })).status).toBe(200);
  });

  it('prints payments of bills too', async () => {
    const bill = await bench.make('Bill', { VendorRef: { value: vendor }, Line: [line(80)] });
    const payment = await bench.make('BillPayment', {
      VendorRef: { value: vendor },
      PayType: 'Check',
      TotalAmt: 80,
      CheckPayment: { BankAccountRef: { value: trust }, PrintStatus: 'NeedToPrint' },
      Line: [{ Amount: 80, LinkedTxn: [{ TxnId: bill['Id'], TxnType: 'Bill' }] }],
    });
    await print({ accountId: trust });
    const after = await bench.read('BillPayment', identity(payment).Id);
    expect([after['DocNumber'], at(after, 'CheckPayment.PrintStatus')]).toEqual(['1001', 'PrintComplete']);
  });
});

describe('a cheque', () => {
  it('is sent to the address of its payee', async () => {
    expect(at(await bench.make('Purchase', cheque()), 'RemitToAddr.Line1')).toBe('5 Mill Road');
  });

  it('may not repeat a number where the company warns, unless the caller insists', async () => {
    const { Id } = await bench.make('Purchase', cheque({ DocNumber: '55' }));
    const [error] = errorsOf(await bench.post('/purchase', cheque({ DocNumber: '55' })));
    expect(error).toMatchObject({ code: '6140' });
    expect(error?.Detail).toContain(`DocNumber=55 is assigned to TxnType=Check with TxnId=${String(Id)}`);
    await bench.make('Purchase', cheque({ DocNumber: '55' }), '?include=allowduplicatedocnum');
    await bench.make('Purchase', cheque({ DocNumber: '55', AccountRef: { value: operating } }));
    await bench.control('POST', 'switches', { chequeNumberScope: 'company' });
    expect(errorsOf(await bench.post('/purchase', cheque({ DocNumber: '55' })))).toHaveLength(1);
    await warn('false');
    await bench.make('Purchase', cheque({ DocNumber: '55' }));
  });

  it('can hide its number until it is printed', async () => {
    await bench.control('POST', 'switches', { unprintedChequeNumber: 'hidden' });
    const made = await bench.make('Purchase', cheque({ DocNumber: '9', PrintStatus: 'NeedToPrint' }));
    expect(made).not.toHaveProperty('DocNumber');
  });

  it('is reported as printed by a full update, and by a sparse one in a batch where that works', async () => {
    const sparse = async (): Promise<Json> => {
      const { Id } = await bench.make('Purchase', cheque({ PrintStatus: 'NeedToPrint' }));
      const Purchase = {
        Id,
        SyncToken: '0',
        sparse: true,
        PaymentType: 'Check',
        PrintStatus: 'PrintComplete',
      };
      const item = { bId: '1', operation: 'update', Purchase: { ...Purchase, DocNumber: `9${String(Id)}` } };
      const { json } = await bench.post('/batch', { BatchItemRequest: [item] });
      return at(json, 'BatchItemResponse.0.Purchase') as Json;
    };
    expect(await sparse()).toMatchObject({ PrintStatus: 'PrintComplete' });
    await bench.control('POST', 'switches', { sparseBatchPrintStatus: 'ignored' });
    expect(await sparse()).toMatchObject({ PrintStatus: 'NeedToPrint', DocNumber: expect.any(String) });
  });
});

it('a bill may not repeat a number of the same vendor where the company warns', async () => {
  const bill = { VendorRef: { value: vendor }, Line: [line(80)], DocNumber: 'B-1' };
  await bench.make('Bill', bill);
  await bench.make('Bill', bill);
  const NameValue = [{ Name: 'WarnDuplicateBillNumber', Value: 'true' }];
  await bench.control('POST', `companies/${bench.realm}/preferences`, { OtherPrefs: { NameValue } });
  expect(errorsOf(await bench.post('/bill', bill))[0]?.code).toBe('6140');
});
