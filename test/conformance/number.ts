import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

function numbersByHand(company: Company): boolean {
  return at(company.preferences, 'SalesFormsPrefs.CustomTxnNumbers') === true;
}

function tellRequestIds(company: () => Company): void {
  const countOf = async (name: string): Promise<number> =>
    (await company().rows('Customer', `where DisplayName = '${name}'`)).length;

  it('a repeated request id gets the first answer and saves nothing', async () => {
    const DisplayName = company().unique('client');
    const path = `/customer?requestid=${company().unique('request')}`;
    const first = await company().post(path, { DisplayName });
    const again = await company().post(path, { DisplayName });
    expect(at(again.json, 'Customer.Id')).toBe(at(first.json, 'Customer.Id'));
    expect(at(again.json, 'Customer.SyncToken')).toBe('0');
    expect(await countOf(DisplayName)).toBe(1);
  });

  it('a request id with another body', async () => {
    const path = `/customer?requestid=${company().unique('request')}`;
    const first = await company().post(path, { DisplayName: company().unique('client') });
    const other = company().unique('client');
    const again = await company().post(path, { DisplayName: other });
    const isReplayed = at(again.json, 'Customer.Id') === at(first.json, 'Customer.Id');
    const theirs = isReplayed ? 'the first answer' : company().outcome(again);
    company().settle('a request id with another body', theirs, 'the first answer');
    if (isReplayed) expect(await countOf(other)).toBe(0);
  });

  it('a request id whose first answer was a refusal', async () => {
    const path = `/customer?requestid=${company().unique('request')}`;
    const refused = await company().post(path, { DisplayName: company().unique('client'), Colour: 'red' });
    expect(refused.status).toBe(400);
    const again = await company().post(path, { DisplayName: company().unique('client') });
    const theirs = again.status === 400 ? 'refused again' : company().outcome(again);
    company().settle('a request id whose first answer was a refusal', theirs, 'refused again');
  });

  it('a request id of more than fifty characters', async () => {
    const body = { DisplayName: company().unique('client') };
    const reply = await company().post(`/customer?requestid=${'x'.repeat(51)}`, body);
    company().settle('a request id of 51 characters', company().outcome(reply), '2130');
  });

  it('a batch is repeated by its request id and the ids of its items', async () => {
    const requestId = company().unique('b');
    const DisplayName = company().unique('client');
    const batch = (bId: string, name: string): Json => ({
      BatchItemRequest: [{ bId, operation: 'create', Customer: { DisplayName: name } }],
    });
    const send = async (bId: string, name: string): Promise<unknown> =>
      at(
        (await company().post(`/batch?requestid=${requestId}`, batch(bId, name))).json,
        'BatchItemResponse.0.Customer.Id',
      );
    const first = await send('1', DisplayName);
    expect(await send('1', DisplayName)).toBe(first);
    expect(await send('2', company().unique('client'))).not.toBe(first);
  });
}

