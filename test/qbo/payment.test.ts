import { describe, expect, test } from 'vitest';
import type { PaymentIntent } from '../../src/domain/intent.js';
import { depositIn, depositsRequest } from '../../src/qbo/deposit.js';
import { payment } from '../../src/qbo/payment.js';

const INTENT: PaymentIntent = {
  document: 'payment',
  customerQboId: '58',
  receivedOn: '2026-11-15',
  amountCents: 70_000,
  reference: '2041',
  accountId: '35',
  memo: 'Cheque',
  allocations: [
    { invoiceKey: 'bill/B1/invoice', invoiceQboId: '145', amountCents: 67_550 },
    { invoiceKey: 'bill/B2/invoice', invoiceQboId: '146', amountCents: 1 },
  ],
  terms: {},
  mark: 'payment/P1/payment',
};

const SENT = {
  TxnDate: '2026-11-15',
  TotalAmt: 700,
  CustomerRef: { value: '58' },
  PaymentRefNum: '2041',
  DepositToAccountRef: { value: '35' },
  PrivateNote: 'payment/P1/payment (Cheque)',
  Line: [
    { Amount: 675.5, LinkedTxn: [{ TxnId: '145', TxnType: 'Invoice' }] },
    { Amount: 0.01, LinkedTxn: [{ TxnId: '146', TxnType: 'Invoice' }] },
  ],
};

/** As QuickBooks gives it back: with defaults, and what was open before on each line. */
const HELD = {
  ...SENT,
  Id: '170',
  SyncToken: '0',
  MetaData: { CreateTime: '2026-11-15T08:00:00-08:00' },
  CustomerRef: { value: '58', name: 'Ada Lovelace' },
  UnappliedAmt: 24.49,
  ProcessPayment: false,
  Line: [SENT.Line[1], { ...SENT.Line[0], LineEx: { any: [] } }],
};

describe('a payment for QuickBooks', () => {
  test('is made with its parts, each for one invoice', () => {
    expect(payment.toBody(INTENT)).toEqual(SENT);
  });

  test('is changed sparsely, with the whole list of parts', () => {
    expect(payment.toBody(INTENT, { qboId: '170', syncToken: '3' })).toEqual({
      ...SENT,
      Id: '170',
      SyncToken: '3',
      sparse: true,
    });
  });

  test('has a reference taken away that it no longer has, since what is not sent would stay', () => {
    const { reference: _gone, ...without } = INTENT;
    const link = { qboId: '170', syncToken: '3' };
    expect(payment.toBody(without, link)).toMatchObject({ PaymentRefNum: '' });
    expect(payment.toBody(without)).not.toHaveProperty('PaymentRefNum');
    expect(payment.allDifferences(without, { ...HELD, PaymentRefNum: undefined })).toEqual([]);
  });

  test('carries currency and rate only where it is foreign', () => {
    const foreign = { ...INTENT, currency: 'EUR', exchangeRate: '1.0825' };
    expect(payment.toBody(foreign)).toMatchObject({ CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.0825 });
    expect(payment.toBody(INTENT)).not.toHaveProperty('CurrencyRef');
  });
});

describe('a payment from QuickBooks', () => {
  test('is known by its note, whatever stands behind the key', () => {
    expect(payment.read(HELD)).toMatchObject({
      qboId: '170',
      syncToken: '0',
      mark: 'payment/P1/payment',
      summary: 'payment 2041 of 2026-11-15, 700.00, Ada Lovelace',
    });
    expect(payment.read({ Id: '1' }).mark).toBeUndefined();
  });

  test('says the same in any order of its parts', () => {
    expect(payment.differences(INTENT, HELD)).toEqual([]);
    expect(payment.allDifferences(INTENT, HELD)).toEqual([]);
  });

  test('tells each difference in words', () => {
    const other = { ...HELD, TotalAmt: 699, TxnDate: '2026-11-16', Line: [SENT.Line[0]] };
    expect(payment.differences(INTENT, other)).toEqual([
      'date: meant 2026-11-15, QuickBooks has 2026-11-16',
      'amount: meant 700.00, QuickBooks has 699.00',
      'applied to: meant Invoice 145 675.50, Invoice 146 0.01, QuickBooks has Invoice 145 675.50',
    ]);
    expect(payment.allDifferences(INTENT, { ...HELD, PrivateNote: 'x' })).toEqual([
      'note: meant payment/P1/payment (Cheque), QuickBooks has x',
    ]);
  });

  test('keeps the account that QuickBooks chose itself', () => {
    expect(payment.held?.(INTENT, { ...HELD, DepositToAccountRef: { value: '4' } })).toEqual({
      ...INTENT,
      heldInId: '4',
    });
    expect(payment.held?.(INTENT, { ...HELD, DepositToAccountRef: undefined })).toEqual(INTENT);
  });
});

describe('the deposit of a payment', () => {
  const deposit = (id: string, paid: string, more: object = {}) => ({
    Id: id,
    TxnDate: '2026-11-18',
    TotalAmt: 1351,
    Line: [{ Amount: 700, LinkedTxn: [{ TxnId: paid, TxnType: 'Payment', TxnLineId: '0' }] }],
    ...more,
  });

  test('is found among those since the day that it came', () => {
    expect(depositsRequest('2026-11-15').query?.query).toContain("TxnDate >= '2026-11-15'");
    const to = { DepositToAccountRef: { value: '35', name: 'Operating Bank' } };
    const json = { QueryResponse: { Deposit: [deposit('8', '169'), deposit('9', '170', to)] } };
    expect(depositIn(json, '170')).toEqual({
      qboId: '9',
      accountId: '35',
      summary: 'that of 2026-11-18 over 1,351.00 to Operating Bank',
    });
    expect(depositIn(json, '169')?.summary).toBe('that of 2026-11-18 over 1,351.00');
  });

  test.each([[{}], [{ QueryResponse: {} }], [{ QueryResponse: { Deposit: [{ Id: '7' }] } }]])(
    'is none in %j',
    (json) => {
      expect(depositIn(json, '170')).toBeUndefined();
    },
  );
});
