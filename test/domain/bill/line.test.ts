import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multiplied, salesLines } from '../../../src/domain/bill/line.js';
import type { FirmSettings } from '../../../src/domain/firm.js';
import type { BillLine, LineTax } from '../../../src/domain/bill.js';
import { expenseLine, otherLine, timeLine } from '../../support/builder.js';
import { SETTINGS } from '../../support/bill-books.js';

const sent = (lines: BillLine[], over: Partial<FirmSettings> = {}) =>
  salesLines(lines, {
    agreed: { ...SETTINGS, ...over },
    plain: (text) => text,
    classOf: (timekeeperId) => (timekeeperId === 'T1' ? '500' : undefined),
  });

const hst = (amountCents: number, over: Partial<LineTax> = {}): LineTax => ({
  name: 'HST',
  ratePerMillion: 130_000,
  amountCents,
  ...over,
});

describe('hours and rate', () => {
  test.each([
    ['multiply exactly', 1500, 30_000, 45_000, { quantityThousandths: 1500, unitPriceCents: 30_000 }],
    [
      'are rounded as QuickBooks does',
      333,
      10_001,
      3330,
      { quantityThousandths: 333, unitPriceCents: 10_001 },
    ],
    ['fall on half a cent, rounded up', 1500, 667, 1001, { quantityThousandths: 1500, unitPrice: '6.67333' }],
    [
      'fall on half a cent, rounded down',
      1500,
      667,
      1000,
      { quantityThousandths: 1500, unitPrice: '6.66667' },
    ],
    ['are a credit', 2000, -10_000, -20_000, { quantityThousandths: 2000, unitPriceCents: -10_000 }],
    [
      'fall on half a cent below zero',
      1500,
      -667,
      -1001,
      { quantityThousandths: 1500, unitPrice: '-6.67333' },
    ],
    ['were billed otherwise', 333, 10_000, 3333, {}],
    ['are none', 0, 10_000, 0, {}],
    [
      'are more than a double holds',
      24_000_000,
      99_999_999,
      2_399_999_976_000,
      { quantityThousandths: 24_000_000, unitPriceCents: 99_999_999 },
    ],
  ])('that %s', (_name, hoursThousandths, rateCents, amountCents, line) => {
    expect(multiplied({ hoursThousandths, rateCents, amountCents })).toEqual(line);
  });

  test('are sent only where their product is the amount, by a clear margin', () => {
    const line = fc.record({
      hoursThousandths: fc.integer({ min: 0, max: 100_000 }),
      rateCents: fc.integer({ min: -200_000, max: 200_000 }),
      off: fc.integer({ min: -2, max: 2 }),
    });
    fc.assert(
      fc.property(line, ({ hoursThousandths, rateCents, off }) => {
        const amountCents = Math.round((hoursThousandths * rateCents) / 1000) + off;
        const { quantityThousandths, unitPriceCents, unitPrice } = multiplied({
          hoursThousandths,
          rateCents,
          amountCents,
        });
        if (quantityThousandths === undefined) return;
        const price = unitPrice === undefined ? Number(unitPriceCents) / 100 : Number(unitPrice);
        const cents = (quantityThousandths / 1000) * price * 100;
        expect(Math.abs(cents - amountCents)).toBeLessThan(0.4999);
        expect(Math.abs(price * 100 - rateCents)).toBeLessThan(0.5);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a line', () => {
  test('has the item of its category before that of its kind', () => {
    const lines = [expenseLine({ category: 'Filing' }), expenseLine({ category: 'Travel' }), otherLine()];
    const ids = sent(lines, { categories: { Filing: '77' } }).map(({ itemId }) => itemId);
    expect(ids).toEqual(['77', '2', '3']);
  });

  test('of time has its timekeeper in front, its day and its class', () => {
    expect(sent([timeLine({ timekeeperId: 'T1' }), timeLine({ timekeeperId: 'T9' })])).toMatchObject([
      { description: 'R. Hale: Drafted the claim', servedOn: '2026-11-02', classQboId: '500' },
      { servedOn: '2026-11-02' },
    ]);
  });

  test('without a day has none', () => {
    expect(sent([otherLine({ kind: 'discount', amountCents: -100 })])).toEqual([
      { description: 'Incorporation', amountCents: -100, itemId: '4' },
    ]);
  });
});

describe('tax', () => {
  const lines = [
    expenseLine({ amountCents: 10_000, taxes: [hst(1300)] }),
    expenseLine({ amountCents: 5000 }),
    otherLine({ amountCents: 1000, taxes: [hst(130), hst(70, { name: 'PST', ratePerMillion: 70_000 })] }),
  ];

  test('as lines follows each line', () => {
    expect(
      sent(lines).map(({ description, amountCents, itemId }) => [description, amountCents, itemId]),
    ).toEqual([
      ['Court fee', 10_000, '2'],
      ['HST 13 % on: Court fee', 1300, '6'],
      ['Court fee', 5000, '2'],
      ['Incorporation', 1000, '3'],
      ['HST 13 % on: Incorporation', 130, '6'],
      ['PST 7 % on: Incorporation', 70, '6'],
    ]);
  });

  test('as a summary is a line for each, at the end', () => {
    const summary = sent(lines, { tax: 'summary', taxItems: { PST: '66' } }).slice(3);
    expect(summary).toEqual([
      { description: 'HST 13 %', amountCents: 1430, itemId: '6' },
      { description: 'PST 7 %', amountCents: 70, itemId: '66' },
    ]);
  });

  test('by code names the code of one tax, of two, and of none', () => {
    const taxCodes = { HST: '7', 'HST + PST': '8' };
    const codes = sent(lines, { tax: 'codes', taxCodes, untaxedCode: '4' }).map(({ taxCodeId }) => taxCodeId);
    expect(codes).toEqual(['7', '4', '8']);
  });

  test('of nothing is no line', () => {
    const free = [expenseLine({ taxes: [hst(0, { ratePerMillion: 0 })] })];
    expect([sent(free).length, sent(free, { tax: 'summary' }).length]).toEqual([1, 1]);
  });

  test('of two rates under one name is told apart, and what cancels out is left out', () => {
    const two = [
      expenseLine({ taxes: [hst(130)] }),
      expenseLine({ taxes: [hst(150, { ratePerMillion: 150_000 })] }),
      expenseLine({ taxes: [hst(-150, { ratePerMillion: 150_000 })] }),
    ];
    expect(sent(two, { tax: 'summary' }).slice(3)).toMatchObject([
      { description: 'HST 13 %', amountCents: 130 },
    ]);
  });
});
