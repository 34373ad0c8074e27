import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf } from './company.js';

function tellShapes(company: () => Company): void {
  it('a missing object is 400 with 610, a missing path 400 with 500', async () => {
    const object = await company().get('/customer/99999999');
    expect([object.status, errorsOf(object)[0]?.code]).toEqual([400, '610']);
    expect(at(object.json, 'Fault.type')).toBe('ValidationFault');
    expect(object.json['time']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+-0[78]:00$/);
    const path = await company().get('/customer/1/5');
    expect([path.status, errorsOf(path)[0]?.code]).toEqual([400, '500']);
    const id = await company().get('/customer/1.5');
    expect(errorsOf(id)[0]).toMatchObject({ code: '2030', element: 'Id' });
  });

  it('every answer has a trace id, and only a good one says its version', async () => {
    const good = await company().get('/companyinfo/1');
    const bad = await company().get('/customer/99999999');
    expect([good.headers.has('intuit_tid'), bad.headers.has('intuit_tid')]).toEqual([true, true]);
    const versions = [good, bad].map((reply) => (reply.headers.has('qbo-version') ? 'yes' : 'no'));
    company().settle('version headers of a good and a bad answer', versions.join(), 'yes,no');
    expect(bad.headers.has('retry-after')).toBe(false);
  });

  it('who does not ask for JSON gets XML', async () => {
    const reply = await company().send('GET', '/companyinfo/1', undefined, { accept: '*/*' });
    expect(reply.headers.get('content-type')).toContain('xml');
    expect(reply.text).toContain('<IntuitResponse');
  });

  it('a bad token is refused by the gateway, in its own shape', async () => {
    const reply = await company().send('GET', '/companyinfo/1', undefined, {
      authorization: 'Bearer nonsense',
    });
    expect(reply.status).toBe(401);
    company().settle(
      'the form of a 401',
      reply.headers.get('content-type')?.includes('xml') === true ? 'XML' : 'JSON',
      'JSON',
    );
    if (at(reply.json, 'fault') === undefined) return;
    expect(at(reply.json, 'fault.error.0.code')).toMatch(/^(00)?3200$/);
    expect(at(reply.json, 'fault.type')).toBe('AUTHENTICATION');
    expect(reply.json['time']).toEqual(expect.any(Number));
  });

  it('several mistakes are told at once', async () => {
    const side = {
      Amount: 1,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: { PostingType: 'Debit' },
    };
    const reply = await company().post('/journalentry', { Line: [side, side] });
    expect(errorsOf(reply).map((error) => error.code)).toEqual(['2020', '2020']);
  });
}

function tellRules(company: () => Company): void {
  const code = async (entity: string, fields: Json): Promise<string> =>
    company().outcome(await company().post(`/${entity}`, fields));

  it('what is missing is named', async () => {
    const [error] = errorsOf(
      await company().post('/invoice', { CustomerRef: { value: await company().customer() } }),
    );
    expect(error).toMatchObject({ code: '2020', element: 'Line' });
    const nameless = await code('customer', { Notes: 'who?' });
    company().settle('a customer without a name', nameless, '6080');
  });

  it('what is too long is measured', async () => {
    const customer = await company().customer();
    const long = company().sale(customer, 1, { PrivateNote: 'x'.repeat(4001) });
    const [error] = errorsOf(await company().post('/invoice', long));
    expect(error).toMatchObject({ code: '2050' });
    expect(error?.Detail).toMatch(/Supplied length: ?4,?001/);
    expect(await code('customer', { DisplayName: 'x'.repeat(501) })).toBe('2050');
    const Line = [company().line(1, { Description: 'x'.repeat(4001) })];
    expect(await code('invoice', company().sale(customer, 1, { Line }))).toBe('2050');
  });

  it('an amount is the rounded product', async () => {
    const customer = await company().customer();
    const product = (Qty: number, UnitPrice: number, Amount: number): Json => {
      const SalesItemLineDetail = { ItemRef: { value: company().books.item }, Qty, UnitPrice };
      return company().sale(customer, 1, {
        Line: [{ Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail }],
      });
    };
    expect(await code('invoice', product(3, 33.33, 100))).toBe('6070');
    expect(await code('invoice', product(3, 33.3333, 100))).toBe('accepted');
  });

  it('a reference must lead somewhere, and the text names the table', async () => {
    const customer = await company().customer();
    expect(await code('invoice', company().sale('99999999', 1))).toBe('2500');
    const SalesItemLineDetail = { ItemRef: { value: '99999999' } };
    const Line = [{ Amount: 1, DetailType: 'SalesItemLineDetail', SalesItemLineDetail }];
    const [error] = errorsOf(await company().post('/invoice', company().sale(customer, 1, { Line })));
    expect(error?.code).toBe('2500');
    const table = /Invalid Reference Id : (\w+) element/.exec(error?.Detail ?? '')?.[1];
    company().settle('the table of items in a 2500', String(table), 'Items');
  });

  it('a tax code of a line is TAX or NON, an enumeration one of its values', async () => {
    const customer = await company().customer();
    const SalesItemLineDetail = { ItemRef: { value: company().books.item }, TaxCodeRef: { value: '8' } };
    const Line = [{ Amount: 1, DetailType: 'SalesItemLineDetail', SalesItemLineDetail }];
    expect(await code('invoice', company().sale(customer, 1, { Line }))).toBe('6100');
    expect(await code('invoice', company().sale(customer, 1, { EmailStatus: 'Perhaps' }))).toBe('2170');
  });

  it('a class where classes are not tracked', async () => {
    const isTracked = at(company().preferences, 'AccountingInfoPrefs.ClassTrackingPerTxn') === true;
    const sale = company().sale(await company().customer(), 1, {
      ClassRef: { value: '5000000000000142240' },
    });
    const theirs = isTracked ? 'the company tracks them' : await code('invoice', sale);
    company().settle('a class that is not tracked', theirs, 'accepted');
  });
}

function tellJournals(company: () => Company): void {
  const side = (PostingType: string, value: string, Amount: number, more: Json = {}): Json => ({
    Amount,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value }, ...more },
  });

  it('an entry balances and has two lines', async () => {
    const { expense, income } = company().books;
    const uneven = { Line: [side('Debit', expense, 10), side('Credit', income, 9)] };
    const reply = await company().post('/journalentry', uneven);
    company().settle('an unbalanced journal entry', company().outcome(reply), '6000');
    company().settle(
      'its text',
      errorsOf(reply)[0]?.Detail ?? '',
      'Business Validation Error: Please balance debits and credits.',
    );
    const [error] = errorsOf(await company().post('/journalentry', { Line: [side('Debit', expense, 0)] }));
    expect(error?.code).toBe('6000');
  });

  it('receivables belong to a customer', async () => {
    const { receivable, income } = company().books;
    const bare = { Line: [side('Debit', receivable, 5), side('Credit', income, 5)] };
    const [error] = errorsOf(await company().post('/journalentry', bare));
    expect(error).toMatchObject({
      code: '6000',
      Detail: expect.stringContaining('choose a customer in the Name field'),
    });
    const Entity = { Type: 'Customer', EntityRef: { value: await company().customer() } };
    const Line = [side('Debit', receivable, 5, { Entity }), side('Credit', income, 5)];
    await company().make('JournalEntry', { Line });
  });
}

export function tellFaults(company: () => Company): void {
  tellShapes(company);
  tellRules(company);
  tellJournals(company);
}
