import { describe, expect, test } from 'vitest';
import type { BillFacts, BillSnapshot } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import type { FirmSettings } from '../../../src/domain/firm.js';
import { aBill, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import { factsOf, settle } from '../../support/bill-books.js';

const HST = { name: 'HST', ratePerMillion: 130_000, amountCents: 1300 };
const taxed = (over: object = {}) => expenseLine({ amountCents: 10_000, taxes: [{ ...HST, ...over }] });
const plan = (
  over: Partial<BillSnapshot>,
  settings: Partial<FirmSettings> = {},
  facts: Partial<BillFacts> = {},
) => planBill(factsOf({ desired: aBill(over), settings: { ...factsOf().settings, ...settings }, ...facts }));

describe('what QuickBooks would refuse is found before it is asked', () => {
  test.each<[string, string, Partial<BillSnapshot>, object]>([
    ['no lines', 'no-lines', { lines: [] }, {}],
    ['nothing', 'zero-total', { lines: [expenseLine({ amountCents: 0 })] }, {}],
    [
      'a discount of all of it',
      'zero-total',
      { lines: [expenseLine({ amountCents: 100 }), otherLine({ kind: 'discount', amountCents: -100 })] },
      {},
    ],
    ['less than nothing', 'negative-total', { lines: [expenseLine({ amountCents: -1 })] }, {}],
    [
      'interest below zero',
      'negative-total',
      { lines: [expenseLine(), otherLine({ kind: 'interest', amountCents: -1 })] },
      {},
    ],
    ['a number that is too long', 'number-too-long', { number: '1234567890123456789' }, { supplied: '22' }],
    [
      'an interest number that is too long',
      'number-too-long',
      { number: '123456789012345', lines: [otherLine({ kind: 'interest' })] },
      { number: 'CF-123456789012345-INT' },
    ],
    [
      'a credit number that is too long',
      'number-too-long',
      { credits: [aCredit({ number: '1234567890123456789' })] },
      {},
    ],
    [
      'more credits than it comes to',
      'over-applied',
      { credits: [aCredit({ amountCents: 99_999_999 })] },
      {},
    ],
  ])('%s', (_name, fault, over, params) => {
    expect(plan(over)).toMatchObject({ do: 'park', fault, params });
  });

  test.each<[string, Partial<BillSnapshot>, string]>([
    ['line', { lines: [otherLine({ kind: 'flat-fee' })] }, 'flat-fee'],
    ['category', { lines: [otherLine({ category: 'Filing' })] }, 'Filing'],
    ['tax', { lines: [taxed()] }, 'tax'],
    ['write-off', { writeOffs: [aWriteOff()] }, 'write-off'],
  ])('a %s without an item', (_name, over, kind) => {
    const settings = { prefix: '', items: { time: '1', expense: '2' } };
    expect(planBill(factsOf({ desired: aBill(over), settings }))).toMatchObject({
      do: 'park',
      fault: 'no-item-mapped',
      params: { kind },
      needsCompany: true,
    });
  });

  test('more lines than it takes, taxes counted as they are sent', () => {
    const lines = Array.from({ length: 5000 }, () => expenseLine({ taxes: [HST, { ...HST, name: 'PST' }] }));
    expect(plan({ lines })).toMatchObject({
      fault: 'too-many-lines',
      params: { supplied: '15000', max: '10000' },
    });
    expect(plan({ lines }, { tax: 'summary' })).toMatchObject({ do: 'write' });
  });
});

describe('tax by code', () => {
  const codes = { tax: 'codes', taxCodes: { HST: '7' }, untaxedCode: '4' } as const;
  const profile = { ...DEFAULT_PROFILE, country: 'CA' };

  test.each<[string, string, BillSnapshot['lines'], Partial<FirmSettings>]>([
    ['needs a code for each tax', 'tax-code-missing', [taxed({ name: 'GST' })], {}],
    ['needs one for a line without tax', 'tax-code-missing', [expenseLine()], { untaxedCode: '' }],
    ['computes each rate once', 'tax-differs', [taxed({ amountCents: 1301 })], {}],
    ['takes a limited number of lines', 'too-many-lines', Array.from({ length: 751 }, () => taxed()), {}],
  ])('%s', (_name, fault, lines, over) => {
    const { untaxedCode = codes.untaxedCode } = over;
    const { untaxedCode: _code, ...rest } = codes;
    const settings = untaxedCode === '' ? rest : { ...rest, untaxedCode };
    expect(plan({ lines }, settings, { profile })).toMatchObject({ do: 'park', fault });
  });

  test('says what each side comes to', () => {
    const lines = [taxed({ amountCents: 1299 }), taxed({ amountCents: 1300 })];
    expect(plan({ lines }, codes, { profile })).toMatchObject({
      params: { tax: 'HST', ours: '25.99', theirs: '26.00' },
    });
  });

  test('goes through where each line is rounded otherwise and the sum is the same', () => {
    const lines = [taxed({ amountCents: 1299 }), taxed({ amountCents: 1301 })];
    expect(plan({ lines }, codes, { profile })).toMatchObject({
      do: 'write',
      intent: {
        tax: { totalCents: 2600 },
        totalCents: 22_600,
        lines: [{ taxCodeId: '7' }, { taxCodeId: '7' }],
      },
    });
  });

  test('is not for the United States', () => {
    expect(plan({ lines: [taxed()] }, codes)).toMatchObject({
      do: 'write',
    });
    const us = { profile: DEFAULT_PROFILE };
    expect(plan({ lines: [taxed()] }, codes, us)).toMatchObject({
      fault: 'tax-code-not-allowed',
      readsProfile: true,
    });
  });

  test('puts the code of no tax on credits', () => {
    const settings = { ...factsOf().settings, ...codes };
    const desired = aBill({ lines: [taxed()], credits: [aCredit({ amountCents: 100 })] });
    const { documents } = settle(factsOf({ desired, settings, profile }));
    expect(documents['bill/B1/credit/CN1']?.intent).toMatchObject({
      lines: [{ taxCodeId: '4' }],
      tax: { totalCents: 0 },
    });
  });
});

describe('currency', () => {
  const intentOf = (over: Partial<BillSnapshot>, facts: Partial<BillFacts>) => {
    const customers = {
      'contact/C1/customer': factsOf().documents['contact/C1/customer']!,
      'contact/C1/customer/EUR': { ...factsOf().documents['contact/C1/customer']!, qboId: '60' },
    };
    const step = plan(over, {}, { documents: customers, ...facts });
    return step.do === 'write' ? step.intent : expect.fail(JSON.stringify(step));
  };
  const several = { profile: { ...DEFAULT_PROFILE, multiCurrency: true } };

  test('is not named where the company has one', () => {
    expect(intentOf({}, {})).not.toHaveProperty('currency');
  });

  test('of its own is named where it has several, without a rate', () => {
    const own = intentOf({ currency: 'USD', exchangeRate: '1.5' }, several);
    expect(own).toMatchObject({ currency: 'USD', customerQboId: '58' });
    expect(own).not.toHaveProperty('exchangeRate');
  });

  test('of another stands under the customer of that currency', () => {
    const foreign = intentOf({ currency: 'EUR', exchangeRate: '1.0825' }, several);
    expect(foreign).toMatchObject({ currency: 'EUR', exchangeRate: '1.0825', customerQboId: '60' });
  });
});

describe('closed books', () => {
  const INVOICE = 'bill/B1/invoice';
  const closed = (closedThrough: string) => ({ profile: { ...DEFAULT_PROFILE, closedThrough } });
  const posted = settle(factsOf({ desired: aBill({ credits: [aCredit()] }) })).documents;

  test.each([
    ['2026-11-09', { do: 'write', action: 'create' }],
    ['2026-11-10', { do: 'park', fault: 'closed-period', readsProfile: true, on: INVOICE }],
  ])('through %s: a bill of 2026-11-10', (closedThrough, step) => {
    expect(plan({}, {}, closed(closedThrough))).toMatchObject(step);
  });

  test.each<[string, Partial<BillSnapshot>, string]>([
    ['changed', { number: '7', credits: [aCredit()] }, 'closed-period-correction'],
    ['moved out of them', { issuedOn: '2026-12-01', credits: [aCredit()] }, 'closed-period-correction'],
    ['voided with its credits', { state: 'void' }, 'closed-period-credit-correction'],
  ])('let no invoice in them be %s', (_name, over, fault) => {
    const step = settle(factsOf({ desired: aBill(over), documents: posted, ...closed('2026-11-30') })).last;
    expect(step).toMatchObject({
      do: 'park',
      fault,
      params: { closedThrough: '2026-11-30' },
    });
  });

  test('let no void begin that would meet them half way', () => {
    const late = settle(
      factsOf({ desired: aBill({ credits: [aCredit({ date: '2026-12-15' })] }) }),
    ).documents;
    const { last, writes } = settle(
      factsOf({ desired: aBill({ state: 'void' }), documents: late, ...closed('2026-11-30') }),
    );
    expect(writes).toEqual([]);
    expect(last).toMatchObject({ fault: 'closed-period-correction', on: INVOICE });
  });

  test('let nothing be moved into them', () => {
    const desired = aBill({ issuedOn: '2026-10-01', credits: [aCredit()] });
    expect(planBill(factsOf({ desired, documents: posted, ...closed('2026-10-31') }))).toMatchObject({
      fault: 'closed-period-correction',
      params: { date: '2026-10-01' },
    });
  });

  test('do not concern what is after them', () => {
    const desired = aBill({ credits: [aCredit()], writeOffs: [aWriteOff()] });
    const settled = settle(factsOf({ desired, documents: posted, ...closed('2026-12-19') }));
    expect(settled.writes).toEqual([
      ['create', 'bill/B1/credit/WO1'],
      ['create', 'bill/B1/application/WO1'],
    ]);
  });

  test('leave a bill alone that says the same', () => {
    const desired = aBill({ credits: [aCredit()] });
    expect(planBill(factsOf({ desired, documents: posted, ...closed('2027-12-31') }))).toEqual({
      do: 'nothing',
    });
  });
});
