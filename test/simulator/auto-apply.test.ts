import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, feeLine, identity } from './company.js';
import { trialBalance } from './journal.js';
import { openBench } from './opened.js';

const bench = openBench();
let client: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  await switchTo(true);
});

async function switchTo(isOn: boolean): Promise<void> {
  await bench.control('POST', `companies/${bench.realm}/preferences`, {
    SalesFormsPrefs: { AutoApplyCredit: isOn },
  });
}

function form(amount: number, txnDate: string): Json {
  return { CustomerRef: { value: client }, Line: [feeLine(amount)], TxnDate: txnDate };
}

async function payments(): Promise<Json[]> {
  const { json } = await bench.query('select * from Payment orderby Id');
  return (at(json, 'QueryResponse.Payment') ?? []) as Json[];
}

function links(payment: Json | undefined): unknown[] {
  return (payment?.['Line'] as Json[]).map((line) => [
    at(line, 'LinkedTxn.0.TxnType'),
    at(line, 'LinkedTxn.0.TxnId'),
    line['Amount'],
  ]);
}

const NOTE = 'Created by QB Online to link credits to charges.';

describe('a new credit memo', () => {
  it('is applied to open invoices, the oldest first, by payments of nothing', async () => {
    const younger = await bench.make('Invoice', form(50, '2026-03-02'));
    const older = await bench.make('Invoice', form(70, '2026-03-01'));
    const memo = await bench.make('CreditMemo', form(100, '2026-03-03'));
    expect(memo).toMatchObject({ RemainingCredit: 0, Balance: 0 });
    const made = await payments();
    expect(made.map(links)).toEqual([
      [
        ['Invoice', older['Id'], 70],
        ['CreditMemo', memo['Id'], 70],
      ],
      [
        ['Invoice', younger['Id'], 30],
        ['CreditMemo', memo['Id'], 30],
      ],
    ]);
    for (const one of made) expect(one).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0, PrivateNote: NOTE });
    expect(made[0]).not.toHaveProperty('DepositToAccountRef');
    expect(await bench.read('Invoice', identity(older).Id)).toMatchObject({ Balance: 0, SyncToken: '1' });
    expect(await bench.read('Invoice', identity(younger).Id)).toMatchObject({ Balance: 20 });
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 20 });
    const [debits, credits] = await trialBalance(bench);
    expect(debits).toBe(credits);
  });

  it('keeps what no invoice takes for the next one', async () => {
    await bench.make('CreditMemo', form(100, '2026-03-01'));
    expect(await payments()).toEqual([]);
    const invoice = await bench.make('Invoice', form(130, '2026-03-02'));
    expect(invoice).toMatchObject({ Balance: 30, SyncToken: '1', LinkedTxn: [{ TxnType: 'Payment' }] });
    expect(await bench.read('Invoice', identity(invoice).Id)).toEqual(invoice);
    await bench.make('Invoice', { ...identity(invoice), sparse: true, PrivateNote: 'seen' });
  });
});

describe('a new invoice', () => {
  it('takes money that payments have left, before what came later', async () => {
    const paid = await bench.make('Payment', {
      CustomerRef: { value: client },
      TotalAmt: 40,
      TxnDate: '2026-03-01',
    });
    const memo = await bench.make('CreditMemo', form(100, '2026-03-02'));
    const invoice = await bench.make('Invoice', form(60, '2026-03-03'));
    expect(invoice).toMatchObject({ Balance: 0 });
    const used = await bench.read('Payment', identity(paid).Id);
    expect(used).toMatchObject({ UnappliedAmt: 0, TotalAmt: 40, SyncToken: '1' });
    expect(links(used)).toEqual([['Invoice', invoice['Id'], 40]]);
    expect(await bench.read('CreditMemo', identity(memo).Id)).toMatchObject({ RemainingCredit: 80 });
  });

  it("leaves other customers' credit alone, and takes nothing when it is changed", async () => {
    const other = identity(await bench.make('Customer', { DisplayName: 'Ben Quick' })).Id;
    await bench.make('CreditMemo', { ...form(10, '2026-03-01'), CustomerRef: { value: other } });
    const invoice = await bench.make('Invoice', form(60, '2026-03-02'));
    expect(invoice).toMatchObject({ Balance: 60, SyncToken: '0' });
    await switchTo(false);
    await bench.make('CreditMemo', form(5, '2026-03-03'));
    await switchTo(true);
    const changed = await bench.make('Invoice', { ...identity(invoice), sparse: true, PrivateNote: 'x' });
    expect(changed).toMatchObject({ Balance: 60 });
  });

  it('takes nothing where the company does not apply credits by itself', async () => {
    await switchTo(false);
    await bench.make('CreditMemo', form(10, '2026-03-01'));
    expect(await bench.make('Invoice', form(60, '2026-03-02'))).toMatchObject({ Balance: 60 });
    expect(await payments()).toEqual([]);
  });
});
