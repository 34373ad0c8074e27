import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bench, type Json, at, errorsOf, feeLine, identity } from './company.js';

let bench: Bench;
let client: string;
const account: Record<string, string> = {};

beforeAll(async () => {
  bench = await Bench.start();
});

afterAll(() => bench.close());

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  const { json } = await bench.query('select * from Account maxresults 1000');
  for (const one of at(json, 'QueryResponse.Account') as Json[])
    account[one['Name'] as string] = one['Id'] as string;
});

function side(
  type: 'Debit' | 'Credit',
  accountId: string | undefined,
  amount: number,
  more: Json = {},
): Json {
  const detail = { PostingType: type, AccountRef: { value: accountId }, ...more };
  return { Amount: amount, DetailType: 'JournalEntryLineDetail', JournalEntryLineDetail: detail };
}

function trustEntry(amount: number): Json {
  return {
    Line: [
      side('Debit', account['Trust Bank (IOLTA)'], amount),
      side('Credit', account['Client Trust Liability'], amount),
    ],
  };
}

async function balanceOf(name: string): Promise<unknown> {
  return (await bench.read('Account', account[name] ?? ''))['CurrentBalance'];
}

/** The two columns of the trial balance must agree whatever was posted. */
async function trialBalance(): Promise<[string, string]> {
  const { json } = await bench.get('/reports/TrialBalance?date_macro=All');
  const rows = at(json, 'Rows.Row') as Json[];
  const cells = at(rows.at(-1), 'Summary.ColData') as Json[];
  return [cells[1]?.['value'] as string, cells[2]?.['value'] as string];
}

describe('a journal entry', () => {
  it('moves its accounts, counts lines from 0 and totals nothing', async () => {
    const made = await bench.make('JournalEntry', trustEntry(1500));
    expect(made).toMatchObject({ TotalAmt: 0, Adjustment: false });
    expect((made['Line'] as Json[]).map((line) => line['Id'])).toEqual(['0', '1']);
    expect(made).not.toHaveProperty('DocNumber');
    expect(await balanceOf('Trust Bank (IOLTA)')).toBe(1500);
    expect(await balanceOf('Client Trust Liability')).toBe(-1500);
    await bench.make('JournalEntry', identity(made), '?operation=delete');
    expect(await balanceOf('Trust Bank (IOLTA)')).toBe(0);
  });

  it('must balance, by the code that is switched on', async () => {
    const uneven = {
      Line: [side('Debit', account['Bank Charges'], 10), side('Credit', account['Operating Bank'], 9)],
    };
    const [error] = errorsOf(await bench.post('/journalentry', uneven));
    expect(error).toMatchObject({ code: '6000' });
    expect(error?.Detail).toContain('Please balance debits and credits.');
    await bench.control('POST', 'switches', { unbalancedJournalCode: '2300' });
    expect(errorsOf(await bench.post('/journalentry', uneven))[0]?.code).toBe('2300');
  });

  it('needs two lines, and an account on each', async () => {
    const one = await bench.post('/journalentry', { Line: [side('Debit', account['Bank Charges'], 0)] });
    expect(errorsOf(one)[0]?.Detail).toContain('Fill out at least two detail lines to continue.');
    const none = await bench.post('/journalentry', {
      Line: [side('Debit', undefined, 1), side('Credit', undefined, 1)],
    });
    expect(errorsOf(none).map((error) => error.code)).toEqual(['2020', '2020']);
  });

  it('names a customer on receivables', async () => {
    const receivable = account['Accounts Receivable (A/R)'];
    const bare = { Line: [side('Debit', receivable, 5), side('Credit', account['Sales'], 5)] };
    expect(errorsOf(await bench.post('/journalentry', bare))[0]?.Detail).toContain(
      'you must choose a customer',
    );
    const entity = { Entity: { Type: 'Customer', EntityRef: { value: client } } };
    const named = { Line: [side('Debit', receivable, 5, entity), side('Credit', account['Sales'], 5)] };
    const made = await bench.make('JournalEntry', named);
    expect(at(made, 'Line.0.JournalEntryLineDetail.Entity.EntityRef.name')).toBe('Ada Byron');
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 5 });
  });

  it('may repeat a number, unless the company warns', async () => {
    await bench.make('JournalEntry', { ...trustEntry(1), DocNumber: 'JE-1' });
    await bench.make('JournalEntry', { ...trustEntry(2), DocNumber: 'JE-1' });
    await bench.control('POST', 'switches', { journalDocNumbersUnique: true });
    const reply = await bench.post('/journalentry', { ...trustEntry(3), DocNumber: 'JE-1' });
    expect(errorsOf(reply)[0]?.Detail).toContain('TxnType=Journal Entry');
  });
});

describe('a deposit', () => {
  it('locks its payments without changing them, until it is deleted', async () => {
    const payment = await bench.make('Payment', { CustomerRef: { value: client }, TotalAmt: 70 });
    const deposit = await bench.make('Deposit', {
      DepositToAccountRef: { value: account['Operating Bank'] },
      Line: [{ Amount: 70, LinkedTxn: [{ TxnId: payment['Id'], TxnType: 'Payment', TxnLineId: '0' }] }],
    });
    expect(at(deposit, 'Line.0.Id')).toBeUndefined();
    expect(await bench.read('Payment', identity(payment).Id)).toMatchObject({
      SyncToken: '0',
      MetaData: payment['MetaData'],
      LinkedTxn: [{ TxnId: deposit['Id'], TxnType: 'Deposit' }],
    });
    expect(await balanceOf('Operating Bank')).toBe(70);
    expect(await balanceOf('Undeposited Funds')).toBe(0);
    const edit = { ...identity(payment), sparse: true, PrivateNote: 'x' };
    for (const params of ['', '?operation=delete', '?include=void']) {
      expect(errorsOf(await bench.post(`/payment${params}`, edit))[0]?.code).toBe('6540');
    }
    await bench.make('Deposit', identity(deposit), '?operation=delete');
    expect(await bench.make('Payment', edit)).toMatchObject({ PrivateNote: 'x' });
  });
});

