import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, type Json, at, errorsOf, feeLine, identity } from './company.js';

let bench: Bench;
let client: string;

async function ids(statement: string): Promise<unknown[]> {
  const reply = await bench.query(statement);
  if (reply.status !== 200) throw new Error(reply.text);
  const [rows = []] = Object.values(reply.json['QueryResponse'] as Json).filter(Array.isArray) as Json[][];
  return rows.map((row) => row['DocNumber'] ?? row['DisplayName'] ?? row['Name']);
}

beforeAll(async () => {
  bench = await Bench.start();
  await bench.control('POST', 'clock', { freeze: '2026-05-04T12:00:00-07:00' });
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: "O'Hara & Sons" })).Id;
  await bench.make('Customer', { DisplayName: 'Zed' });
  for (const [index, number] of ['A-1', 'A-2', 'B-1'].entries()) {
    await bench.make('Invoice', {
      CustomerRef: { value: client },
      DocNumber: number,
      TxnDate: `2026-05-0${index + 1}`,
      Line: [feeLine((index + 1) * 100)],
    });
    await bench.control('POST', 'clock', { advanceMs: 60_000 });
  }
});

afterAll(() => bench.close());

describe('a query', () => {
  it.each([
    ["select * from Invoice where DocNumber = 'A-2'", ['A-2']],
    ["SELECT Id FROM invoice WHERE docnumber IN ('A-1', 'B-1') ORDERBY DocNumber DESC", ['B-1', 'A-1']],
    ["select * from Invoice where DocNumber like 'A%' order by TxnDate", ['A-1', 'A-2']],
    ["select * from Invoice where TotalAmt > '150' and TxnDate <= '2026-05-02'", ['A-2']],
    ["select * from Invoice where Balance = '300'", ['B-1']],
    [
      "select * from Invoice where MetaData.CreateTime >= '2026-05-04T12:01:00-07:00' orderby Id",
      ['A-2', 'B-1'],
    ],
    ['select * from Invoice orderby Id startposition 2 maxresults 1', ['A-2']],
    ['select * from Invoice orderby Id maxresults 1 startposition 3', ['B-1']],
    ['select * from Invoice', ['B-1', 'A-2', 'A-1']],
    ["select * from Customer where DisplayName = 'O\\'Hara & Sons'", ["O'Hara & Sons"]],
    ['select * from Customer', ["O'Hara & Sons", 'Zed']],
  ])('%s', async (statement, expected) => {
    expect(await ids(statement)).toEqual(expected);
  });

  it('finds the forms of a customer', async () => {
    expect(await ids(`select * from Invoice where CustomerRef = '${client}' orderby Id`)).toEqual([
      'A-1',
      'A-2',
      'B-1',
    ]);
  });

  it('counts, and says nothing at all of nothing', async () => {
    expect((await bench.query('select count(*) from Invoice')).json['QueryResponse']).toEqual({
      totalCount: 3,
    });
    expect((await bench.query("select * from Invoice where DocNumber = 'x'")).json['QueryResponse']).toEqual(
      {},
    );
  });

  it('counts in its envelope what the entity counts', async () => {
    expect((await bench.query('select * from Invoice')).json['QueryResponse']).toMatchObject({
      startPosition: 1,
      maxResults: 3,
      totalCount: 3,
    });
    expect((await bench.query('select * from Customer')).json['QueryResponse']).not.toHaveProperty(
      'totalCount',
    );
  });

  it('may be the body of a post', async () => {
    const reply = await bench.send('POST', '/query', 'select * from Invoice', {
      'content-type': 'application/text',
    });
    expect(at(reply.json, 'QueryResponse.maxResults')).toBe(3);
  });

  it.each([
    ['select * from Nothing', '4001', 'Metadata not found for Entity'],
    ["select * from Invoice where PrivateNote = 'x'", '4001', "property 'PrivateNote' is not queryable"],
    ["select * from Invoice where Colour = 'red'", '4001', 'Property Colour not found for Entity Invoice'],
    ["select * from Invoice where Id > '5'", '4001', 'Id'],
    ['select * from Invoice startposition 0', '4001', 'value 0 is too small. Min allowed value is 1'],
    ['select from Invoice where', '4000', 'QueryParserError: Encountered'],
    ["select * from Invoice where DocNumber = 'a' or DocNumber = 'b'", '4000', 'QueryParserError'],
    ["select * from Invoice where DocNumber != 'a'", '4000', 'QueryParserError'],
  ])('%s is refused', async (statement, code, text) => {
    const [error] = errorsOf(await bench.query(statement));
    expect(error?.code).toBe(code);
    expect(error?.Detail).toContain(text);
  });

  it('hides what is inactive unless asked, and what is deleted always', async () => {
    const made = await bench.make('Customer', { DisplayName: 'Gone' });
    const gone = await bench.make('Customer', { ...identity(made), sparse: true, Active: false });
    expect(gone).toMatchObject({ Active: false, DisplayName: 'Gone (deleted)' });
    expect(await ids("select * from Customer where DisplayName like 'Gone%'")).toEqual([]);
    expect(
      await ids("select * from Customer where DisplayName like 'Gone%' and Active in (true, false)"),
    ).toEqual(['Gone (deleted)']);
    await bench.make('Customer', { DisplayName: 'gone' });
    const back = await bench.post('/customer', { ...identity(gone), sparse: true, Active: true });
    expect(errorsOf(back)[0]?.code).toBe('6240');
  });
});

