import { describe, expect, test } from 'vitest';
import type { AccountIntent } from '../../src/domain/intent.js';
import { account } from '../../src/qbo/account.js';

const intent: AccountIntent = {
  document: 'account',
  name: "Ada's estate",
  parentQboId: '42',
  mark: 'contact/C1/liability/IOLTA',
};
const made = {
  Id: '90',
  SyncToken: '0',
  Name: "Ada's estate",
  AccountType: 'Other Current Liability',
  ParentRef: { value: '42' },
  Description: intent.mark,
  Active: true,
};

describe('the account of a client', () => {
  test('is a liability below the one of all, and carries our key', () => {
    expect(account.toBody(intent)).toEqual({
      Name: "Ada's estate",
      AccountType: 'Other Current Liability',
      SubAccount: true,
      ParentRef: { value: '42' },
      Description: 'contact/C1/liability/IOLTA',
    });
    expect(account.read(made)).toMatchObject({
      qboId: '90',
      mark: intent.mark,
      summary: "account Ada's estate",
    });
    expect(account.differences(intent, made)).toEqual([]);
  });

  test.each([
    ['inactive', { Active: false }, 'it is inactive'],
    ['of another type', { AccountType: 'Expense' }, 'it is of the type Expense'],
    ['below another one', { ParentRef: { value: '7' } }, 'it does not stand below account 42'],
    ['below none', { ParentRef: undefined }, 'it does not stand below account 42'],
  ])('is none that is %s', (_what, over, reason) => {
    expect(account.unfit?.(intent, made)).toBeUndefined();
    expect(account.unfit?.(intent, { ...made, ...over })).toBe(reason);
  });

  test('is looked for by its name, among those below the same parent', () => {
    expect(account.lookups(intent)).toEqual([
      "select * from Account where Name in ('Ada\\'s estate', 'Ada\\'s estate (deleted)') and ParentRef = '42' and Active in (true, false)",
    ]);
    expect(account.isSame?.(intent, { ...made, Name: "ADA'S ESTATE" })).toBe(true);
    expect(account.reactivated?.({ ...made, Name: "Ada's estate (deleted)", Active: false })).toMatchObject({
      Active: true,
      Name: "Ada's estate",
    });
  });
});
