import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let client: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
});

describe('a payment of a credit card', () => {
  const accounts = async (): Promise<Json> => ({
    BankAccountRef: { value: await bench.idOf('Account', 'Operating Bank') },
    CreditCardAccountRef: { value: await bench.idOf('Account', 'Firm Credit Card') },
  });

  it('is called otherwise in JSON than in paths and queries', async () => {
    const { json } = await bench.post('/creditcardpayment', { ...(await accounts()), Amount: '100' });
    const made = json['CreditCardPaymentTxn'] as Json;
    expect(made).toMatchObject({ Amount: 100, SyncToken: '0', BankAccountRef: { name: 'Operating Bank' } });
    expect((await bench.get(`/creditcardpayment/${String(made['Id'])}`)).json).toMatchObject({
      CreditCardPaymentTxn: made,
    });
    const found = await bench.query('select * from creditcardpayment');
    expect(found.json['QueryResponse']).toMatchObject({ CreditCardPaymentTxn: [made], totalCount: 1 });
    const gone = await bench.post('/creditcardpayment?operation=delete', identity(made));
    expect(at(gone.json, 'CreditCardPaymentTxn.status')).toBe('Deleted');
  });

  it('moves money from a bank to a card, and only so', async () => {
    const refs = await accounts();
    await bench.post('/creditcardpayment', { ...refs, Amount: 100 });
    const card = await bench.read('Account', at(refs, 'CreditCardAccountRef.value') as string);
    expect(card).toMatchObject({ CurrentBalance: 100 });
    const swapped = {
      BankAccountRef: refs['CreditCardAccountRef'],
      CreditCardAccountRef: refs['BankAccountRef'],
    };
    const wrong = await bench.post('/creditcardpayment', { ...swapped, Amount: 1 });
    expect(errorsOf(wrong).map((error) => error.code)).toEqual(['6430', '6430']);
    expect(errorsOf(await bench.post('/creditcardpayment', {})).map((error) => error.element)).toEqual([
      'Amount',
      'BankAccountRef',
      'CreditCardAccountRef',
    ]);
  });
});

describe('a recurring transaction', () => {
  const template = (more: Json = {}): Json => ({
    Invoice: {
      CustomerRef: { value: client },
      Line: [feeLine(74.36)],
      RecurringInfo: { Name: 'Monthly retainer', RecurType: 'Automated', ...more },
    },
  });

  it('is wrapped in the kind of what it makes, and posts nothing', async () => {
    const { json } = await bench.post('/recurringtransaction', template());
    const made = at(json, 'RecurringTransaction.Invoice') as Json;
    expect(made).toMatchObject({
      TotalAmt: 74.36,
      SyncToken: '0',
      CustomerRef: { name: 'Ada Byron' },
      RecurringInfo: { Active: true },
    });
    const { Id } = identity(made);
    expect((await bench.get(`/recurringtransaction/${Id}`)).json).toMatchObject({
      RecurringTransaction: { Invoice: made },
    });
    const { json: found } = await bench.query(`select * from RecurringTransaction where Id = '${Id}'`);
    expect(at(found, 'QueryResponse.RecurringTransaction')).toEqual([{ Invoice: made }]);
    expect(await bench.read('Customer', client)).toMatchObject({ Balance: 0 });
    const gone = await bench.post('/recurringtransaction?operation=delete', { Invoice: identity(made) });
    expect(at(gone.json, 'RecurringTransaction.Invoice')).toMatchObject({ status: 'Deleted', Id });
  });

  it('is changed by what was read of it, and found by its kind', async () => {
    const { json } = await bench.post('/recurringtransaction', template({ Name: 'Quarterly retainer' }));
    const made = at(json, 'RecurringTransaction.Invoice') as Json;
    const reply = await bench.post('/recurringtransaction', { Invoice: { ...made, Line: [feeLine(80)] } });
    const { Id } = identity(made);
    expect(at(reply.json, 'RecurringTransaction.Invoice')).toMatchObject({
      Id,
      SyncToken: '1',
      TotalAmt: 80,
    });
    const ofKind = async (kind: string): Promise<unknown> =>
      at(
        (await bench.query(`select * from RecurringTransaction where Type = '${kind}'`)).json,
        'QueryResponse',
      );
    expect(await ofKind('Invoice')).toMatchObject({ RecurringTransaction: [{ Invoice: { Id } }] });
    expect(await ofKind('Bill')).toEqual({});
  });

  it('needs a name, a known rhythm and names that exist', async () => {
    const bare = { Invoice: { CustomerRef: { value: client }, Line: [feeLine(1)] } };
    expect(errorsOf(await bench.post('/recurringtransaction', bare))[0]).toMatchObject({
      element: 'RecurringInfo',
    });
    expect(errorsOf(await bench.post('/recurringtransaction', {}))[0]?.code).toBe('2020');
    const odd = await bench.post('/recurringtransaction', template({ RecurType: 'Now and then' }));
    expect(errorsOf(odd)[0]?.code).toBe('2170');
    client = '999';
    expect(errorsOf(await bench.post('/recurringtransaction', template()))[0]?.code).toBe('2500');
  });
});

it('one spoiled row spoils every query that would return it', async () => {
  const poison = { entity: 'Customer', id: client };
  await bench.control('POST', `companies/${bench.realm}/poison`, poison);
  const reply = await bench.query('select * from Customer');
  expect(errorsOf(reply)[0]).toMatchObject({
    code: '4002',
    Detail: expect.stringMatching(/^QueryProcessingError: /),
  });
  expect(at(reply.json, 'Fault.type')).toBe('Service');
  expect((await bench.query('select count(*) from Customer')).status).toBe(200);
  expect((await bench.get(`/customer/${client}`)).status).toBe(200);
  await bench.control('POST', `companies/${bench.realm}/poison`, { ...poison, mend: true });
  expect((await bench.query('select * from Customer')).status).toBe(200);
});

it('webhooks held back go out in one delivery, of several companies, in any order', async () => {
  await bench.control('POST', 'companies', { realm: '123', seed: 'empty' });
  await bench.control('POST', 'webhooks', {
    url: 'http://127.0.0.1:9/',
    lose: 1,
    hold: true,
    disorder: true,
  });
  await bench.make('Customer', { DisplayName: 'Bob' });
  await bench.control('POST', 'companies/123/objects/Customer', { DisplayName: 'Eve' });
  expect((await bench.control('GET', 'webhooks')).json).toEqual({ deliveries: [] });
  await bench.control('POST', 'webhooks', { hold: false });
  const realms = async (): Promise<unknown> => {
    const { json } = await bench.control('GET', 'webhooks');
    return ((at(json, 'deliveries.0.events') ?? []) as Json[]).map((event) => event['realm']);
  };
  await expect.poll(realms).toEqual(['123', bench.realm]);
});
