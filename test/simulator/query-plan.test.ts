import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Company } from '../../src/simulator/company.js';
import { runQuery } from '../../src/simulator/query/run.js';
import type { Fields } from '../../src/simulator/fields.js';

const START_MS = Date.UTC(2026, 4, 1, 12);
const iso = (second: number): string => new Date(START_MS + second * 1000).toISOString();

interface Made {
  readonly customer: number;
  readonly day: number;
  readonly number: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deleted: boolean;
}

/** Small ranges, so that everything has equals. */
const made = fc.record({
  customer: fc.integer({ min: 1, max: 4 }),
  day: fc.integer({ min: 1, max: 9 }),
  number: fc.integer({ min: 1, max: 40 }),
  createdAt: fc.integer({ min: 0, max: 9 }),
  updatedAt: fc.integer({ min: 0, max: 9 }),
  deleted: fc.boolean(),
});

type Condition = readonly [text: string, holds: (one: Made, id: number) => boolean];

const OPERATORS = {
  '=': (left: number, right: number) => left === right,
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
} as const;

const operator = fc.constantFrom(...(Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]));

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(operator, fc.integer({ min: 0, max: 10 }))
    .map(([sign, day]): Condition => [
      `TxnDate ${sign} '2026-05-${String(day).padStart(2, '0')}'`,
      (one) => OPERATORS[sign](one.day, day),
    ]),
  fc
    .tuple(operator, fc.integer({ min: 0, max: 10 }), fc.constantFrom('createdAt', 'updatedAt'))
    .map(([sign, second, which]): Condition => [
      `MetaData.${which === 'createdAt' ? 'CreateTime' : 'LastUpdatedTime'} ${sign} '${iso(second)}'`,
      (one) => OPERATORS[sign](one[which], second),
    ]),
  fc
    .integer({ min: 1, max: 5 })
    .map((customer): Condition => [`CustomerRef = '${customer}'`, (one) => one.customer === customer]),
  fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 })
    .map((numbers): Condition => [
      `DocNumber IN (${numbers.map((number) => `'n-${number}'`).join(', ')})`,
      (one) => numbers.includes(one.number),
    ]),
  fc
    .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
    .map((ids): Condition => [
      `Id IN (${ids.map((id) => `'${id}'`).join(', ')})`,
      (_, id) => ids.includes(id),
    ]),
);

type Order = readonly [text: string, keyOf: (one: Made) => number];
const ORDERS: readonly Order[] = [
  ['ORDERBY Id', () => 0],
  ['ORDERBY Id DESC', () => 0],
  ['ORDERBY TxnDate', (one) => one.day],
  ['ORDERBY TxnDate DESC', (one) => one.day],
  ['ORDERBY MetaData.CreateTime', (one) => one.createdAt],
  ['ORDERBY MetaData.LastUpdatedTime DESC', (one) => one.updatedAt],
  ['ORDERBY DocNumber DESC', (one) => one.number],
];

function companyOf(rows: readonly Made[]): Company {
  const company = new Company('1', 'empty');
  const put = (one: Made, id: number, isFirst: boolean): void => {
    const fields: Fields = {
      CustomerRef: { value: String(isFirst ? 9 : one.customer) },
      TxnDate: `2026-05-${String(isFirst ? 20 : one.day).padStart(2, '0')}`,
      DocNumber: isFirst ? 'first' : `N-${String(one.number)}`,
    };
    const stamps = {
      createdAtMs: START_MS + one.createdAt * 1000,
      updatedAtMs: START_MS + one.updatedAt * 1000,
    };
    const state = { syncToken: 0, deleted: !isFirst && one.deleted, lastLineId: 0 };
    company.table('Invoice').put({ id: String(id), entity: 'Invoice', fields, ...stamps, ...state });
  };
  rows.forEach((one, index) => put({ ...one, updatedAt: 0 }, index + 1, true));
  rows.forEach((one, index) => put(one, index + 1, false));
  return company;
}

describe('every way to a page', () => {
  it('gives what a look at all objects gives, page by page', () => {
    const rows = fc.array(made, { minLength: 1, maxLength: 60 });
    const conditions = fc.array(condition, { maxLength: 3 });
    const pageSize = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        rows,
        conditions,
        fc.constantFrom(...ORDERS),
        pageSize,
        (all, wanted, [text, keyOf], size) => {
          const company = companyOf(all);
          const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([part]) => part).join(' AND ')}`;
          const sign = text.endsWith('DESC') ? -1 : 1;
          const expected = all
            .map((one, index) => ({ one, id: index + 1 }))
            .filter(({ one, id }) => !one.deleted && wanted.every(([, holds]) => holds(one, id)))
            .map(({ one, id }) => ({ id, key: text.includes('DocNumber') ? `n-${one.number}` : keyOf(one) }))
            .sort((l, r) => sign * (l.key === r.key ? l.id - r.id : l.key < r.key ? -1 : 1))
            .map(({ id }) => String(id));
          const { response: count } = runQuery(company, `select count(*) from Invoice ${where}`);
          expect(count).toEqual({ totalCount: expected.length });
          const found: unknown[] = [];
          for (let start = 1; start <= expected.length + 1; start += size) {
            const page = `STARTPOSITION ${start} MAXRESULTS ${size}`;
            const { response } = runQuery(company, `select * from Invoice ${where} ${text} ${page}`);
            found.push(...((response['Invoice'] ?? []) as Fields[]).map((one) => one['Id']));
          }
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });
});
