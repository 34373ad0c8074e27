import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoOf } from '../../src/domain/bill/memo.js';
import { DEFAULT_SETTINGS } from '../../src/domain/firm.js';
import { cutText, plainText } from '../../src/domain/text.js';
import { aBill } from '../support/builder.js';

describe('a text that QuickBooks keeps in the United States', () => {
  test.each([
    ['plain', 'Filed: 12 pages (§ 4) for £5', 'Filed: 12 pages (§ 4) for £5'],
    ['with typographic signs', '“Smith’s” – draft… €5', '"Smith\'s" - draft... EUR5'],
    ['of letters that it has', 'Müller ÅÉñ', 'Müller ÅÉñ'],
    ['decomposed', 'Mu\u0308ller', 'Müller'],
    ['of letters with accents that it has not', 'Dvořák, Łódź, Šimić', 'Dvorák, ?ódz, Simic'],
    ['in another script', '契約 🚀', '?? ?'],
  ])('%s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test('holds nothing but ISO-8859-1, and what held no more before stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = plainText(text);
        expect(plain).toMatch(/^[\u0000-\u00ff]*$/);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });

  test.each([
    ['short', 5, 'short'],
    ['a long one', 8, 'a lon...'],
    ['a long', 5, 'a...'],
  ])('%s cut at %i is %s', (text, maxLength, cut) => {
    expect(cutText(text, maxLength)).toBe(cut);
  });
});

describe('the memo', () => {
  const matter = (index: number) => ({
    matterId: `M${index}`,
    number: `2026-${index}`,
    description: 'd'.repeat(90),
  });
  const memo = (over: Parameters<typeof aBill>[0], settings = {}) =>
    memoOf(aBill(over), { ...DEFAULT_SETTINGS, ...settings }, (text) => text);

  test('has period, matters, notes and the text of the firm, each on its line', () => {
    const over = { servicePeriod: { from: '2026-10-01', to: '2026-10-31' }, notes: 'Thank you.' };
    expect(memo(over, { memo: 'IBAN 123' }).split('\n')).toEqual([
      'Services 2026-10-01 to 2026-10-31',
      '2026-017 Engine dispute',
      'Thank you.',
      'IBAN 123',
    ]);
  });

  test('does not name a matter that is a sub-customer, but does when there are several', () => {
    expect(memo({}, { matters: 'sub-customer' })).toBe('');
    const matters = [matter(1), matter(2)];
    expect(memo({ matters }, { matters: 'sub-customer' })).toContain('2026-2');
  });

  test('leaves matters out from the end and counts them, so that notes stay', () => {
    const text = memo({
      matters: Array.from({ length: 40 }, (_, index) => matter(index)),
      notes: 'Thank you.',
    });
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(text).toMatch(/; and 31 more\nThank you\.$/);
  });

  test('is cut where one matter is too much', () => {
    const text = memo({ notes: 'n'.repeat(4000) });
    expect(text).toHaveLength(1000);
    expect(text.endsWith('n...')).toBe(true);
  });

  test.each([
    [{ matters: [] }, ''],
    [{ matters: [], notes: 'Thanks' }, 'Thanks'],
  ])('of %j is %j', (over, text) => {
    expect(memo(over)).toBe(text);
  });
});
