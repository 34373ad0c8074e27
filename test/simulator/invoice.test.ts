import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let customer: Json;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  customer = await bench.make('Customer', { DisplayName: 'Ada Byron' });
});

function invoice(more: Json = {}): Json {
  return { CustomerRef: { value: customer['Id'] }, Line: [feeLine(459)], ...more };
}

describe('an invoice', () => {
  it('comes back with what the server fills in', async () => {
    const made = await bench.make('Invoice', invoice({ DocNumber: 'B-1', TxnDate: '2026-05-04' }));
    expect(made).toMatchObject({
      DocNumber: 'B-1',
      TxnDate: '2026-05-04',
      DueDate: '2026-06-03',
      CustomerRef: { value: customer['Id'], name: 'Ada Byron' },
      TotalAmt: 459,
      Balance: 459,
      PrintStatus: 'NeedToPrint',
      EmailStatus: 'NotSet',
      LinkedTxn: [],
      SyncToken: '0',
      sparse: false,
      domain: 'QBO',
    });
    expect(made['Line']).toHaveLength(2);
    expect(at(made, 'Line.0')).toMatchObject({
      Id: '1',
      LineNum: 1,
      SalesItemLineDetail: { TaxCodeRef: { value: 'NON' } },
    });
    expect(at(made, 'Line.1')).toMatchObject({ DetailType: 'SubTotalLineDetail', Amount: 459 });
    expect(made).not.toHaveProperty('SalesTermRef');
  });

  it('writes money with two decimals on the wire', async () => {
    const { text } = await bench.post('/invoice', invoice());
    expect(text).toContain('"TotalAmt":459.00');
  });

  it('moves its customer, receivables and income', async () => {
    await bench.make('Invoice', invoice());
    expect(await bench.read('Customer', customer['Id'] as string)).toMatchObject({
      Balance: 459,
      SyncToken: '0',
    });
    const { json } = await bench.query("select * from Account where AccountType = 'Accounts Receivable'");
    expect(at(json, 'QueryResponse.Account.0.CurrentBalance')).toBe(459);
  });

  it('shows as a change of its customer and accounts that left their tokens alone', async () => {
    await bench.control('POST', 'clock', { freeze: '2030-01-01T12:00:00Z' });
    await bench.connect();
    await bench.make('Invoice', invoice({ TxnDate: '2026-05-04' }));
    const since = encodeURIComponent('2030-01-01T04:00:00-08:00');
    const { json } = await bench.get(`/cdc?entities=Customer,Account&changedSince=${since}`);
    expect(at(json, 'CDCResponse.0.QueryResponse.0.Customer')).toMatchObject([
      { Id: customer['Id'], SyncToken: '0' },
    ]);
    const accounts = at(json, 'CDCResponse.0.QueryResponse.1.Account') as Json[];
    expect(accounts.map((one) => [one['Name'], one['SyncToken']])).toEqual([
      ['Accounts Receivable (A/R)', '0'],
      ['Legal Fee Income', '0'],
    ]);
  });

  it('may not take a number that another sales form has, and says whose it is', async () => {
    const first = await bench.make('Invoice', invoice({ DocNumber: 'B-1' }));
    for (const entity of ['invoice', 'creditmemo']) {
      const [error] = errorsOf(await bench.post(`/${entity}`, invoice({ DocNumber: 'B-1' })));
      expect(error).toMatchObject({ code: '6140', element: '' });
      expect(error?.Detail).toBe(
        'Duplicate Document Number Error : You must specify a different number. This number has already been used. ' +
          `DocNumber=B-1 is assigned to TxnType=Invoice with TxnId=${first['Id'] as string}`,
      );
    }
  });

  it('shares its number with a credit memo where numbers are checked by type', async () => {
    await bench.control('POST', 'switches', { docNumberScope: 'type' });
    await bench.make('Invoice', invoice({ DocNumber: 'B-1' }));
    expect(await bench.make('CreditMemo', invoice({ DocNumber: 'B-1' }))).toMatchObject({ DocNumber: 'B-1' });
  });

  it('may repeat a number when asked to', async () => {
    await bench.make('Invoice', invoice({ DocNumber: 'B-1' }));
    await bench.make('Invoice', invoice({ DocNumber: 'B-1' }), '?include=allowduplicatedocnum');
  });

  it('stays without a number where the company numbers by hand, and is counted where it does not', async () => {
    expect(await bench.make('Invoice', invoice())).not.toHaveProperty('DocNumber');
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      SalesFormsPrefs: { CustomTxnNumbers: false },
    });
    expect(await bench.make('Invoice', invoice())).toMatchObject({ DocNumber: '1001' });
    expect(await bench.make('CreditMemo', invoice())).toMatchObject({ DocNumber: '1002' });
  });

  it('is refused with every missing parameter at once', async () => {
    const reply = await bench.post('/invoice', { DocNumber: 'B-9' });
    expect(errorsOf(reply).map((error) => [error.code, error.element])).toEqual([
      ['2020', 'CustomerRef'],
      ['2020', 'Line'],
    ]);
  });

  it.each([
    ['an unknown property', { Colour: 'red' }, '2010'],
    ['a note that is too long', { PrivateNote: 'x'.repeat(4001) }, '2050'],
    ['a customer that does not exist', { CustomerRef: { value: '999' } }, '2500'],
    ['an extension block', { InvoiceEx: { any: [] } }, '2010'],
    [
      'a product that is not rounded',
      {
        Line: [feeLine(100, { SalesItemLineDetail: { ItemRef: { value: '2' }, Qty: 3, UnitPrice: 33.33 } })],
      },
      '6070',
    ],
    [
      'a tax code of another country',
      {
        Line: [feeLine(1, { SalesItemLineDetail: { ItemRef: { value: '2' }, TaxCodeRef: { value: '8' } } })],
      },
      '6100',
    ],
  ])('is refused for %s', async (_what, more, code) => {
    const reply = await bench.post('/invoice', invoice(more));
    expect(reply.status).toBe(400);
    expect(errorsOf(reply)[0]?.code).toBe(code);
  });

  it('is refused for a closed period, in or out of it', async () => {
    const open = await bench.make('Invoice', invoice({ TxnDate: '2026-02-01' }));
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      AccountingInfoPrefs: { BookCloseDate: '2026-01-31' },
    });
    const into = await bench.post('/invoice', invoice({ TxnDate: '2026-01-31' }));
    expect(errorsOf(into)[0]).toMatchObject({ code: '6210' });
    const moved = await bench.post('/invoice', { ...identity(open), sparse: true, TxnDate: '2026-01-15' });
    expect(errorsOf(moved)[0]?.Detail).toContain('through through the QBO Services API');
  });
});

