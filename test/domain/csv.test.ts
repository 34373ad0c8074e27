import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvAmount, csvRow } from '../../src/domain/csv.js';

/** As a reader after RFC 4180 takes one row apart. */
const cellsOf = (row: string): string[] =>
  [...`,${row.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );

/** Texts of all kinds, and many of the signs that matter. */
const text = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', '.', '0', '5', 'a'),
  }),
);

test('every cell is read back as it was, but for what a spreadsheet would work out', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (cells) => {
      const read = cellsOf(csvRow(cells));
      expect(read.map((cell) => cell.replace(/^'(?='*[=+@\t\r-])/, ''))).toEqual(cells);
    }),
    { numRuns: 2000 },
  );
});

test.each(['=1+1', '+1', '@SUM(A1)', '-2+3', '\t=1', '-5', '--5.00'])('%j stays a text', (cell) => {
  expect(cellsOf(csvRow([cell]))).toEqual([`'${cell}`]);
});

test('amounts are plain decimals, and no formula below zero', () => {
  expect([0, 5, -5, 123_456, -123_456].map(csvAmount)).toEqual([
    '0.00',
    '0.05',
    '-0.05',
    '1234.56',
    '-1234.56',
  ]);
  expect(csvRow([csvAmount(-123_456)])).toBe('-1234.56\r\n');
});
