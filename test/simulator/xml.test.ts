import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/simulator/xml-parse.js';
import type { Reply } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();

const XML = { accept: 'application/xml', 'content-type': 'application/xml' };
const NAMESPACE = 'xmlns="http://schema.intuit.com/finance/v3"';

function post(path: string, body: string): Promise<Reply> {
  return bench.send('POST', path, body, XML);
}

/** The text of the first element of a name, wherever it is. */
function first(reply: Reply, name: string): string | undefined {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(reply.text)?.[1];
}

async function customer(name: string): Promise<string> {
  const reply = await post(
    '/customer',
    `<Customer ${NAMESPACE}><DisplayName>${name}</DisplayName></Customer>`,
  );
  expect(reply.status).toBe(200);
  return first(reply, 'Id') ?? '';
}

describe('a document', () => {
  it('is read with prefixes, attributes, entities and what is marked as text', () => {
    const read = parseXml(
      '<?xml version="1.0"?><!-- x --><n:A xmlns:n="u" n:b="&lt;1"><n:C>R&amp;D &#233;</n:C><D/><E><![CDATA[<x>]]></E></n:A>',
    );
    expect(read).toMatchObject({ name: 'A', attributes: { b: '<1' } });
    expect(read?.children.map(({ name, text }) => [name, text])).toEqual([
      ['C', 'R&D é'],
      ['D', ''],
      ['E', '<x>'],
    ]);
  });

  it.each(['', 'x', '<A>', '<A></B>', '<A/><B/>'])('is not %j', (text) => {
    expect(parseXml(text)).toBeUndefined();
  });
});

describe('a client that speaks XML', () => {
  it('creates with references, lists of one, and memos', async () => {
    const owner = await customer('Ada &amp; Sons');
    const reply = await post(
      '/invoice',
      `<ns0:Invoice xmlns:ns0="http://schema.intuit.com/finance/v3">
        <ns0:Line><ns0:Amount>12.50</ns0:Amount><ns0:DetailType>SalesItemLineDetail</ns0:DetailType>
          <ns0:SalesItemLineDetail><ns0:ItemRef name="x">2</ns0:ItemRef></ns0:SalesItemLineDetail></ns0:Line>
        <ns0:CustomerRef>${owner}</ns0:CustomerRef><ns0:CustomerMemo>Thanks</ns0:CustomerMemo>
        <ns0:PrivateNote/></ns0:Invoice>`,
    );
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(`<CustomerRef name="Ada &amp; Sons">${owner}</CustomerRef>`);
    expect(reply.text).toContain('<CustomerMemo>Thanks</CustomerMemo>');
    expect([first(reply, 'TotalAmt'), first(reply, 'PrivateNote')]).toEqual(['12.50', undefined]);
    expect(await bench.read('Invoice', first(reply, 'Id') ?? '')).toMatchObject({ TotalAmt: 12.5 });
  });

  it('updates sparsely by an attribute, and deletes', async () => {
    const id = await customer('Grace');
    const body = `<Customer ${NAMESPACE} sparse="true"><Id>${id}</Id><SyncToken>0</SyncToken><Notes>n</Notes></Customer>`;
    expect(first(await post('/customer', body), 'SyncToken')).toBe('1');
    expect(await bench.read('Customer', id)).toMatchObject({ DisplayName: 'Grace', Notes: 'n' });
    const line = {
      Amount: 1,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '2' } },
    };
    const made = await bench.make('Invoice', { CustomerRef: { value: id }, Line: [line] });
    const remove = `<Invoice><Id>${String(made['Id'])}</Id><SyncToken>0</SyncToken></Invoice>`;
    const gone = await post('/invoice?operation=delete', remove);
    expect(gone.text).toContain('<Invoice domain="QBO" status="Deleted">');
  });

  it('is refused in XML what it would be refused in JSON', async () => {
    const reply = await post(
      '/customer',
      '<Customer><DisplayName>Z</DisplayName><Shoe>left</Shoe></Customer>',
    );
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('<Fault type="ValidationFault"><Error code="2010">');
    expect(reply.text).toContain('Unrecognized field &quot;Shoe&quot;');
    expect((await post('/customer', '<Customer><DisplayName>Z</Customer>')).text).toContain('code="2010"');
  });

  it('sends a batch with queries in it', async () => {
    const reply = await post(
      '/batch',
      `<IntuitBatchRequest ${NAMESPACE}>
        <BatchItemRequest bId="a" operation="create"><Customer><DisplayName>Batch</DisplayName></Customer></BatchItemRequest>
        <BatchItemRequest bId="b"><Query>select * from Customer where DisplayName = 'Batch'</Query></BatchItemRequest>
        <BatchItemRequest bId="c" operation="create"><Customer><Notes>nameless</Notes></Customer></BatchItemRequest>
      </IntuitBatchRequest>`,
    );
    expect(reply.text).toContain('<BatchItemResponse bId="a"><Customer domain="QBO" sparse="false">');
    expect(reply.text).toContain('<QueryResponse startPosition="1" maxResults="1"><Customer');
    expect(reply.text).toContain('<BatchItemResponse bId="c"><Fault type="ValidationFault">');
    expect((await bench.counts())['metered']).toBeGreaterThan(0);
  });

  it('reads lists, changes and reports', async () => {
    const read = (path: string): Promise<Reply> => bench.send('GET', path, undefined, XML);
    const statement = encodeURIComponent('select * from Account maxresults 1');
    expect((await read(`/query?query=${statement}`)).text).toMatch(
      /<QueryResponse startPosition="1" maxResults="1"><Account domain="QBO"/,
    );
    const since = new Date(Date.now() - 60_000).toISOString();
    expect((await read(`/cdc?entities=Customer&changedSince=${since}`)).text).toContain(
      '<CDCResponse><QueryResponse startPosition="1"',
    );
    const report = (await read('/reports/ProfitAndLoss')).text;
    expect(report).toContain('<Report xmlns="http://schema.intuit.com/finance/v3"><Header>');
    expect(report).toMatch(/<Row type="Section" group="Income">.*<ColData value="Income"\/>/);
  });

  it('finds what a payment has paid', async () => {
    const id = await customer('Payer');
    const line = {
      Amount: 5,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '2' } },
    };
    const form = await bench.make('Invoice', { CustomerRef: { value: id }, Line: [line] });
    const reply = await post(
      '/payment',
      `<Payment><CustomerRef>${id}</CustomerRef><TotalAmt>5</TotalAmt><Line><Amount>5</Amount>
        <LinkedTxn><TxnId>${String(form['Id'])}</TxnId><TxnType>Invoice</TxnType></LinkedTxn></Line></Payment>`,
    );
    expect(reply.text).toContain(
      `<LineEx><NameValue><Name>txnId</Name><Value>${String(form['Id'])}</Value></NameValue>`,
    );
  });
});
