import { describe, expect, test } from 'vitest';
import type { ChequeIntent } from '../../src/domain/intent.js';
import { cheque, chequeNumber, isPrinted } from '../../src/qbo/cheque.js';
import { addressBody, vendor } from '../../src/qbo/vendor.js';

const words = 'Trust disbursement; Ada Lovelace, matter 2026-M1; to Court of Appeal';
const INTENT: ChequeIntent = {
  document: 'cheque',
  enteredOn: '2026-11-10',
  payee: { document: 'vendor', qboId: '71' },
  address: '1 Court Square\nSalinas',
  memo: words,
  note: '2026-M1; Filing fee',
  lines: [
    { side: 'debit', accountId: '42', amountCents: 20_000, description: words, customerQboId: '58' },
    { side: 'credit', accountId: '41', amountCents: 20_000, description: words },
  ],
  mark: 'trust/D1/entry',
};

const SENT = {
  PaymentType: 'Check',
  AccountRef: { value: '41' },
  EntityRef: { value: '71', type: 'Vendor' },
  TxnDate: '2026-11-10',
  PrivateNote: 'trust/D1/entry (2026-M1; Filing fee)',
  RemitToAddr: { Line1: '1 Court Square', Line2: 'Salinas' },
  Line: [
    {
      DetailType: 'AccountBasedExpenseLineDetail',
      Amount: 200,
      Description: words,
      AccountBasedExpenseLineDetail: {
        AccountRef: { value: '42' },
        CustomerRef: { value: '58' },
        BillableStatus: 'NotBillable',
      },
    },
  ],
};

/** As QuickBooks gives it back. */
const HELD = {
  ...SENT,
  Id: '190',
  SyncToken: '0',
  PrintStatus: 'NeedToPrint',
  TotalAmt: 200,
  MetaData: { CreateTime: '2026-11-10T08:00:00-08:00' },
  AccountRef: { value: '41', name: 'Trust Bank (IOLTA)' },
  EntityRef: { value: '71', name: 'Court of Appeal', type: 'Vendor' },
};
const PRINTED = { ...HELD, SyncToken: '1', PrintStatus: 'PrintComplete', DocNumber: '7001' };

describe('a cheque for QuickBooks', () => {
  test('is made to be printed, drawn on the bank, with the liability and whose money it is on its line', () => {
    expect(cheque.toBody(INTENT)).toEqual({ ...SENT, PrintStatus: 'NeedToPrint' });
  });

  test('to the client names the customer as payee', () => {
    const payee = { document: 'customer', qboId: '58' } as const;
    expect(cheque.toBody({ ...INTENT, payee })).toMatchObject({
      EntityRef: { value: '58', type: 'Customer' },
    });
  });

  test('on plain lines has neither customer nor billable status', () => {
    const lines = INTENT.lines.map(({ customerQboId: _whose, ...line }) => line);
    expect(cheque.toBody({ ...INTENT, lines }).Line).toEqual([
      { ...SENT.Line[0], AccountBasedExpenseLineDetail: { AccountRef: { value: '42' } } },
    ]);
  });

  test('is changed without a word about printing: it may have been printed meanwhile', () => {
    const link = { qboId: '190', syncToken: '3' };
    expect(cheque.toBody(INTENT, link)).toEqual({ ...SENT, Id: '190', SyncToken: '3', sparse: true });
  });

  test('gets the number that a person read off the paper, and is printed then', () => {
    const link = { qboId: '190', syncToken: '3' };
    expect(cheque.toBody({ ...INTENT, printed: true, number: '7001' }, link)).toMatchObject({
      DocNumber: '7001',
      PrintStatus: 'PrintComplete',
    });
  });
});

