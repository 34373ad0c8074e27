import { describe, expect, test } from 'vitest';
import { adoptableRequest, readAdoptable } from '../../src/qbo/adoptable.js';

const head = { Id: '145', SyncToken: '3', TxnDate: '2026-11-10' };
const lines = (...asked: Parameters<typeof readAdoptable>) =>
  readAdoptable(...asked).lines.map(({ id = '-', side, accountId, amountCents, customer, stranger = '' }) =>
    [id, side, accountId, amountCents, customer ? `${customer.qboId} ${customer.name}` : stranger]
      .join(' ')
      .trim(),
  );

describe('what is read of a record', () => {
  test('is asked for by its type and id', () => {
    expect(adoptableRequest('JournalEntry', '145')).toEqual({ method: 'GET', path: 'journalentry/145' });
  });

  test('of a journal entry are its lines', () => {
    const detail = (PostingType: string, value: string, Entity?: object) => ({
      JournalEntryLineDetail: { PostingType, AccountRef: { value }, ...(Entity && { Entity }) },
    });
    const ada = { Type: 'Customer', EntityRef: { value: '58', name: 'Ada Lovelace' } };
    const court = { Type: 'Vendor', EntityRef: { value: '60', name: 'Court' } };
    const Line = [
      { Id: '0', Amount: 500, ...detail('Debit', '41') },
      { Id: '1', Amount: '300.10', ...detail('Credit', '42', ada) },
      { Id: '2', Amount: 199.9, ...detail('Credit', '42', court) },
      { Description: 'words alone' },
    ];
    const record = { ...head, DocNumber: '77', CurrencyRef: { value: 'USD' }, Line };
    expect(lines('JournalEntry', { JournalEntry: record })).toEqual([
      '0 debit 41 50000',
      '1 credit 42 30010 58 Ada Lovelace',
      '2 credit 42 19990 vendor Court',
    ]);
    expect(readAdoptable('JournalEntry', { JournalEntry: record })).toMatchObject({
      qboId: '145',
      syncToken: '3',
      on: '2026-11-10',
      number: '77',
      currency: 'USD',
      isVoided: false,
    });
  });

  test('of a deposit are the bank in its head and its lines, but not the payments that it brings', () => {
    const Deposit = {
      ...head,
      TotalAmt: 495,
      DepositToAccountRef: { value: '41' },
      Line: [
        {
          Id: '1',
          Amount: 500,
          DepositLineDetail: { AccountRef: { value: '42' }, Entity: { value: '58', type: 'CUSTOMER' } },
        },
        { Id: '2', Amount: -5, DepositLineDetail: { AccountRef: { value: '7' } } },
        { Id: '3', Amount: 20, LinkedTxn: [{ TxnId: '9', TxnType: 'Payment' }] },
      ],
    };
    expect(lines('Deposit', { Deposit })).toEqual([
      '- debit 41 49500',
      '1 credit 42 50000 58 customer 58',
      '2 debit 7 500',
    ]);
  });

  test('of an expense are the bank and the lines with their customers', () => {
    const Purchase = {
      ...head,
      PaymentType: 'Check',
      TotalAmt: 200,
      AccountRef: { value: '41' },
      Line: [
        {
          Id: '1',
          Amount: 200,
          AccountBasedExpenseLineDetail: {
            AccountRef: { value: '42' },
            CustomerRef: { value: '58', name: 'Ada' },
          },
        },
      ],
    };
    expect(lines('Purchase', { Purchase })).toEqual(['- credit 41 20000', '1 debit 42 20000 58 Ada']);
  });

  test('of a transfer are its two accounts', () => {
    const Transfer = { ...head, Amount: 200, FromAccountRef: { value: '41' }, ToAccountRef: { value: '42' } };
    expect(lines('Transfer', { Transfer })).toEqual(['- debit 42 20000', '- credit 41 20000']);
  });

  test('is whose mark it carries, and whether it is voided', () => {
    const read = (PrivateNote: string) =>
      readAdoptable('JournalEntry', { JournalEntry: { ...head, TotalAmt: 0, PrivateNote, Line: [] } });
    expect(read('trust/T9/entry (Trust deposit; Ada)').mark).toBe('trust/T9/entry');
    expect(read('trust deposit of Ada')).not.toHaveProperty('mark');
    expect(read('Voided - by kim').isVoided).toBe(true);
  });
});
