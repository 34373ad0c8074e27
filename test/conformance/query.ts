import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

export function tellQueries(company: () => Company): void {
  const response = async (statement: string): Promise<Json> =>
    (await company().query(statement)).json['QueryResponse'] as Json;

  it('counts, pages and says how many rows there are', async () => {
    const counted = await response('select count(*) from Customer');
    expect(counted).toEqual({ totalCount: expect.any(Number) });
    const page = await response('select * from Customer orderby Id startposition 2 maxresults 3');
    expect(page).toMatchObject({ startPosition: 2, maxResults: 3 });
    const other = await response('SELECT * FROM customer ORDER BY Id MAXRESULTS 3 STARTPOSITION 2');
    expect(other['Customer']).toEqual(page['Customer']);
  });

  it('answers nothing at all where no row fits', async () => {
    expect(await response("select * from Customer where DisplayName = 'Nobody at all'")).toEqual({});
  });

  it('tells a total of invoices and none of customers', async () => {
    await company().make('Invoice', company().sale(await company().customer(), 1));
    expect(await response('select * from Invoice maxresults 1')).toHaveProperty('totalCount');
    expect(await response('select * from Customer maxresults 1')).not.toHaveProperty('totalCount');
  });

  it('takes names and values in any case, and escaped quotes', async () => {
    const DisplayName = `${company().unique('client')} O'Hara`;
    const { Id } = await company().make('Customer', { DisplayName });
    const escaped = DisplayName.toUpperCase().replace("'", "\\'");
    const rows = await company().rows('Customer', `where displayname = '${escaped}'`);
    expect(rows.map((row) => row['Id'])).toEqual([Id]);
  });

  it('finds by LIKE, IN and dates', async () => {
    const word = company().unique('like');
    const customer = await company().customer({ DisplayName: `${word} one` });
    const other = await company().customer({ DisplayName: `${word} two` });
    expect(await company().rows('Customer', `where DisplayName like '${word}%'`)).toHaveLength(2);
    expect(await company().rows('Customer', `where Id in ('${customer}', '${other}')`)).toHaveLength(2);
    const sale = company().sale(customer, 1, { TxnDate: '2024-02-29' });
    await company().make('Invoice', sale);
    const where = `where CustomerRef = '${customer}' and TxnDate >= '2024-02-29' and TxnDate < '2024-03-01'`;
    expect(await company().rows('Invoice', where)).toHaveLength(1);
  });

  it('knows no OR, and refuses what is not filterable', async () => {
    const code = async (where: string): Promise<string> =>
      company().outcome(await company().query(`select * from ${where}`));
    expect(await code("Customer where Id = '1' or Id = '2'")).toBe('4000');
    expect(await code("Invoice where PrivateNote = 'x'")).toBe('4001');
    expect(await code("Invoice where Weather = 'x'")).toBe('4001');
    expect(await code('Horse')).toBe('4001');
    company().settle('a start position of 0', await code('Customer startposition 0'), '4001');
    company().settle('Id compared by >', await code("Customer where Id > '1'"), '4001');
    company().settle('1001 rows at once', await code('Customer maxresults 1001'), 'accepted');
  });

  it('lists transactions by their last change, the newest first', async () => {
    const customer = await company().customer();
    const first = await company().make('Invoice', company().sale(customer, 1));
    const second = await company().make('Invoice', company().sale(customer, 2));
    await company().make('Invoice', { ...identity(first), sparse: true, PrivateNote: 'later' });
    const rows = await company().rows('Invoice', `where CustomerRef = '${customer}'`);
    const isNewestFirst = rows[0]?.['Id'] === first['Id'] || rows[0]?.['MetaData'] === second['MetaData'];
    company().settle(
      'the order of an unordered query',
      isNewestFirst ? 'newest first' : 'otherwise',
      'newest first',
    );
  });

  it('takes the statement as a body too', async () => {
    const reply = await company().send('POST', '/query', 'select count(*) from Customer', {
      'content-type': 'application/text',
    });
    expect(at(reply.json, 'QueryResponse.totalCount')).toEqual(expect.any(Number));
    expect(errorsOf(reply)).toEqual([]);
  });

  it('shows voided transactions and no deleted ones', async () => {
    const customer = await company().customer();
    const voided = await company().make('Invoice', company().sale(customer, 1));
    const deleted = await company().make('Invoice', company().sale(customer, 1));
    await company().make('Invoice', identity(voided), '?operation=void');
    await company().make('Invoice', identity(deleted), '?operation=delete');
    const rows = await company().rows('Invoice', `where CustomerRef = '${customer}'`);
    expect(rows.map((row) => row['Id'])).toEqual([voided['Id']]);
  });
}