function tellDocNumbers(company: () => Company): void {
  const unnumbered = async (entity: string, customer: string): Promise<string | undefined> => {
    const { DocNumber: _given, ...sale } = company().sale(customer, 1);
    return (await company().make(entity, sale))['DocNumber'] as string | undefined;
  };

  it('automatic numbers are one sequence for invoices and credit memos, and absent where given by hand', async () => {
    const customer = await company().customer();
    const first = await unnumbered('Invoice', customer);
    await company().make('Invoice', company().sale(customer, 1));
    const second = await unnumbered('CreditMemo', customer);
    if (numbersByHand(company())) expect([first, second]).toEqual([undefined, undefined]);
    else expect(Number(second)).toBe(Number(first) + 1);
  });

  it('a number that was used before, with and without leave', async () => {
    const customer = await company().customer();
    const { DocNumber } = await company().make('Invoice', company().sale(customer, 1));
    const again = await company().post('/invoice', company().sale(customer, 2, { DocNumber }));
    const wanted = numbersByHand(company()) ? '6140' : 'accepted';
    company().settle('a repeated invoice number', company().outcome(again), wanted);
    const detail = errorsOf(again)[0]?.Detail ?? '';
    if (detail !== '')
      expect(detail).toContain(`DocNumber=${String(DocNumber)} is assigned to TxnType=Invoice with TxnId=`);
    const leave = await company().post(
      '/invoice?include=allowduplicatedocnum',
      company().sale(customer, 3, { DocNumber }),
    );
    expect(company().outcome(leave)).toBe('accepted');
  });

  it('a number of 22 characters', async () => {
    const sale = company().sale(await company().customer(), 1, { DocNumber: 'x'.repeat(22) });
    company().settle(
      'an invoice number of 22 characters',
      company().outcome(await company().post('/invoice', sale)),
      '2050',
    );
  });

  it('a deleted form gives its number back', async () => {
    const customer = await company().customer();
    const made = await company().make('Invoice', company().sale(customer, 1));
    await company().make('Invoice', identity(made), '?operation=delete');
    await company().make('Invoice', company().sale(customer, 1, { DocNumber: made['DocNumber'] }));
  });

  it('a journal entry has no number of its own accord, and may repeat one', async () => {
    const { expense, income } = company().books;
    const side = (PostingType: string, id: string): Json => ({
      Amount: 3,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: { PostingType, AccountRef: { value: id } },
    });
    const Line = [side('Debit', expense), side('Credit', income)];
    const made = await company().make('JournalEntry', { Line });
    expect(made).not.toHaveProperty('DocNumber');
    expect(made).toMatchObject({ TotalAmt: 0, Adjustment: false });
    expect((made['Line'] as Json[]).map((line) => line['Id'])).toEqual(['0', '1']);
    const DocNumber = company().unique('j');
    await company().make('JournalEntry', { Line, DocNumber });
    const again = await company().post('/journalentry', { Line, DocNumber });
    company().settle('a repeated journal number', company().outcome(again), 'accepted');
  });
}

function tellCheques(company: () => Company): void {
  const cheque = (more: Json): Json => {
    const { bank, expense } = company().books;
    const AccountBasedExpenseLineDetail = { AccountRef: { value: expense } };
    return {
      PaymentType: 'Check',
      AccountRef: { value: bank },
      Line: [{ Amount: 8, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail }],
      ...more,
    };
  };

  it('a cheque is not to be printed unless it says so, and says its type in every update', async () => {
    const made = await company().make('Purchase', cheque({}));
    expect(made).toMatchObject({ PrintStatus: 'NotSet', TotalAmt: 8 });
    const bare = await company().post('/purchase', { ...identity(made), sparse: true, PrivateNote: 'x' });
    expect(errorsOf(bare)[0]).toMatchObject({ code: '2020', element: 'PaymentType' });
  });

  it('a cheque to be printed, and its number', async () => {
    const DocNumber = company().unique('c');
    const made = await company().make('Purchase', cheque({ PrintStatus: 'NeedToPrint', DocNumber }));
    const number = made['DocNumber'] === DocNumber ? 'kept' : String(made['DocNumber']);
    company().settle('the number of a cheque to be printed', number, 'kept');
    const done = {
      ...identity(made),
      sparse: true,
      PaymentType: 'Check',
      PrintStatus: 'PrintComplete',
      DocNumber,
    };
    const after = await company().make('Purchase', done);
    company().settle('a sparse update of the print status', String(after['PrintStatus']), 'PrintComplete');
  });

  it('the same in a batch', async () => {
    const made = await company().make('Purchase', cheque({ PrintStatus: 'NeedToPrint' }));
    const done = { ...identity(made), sparse: true, PaymentType: 'Check', PrintStatus: 'PrintComplete' };
    const item = { bId: '1', operation: 'update', Purchase: { ...done, DocNumber: company().unique('c') } };
    await company().post('/batch', { BatchItemRequest: [item] });
    const after = await company().read('Purchase', made['Id']);
    company().settle(
      'a sparse update of the print status in a batch',
      String(after['PrintStatus']),
      'PrintComplete',
    );
  });

  it('a repeated cheque number', async () => {
    const DocNumber = company().unique('c');
    await company().make('Purchase', cheque({ DocNumber }));
    const again = await company().post('/purchase', cheque({ DocNumber }));
    company().settle('a repeated cheque number', company().outcome(again), '6140');
    await company().make('Purchase', cheque({ DocNumber }), '?include=allowduplicatedocnum');
  });
}

export function tellNumbers(company: () => Company): void {
  tellRequestIds(company);
  tellDocNumbers(company);
  tellCheques(company);
}
