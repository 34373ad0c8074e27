import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillLine, BillSnapshot, LineTax } from '../../src/domain/bill.js';
import { planBill, type BillStep } from '../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import type { FirmSettings } from '../../src/domain/firm.js';
import { sumCents, timesRateCents } from '../../src/domain/money.js';
import { toCents } from '../../src/qbo/decimal.js';
import { freezeBody } from '../../src/qbo/document.js';
import { Bench, errorsOf, type Json } from '../simulator/company.js';
import { aBill, expenseLine, otherLine, timeLine } from '../support/builder.js';
import { aCustomer, factsOf } from '../support/bill-books.js';

const BILLS = 10_000;
const AT_ONCE = 30;
/** Printed when a bill comes to something else, so that the same ones can be made again. */
const SEED = 20_261_122;

const GST = { name: 'GST', ratePerMillion: 50_000 };
const PST = { name: 'PST BC', ratePerMillion: 70_000 };
const HST = { name: 'HST ON', ratePerMillion: 130_000 };
const TAXES = [[], [], [GST], [HST], [GST, PST]];

/** Programs round at different places: each line half up, half even or down. */
type Rounding = (exact: number) => number;
const ROUNDINGS: Rounding[] = [
  Math.round,
  Math.floor,
  (exact) => (exact % 1 === 0.5 && Math.floor(exact) % 2 === 0 ? Math.floor(exact) : Math.round(exact)),
];

const line = (rounding: Rounding): fc.Arbitrary<BillLine> =>
  fc
    .record({
      kind: fc.constantFrom('time', 'time', 'time', 'expense', 'discount'),
      hoursThousandths: fc.integer({ min: 1, max: 24_000 }),
      rateCents: fc.integer({ min: 1, max: 150_000 }),
      taxes: fc.constantFrom(...TAXES),
    })
    .map(({ kind, hoursThousandths, rateCents, taxes }) => {
      const amountCents = rounding((hoursThousandths * rateCents) / 1000);
      const taxed = (cents: number): { taxes?: LineTax[] } =>
        taxes.length === 0
          ? {}
          : {
              taxes: taxes.map((tax) => ({
                ...tax,
                amountCents: rounding((cents * tax.ratePerMillion) / 1e6),
              })),
            };
      if (kind === 'time')
        return timeLine({ hoursThousandths, rateCents, amountCents, ...taxed(amountCents) });
      if (kind === 'expense') return expenseLine({ amountCents: rateCents, ...taxed(rateCents) });
      const offCents = -Math.ceil(rateCents / 100);
      return otherLine({ kind: 'discount', amountCents: offCents, ...taxed(offCents) });
    });

const bill = fc
  .constantFrom(...ROUNDINGS)
  .chain((rounding) => fc.array(line(rounding), { minLength: 1, maxLength: 6 }))
  .map((lines) => aBill({ lines }));

const totalOf = ({ lines }: BillSnapshot): number =>
  sumCents(
    lines.flatMap(({ amountCents, taxes = [] }) => [amountCents, ...taxes.map((tax) => tax.amountCents)]),
  );

interface Books {
  bench: Bench;
  plan: (desired: BillSnapshot) => BillStep;
}

async function openBooks(seed: string, settings: Partial<FirmSettings>): Promise<Books> {
  const bench = await Bench.start(seed);
  const { Id } = await bench.make('Customer', { DisplayName: 'Ada Lovelace' });
  const item = await bench.query('select * from Item maxresults 1');
  const itemId = ((item.json.QueryResponse as Json).Item as Json[])[0]?.Id as string;
  const profile = {
    ...DEFAULT_PROFILE,
    country: seed === 'canada' ? 'CA' : 'US',
    usesSalesTax: seed === 'canada',
  };
  const firm = {
    prefix: '',
    items: { time: itemId, expense: itemId, discount: itemId, tax: itemId },
    ...settings,
  };
  return {
    bench,
    plan: (desired) =>
      planBill(factsOf({ desired, settings: firm, profile, documents: aCustomer('C1', String(Id)) })),
  };
}

