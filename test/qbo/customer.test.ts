import { describe, expect, test } from 'vitest';
import type { CustomerIntent } from '../../src/domain/intent.js';
import { customer } from '../../src/qbo/customer.js';

const INTENT: CustomerIntent = {
  document: 'customer',
  name: "O'Hara & Co",
  email: 'office@ohara.example',
  mark: 'contact/C1/customer',
};
const { email: _email, ...WITHOUT_EMAIL } = INTENT;
const LINK = { qboId: '58', syncToken: '3' };
const HELD = {
  Id: '58',
  SyncToken: '3',
  DisplayName: "O'Hara & Co",
  PrimaryEmailAddr: { Address: 'office@ohara.example' },
  Notes: 'contact/C1/customer',
  MetaData: { CreateTime: '2026-11-10T08:00:00-08:00' },
};

describe('the body', () => {
  test('of a create carries the mark', () => {
    expect(customer.toBody(INTENT)).toEqual({
      DisplayName: "O'Hara & Co",
      PrimaryEmailAddr: { Address: 'office@ohara.example' },
      Notes: 'contact/C1/customer',
    });
  });

  test('of an update is sparse, names the state it is for, and leaves the notes alone', () => {
    expect(customer.toBody(INTENT, LINK)).toEqual({
      Id: '58',
      SyncToken: '3',
      sparse: true,
      DisplayName: "O'Hara & Co",
      PrimaryEmailAddr: { Address: 'office@ohara.example' },
    });
  });

  test('takes an address away by saying so', () => {
    expect(customer.toBody({ ...INTENT, email: '' }, LINK)).toMatchObject({ PrimaryEmailAddr: null });
  });

  test('of a matter in euros names its client, and its currency only at birth', () => {
    const matter = { ...WITHOUT_EMAIL, parentQboId: '7', currency: 'EUR' };
    const parent = { ParentRef: { value: '7' }, Job: true };
    expect(customer.toBody(matter)).toMatchObject({ ...parent, CurrencyRef: { value: 'EUR' } });
    expect(customer.toBody(matter, LINK)).toMatchObject(parent);
    expect(customer.toBody(matter, LINK)).not.toHaveProperty('CurrencyRef');
  });

  test('says nothing of an address that is not ours to say', () => {
    expect(customer.toBody(WITHOUT_EMAIL, LINK)).not.toHaveProperty('PrimaryEmailAddr');
  });
});

describe('what QuickBooks holds', () => {
  test('is read', () => {
    expect(customer.read(HELD)).toEqual({
      qboId: '58',
      syncToken: '3',
      mark: 'contact/C1/customer',
      createdAt: new Date('2026-11-10T16:00:00Z'),
      summary: "customer O'Hara & Co, id 58, office@ohara.example",
    });
  });

  test('may be next to nothing', () => {
    expect(customer.read({})).toEqual({
      qboId: '',
      syncToken: '',
      mark: undefined,
      createdAt: undefined,
      summary: 'customer (no name)',
    });
  });

  test.each<[string, object, string[]]>([
    ['as meant', {}, []],
    ['with other notes', { Notes: 'Calls on Mondays' }, []],
    ['renamed', { DisplayName: 'Hara' }, ["name: meant O'Hara & Co, QuickBooks has Hara"]],
    [
      'without an address',
      { PrimaryEmailAddr: undefined },
      ['e-mail: meant office@ohara.example, QuickBooks has nothing'],
    ],
    [
      'wholly other',
      { DisplayName: 'Hara', PrimaryEmailAddr: { Address: 'x@y.example' } },
      [
        "name: meant O'Hara & Co, QuickBooks has Hara",
        'e-mail: meant office@ohara.example, QuickBooks has x@y.example',
      ],
    ],
  ])('%s', (_name, over, differences) => {
    expect(customer.differences(INTENT, { ...HELD, ...over })).toEqual(differences);
    expect(customer.allDifferences(INTENT, { ...HELD, ...over })).toEqual(differences);
  });

  test.each<[string, object, object, string[]]>([
    [
      'an address that stayed',
      { email: '' },
      {},
      ['e-mail: meant nothing, QuickBooks has office@ohara.example'],
    ],
    ['an address that is gone', { email: '' }, { PrimaryEmailAddr: undefined }, []],
    [
      'another client',
      { parentQboId: '7' },
      { ParentRef: { value: '8' } },
      ['parent: meant 7, QuickBooks has 8'],
    ],
    [
      'another currency',
      { currency: 'EUR' },
      { CurrencyRef: { value: 'USD' } },
      ['currency: meant EUR, QuickBooks has USD'],
    ],
  ])('tells of %s', (_what, intent, over, differences) => {
    expect(customer.differences({ ...INTENT, ...intent }, { ...HELD, ...over })).toEqual(differences);
  });

  test('keeps an address that we do not know of', () => {
    expect(customer.differences(WITHOUT_EMAIL, HELD)).toEqual([]);
  });
});

test('is looked for by its name, also where it was made inactive', () => {
  expect(customer.lookups(INTENT)).toEqual([
    "select * from Customer where DisplayName = 'O\\'Hara & Co' and Active in (true, false)",
  ]);
});

test.each<[string, Partial<CustomerIntent>, object, string | undefined]>([
  ['an active one', {}, {}, undefined],
  ['an inactive one', {}, { Active: false }, 'it is inactive'],
  ['one of the same currency', { currency: 'EUR' }, { CurrencyRef: { value: 'EUR' } }, undefined],
  [
    'one of another currency',
    { currency: 'EUR' },
    { CurrencyRef: { value: 'USD' } },
    'its currency is USD, and that of a customer never changes',
  ],
])('whether %s can stand for it', (_what, intent, over, reason) => {
  expect(customer.unfit?.({ ...INTENT, ...intent }, { ...HELD, ...over })).toBe(reason);
});

test.each<[string, object, boolean]>([
  ['with name and address', {}, true],
  ['whose address differs in case', { PrimaryEmailAddr: { Address: 'Office@OHara.example' } }, true],
  ['whose name differs in case', { DisplayName: "o'hara & co" }, false],
  ['with another address', { PrimaryEmailAddr: { Address: 'x@y.example' } }, false],
  ['without an address', { PrimaryEmailAddr: undefined }, false],
])('one %s is the same: %s', (_what, over, same) => {
  expect(customer.isSame?.(INTENT, { ...HELD, ...over })).toBe(same);
  expect(customer.isSame?.(WITHOUT_EMAIL, { ...HELD, ...over })).toBe(false);
});

test('is made active again under the name that it had', () => {
  const body = { Id: '58', SyncToken: '3', sparse: true, Active: true, DisplayName: "O'Hara & Co" };
  expect(customer.reactivated?.({ ...HELD, DisplayName: "O'Hara & Co (deleted)", Active: false })).toEqual(
    body,
  );
  expect(customer.reactivated?.(HELD)).toEqual(body);
});