describe('money out', () => {
  function cheque(more: Json = {}): Json {
    const detail = {
      AccountRef: { value: account['Client Trust Liability'] },
      CustomerRef: { value: client },
    };
    return {
      PaymentType: 'Check',
      AccountRef: { value: account['Trust Bank (IOLTA)'] },
      Line: [
        { Amount: 300, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail: detail },
      ],
      ...more,
    };
  }

  it('by cheque leaves the bank and is not billed on', async () => {
    const made = await bench.make('Purchase', cheque({ DocNumber: '2001', PrintStatus: 'NeedToPrint' }));
    expect(made).toMatchObject({ TotalAmt: 300, PrintStatus: 'NeedToPrint', DocNumber: '2001' });
    expect(at(made, 'Line.0.AccountBasedExpenseLineDetail.BillableStatus')).toBe('NotBillable');
    expect(JSON.stringify(made['PurchaseEx'])).toContain('"Name":"TxnType","Value":"3"');
    expect(await balanceOf('Trust Bank (IOLTA)')).toBe(-300);
    expect(errorsOf(await bench.post('/purchase', made))[0]?.code).toBe('2010');
  });

  it('needs the right kind of account, and its type in every update', async () => {
    const wrong = await bench.post(
      '/purchase',
      cheque({ AccountRef: { value: account['Firm Credit Card'] } }),
    );
    expect(errorsOf(wrong)[0]).toMatchObject({ code: '6430' });
    const made = await bench.make('Purchase', cheque());
    const reply = await bench.post('/purchase', { ...identity(made), sparse: true, PrivateNote: 'x' });
    expect(errorsOf(reply)[0]).toMatchObject({ code: '2020', element: 'PaymentType' });
  });

  it('gets its number when the bookkeeper prints it', async () => {
    const made = await bench.make('Purchase', cheque({ PrintStatus: 'NeedToPrint' }));
    await bench.make('Purchase', cheque());
    await bench.control('POST', `companies/${bench.realm}/print-cheques`, { startNumber: '7001' });
    expect(await bench.read('Purchase', identity(made).Id)).toMatchObject({
      DocNumber: '7001',
      PrintStatus: 'PrintComplete',
      SyncToken: '1',
    });
  });

  it('has no void: the answer is 200 and nothing happened', async () => {
    const made = await bench.make('Purchase', cheque());
    expect(await bench.make('Purchase', identity(made), '?operation=void')).toMatchObject({ TotalAmt: 300 });
  });
});

describe('the books', () => {
  it('balance whatever was done to them', async () => {
    const invoice = await bench.make('Invoice', {
      CustomerRef: { value: client },
      Line: [feeLine(459), feeLine(0.1)],
    });
    await bench.make('CreditMemo', { CustomerRef: { value: client }, Line: [feeLine(59)] });
    const line = { Amount: 200, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] };
    await bench.make('Payment', { CustomerRef: { value: client }, TotalAmt: 250, Line: [line] });
    await bench.make('SalesReceipt', { Line: [feeLine(33)] });
    await bench.make('RefundReceipt', {
      DepositToAccountRef: { value: account['Operating Bank'] },
      Line: [feeLine(20)],
    });
    await bench.make('JournalEntry', trustEntry(1500));
    await bench.make('Transfer', {
      FromAccountRef: { value: account['Operating Bank'] },
      ToAccountRef: { value: account['Trust Bank (IOLTA)'] },
      Amount: 5,
    });
    const [debits, credits] = await trialBalance();
    expect(debits).toBe(credits);
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 150.1 });
    const { json } = await bench.get('/reports/CustomerBalance');
    expect(at(json, 'Rows.Row.0.ColData.1.value')).toBe('150.10');
  });

  it('show the same profit in both statements', async () => {
    await bench.make('Invoice', { CustomerRef: { value: client }, Line: [feeLine(100)] });
    const profit = (await bench.get('/reports/ProfitAndLoss')).json;
    const rows = at(profit, 'Rows.Row') as Json[];
    expect(at(rows.at(-1), 'Summary.ColData.1.value')).toBe('100.00');
    const sheet = (await bench.get('/reports/BalanceSheet')).json;
    expect(at(sheet, 'Rows.Row.0.Summary.ColData.1.value')).toBe('100.00');
    expect(at(sheet, 'Rows.Row.1.Summary.ColData.1.value')).toBe('100.00');
  });

  it('age what is open by its due date', async () => {
    await bench.make('Invoice', {
      CustomerRef: { value: client },
      Line: [feeLine(40)],
      TxnDate: '2026-01-01',
      DueDate: '2026-01-31',
    });
    const { json } = await bench.get('/reports/AgedReceivables?report_date=2026-03-15');
    const cells = at(json, 'Rows.Row.0.ColData') as Json[];
    expect(cells.map((cell) => cell['value'])).toEqual([
      'Ada Byron',
      '0.00',
      '0.00',
      '40.00',
      '0.00',
      '0.00',
      '40.00',
    ]);
  });

  it('know no report of another name', async () => {
    expect(errorsOf(await bench.get('/reports/Horoscope'))[0]).toMatchObject({
      code: '5020',
      element: 'ReportName',
    });
  });
});