describe('change data capture', () => {
  it('gives what changed, deleted ones last, and an empty group for what did not', async () => {
    const since = '2026-05-04T12:02:00-07:00';
    const made = await bench.make('Invoice', {
      CustomerRef: { value: client },
      Line: [feeLine(1)],
      DocNumber: 'C-1',
    });
    await bench.make('Invoice', identity(made), '?operation=delete');
    const { json } = await bench.get(
      `/cdc?entities=Invoice,Payment&changedSince=${encodeURIComponent(since)}`,
    );
    const groups = at(json, 'CDCResponse.0.QueryResponse') as Json[];
    const invoices = groups[0]?.['Invoice'] as Json[];
    expect(invoices.map((one) => one['DocNumber'] ?? one['status'])).toEqual(['B-1', 'Deleted']);
    expect(groups[1]).toEqual({});
  });

  it('looks back thirty days', async () => {
    const [error] = errorsOf(await bench.get('/cdc?entities=Invoice&changedSince=2026-03-01'));
    expect(error).toMatchObject({ code: '500' });
    expect(error?.Detail).toContain('older than fixed days');
  });
});

describe('a batch', () => {
  it('carries each item out on its own', async () => {
    const { json } = await bench.post('/batch', {
      BatchItemRequest: [
        { bId: '1', operation: 'create', Customer: { DisplayName: 'Batched' } },
        { bId: '2', operation: 'create', Customer: { DisplayName: 'batched' } },
        { bId: '3', Query: "select * from Customer where DisplayName = 'Batched'" },
      ],
    });
    const items = at(json, 'BatchItemResponse') as Json[];
    expect(items[0]).toMatchObject({ bId: '1', Customer: { DisplayName: 'Batched' } });
    expect(items[1]).toMatchObject({ bId: '2', Fault: { Error: [{ code: '6240' }] } });
    expect(at(items[2], 'QueryResponse.maxResults')).toBe(1);
  });

  it('is the same only when its items are', async () => {
    const batch = (bId: string): Json => ({
      BatchItemRequest: [{ bId, operation: 'create', Customer: { DisplayName: `Item ${bId}` } }],
    });
    const first = await bench.post('/batch?requestid=b-1', batch('1'));
    expect((await bench.post('/batch?requestid=b-1', batch('1'))).text).toBe(first.text);
    expect(
      at(
        (await bench.post('/batch?requestid=b-1', batch('2'))).json,
        'BatchItemResponse.0.Customer.DisplayName',
      ),
    ).toBe('Item 2');
  });

  it('has thirty items at most', async () => {
    const items = Array.from({ length: 31 }, (_, index) => ({
      bId: String(index),
      Query: 'select * from Item',
    }));
    expect(errorsOf(await bench.post('/batch', { BatchItemRequest: items }))[0]?.code).toBe('1040');
  });
});
