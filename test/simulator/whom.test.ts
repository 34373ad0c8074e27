import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, identity } from './company.js';
import { accountIds, named, side } from './journal.js';
import { openBench } from './opened.js';

const bench = openBench();
let accountOf: (name: string) => string;
let ada: string;
let ben: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  accountOf = await accountIds(bench);
  ada = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  ben = identity(await bench.make('Customer', { DisplayName: 'Ben Quick' })).Id;
});

function received(client: string, amount: number, txnDate: string): Json {
  return {
    TxnDate: txnDate,
    Line: [
      side('Debit', accountOf('Trust Bank (IOLTA)'), amount),
      side('Credit', accountOf('Client Trust Liability'), amount, named('Customer', client)),
    ],
  };
}

async function trustByName(params = ''): Promise<Json> {
  const id = accountOf('Client Trust Liability');
  return (await bench.control('GET', `companies/${bench.realm}/accounts/${id}/by-name${params}`)).json;
}

function costLine(account: string, more: Json): Json {
  const detail = { AccountRef: { value: accountOf(account) }, ...more };
  return {
    Amount: 40,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: detail,
  };
}

describe('a customer on a line of the trust liability', () => {
  beforeEach(async () => {
    await bench.make('JournalEntry', received(ada, 1500, '2026-02-01'));
    await bench.make('JournalEntry', received(ben, 300, '2026-02-02'));
  });

  it('is kept, and owes nothing by it', async () => {
    expect(await bench.read('Customer', ada)).toMatchObject({ Balance: 0 });
    expect(await trustByName()).toMatchObject({
      account: { name: 'Client Trust Liability' },
      cents: -180_000,
      names: [
        { id: ada, name: 'Ada Byron', cents: -150_000 },
        { id: ben, name: 'Ben Quick', cents: -30_000 },
      ],
    });
  });

  it('counts for a cheque written from trust, and until a day', async () => {
    await bench.make('Purchase', {
      PaymentType: 'Check',
      TxnDate: '2026-03-01',
      AccountRef: { value: accountOf('Trust Bank (IOLTA)') },
      Line: [costLine('Client Trust Liability', { CustomerRef: { value: ada } })],
    });
    expect((await trustByName())['names']).toMatchObject([{ cents: -146_000 }, { cents: -30_000 }]);
    expect((await trustByName('?asOf=2026-02-01'))['names']).toEqual([
      { id: ada, name: 'Ada Byron', cents: -150_000 },
    ]);
  });

  it('has no name where none was given', async () => {
    const bare = [
      side('Debit', accountOf('Trust Bank (IOLTA)'), 5),
      side('Credit', accountOf('Client Trust Liability'), 5),
    ];
    await bench.make('JournalEntry', { Line: bare });
    expect((await trustByName())['names']).toContainEqual({ name: '', cents: -500 });
  });

  it('filters the general ledger by line and the transaction list by entry', async () => {
    const query = `?start_date=2026-01-01&end_date=2026-12-31&customer=${ada}`;
    const ledger = (await bench.get(`/reports/GeneralLedger${query}`)).json;
    const sections = at(ledger, 'Rows.Row') as Json[];
    expect(sections.map((one) => at(one, 'Header.ColData.0.value'))).toEqual(['Client Trust Liability']);
    expect(at(sections[0], 'Rows.Row.0.ColData.3')).toEqual({ value: 'Ada Byron', id: ada });
    expect(at(sections[0], 'Rows.Row.0.ColData.5.value')).toBe('-1500.00');
    const listed = (await bench.get(`/reports/TransactionList${query}`)).json;
    expect(at(listed, 'Rows.Row')).toHaveLength(1);
    expect(at(listed, 'Rows.Row.0.ColData.4.value')).toBe('Ada Byron');
  });

  it('moves with a merge', async () => {
    const merge = { entity: 'Customer', id: ben, into: ada };
    await bench.control('POST', `companies/${bench.realm}/merge`, merge);
    expect((await trustByName())['names']).toMatchObject([{ id: ada, cents: -180_000 }]);
  });

  it('is forgotten with its entry, and survives a restore', async () => {
    const state = (await bench.control('GET', 'state')).json;
    const entry = at((await bench.query('select * from JournalEntry')).json, 'QueryResponse.JournalEntry.0');
    await bench.make('JournalEntry', identity(entry as Json), '?operation=delete');
    expect((await trustByName())['names']).toHaveLength(1);
    await bench.control('PUT', 'state', state);
    expect((await trustByName())['names']).toHaveLength(2);
  });
});

describe('a customer on a liability line', () => {
  const billable = { BillableStatus: 'Billable' };

  async function answers(choice: string): Promise<unknown[]> {
    await bench.control('POST', 'switches', { customerOnLiability: choice });
    const aboutAda = { ...named('Customer', ada) };
    const codes: unknown[] = [];
    for (const more of [aboutAda, { ...aboutAda, ...billable }]) {
      const lines = [
        side('Debit', accountOf('Trust Bank (IOLTA)'), 5),
        side('Credit', accountOf('Client Trust Liability'), 5, more),
      ];
      const reply = await bench.post('/journalentry', { Line: lines });
      codes.push(errorsOf(reply)[0]?.Detail ?? reply.status);
    }
    return codes;
  }

  it.each([
    ['kept', [200, 200]],
    ['unbillable', [200, 'Business Validation Error: Target is not reimbursable']],
    [
      'refused',
      [
        'Business Validation Error: You cannot choose a customer on a line with a liability account.',
        'Business Validation Error: Target is not reimbursable',
      ],
    ],
  ])('%s', async (choice, expected) => {
    expect(await answers(choice)).toEqual(expected);
  });

  it('may bill a cost, whatever is chosen', async () => {
    await bench.control('POST', 'switches', { customerOnLiability: 'refused' });
    const cheque = (account: string): Json => ({
      PaymentType: 'Check',
      AccountRef: { value: accountOf('Operating Bank') },
      Line: [costLine(account, { CustomerRef: { value: ada }, ...billable })],
    });
    expect((await bench.post('/purchase', cheque('Bank Charges'))).status).toBe(200);
    expect(errorsOf(await bench.post('/purchase', cheque('Client Trust Liability')))[0]?.code).toBe('6000');
  });
});
