import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bench, type Json, at, errorsOf, feeLine, identity } from './company.js';
import { accountIds, named, side, trialBalance } from './journal.js';

let bench: Bench;
let german: string;
let american: string;
let expert: string;

const EUR = { CurrencyRef: { value: 'EUR' } };
const ONE_FOREIGN = 'Business Validation Error: You can only use one foreign currency per transaction.';
const RECEIVABLE = 'Accounts Receivable (A/R) - EUR';

beforeAll(async () => {
  bench = await Bench.start('multicurrency');
});

afterAll(() => bench.close());

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  german = await nameOf('Customer', 'Kanzlei Brandt');
  expert = await nameOf('Vendor', 'Gutachter Weiss');
  american = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
});

async function nameOf(entity: string, name: string): Promise<string> {
  const { json } = await bench.query(`select * from ${entity} where DisplayName = '${name}'`);
  return at(json, `QueryResponse.${entity}.0.Id`) as string;
}

function invoice(amount: number, more: Json = {}): Json {
  return { CustomerRef: { value: german }, TxnDate: '2026-03-01', Line: [feeLine(amount)], ...more };
}

function payment(total: number, paid: Json | undefined, amount: number, more: Json = {}): Json {
  const link = { Amount: amount, LinkedTxn: [{ TxnId: paid?.['Id'], TxnType: 'Invoice' }] };
  const lines = paid === undefined ? {} : { Line: [link] };
  return { CustomerRef: { value: german }, TxnDate: '2026-03-02', TotalAmt: total, ...lines, ...more };
}

async function account(name: string): Promise<Json> {
  return bench.read('Account', (await accountIds(bench))(name));
}

/** What an account holds in the home currency. */
async function homeOf(name: string): Promise<number> {
  const id = (await accountIds(bench))(name);
  const { json } = await bench.control('GET', `companies/${bench.realm}/accounts/${id}/by-name`);
  return (json['cents'] as number) / 100;
}

async function refusal(path: string, body: Json): Promise<string | undefined> {
  return errorsOf(await bench.post(path, body))[0]?.Detail;
}

async function expectBalanced(): Promise<void> {
  const [debits, credits] = await trialBalance(bench);
  expect(debits).toBe(credits);
}

describe('a customer in a foreign currency', () => {
  it('has its receivables on an account of their own, and its balance in its own currency', async () => {
    const made = await bench.make('Invoice', invoice(100));
    expect(made).toMatchObject({
      CurrencyRef: { value: 'EUR', name: 'Euro' },
      ExchangeRate: 1.16,
      TotalAmt: 100,
      HomeTotalAmt: 116,
      Balance: 100,
      HomeBalance: 116,
    });
    expect(await account(RECEIVABLE)).toMatchObject({
      AccountType: 'Accounts Receivable',
      CurrentBalance: 100,
      ...EUR,
    });
    expect(await homeOf(RECEIVABLE)).toBe(116);
    expect(await homeOf('Legal Fee Income')).toBe(-116);
    expect(await bench.read('Customer', german)).toMatchObject({ Balance: 100, ...EUR });
    await expectBalanced();
  });

  it('keeps its currency for ever, and gives it to its matters', async () => {
    const customer = await bench.read('Customer', german);
    const change = { ...identity(customer), sparse: true, CurrencyRef: { value: 'GBP' } };
    expect(await refusal('/customer', change)).toContain('cannot be changed');
    const kept = { ...identity(customer), DisplayName: 'Kanzlei Brandt & Partner' };
    expect(await bench.make('Customer', kept)).toMatchObject(EUR);
    const matter = { DisplayName: 'Nachlass', ParentRef: { value: german } };
    expect(await bench.make('Customer', matter)).toMatchObject(EUR);
  });

  it('opens the account of a currency once', async () => {
    const pounds = { CurrencyRef: { value: 'GBP' } };
    await bench.make('Customer', { DisplayName: 'Smith', ...pounds });
    await bench.make('Customer', { DisplayName: 'Jones', ...pounds });
    const { json } = await bench.query("select * from Account where Name like '%A/R%'");
    const names = (at(json, 'QueryResponse.Account') as Json[]).map((one) => one['Name']);
    expect(names).toEqual([
      'Accounts Receivable (A/R)',
      'Accounts Receivable (A/R) - EUR',
      'Accounts Receivable (A/R) - GBP',
    ]);
  });

  it.each([
    ['XXQ', '2220'],
    ['CHF', '2500'],
  ])('cannot be in %s, which is no currency of the company', async (code, expected) => {
    const reply = await bench.post('/customer', { DisplayName: 'X', CurrencyRef: { value: code } });
    expect(errorsOf(reply)[0]?.code).toBe(expected);
  });
});

