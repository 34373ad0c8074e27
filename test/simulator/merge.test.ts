import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, type Reply, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let kept: string;
let lost: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  kept = await customer('Ada Byron');
  lost = await customer('Ada Lovelace');
});

async function customer(DisplayName: string, more: Json = {}): Promise<string> {
  return identity(await bench.make('Customer', { DisplayName, ...more })).Id;
}

function merge(entity: string, id: string, into: string): Promise<Reply> {
  return bench.control('POST', `companies/${bench.realm}/merge`, { entity, id, into });
}

function invoice(customerId: string, amount: number): Promise<Json> {
  return bench.make('Invoice', { CustomerRef: { value: customerId }, Line: [feeLine(amount)] });
}

describe('a merge of two customers', () => {
  it('moves transactions, balance and matters, and changes no transaction', async () => {
    const matter = await customer('Engine', { ParentRef: { value: lost }, Job: true });
    const first = await invoice(lost, 100);
    await invoice(kept, 20);
    await invoice(matter, 5);
    expect((await merge('Customer', lost, kept)).status).toBe(200);
    expect(await bench.read('Customer', kept)).toMatchObject({
      Balance: 120,
      BalanceWithJobs: 125,
      SyncToken: '0',
    });
    expect(await bench.read('Customer', matter)).toMatchObject({
      FullyQualifiedName: 'Ada Byron:Engine',
      ParentRef: { value: kept },
    });
    const { Id } = identity(first);
    expect(await bench.read('Invoice', Id)).toEqual({
      ...first,
      CustomerRef: { value: kept, name: 'Ada Byron' },
    });
    const { json } = await bench.query(`select * from Invoice where CustomerRef = '${kept}'`);
    expect(at(json, 'QueryResponse.Invoice')).toHaveLength(2);
  });

  it('leaves nothing that could be read, changed or used', async () => {
    await merge('Customer', lost, kept);
    expect(errorsOf(await bench.get(`/customer/${lost}`))[0]?.code).toBe('610');
    const edit = { Id: lost, SyncToken: '0', sparse: true, Notes: 'x' };
    expect(errorsOf(await bench.post('/customer', edit))[0]?.code).toBe('610');
    const use = { CustomerRef: { value: lost }, Line: [feeLine(1)] };
    expect(errorsOf(await bench.post('/invoice', use))[0]).toMatchObject({
      code: '2500',
      Detail: `Invalid Reference Id : Names element id ${lost} not found`,
    });
    await customer('Ada Lovelace');
  });

  it('can leave an inactive one, as some companies show it', async () => {
    await bench.control('POST', 'switches', { mergedLoser: 'inactive', mergeTouchesTransactions: true });
    const { Id } = identity(await invoice(lost, 100));
    await merge('Customer', lost, kept);
    expect(await bench.read('Customer', lost)).toMatchObject({
      Active: false,
      DisplayName: 'Ada Lovelace (deleted)',
    });
    expect(await bench.read('Invoice', Id)).toMatchObject({ SyncToken: '1' });
  });

  it('is refused between a matter and its client, for inactive ones, and for what is not there', async () => {
    const matter = await customer('Engine', { ParentRef: { value: lost }, Job: true });
    expect(errorsOf(await merge('Customer', matter, lost))[0]?.code).toBe('6000');
    expect(errorsOf(await merge('Customer', lost, matter))[0]?.code).toBe('6000');
    await bench.make('Customer', { Id: kept, SyncToken: '0', sparse: true, Active: false });
    expect(errorsOf(await merge('Customer', lost, kept))[0]?.Detail).toContain('inactive');
    expect(errorsOf(await merge('Customer', '999', lost))[0]?.code).toBe('610');
    expect((await merge('Horse', lost, kept)).status).toBe(404);
    expect(errorsOf(await merge('Term', '1', '2'))[0]?.code).toBe('610');
  });

  it('is told as one, in both forms of webhook', async () => {
    const url = 'http://127.0.0.1:9/';
    const third = await customer('Countess');
    await bench.control('POST', 'webhooks', { url, lose: 1 });
    await merge('Customer', lost, kept);
    const body = async (): Promise<unknown> => {
      const { json } = await bench.control('GET', 'webhooks');
      return JSON.parse(at(json, 'deliveries.0.body') as string) as unknown;
    };
    await expect
      .poll(async () => at((await bench.control('GET', 'webhooks')).json, 'deliveries.length'))
      .toBe(1);
    expect(await body()).toMatchObject([
      { type: 'qbo.customer.merged.v1', intuitentityid: kept, data: { deletedid: lost } },
    ]);
    await bench.control('DELETE', 'webhooks');
    await bench.control('POST', 'webhooks', { url, lose: 1, format: 'legacy' });
    await merge('Customer', third, kept);
    await expect
      .poll(async () => at((await bench.control('GET', 'webhooks')).json, 'deliveries.length'))
      .toBe(1);
    const entities = at(await body(), 'eventNotifications.0.dataChangeEvent.entities') as Json[];
    expect(entities.at(-1)).toMatchObject({
      name: 'Customer',
      id: kept,
      operation: 'Merge',
      deletedId: third,
    });
  });
});

describe('a merge of something else', () => {
  it('moves postings between accounts of one kind, and of no other', async () => {
    const sub = { AccountType: 'Expense', AccountSubType: 'BankCharges' };
    const charges = await bench.idOf('Account', 'Bank Charges');
    const fees = identity(await bench.make('Account', { Name: 'Wire Fees', ...sub })).Id;
    const bank = await bench.idOf('Account', 'Operating Bank');
    const AccountBasedExpenseLineDetail = { AccountRef: { value: fees } };
    await bench.make('Purchase', {
      PaymentType: 'Cash',
      AccountRef: { value: bank },
      Line: [{ Amount: 9, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail }],
    });
    expect(errorsOf(await merge('Account', fees, bank))[0]?.Detail).toContain('AccountType');
    await merge('Account', fees, charges);
    const { json } = await bench.control('GET', `companies/${bench.realm}/ledger`);
    const [posted] = (json['transactions'] as Json[]).slice(-1);
    expect(JSON.stringify(posted)).toContain(`"accountId":"${charges}","cents":900`);
    expect(JSON.stringify(posted)).not.toContain(`"${fees}"`);
  });

  it('moves the lines of an item, and the names on journal lines of a vendor', async () => {
    const IncomeAccountRef = { value: await bench.idOf('Account', 'Legal Fee Income') };
    const item = identity(await bench.make('Item', { Name: 'Advice', Type: 'Service', IncomeAccountRef })).Id;
    const sale = await bench.make('Invoice', {
      CustomerRef: { value: kept },
      Line: [feeLine(7, { SalesItemLineDetail: { ItemRef: { value: item } } })],
    });
    await merge('Item', item, '2');
    const line = at(await bench.read('Invoice', identity(sale).Id), 'Line.0.SalesItemLineDetail.ItemRef');
    expect(line).toEqual({ value: '2', name: 'Legal services' });
    const [one, two] = await Promise.all(
      ['Smith', 'Smith & Co'].map(
        async (DisplayName) => identity(await bench.make('Vendor', { DisplayName })).Id,
      ),
    );
    const bill = { VendorRef: { value: one }, Line: [payable()] };
    await bench.make('Bill', bill);
    await merge('Vendor', one ?? '', two ?? '');
    expect(await bench.read('Vendor', two ?? '')).toMatchObject({ Balance: 40 });
  });
});

function payable(): Json {
  const AccountBasedExpenseLineDetail = { AccountRef: { value: '5' } };
  return { Amount: 40, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail };
}
