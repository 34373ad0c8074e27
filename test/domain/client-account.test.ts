import { describe, expect, test } from 'vitest';
import { clientAccountName, hasFewAccounts, planClientAccount } from '../../src/domain/client-account.js';
import { customerKey, liabilityKey, type Documents } from '../../src/domain/document.js';

const ada = { clientId: 'C1', name: 'Ada Lovelace' };
const customer: Documents = {
  [customerKey('C1')]: {
    intent: { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') },
    qboId: '58',
    syncToken: '0',
  },
};
const wanted = [{ accountId: 'IOLTA', parentQboId: '42' }];
const advanced = { plan: 'QuickBooks Online Advanced' };

describe('the name of an account', () => {
  test.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Hale: the "old" firm', "Hale - the 'old' firm"],
    ['x'.repeat(101), `${'x'.repeat(97)}...`],
  ])('%s', (name, expected) => {
    expect(clientAccountName(name)).toBe(expected);
  });
});

describe('a plan', () => {
  test.each([
    ['QuickBooks Online Simple Start', true],
    ['QuickBooks Online Essentials', true],
    ['QuickBooks Online Plus', true],
    ['QuickBooks Online Advanced', false],
    ['', false],
  ])('%s', (plan, expected) => {
    expect(hasFewAccounts({ plan })).toBe(expected);
  });
});

describe('an account of a client', () => {
  const intent = {
    document: 'account',
    name: 'Ada Lovelace',
    parentQboId: '42',
    mark: liabilityKey('C1', 'IOLTA'),
  };

  test('is made once its client is there, and once', () => {
    const step = planClientAccount(ada, wanted, customer, advanced);
    expect(step).toEqual({ do: 'write', key: liabilityKey('C1', 'IOLTA'), action: 'create', intent });
    expect(planClientAccount(ada, wanted, {}, advanced)).toBeUndefined();
    const made = {
      ...customer,
      [liabilityKey('C1', 'IOLTA')]: { intent, qboId: '90', syncToken: '0' },
    } as Documents;
    expect(planClientAccount(ada, wanted, made, advanced)).toBeUndefined();
    expect(planClientAccount({ ...ada, name: 'Ada King' }, wanted, made, advanced)).toEqual({
      ...{ do: 'write', key: liabilityKey('C1', 'IOLTA'), action: 'update' },
      intent: { ...intent, name: 'Ada King' },
    });
  });

  test('is not made where there is no room, and is where nothing is known of that', () => {
    expect(planClientAccount(ada, wanted, customer, { plan: 'QuickBooks Online Plus' })).toBeUndefined();
    expect(planClientAccount(ada, wanted, customer, { plan: '' })).toMatchObject({ do: 'write' });
    expect(planClientAccount(ada, [], customer, advanced)).toBeUndefined();
  });
});
