import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCents, sumCents, timesRateCents } from '../../src/domain/money.js';

test.each([
  [1500, 30000, 45000],
  [333, 10000, 3330],
  [1, 50, 0],
  [10, 50, 1],
  [-10, 50, -1],
  [100, 12345, 1235],
  [0, 99999, 0],
])('%i thousandths at %i cents are %i cents', (quantity, rate, amount) => {
  expect(timesRateCents(quantity, rate)).toBe(amount);
});

test('rounds to the nearest cent, a half away from zero', () => {
  const bounded = fc.integer({ min: -10_000_000, max: 10_000_000 });
  fc.assert(
    fc.property(bounded, bounded, (quantity, rate) => {
      const exact = BigInt(quantity) * BigInt(rate);
      const rounded = BigInt(timesRateCents(quantity, rate)) * 1000n;
      const away = rounded > exact ? rounded - exact : exact - rounded;
      expect(away <= 500n).toBe(true);
      if (away === 500n)
        expect((rounded < 0n ? -rounded : rounded) > (exact < 0n ? -exact : exact)).toBe(true);
    }),
  );
});

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [-5, '-0.05'],
  [123456, '1,234.56'],
  [-100000000, '-1,000,000.00'],
])('%i cents read %s', (cents, text) => {
  expect(formatCents(cents)).toBe(text);
});

test('sums', () => {
  expect(sumCents([])).toBe(0);
  expect(sumCents([1, -3, 10])).toBe(8);
});
