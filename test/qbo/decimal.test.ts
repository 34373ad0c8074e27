import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromThousandths, toCents, toDecimal } from '../../src/qbo/decimal.js';

const CENTS = 99_999_999_999;
const cents = fc.integer({ min: -CENTS, max: CENTS });
/** The same decimal, written by hand digit by digit. */
const written = (units: number, places: number): string => {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

test('cents go out with the very digits that were meant', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const sent = JSON.stringify(toDecimal(amount));
      expect(sent).toMatch(/^-?\d+(\.\d{1,2})?$/);
      expect(Number(sent)).toBe(Number(written(amount, 2)));
    }),
  );
});

test('cents come back as they went out, as a number or as a text', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      expect(toCents(toDecimal(amount))).toBe(amount);
      expect(toCents(written(amount, 2))).toBe(amount);
    }),
  );
});

test('sums of decimals with a double’s error are still the cents that were meant', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 50 }), (amounts) => {
      const drifted = amounts.reduce((sum, amount) => sum + amount / 100, 0);
      expect(toCents(drifted)).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
    }),
  );
});

test.each([
  [100, 10_000],
  [100.5, 10_050],
  ['100.50', 10_050],
  [1.005, 101],
  [8.165, 817],
  [0.29, 29],
  ['-4.35', -435],
  [null, 0],
  [undefined, 0],
])('%j on the wire is %i cents', (decimal, amount) => {
  expect(toCents(decimal)).toBe(amount);
});

test('thousandths go out with the very digits that were meant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (thousandths) => {
      const sent = JSON.stringify(fromThousandths(thousandths));
      expect(sent).toMatch(/^\d+(\.\d{1,3})?$/);
      expect(Number(sent)).toBe(Number(written(thousandths, 3)));
    }),
  );
});
