import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerIntent } from '../../src/domain/intent.js';
import * as document from '../../src/qbo/document.js';
import { compare, identity, quote, refValue } from '../../src/qbo/mapping.js';

const CUSTOMER: CustomerIntent = { document: 'customer', name: "O'Hara", mark: 'contact/C1/customer' };
const SINCE = new Date('2026-11-10T16:00:00.000Z');

describe('requests', () => {
  test('a write carries its frozen bytes and its request id', () => {
    const body = document.freezeBody(CUSTOMER, 'create');
    expect(body).toBe('{"DisplayName":"O\'Hara","Notes":"contact/C1/customer"}');
    expect(document.writeRequest({ document: 'customer' }, 'create', body, 'r-1')).toEqual({
      method: 'POST',
      path: 'customer',
      query: { requestid: 'r-1' },
      body,
    });
  });

  test('a frozen update still tells what it was meant for', () => {
    const link = { qboId: '58', syncToken: '3' };
    expect(document.linkIn(document.freezeBody(CUSTOMER, 'update', link))).toEqual(link);
  });

  test.each(['void', 'delete'] as const)('a %s says which one and nothing more', (action) => {
    const body = document.freezeBody(CUSTOMER, action, { qboId: '58', syncToken: '3' });
    expect(JSON.parse(body)).toEqual({ Id: '58', SyncToken: '3' });
    expect(document.writeRequest({ document: 'invoice' }, action, body, 'r-1').query).toEqual({
      operation: action,
      requestid: 'r-1',
    });
  });

  test('a number that a person has allowed is sent as a duplicate, but not to be removed', () => {
    const meant = { document: 'invoice', duplicateAllowed: true } as const;
    const queryOf = (action: 'create' | 'update' | 'void') =>
      document.writeRequest(meant, action, '{}', 'r-1').query;
    expect(queryOf('create')).toEqual({ include: 'allowduplicatedocnum', requestid: 'r-1' });
    expect(queryOf('update')).toEqual({ include: 'allowduplicatedocnum', requestid: 'r-1' });
    expect(queryOf('void')).toEqual({ operation: 'void', requestid: 'r-1' });
  });

  test('a read stays below its entity, whatever the id', () => {
    expect(document.readRequest('invoice', '145')).toEqual({ method: 'GET', path: 'invoice/145' });
    expect(document.readRequest('invoice', '../a?b')).toEqual({ method: 'GET', path: 'invoice/..%2Fa%3Fb' });
  });

  test('a lost create is looked for among what was made since, then by its looks', () => {
    expect(document.lookupRequests(CUSTOMER, SINCE)).toEqual(
      [
        "select * from Customer where MetaData.CreateTime >= '2026-11-10T16:00:00.000Z' orderby Id maxresults 1000",
        "select * from Customer where DisplayName = 'O\\'Hara' and Active in (true, false)",
      ].map((query) => ({ method: 'GET', path: 'query', query: { query } })),
    );
  });

  test('the change log is asked for one entity from an instant on', () => {
    expect(document.changesRequest('invoice', SINCE)).toEqual({
      method: 'GET',
      path: 'cdc',
      query: { entities: 'Invoice', changedSince: '2026-11-10T16:00:00.000Z' },
    });
  });
});

describe('answers', () => {
  test('hold the object under its name, or nothing', () => {
    expect(document.objectOf('invoice', { Invoice: { Id: '1' }, time: 'now' })).toEqual({ Id: '1' });
    expect(document.objectOf('invoice', { Customer: { Id: '1' } })).toEqual({});
  });

  const [one, two] = [{ Id: '1' }, { Id: '2' }];
  const gone = { Id: '3', status: 'Deleted' };

  test.each<[string, Record<string, unknown>, object[]]>([
    ['a query with rows', { QueryResponse: { Invoice: [one, two], maxResults: 2 } }, [one, two]],
    ['a query without rows', { QueryResponse: {} }, []],
    ['a query of another entity', { QueryResponse: { Customer: [one] } }, []],
    ['a change log', { CDCResponse: [{ QueryResponse: [{ Invoice: [one] }] }] }, [one]],
    [
      'a change log in parts',
      {
        CDCResponse: [
          { QueryResponse: [{ Customer: [one] }, { Invoice: [one] }] },
          { QueryResponse: [{ Invoice: [two] }] },
        ],
      },
      [one, two],
    ],
    ['a change log with stubs', { CDCResponse: [{ QueryResponse: [{ Invoice: [gone, two] }] }] }, [two]],
    ['a change log without changes', { CDCResponse: [{ QueryResponse: [{}] }] }, []],
    ['a change log without a list', { CDCResponse: [{}] }, []],
    ['something else', { time: 'now' }, []],
  ])('rows of %s', (_name, json, rows) => {
    expect(document.rowsOf('invoice', json)).toEqual(rows);
  });
});

test.each([
  ['Invoice', '145', 'https://app.qbo.intuit.com/app/invoice?txnId=145'],
  ['Journal Entry', '7', 'https://app.qbo.intuit.com/app/journalentry?txnId=7'],
  ['../Bill', '1&x=2', 'https://app.qbo.intuit.com/app/bill?txnId=1%26x%3D2'],
])('a person sees %s %s at %s', (type, id, url) => {
  expect(document.qboUrl(type, id)).toBe(url);
});

describe('values', () => {
  test.each([
    ['plain', "'plain'"],
    ["O'Hara", "'O\\'Hara'"],
    ['a\\b', "'a\\\\b'"],
    ["\\' or Id > '0", "'\\\\\\' or Id > \\'0'"],
    ['', "''"],
  ])('%j is quoted as %s', (value, quoted) => {
    expect(quote(value)).toBe(quoted);
  });

  test('a quoted value ends where it should and is the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', 'a', ' ', 'ü') }), (value) => {
        const inner = /^'((?:[^'\\]|\\['\\])*)'$/.exec(quote(value));
        expect(inner?.[1]?.replaceAll(/\\(.)/g, '$1')).toBe(value);
      }),
    );
  });

  test('only what differs is told, in its order', () => {
    expect(
      compare([
        ['number', '1', '1'],
        ['name', 'A', undefined],
        ['count', 1, 2],
        ['note', 'x', null],
        ['same', undefined, undefined],
      ]),
    ).toEqual([
      'name: meant A, QuickBooks has nothing',
      'count: meant 1, QuickBooks has 2',
      'note: meant x, QuickBooks has nothing',
    ]);
  });

  test.each([
    [{ value: '58', name: 'Ada' }, '58'],
    [{ value: 58 }, '58'],
    [{ value: 0 }, '0'],
    [{}, undefined],
    [undefined, undefined],
    [null, undefined],
  ])('the reference %j leads to %j', (ref, value) => {
    expect(refValue(ref)).toBe(value);
  });

  test.each([
    [{ MetaData: { CreateTime: '2026-11-10T08:00:00-08:00' } }, SINCE],
    [{ MetaData: {} }, undefined],
    [{ MetaData: { CreateTime: 5 } }, undefined],
    [{}, undefined],
  ])('%j was made at %o', (object, instant) => {
    expect(identity(object).createdAt).toEqual(instant);
  });
});
