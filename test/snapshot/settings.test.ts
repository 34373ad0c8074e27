import { describe, expect, test } from 'vitest';
import { changedSettings, DEFAULT_SETTINGS } from '../../src/domain/firm.js';
import { SnapshotError } from '../../src/snapshot/field.js';
import { parseSettings, settingsProblems } from '../../src/snapshot/settings.js';

describe('settings are refused, with what to do', () => {
  test.each<[string, string, object]>([
    ['items.time', 'digits only, as in the address', { items: { time: 'Legal services' } }],
    ['categories.Filing', 'digits only', { categories: { Filing: 'x' } }],
    ['taxCodes.HST', 'digits only, or TAX or NON', { taxCodes: { HST: 'HST' } }],
    ['depositAccountId', 'address of its register', { depositAccountId: 'Bank' }],
    ['startOn', 'must be a calendar day', { startOn: '1/1/2026' }],
    ['tax', '"lines"|"summary"|"codes"', { tax: 'none' }],
    ['memo', '<=500 characters', { memo: 'm'.repeat(501) }],
    ['items', 'Unrecognized key: "hours"', { items: { hours: '1' } }],
  ])('%s: %s', (field, rule, change) => {
    try {
      parseSettings(change);
      expect.fail('it was taken');
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      expect(error.problems).toEqual([
        expect.objectContaining({ field, rule: expect.stringContaining(rule) }),
      ]);
    }
  });
});

describe('a change of settings', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    items: { time: '1' },
    startOn: '2026-01-01',
    taxItems: { HST: '7' },
  };

  test('leaves what it does not name', () => {
    const changed = changedSettings(settings, { items: { expense: '2' }, prefix: 'CF-' });
    expect(changed).toEqual({ ...settings, prefix: 'CF-', items: { time: '1', expense: '2' } });
  });

  test('takes back what is null', () => {
    expect(changedSettings(settings, { startOn: null, taxItems: null })).toEqual({
      prefix: '',
      items: { time: '1' },
    });
  });

  test('exchanges the other maps as a whole', () => {
    expect(changedSettings(settings, { taxItems: { GST: '8' } }).taxItems).toEqual({ GST: '8' });
  });
});

describe('tax by codes', () => {
  const codes = { ...DEFAULT_SETTINGS, tax: 'codes' as const };

  test.each<[string, object, string | undefined, string[]]>([
    ['needs codes, and one for lines without tax', {}, undefined, ['taxCodes: ', 'untaxedCode: ']],
    ['is complete with both', { taxCodes: { HST: '5' }, untaxedCode: '4' }, 'CA', []],
    ['is not for the United States', { taxCodes: { HST: '5' }, untaxedCode: '4' }, 'US', ['tax: ']],
    ['is not asked for', { tax: 'lines' }, 'US', []],
  ])('%s', (_name, over, country, starts) => {
    const problems = settingsProblems({ ...codes, ...over }, country);
    expect(problems.map((problem) => problem.slice(0, problem.indexOf(' ') + 1))).toEqual(starts);
  });
});