describe('the currency of a transaction', () => {
  it("is its customer's, sent or not, and no other", async () => {
    expect(await bench.make('Invoice', invoice(1, EUR))).toMatchObject(EUR);
    const elsewhere = { CustomerRef: { value: american } };
    expect(await refusal('/invoice', invoice(1, { ...EUR, ...elsewhere }))).toBe(ONE_FOREIGN);
    expect(await refusal('/invoice', invoice(1, { CurrencyRef: { value: 'USD' } }))).toBe(ONE_FOREIGN);
    expect(await bench.make('Invoice', invoice(1, elsewhere))).toMatchObject({
      CurrencyRef: { value: 'USD' },
      ExchangeRate: 1,
      HomeTotalAmt: 1,
    });
  });

  it('can be refused in other words, and be missed where it is not sent', async () => {
    await bench.control('POST', 'switches', { currencyMismatchDetail: 'invalid', missingCurrency: 'home' });
    expect(await refusal('/invoice', invoice(1))).toBe(
      'Business Validation Error: The currency of the transaction is invalid for customer/vendor/account.',
    );
    expect(await bench.make('Invoice', invoice(1, EUR))).toMatchObject({ TotalAmt: 1 });
  });

  it('is one among the accounts of a journal entry', async () => {
    const accountOf = await accountIds(bench);
    const lines = [
      side('Debit', accountOf('Euro Bank'), 50),
      side('Credit', accountOf(RECEIVABLE), 50, named('Customer', german)),
    ];
    const made = await bench.make('JournalEntry', { Line: lines, TxnDate: '2026-03-01', ...EUR });
    expect(made).toMatchObject({ ...EUR, ExchangeRate: 1.16 });
    expect(await account('Euro Bank')).toMatchObject({ CurrentBalance: 50 });
    expect(await homeOf('Euro Bank')).toBe(58);
    expect(await refusal('/journalentry', { Line: lines, CurrencyRef: { value: 'GBP' } })).toBe(ONE_FOREIGN);
    const mixed = [
      side('Debit', accountOf('Euro Bank'), 50),
      side('Credit', accountOf('Accounts Receivable (A/R)'), 50, named('Customer', american)),
    ];
    expect(await refusal('/journalentry', { Line: mixed })).toBe(ONE_FOREIGN);
  });

  it('is that of the account that some of a deposit goes on to, and of a line of an expense', async () => {
    const accountOf = await accountIds(bench);
    const ref = (name: string): Json => ({ AccountRef: { value: accountOf(name) } });
    const line = { Amount: 10, DetailType: 'DepositLineDetail', DepositLineDetail: ref('Legal Fee Income') };
    const DepositToAccountRef = { value: accountOf('Operating Bank') };
    const CashBack = { ...ref('Euro Bank'), Amount: 1 };
    const home = { CurrencyRef: { value: 'USD' } };
    const deposit = { DepositToAccountRef, CashBack, Line: [line] };
    expect(await refusal('/deposit', { ...deposit, ...home })).toBe(ONE_FOREIGN);
    expect(await bench.make('Deposit', deposit)).toMatchObject(EUR);
    const DetailType = 'AccountBasedExpenseLineDetail';
    const cost = { Amount: 10, DetailType, [DetailType]: ref('Euro Bank') };
    const expense = { PaymentType: 'Cash', ...ref('Operating Bank'), ...home, Line: [cost] };
    expect(await refusal('/purchase', expense)).toBe(ONE_FOREIGN);
  });

  it('is the home currency for income and costs, whatever is sent', async () => {
    const fees = { Name: 'Euro Fees', AccountType: 'Income', ...EUR };
    expect(await bench.make('Account', fees)).toMatchObject({ CurrencyRef: { value: 'USD' } });
    const card = { Name: 'Euro Card', AccountType: 'Credit Card', ...EUR };
    expect(await bench.make('Account', card)).toMatchObject(EUR);
  });
});

