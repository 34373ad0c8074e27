import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryByKey, FAULT_ENTRIES } from '../../../src/domain/fault/catalogue.js';
import { faultText, placeholders } from '../../../src/domain/fault/text.js';

const textOf = (key: string, params: Record<string, string | undefined>) =>
  faultText(entryByKey(key)!, params);

describe('faultText', () => {
  it('fills in what is known', () => {
    const params = { document: 'bill 1042', number: '1042', txnType: 'Credit Memo', txnId: '111' };
    expect(textOf('number-used-bill', params).cause).toContain(
      'Bill 1042 was not posted: its number 1042 already belongs to another transaction in QuickBooks, a Credit Memo with the id 111.',
    );
  });

  it('leaves out a part whose parameter is missing', () => {
    const { cause } = textOf('number-used-bill', { document: 'bill 1042', txnType: 'Credit Memo' });
    expect(cause).toContain(
      'Bill 1042 was not posted: its number already belongs to another transaction in QuickBooks.',
    );
  });

  it('reads well when nothing is known', () => {
    expect(textOf('closed-period', {}).cause).toMatch(
      /^This document is dated in a period that the accountant has closed in the company\./,
    );
  });

  it('takes a hole for missing and braces for noise', () => {
    const cause = (document: string | undefined) => textOf('closed-period', { document }).cause;
    expect(cause(undefined)).toBe(cause(''));
    expect(cause('null')).toBe(cause(''));
    expect(cause('bill undefined')).toBe(cause(''));
    expect(cause('bill {company}')).toMatch(/^Bill company is dated/);
    expect(textOf('closed-period', { document: 'bill [1]', company: '[{x}]' }).cause).toContain('Bill [1]');
  });

  it.each(FAULT_ENTRIES.map((entry) => [entry.key, entry] as const))(
    'has a word for every hole of %s',
    (_key, entry) => {
      const { cause, remedy } = faultText({ cause: entry.cause, remedy: entry.remedy }, {});
      // A hole that is neither optional nor has a word of its own would read "something".
      const required = placeholders((entry.cause + entry.remedy).replace(/\[[^\]]*\]/g, ''));
      expect(['document', 'client', 'company', 'list']).toEqual(expect.arrayContaining(required));
      // A name in the middle of a text may begin in lower case, so no later sentence starts with one.
      expect(`${entry.cause} ${entry.remedy}`).not.toMatch(/[.:?] \{(?:document|client|company)\}/);
      expect(`${cause} ${remedy}`).not.toMatch(/[{}[\]]|undefined/);
    },
  );

  it('never shows a placeholder or a hole, whatever the parameters hold', () => {
    const names = [...new Set(FAULT_ENTRIES.flatMap((entry) => placeholders(entry.cause + entry.remedy)))];
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('undefined', 'null', '{document}', '[{x}]', '$&', '$1'),
    );
    const params = fc.dictionary(fc.constantFrom(...names, 'constructor', '__proto__'), value);
    fc.assert(
      fc.property(fc.constantFrom(...FAULT_ENTRIES), params, (entry, given) => {
        const { cause, remedy } = faultText(entry, given);
        for (const text of [cause, remedy]) {
          expect(text).not.toMatch(/[{}]|undefined/);
          expect(text.length).toBeGreaterThan(10);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
