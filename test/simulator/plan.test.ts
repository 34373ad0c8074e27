import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { accountIds } from './journal.js';
import { openBench } from './opened.js';

const bench = openBench();
let accountOf: (name: string) => string;
let vendor: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  accountOf = await accountIds(bench);
  vendor = identity(await bench.make('Vendor', { DisplayName: 'Court Reporters' })).Id;
});

async function choose(plan: string): Promise<void> {
  const { status } = await bench.control('POST', `companies/${bench.realm}/plan`, { plan });
  expect(status).toBe(200);
}

function bill(): Json {
  const detail = { AccountRef: { value: accountOf('Bank Charges') } };
  const line = {
    Amount: 5,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: detail,
  };
  return { VendorRef: { value: vendor }, Line: [line] };
}

function itemBill(): Json {
  const line = {
    Amount: 5,
    DetailType: 'ItemBasedExpenseLineDetail',
    ItemBasedExpenseLineDetail: { ItemRef: { value: '2' } },
  };
  return { VendorRef: { value: vendor }, Line: [line] };
}

function stock(): Json {
  return {
    Name: 'Forms',
    Type: 'Inventory',
    QtyOnHand: 1,
    InvStartDate: '2026-01-01',
    IncomeAccountRef: { value: accountOf('Sales') },
    ExpenseAccountRef: { value: accountOf('Bank Charges') },
    AssetAccountRef: { value: accountOf('Advanced Client Costs') },
  };
}

describe("a company's plan", () => {
  it('is Plus, is shown as its product, and is one of four', async () => {
    const facts = async (): Promise<Json[]> =>
      at((await bench.get(`/companyinfo/${bench.realm}`)).json, 'CompanyInfo.NameValue') as Json[];
    expect(await facts()).toContainEqual({ Name: 'OfferingSku', Value: 'QuickBooks Online Plus' });
    await choose('Simple Start');
    expect((await facts()).filter((fact) => fact['Name'] === 'OfferingSku')).toEqual([
      { Name: 'OfferingSku', Value: 'QuickBooks Online Simple Start' },
    ]);
    const { json } = await bench.control('GET', 'companies');
    expect(at(json, 'companies.0.plan')).toBe('Simple Start');
    const refused = await bench.control('POST', `companies/${bench.realm}/plan`, { plan: 'Gold' });
    expect([refused.status, refused.json['error']]).toEqual([
      400,
      'plan is one of Simple Start, Essentials, Plus, Advanced',
    ]);
  });

  it.each([
    ['Simple Start', { bill: '5030', 'bill of items': '5030', class: '5030', stock: '5030' }],
    ['Essentials', { bill: 200, 'bill of items': '5030', class: '5030', stock: '5030' }],
    ['Plus', { bill: 200, 'bill of items': 200, class: 200, stock: 200 }],
  ])('%s has %j', async (plan, expected) => {
    await choose(plan);
    const outcome = async (path: string, body: Json): Promise<unknown> => {
      const reply = await bench.post(path, body);
      return errorsOf(reply)[0]?.code ?? reply.status;
    };
    expect({
      bill: await outcome('/bill', bill()),
      'bill of items': await outcome('/bill', itemBill()),
      class: await outcome('/class', { Name: 'Litigation' }),
      stock: await outcome('/item', stock()),
    }).toEqual(expected);
  });

  it('is named by the refusal, which also meets reads, queries and batches', async () => {
    const made = identity(await bench.make('Bill', bill()));
    await choose('Simple Start');
    const refused = {
      Message: 'Feature Not Supported Error',
      Detail:
        "Feature Not Supported Error : We're sorry. This feature is not included in your QuickBooks Online Simple Start subscription.",
      code: '5030',
    };
    expect(errorsOf(await bench.get(`/bill/${made.Id}`))).toEqual([refused]);
    expect(errorsOf(await bench.query('select * from Bill'))).toEqual([refused]);
    const batch = { BatchItemRequest: [{ bId: '1', Query: 'select * from Bill' }] };
    const { json } = await bench.post('/batch', batch);
    expect(at(json, 'BatchItemResponse.0.Fault.Error.0.code')).toBe('5030');
    await bench.control('POST', 'switches', { outsidePlanCode: '5020' });
    expect(errorsOf(await bench.query('select * from Bill'))[0]?.code).toBe('5020');
  });

  it('decides which reports there are', async () => {
    await choose('Essentials');
    expect((await bench.get('/reports/AgedPayables')).status).toBe(200);
    expect(errorsOf(await bench.get('/reports/ClassSales'))[0]).toMatchObject({
      code: '5020',
      element: 'ReportName',
    });
  });
});