describe('the rate of a transaction', () => {
  it("is the caller's, else that of its day, and stays when something else is changed", async () => {
    expect(await bench.make('Invoice', invoice(100, { ExchangeRate: 1.2 }))).toMatchObject({
      HomeTotalAmt: 120,
    });
    const old = await bench.make('Invoice', invoice(100, { TxnDate: '2025-06-01' }));
    expect(old).toMatchObject({ ExchangeRate: 1.05 });
    const moved = { ...identity(old), sparse: true, TxnDate: '2026-06-01' };
    expect(await bench.make('Invoice', moved)).toMatchObject({ ExchangeRate: 1.05 });
    await bench.control('POST', 'switches', { missingExchangeRate: 'one' });
    expect(await bench.make('Invoice', invoice(100))).toMatchObject({ ExchangeRate: 1, HomeTotalAmt: 100 });
    const negative = await bench.post('/invoice', invoice(1, { ExchangeRate: -1 }));
    expect(errorsOf(negative)[0]?.code).toBe('2090');
  });

  it('leaves books that agree to the cent', async () => {
    const thirds = Array.from({ length: 7 }, () => feeLine(33.33));
    const made = await bench.make('Invoice', invoice(0, { Line: thirds, ExchangeRate: 1.0875 }));
    expect(made).toMatchObject({ TotalAmt: 233.31, HomeTotalAmt: 253.72 });
    expect(await homeOf(RECEIVABLE)).toBe(253.72);
    await expectBalanced();
  });
});

describe('a payment at another rate', () => {
  it('settles the invoice at its own, and the rest is gained', async () => {
    const owed = await bench.make('Invoice', invoice(100, { ExchangeRate: 1.1 }));
    const paid = await bench.make('Payment', payment(100, owed, 100, { ExchangeRate: 1.2 }));
    expect(paid).toMatchObject({ ...EUR, ExchangeRate: 1.2, UnappliedAmt: 0 });
    expect(await bench.read('Invoice', identity(owed).Id)).toMatchObject({ Balance: 0, HomeBalance: 0 });
    expect([await homeOf(RECEIVABLE), await homeOf('Undeposited Funds')]).toEqual([0, 120]);
    expect(await account('Exchange Gain or Loss')).toMatchObject({ AccountSubType: 'ExchangeGainOrLoss' });
    expect(await homeOf('Exchange Gain or Loss')).toBe(-10);
    expect(await bench.read('Customer', german)).toMatchObject({ Balance: 0 });
    await expectBalanced();
  });

  it('keeps what it does not settle at the rate of the payment', async () => {
    const owed = await bench.make('Invoice', invoice(60, { ExchangeRate: 1.1 }));
    await bench.make('Payment', payment(100, owed, 60, { ExchangeRate: 1.2 }));
    expect(await homeOf(RECEIVABLE)).toBe(-48);
    expect(await homeOf('Exchange Gain or Loss')).toBe(-6);
    expect(await bench.read('Customer', german)).toMatchObject({ Balance: -40 });
  });

  it('gains another amount when the rate of the invoice is set right', async () => {
    const owed = await bench.make('Invoice', invoice(100, { ExchangeRate: 1.1 }));
    await bench.make('Payment', payment(100, owed, 100, { ExchangeRate: 1.2 }));
    const paid = identity(await bench.read('Invoice', identity(owed).Id));
    await bench.make('Invoice', { ...paid, sparse: true, ExchangeRate: 1.3 });
    expect([await homeOf(RECEIVABLE), await homeOf('Exchange Gain or Loss')]).toEqual([0, 10]);
    await expectBalanced();
  });

  it('moves at its own rate from the undeposited funds to the bank', async () => {
    const received = await bench.make('Payment', payment(100, undefined, 0, { ExchangeRate: 1.2 }));
    const accountOf = await accountIds(bench);
    const deposit = await bench.make('Deposit', {
      DepositToAccountRef: { value: accountOf('Euro Bank') },
      ExchangeRate: 1.25,
      Line: [{ Amount: 100, LinkedTxn: [{ TxnId: received['Id'], TxnType: 'Payment', TxnLineId: '0' }] }],
    });
    expect(deposit).toMatchObject({ ...EUR, HomeTotalAmt: 125 });
    expect([await homeOf('Undeposited Funds'), await homeOf('Euro Bank')]).toEqual([0, 125]);
    expect(await homeOf('Exchange Gain or Loss')).toBe(-5);
  });

  it('must be in the currency of what it pays', async () => {
    const owed = await bench.make('Invoice', invoice(10, { CustomerRef: { value: american } }));
    expect(await refusal('/payment', payment(10, owed, 10))).toBeDefined();
  });
});

