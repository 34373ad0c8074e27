import { describe, expect, test } from 'vitest';
import { parseContact } from '../../src/snapshot/contact.js';
import { SnapshotError } from '../../src/snapshot/field.js';
import { aClient } from '../support/builder.js';

const { email: _email, ...WITHOUT_EMAIL } = aClient();
const NAME = 'must not contain a colon, a tab or a line break: QuickBooks refuses them';
const EMAIL = 'must be an e-mail address';
const client = (over: object) => ({ ...aClient(), ...over });

function problems(value: unknown): SnapshotError['problems'] {
  try {
    parseContact(value);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    expect((error as Error).message).toMatch(/^This is not a client that can be taken:\n/);
    return (error as SnapshotError).problems;
  }
  return expect.fail('it was taken');
}

describe('a client is taken', () => {
  test.each<[string, object]>([
    ['as it usually is', aClient()],
    ['without an address', WITHOUT_EMAIL],
    ['with signs in its name', client({ name: `O'Hara & Söhne "Ltd." \\ 李 💶` })],
    ['with the longest name', client({ name: 'n'.repeat(500) })],
    ['with the longest address', client({ email: `${'a'.repeat(60)}@${'b'.repeat(35)}.com` })],
    ['with a tag in its address', client({ email: 'ada+bills@mail.example.co.uk' })],
    ['with the longest id', client({ clientId: 'c'.repeat(64) })],
  ])('%s', (_name, value) => {
    expect(parseContact(value)).toEqual(value);
  });
});

describe('a client is refused, with the field and the rule', () => {
  test.each<[field: string, rule: string, value: unknown]>([
    ['', 'expected object, received undefined', undefined],
    ['', 'expected object, received array', []],
    ['', 'Unrecognized key: "phone"', client({ phone: '1' })],
    ['clientId', 'may hold letters, digits and . _ @ - only', client({ clientId: 'a/b' })],
    ['clientId', 'expected string to have <=64 characters', client({ clientId: 'c'.repeat(65) })],
    ['version', 'expected number to be >=1', client({ version: -1 })],
    ['version', 'expected number, received undefined', client({ version: undefined })],
    ['name', NAME, client({ name: 'Smith: Estate' })],
    ['name', NAME, client({ name: 'Smith\tEstate' })],
    ['name', NAME, client({ name: 'Smith\nEstate' })],
    ['name', 'expected string to have <=500 characters', client({ name: 'n'.repeat(501) })],
    ['name', 'expected string, received number', client({ name: 7 })],
    ['email', EMAIL, client({ email: '' })],
    ['email', EMAIL, client({ email: 'ada@' })],
    ['email', EMAIL, client({ email: 'ada@example.com, bob@example.com' })],
    ['email', EMAIL, client({ email: null })],
  ])('%s: %s', (field, rule, value) => {
    expect(problems(value)).toEqual([
      expect.objectContaining({ field, rule: expect.stringContaining(rule) }),
    ]);
  });

  test('with every field that is wrong, and the value it has', () => {
    expect(problems(client({ clientId: 'a b', version: 0, email: 'x' }))).toEqual([
      { field: 'clientId', rule: 'may hold letters, digits and . _ @ - only', value: 'a b' },
      { field: 'version', rule: 'Too small: expected number to be >=1', value: 0 },
      { field: 'email', rule: EMAIL, value: 'x' },
    ]);
  });

  test('without a name, too', () => {
    expect(problems(client({ name: '' }))).toContainEqual({
      field: 'name',
      rule: 'Too small: expected string to have >=1 characters',
      value: '',
    });
  });
});

test.each([' ', 'Ada ', '\u0000Ada', 'Ada\rLovelace', 'Ada\u2028Lovelace', '\ud800Ada'])(
  'the name %j is refused',
  (name) => {
    expect(() => parseContact({ clientId: 'C1', version: 1, name })).toThrow(/name: must/);
  },
);