describe('a limit of the plan', () => {
  it('counts active classes and locations together, and ends with Advanced', async () => {
    const classes: Json[] = [];
    for (let number = 1; number <= 39; number += 1) {
      classes.push(await bench.make('Class', { Name: `C${number}` }));
    }
    const last = await bench.make('Department', { Name: 'Downtown' });
    const full = errorsOf(await bench.post('/class', { Name: 'One more' }))[0];
    expect(full).toMatchObject({ code: '6000' });
    expect(full?.Detail).toContain('40 classes and locations');
    await bench.make('Department', { ...identity(last), sparse: true, Name: 'Downtown', Active: false });
    await bench.make('Class', { Name: 'One more' });
    const again = { Id: last['Id'], SyncToken: '1', sparse: true, Name: 'Downtown', Active: true };
    expect(errorsOf(await bench.post('/department', again))[0]?.code).toBe('6000');
    await choose('Advanced');
    expect((await bench.post('/department', again)).status).toBe(200);
  });

  it('holds for the chart of accounts', async () => {
    const { json } = await bench.query('select count(*) from Account');
    const present = at(json, 'QueryResponse.totalCount') as number;
    for (let number = present; number < 250; number += 1) {
      const account = { Name: `Account ${number}`, AccountType: 'Expense' };
      await bench.control('POST', `companies/${bench.realm}/objects/Account`, account);
    }
    const reply = await bench.post('/account', { Name: 'One more', AccountType: 'Expense' });
    expect(errorsOf(reply)[0]?.Detail).toContain('250 accounts');
  });
});

describe('a class or department on a form', () => {
  let client: string;

  async function invoiceWith(more: Json): Promise<Json> {
    const reply = await bench.post('/invoice', {
      CustomerRef: { value: client },
      Line: [feeLine(1)],
      ...more,
    });
    return reply.json;
  }

  beforeEach(async () => {
    client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  });

  it('is dropped on a plan without them, or refused by the plan', async () => {
    const dimension = identity(await bench.make('Class', { Name: 'Litigation' })).Id;
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      AccountingInfoPrefs: { ClassTrackingPerTxn: true },
    });
    const classed = { ClassRef: { value: dimension } };
    expect(at(await invoiceWith(classed), 'Invoice.ClassRef.name')).toBe('Litigation');
    await choose('Essentials');
    expect(at(await invoiceWith(classed), 'Invoice.ClassRef')).toBeUndefined();
    await bench.control('POST', 'switches', { untrackedDimension: 'refused' });
    expect(at(await invoiceWith(classed), 'Fault.Error.0.code')).toBe('5030');
  });

  it.each([
    ['dropped', undefined, undefined],
    ['refused', 'Invalid Reference Id : Klasses element id', '2500'],
  ])('that the company does not track is %s', async (choice, detail, code) => {
    await bench.control('POST', 'switches', { untrackedDimension: choice });
    const dimension = identity(await bench.make('Class', { Name: 'Litigation' })).Id;
    const onLine = feeLine(1);
    (onLine['SalesItemLineDetail'] as Json)['ClassRef'] = { value: dimension };
    const answer = await invoiceWith({ Line: [onLine] });
    expect(at(answer, 'Fault.Error.0.code')).toBe(code);
    if (detail !== undefined) expect(at(answer, 'Fault.Error.0.Detail')).toContain(detail);
    else expect(at(answer, 'Invoice.Line.0.SalesItemLineDetail.ClassRef')).toBeUndefined();
  });

  it('stays on the line only where lines are tracked', async () => {
    const dimension = identity(await bench.make('Class', { Name: 'Litigation' })).Id;
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      AccountingInfoPrefs: { ClassTrackingPerTxn: false, ClassTrackingPerTxnLine: true },
    });
    const onLine = feeLine(1);
    (onLine['SalesItemLineDetail'] as Json)['ClassRef'] = { value: dimension };
    const answer = await invoiceWith({ ClassRef: { value: dimension }, Line: [onLine] });
    expect(at(answer, 'Invoice.ClassRef')).toBeUndefined();
    expect(at(answer, 'Invoice.Line.0.SalesItemLineDetail.ClassRef.name')).toBe('Litigation');
  });
});