/** Posts all of them, many in a call, and answers what QuickBooks computed or said of each. */
async function totalsOf({ bench }: Books, bodies: string[]): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for (let at = 0; at < bodies.length; at += AT_ONCE) {
    const items = bodies.slice(at, at + AT_ONCE).map((body, index) => ({
      bId: String(index),
      operation: 'create',
      Invoice: { ...(JSON.parse(body) as Json), DocNumber: undefined },
    }));
    const { json } = await bench.post('/batch', { BatchItemRequest: items });
    for (const answer of json.BatchItemResponse as Json[]) {
      const invoice = answer.Invoice as Json | undefined;
      found.push(invoice ? toCents(invoice.TotalAmt) : JSON.stringify(answer.Fault));
    }
  }
  return found;
}

describe.each<[string, string, Partial<FirmSettings>]>([
  ['each tax as a line, in the United States', 'law-firm', { tax: 'lines' }],
  ['one line for each tax, in the United States', 'law-firm', { tax: 'summary' }],
  ['each tax as a line, in Canada', 'canada', { tax: 'lines', untaxedCode: '4' }],
  [
    'tax by code, in Canada',
    'canada',
    { tax: 'codes', untaxedCode: '4', taxCodes: { GST: '5', 'HST ON': '7', 'GST + PST BC': '6' } },
  ],
])('%s', (_name, seed, settings) => {
  test(`${BILLS} bills come to the cent to what QuickBooks computes, or are found out before`, async () => {
    const books = await openBooks(seed, settings);
    const bills = fc.sample(bill, { numRuns: BILLS, seed: SEED });
    const planned = bills.map((desired) => ({ desired, step: books.plan(desired) }));
    const written = planned.flatMap(({ desired, step }) =>
      step.do === 'write' ? [{ desired, body: freezeBody(step.intent, step.action) }] : [],
    );
    const faults = new Set(planned.map(({ step }) => (step.do === 'park' ? step.fault : step.do)));
    const allowed = settings.tax === 'codes' ? ['tax-differs'] : [];
    expect(
      [...faults].filter((one) => !['write', 'zero-total', 'negative-total', ...allowed].includes(one)),
    ).toEqual([]);
    expect(written.length).toBeGreaterThan(BILLS / 4);
    const totals = await totalsOf(
      books,
      written.map(({ body }) => body),
    );
    const wrong = written.flatMap(({ desired }, index) =>
      totals[index] === totalOf(desired) ? [] : [{ desired, theirs: totals[index] }],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    await books.bench.close();
  }, 300_000);
});

test('what is found out before would indeed come to something else', async () => {
  const books = await openBooks('canada', { tax: 'lines', untaxedCode: '4' });
  const taxed = (amountCents: number) => expenseLine({ amountCents: 1050, taxes: [{ ...GST, amountCents }] });
  const desired = aBill({ lines: [taxed(53), taxed(53), taxed(53)] });
  const facts = factsOf({
    desired,
    settings: { ...factsOf().settings, tax: 'codes', taxCodes: { GST: '5' }, untaxedCode: '4' },
    profile: { ...DEFAULT_PROFILE, country: 'CA' },
  });
  expect(planBill(facts)).toMatchObject({ fault: 'tax-differs', params: { ours: '1.59', theirs: '1.58' } });
  const line = { Amount: 10.5, DetailType: 'SalesItemLineDetail' };
  const [customer] = ((await books.bench.query('select * from Customer')).json.QueryResponse as Json)
    .Customer as Json[];
  const answer = await books.bench.post('/invoice', {
    CustomerRef: { value: customer?.Id },
    GlobalTaxCalculation: 'TaxExcluded',
    Line: [1, 2, 3].map(() => ({
      ...line,
      SalesItemLineDetail: { ItemRef: { value: '2' }, TaxCodeRef: { value: '5' } },
    })),
  });
  expect(errorsOf(answer)).toEqual([]);
  expect((answer.json.Invoice as Json).TotalAmt).toBe(33.08);
  await books.bench.close();
});

test('hours times rate is what both sides mean by it', () => {
  expect(timesRateCents(1500, 667)).toBe(1001);
});