describe('a cheque of QuickBooks', () => {
  test('is told to a person, and known by its mark', () => {
    expect(cheque.read(HELD)).toMatchObject({
      qboId: '190',
      mark: 'trust/D1/entry',
      summary: 'cheque to be printed of 2026-11-10 to Court of Appeal: 200.00 account 42 for 58',
    });
    expect(cheque.read(PRINTED).summary).toMatch(/^cheque 7001 of/);
    expect(cheque.read({ ...PRINTED, DocNumber: undefined }).summary).toMatch(/^cheque \(no number\) of/);
  });

  test('is as meant, printed or not', () => {
    expect(cheque.differences(INTENT, HELD)).toEqual([]);
    expect(cheque.differences(INTENT, PRINTED)).toEqual([]);
    expect(cheque.allDifferences(INTENT, HELD)).toEqual([]);
  });

  test.each([
    ['of another day', { TxnDate: '2026-11-12' }, 'date: meant 2026-11-10, QuickBooks has 2026-11-12'],
    ['of another bank', { AccountRef: { value: '35' } }, 'bank account: meant 41, QuickBooks has 35'],
    [
      'to somebody else',
      { EntityRef: { value: '71', type: 'Customer' } },
      'payee: meant vendor 71, QuickBooks has customer 71',
    ],
    [
      'over another amount',
      { Line: [{ ...SENT.Line[0], Amount: 250 }] },
      'lines: meant 200.00 account 42 for 58, QuickBooks has 250.00 account 42 for 58',
    ],
  ])('%s is another one', (_how, over, difference) => {
    expect(cheque.differences(INTENT, { ...HELD, ...over })).toEqual([difference]);
  });

  test('that was printed since is not what an update left behind, unless we have heard of it', () => {
    expect(cheque.allDifferences(INTENT, PRINTED)).toEqual(['printed: meant no, QuickBooks has yes']);
    expect(cheque.allDifferences({ ...INTENT, printed: true }, PRINTED)).toEqual([]);
  });

  test('has a number once it is on paper, and not while a number stands there before', () => {
    expect([isPrinted(HELD), chequeNumber({ ...HELD, DocNumber: '9' })]).toEqual([false, undefined]);
    expect([isPrinted(PRINTED), chequeNumber(PRINTED)]).toEqual([true, '7001']);
    expect(chequeNumber({ ...PRINTED, DocNumber: '' })).toBeUndefined();
    expect(isPrinted({ ...HELD, PrintStatus: 'NotSet' })).toBe(true);
  });

  test('that is voided can stand for none', () => {
    expect(cheque.unfit?.(INTENT, HELD)).toBeUndefined();
    const voided = { ...HELD, TotalAmt: 0, PrivateNote: `Voided - ${SENT.PrivateNote}` };
    expect(cheque.unfit?.(INTENT, voided)).toBe('it is voided');
  });
});

describe('the address on a cheque', () => {
  test.each([
    [undefined, undefined],
    [' \n ', undefined],
    ['1 Court Square', { Line1: '1 Court Square' }],
    ['a\r\n b \n\nc', { Line1: 'a', Line2: 'b', Line3: 'c' }],
    ['a\nb\nc\nd\ne\nf', { Line1: 'a', Line2: 'b', Line3: 'c', Line4: 'd', Line5: 'e, f' }],
  ])('%j is %j', (address, body) => {
    expect(addressBody(address)).toEqual(body);
  });
});

describe('a payee', () => {
  const payee = { document: 'vendor', name: 'Court of Appeal', mark: 'contact/payee~court/vendor' } as const;

  test('is made as a vendor with our mark, and later only its name is ours', () => {
    expect(vendor.toBody({ ...payee, address: '1 Court Square' })).toEqual({
      DisplayName: 'Court of Appeal',
      PrintOnCheckName: 'Court of Appeal',
      BillAddr: { Line1: '1 Court Square' },
      Notes: payee.mark,
    });
    expect(vendor.toBody(payee, { qboId: '71', syncToken: '1' })).toEqual({
      Id: '71',
      SyncToken: '1',
      sparse: true,
      DisplayName: 'Court of Appeal',
    });
  });

  test.each([
    ['of that name', { DisplayName: 'court of appeal' }, true],
    [
      'of that name on cheques, too',
      { DisplayName: 'Court of Appeal', PrintOnCheckName: 'Court of Appeal' },
      true,
    ],
    [
      'that is another one on cheques',
      { DisplayName: 'Court of Appeal', PrintOnCheckName: 'Sheriff' },
      false,
    ],
    ['of another name', { DisplayName: 'Court' }, false],
  ])('is the vendor %s: %j is %s', (_which, object, same) => {
    expect(vendor.isSame?.(payee, object)).toBe(same);
  });

  test('that is inactive stands for none, and is made active again under its former name', () => {
    const inactive = { Id: '71', SyncToken: '4', DisplayName: 'Court (deleted)', Active: false };
    expect(vendor.unfit?.(payee, inactive)).toBe('it is inactive');
    expect(vendor.unfit?.(payee, { Active: true })).toBeUndefined();
    expect(vendor.reactivated?.(inactive)).toMatchObject({ Active: true, DisplayName: 'Court' });
    expect(vendor.read(inactive).summary).toBe('inactive vendor Court (deleted), id 71');
  });
});
