import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, type Json, errorsOf, feeLine, identity } from './company.js';

let bench: Bench;
let CustomerRef: Json;

beforeAll(async () => {
  bench = await Bench.start();
  CustomerRef = { value: (await bench.make('Customer', { DisplayName: 'Ada' }))['Id'] };
});

afterAll(() => bench.close());

const estimate = (): Promise<Json> => bench.make('Estimate', { CustomerRef, Line: [feeLine(100)] });
const from = (origin: Json, TxnType: string): Json => ({
  CustomerRef,
  Line: [feeLine(100)],
  LinkedTxn: [{ TxnId: origin['Id'], TxnType }],
});

describe('an invoice made from an estimate', () => {
  it('names it, and closes it until the invoice is gone', async () => {
    const offer = await estimate();
    const made = await bench.make('Invoice', from(offer, 'Estimate'));
    expect(made['LinkedTxn']).toEqual([{ TxnId: offer['Id'], TxnType: 'Estimate' }]);
    const closed = await bench.read('Estimate', offer['Id'] as string);
    expect(closed).toMatchObject({ TxnStatus: 'Closed', SyncToken: '1' });
    expect(closed['LinkedTxn']).toEqual([{ TxnId: made['Id'], TxnType: 'Invoice' }]);
    const noted = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'n' });
    expect(noted['LinkedTxn']).toEqual(made['LinkedTxn']);
    await bench.post('/invoice?operation=delete', identity(noted));
    expect(await bench.read('Estimate', offer['Id'] as string)).toMatchObject({ TxnStatus: 'Pending' });
  });

  it('shows its payments beside it, and loses all of them when it is voided', async () => {
    const offer = await estimate();
    const made = await bench.make('Invoice', from(offer, 'Estimate'));
    const Line = [{ Amount: 10, LinkedTxn: [{ TxnId: made['Id'], TxnType: 'Invoice' }] }];
    const paid = await bench.make('Payment', { CustomerRef, TotalAmt: 10, Line });
    const read = await bench.read('Invoice', made['Id'] as string);
    expect(read['LinkedTxn']).toEqual([
      { TxnId: offer['Id'], TxnType: 'Estimate' },
      { TxnId: paid['Id'], TxnType: 'Payment' },
    ]);
    const voided = (await bench.post('/invoice?operation=void', identity(read))).json['Invoice'] as Json;
    expect(voided['LinkedTxn']).toEqual([]);
  });

  it('is refused when there is no such estimate', async () => {
    const refused = await bench.post('/invoice', from({ Id: '999' }, 'Estimate'));
    expect(errorsOf(refused)[0]?.code).toBe('610');
  });
});

describe('an invoice of time', () => {
  it('makes the time billed', async () => {
    const EmployeeRef = {
      value: (await bench.make('Employee', { GivenName: 'Grace', FamilyName: 'H' }))['Id'],
    };
    const time = { NameOf: 'Employee', EmployeeRef, CustomerRef, Hours: 1, Minutes: 0 };
    const made = await bench.make('TimeActivity', { ...time, BillableStatus: 'Billable', HourlyRate: 100 });
    await bench.make('Invoice', from(made, 'TimeActivity'));
    expect(await bench.read('TimeActivity', made['Id'] as string)).toMatchObject({
      BillableStatus: 'HasBeenBilled',
    });
  });
});