describe('what is owed abroad', () => {
  function bill(amount: number, rate: number): Json {
    const line = {
      Amount: amount,
      DetailType: 'ItemBasedExpenseLineDetail',
      ItemBasedExpenseLineDetail: { ItemRef: { value: '2' } },
    };
    return { VendorRef: { value: expert }, Line: [line], ExchangeRate: rate };
  }

  it('is paid at another rate with a loss', async () => {
    const accountOf = await accountIds(bench);
    const owed = await bench.make('Bill', bill(100, 1.1));
    expect(owed).toMatchObject({ ...EUR, APAccountRef: { name: 'Accounts Payable (A/P) - EUR' } });
    expect(owed).toMatchObject({ Balance: 100, HomeBalance: 110 });
    expect(await bench.read('Vendor', expert)).toMatchObject({ Balance: 100 });
    await bench.make('BillPayment', {
      VendorRef: { value: expert },
      PayType: 'Check',
      TotalAmt: 100,
      ExchangeRate: 1.2,
      CheckPayment: { BankAccountRef: { value: accountOf('Euro Bank') } },
      Line: [{ Amount: 100, LinkedTxn: [{ TxnId: owed['Id'], TxnType: 'Bill' }] }],
    });
    expect(await homeOf('Accounts Payable (A/P) - EUR')).toBe(0);
    expect([await homeOf('Euro Bank'), await homeOf('Exchange Gain or Loss')]).toEqual([-120, 10]);
    expect(await account('Euro Bank')).toMatchObject({ CurrentBalance: -100 });
    await expectBalanced();
  });

  it('needs an account in its own currency', async () => {
    const accountOf = await accountIds(bench);
    const home = { APAccountRef: { value: accountOf('Accounts Payable (A/P)') } };
    expect(await refusal('/bill', { ...bill(1, 1.1), ...home })).toBe(ONE_FOREIGN);
  });
});

describe('credits that are applied by themselves', () => {
  it('gain what the rates differ by', async () => {
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      SalesFormsPrefs: { AutoApplyCredit: true },
    });
    await bench.make('CreditMemo', invoice(50, { ExchangeRate: 1.2 }));
    expect(await bench.make('Invoice', invoice(50, { ExchangeRate: 1.1 }))).toMatchObject({ Balance: 0 });
    expect([await homeOf(RECEIVABLE), await homeOf('Exchange Gain or Loss')]).toEqual([0, -5]);
    await expectBalanced();
  });
});

describe('reports', () => {
  it('are in the home currency', async () => {
    await bench.make('Invoice', invoice(100));
    const aged = (await bench.get('/reports/AgedReceivables?report_date=2026-03-05')).json;
    expect(at(aged, 'Header.Currency')).toBe('USD');
    expect(at(aged, 'Rows.Row.0.ColData.1.value')).toBe('116.00');
    const detail = (await bench.get('/reports/AgedReceivableDetail?report_date=2026-03-05')).json;
    expect(at(detail, 'Rows.Row.0.Rows.Row.0.ColData.7.value')).toBe('116.00');
    const balances = (await bench.get('/reports/CustomerBalance?report_date=2026-03-05')).json;
    expect(at(balances, 'Rows.Row.0.ColData.1.value')).toBe('116.00');
  });
});

describe('the state of such a company', () => {
  it('is restored with its foreign balances', async () => {
    await bench.make('Invoice', invoice(100));
    const state = (await bench.control('GET', 'state')).json;
    await bench.control('POST', 'reset', {});
    await bench.control('PUT', 'state', state);
    await bench.connect();
    expect(await account(RECEIVABLE)).toMatchObject({ CurrentBalance: 100 });
    expect(await bench.read('Customer', german)).toMatchObject({ Balance: 100 });
  });
});
