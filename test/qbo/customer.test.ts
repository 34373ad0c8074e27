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
      summary: "customer O'Hara & Co",
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

  test('keeps an address that we do not know of', () => {
    expect(customer.differences(WITHOUT_EMAIL, HELD)).toEqual([]);
  });
});

test('is looked for by its name, also where it was made inactive', () => {
  expect(customer.lookups(INTENT)).toEqual([
    "select * from Customer where DisplayName = 'O\\'Hara & Co' and Active in (true, false)",
  ]);
});