describe('an update', () => {
  it('that changes nothing leaves token and time as they were', async () => {
    const made = await bench.make('Invoice', invoice({ PrivateNote: 'first' }));
    const again = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'first' });
    expect(again['SyncToken']).toBe('0');
    const changed = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'second' });
    expect(changed).toMatchObject({ SyncToken: '1', PrivateNote: 'second', TotalAmt: 459 });
  });

  it('with an old token is stale', async () => {
    const made = await bench.make('Invoice', invoice());
    await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'x' });
    const reply = await bench.post('/invoice', { ...identity(made), sparse: true, PrivateNote: 'y' });
    expect(errorsOf(reply)[0]).toMatchObject({ code: '5010', element: '' });
  });

  it('replaces the whole array of lines and never reuses an id', async () => {
    const made = await bench.make('Invoice', invoice({ Line: [feeLine(10), feeLine(20)] }));
    const changed = await bench.make('Invoice', {
      ...identity(made),
      sparse: true,
      Line: [{ ...feeLine(20), Id: '2' }, feeLine(5)],
    });
    expect((changed['Line'] as Json[]).map((line) => line['Id'])).toEqual(['2', '3', undefined]);
    expect(changed['TotalAmt']).toBe(25);
  });

  it('in full forgets what it leaves out and is dated today', async () => {
    const made = await bench.make(
      'Invoice',
      invoice({ PrivateNote: 'keep me', TxnDate: '2020-01-01', DocNumber: 'F-1' }),
    );
    const full = await bench.make('Invoice', invoice(identity(made)));
    expect(full).not.toHaveProperty('PrivateNote');
    expect(full['DocNumber']).toBe('F-1');
    expect(full['TxnDate']).not.toBe('2020-01-01');
  });

  it('ignores read-only properties in silence', async () => {
    const made = await bench.make('Invoice', invoice());
    const changed = await bench.make('Invoice', {
      ...identity(made),
      sparse: true,
      TotalAmt: 1,
      Balance: 1,
      PrivateNote: 'x',
    });
    expect(changed).toMatchObject({ TotalAmt: 459, Balance: 459 });
  });
});

describe('void and delete', () => {
  it('voiding empties every amount and marks the note', async () => {
    const made = await bench.make('Invoice', invoice({ DocNumber: 'V-1' }));
    const voided = await bench.make('Invoice', identity(made), '?operation=void');
    expect(voided).toMatchObject({
      TotalAmt: 0,
      Balance: 0,
      PrivateNote: 'Voided',
      SyncToken: '1',
      DocNumber: 'V-1',
    });
    expect(await bench.read('Customer', customer['Id'] as string)).toMatchObject({ Balance: 0 });
  });

  it('voiding a paid invoice gives the payment its money back', async () => {
    const made = await bench.make('Invoice', invoice());
    const payment = await bench.make('Payment', {
      CustomerRef: { value: customer['Id'] },
      TotalAmt: 459,
      Line: [{ Amount: 459, LinkedTxn: [{ TxnId: made['Id'], TxnType: 'Invoice' }] }],
    });
    const paid = await bench.read('Invoice', made['Id'] as string);
    await bench.make('Invoice', identity(paid), '?operation=void');
    expect(await bench.read('Payment', payment['Id'] as string)).toMatchObject({
      UnappliedAmt: 459,
      Line: [],
    });
  });

  it('deleting frees the number; the object is gone and says so', async () => {
    const made = await bench.make('Invoice', invoice({ DocNumber: 'D-1' }));
    const deleted = await bench.make('Invoice', identity(made), '?operation=delete');
    expect(deleted).toEqual({ domain: 'QBO', status: 'Deleted', Id: made['Id'] });
    expect(errorsOf(await bench.get(`/invoice/${made['Id'] as string}`))[0]?.code).toBe('610');
    const again = await bench.post('/invoice?operation=delete', identity(made));
    expect(errorsOf(again)[0]?.Detail).toBe('Object Not Found : Another user has deleted this transaction.');
    await bench.make('Invoice', invoice({ DocNumber: 'D-1' }));
  });

  it('a void that does not exist answers 200 and does nothing', async () => {
    const memo = await bench.make('CreditMemo', invoice());
    const answer = await bench.make('CreditMemo', identity(memo), '?operation=void');
    expect(answer).toMatchObject({ TotalAmt: 459, SyncToken: '0' });
  });
});
