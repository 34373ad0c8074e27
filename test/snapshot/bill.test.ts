import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBill } from '../../src/snapshot/bill.js';
import { SnapshotError } from '../../src/snapshot/field.js';
import { PRIORITY, workflowId } from '../../src/workflows/messages.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine, timeLine } from '../support/builder.js';

const MOST_CENTS = 99_999_999_999;
const DAY = 'must be a calendar day, YYYY-MM-DD';
const ID = 'may hold letters, digits and . _ @ - only';
const MATTER = { matterId: 'M1', number: '2026-017', description: 'Engine dispute' };
const TAX = { name: 'HST', ratePerMillion: 130_000, amountCents: 1632 };
const EVERY_KIND = [
  timeLine({ timekeeperId: 'T1' }),
  expenseLine(),
  otherLine(),
  otherLine({ kind: 'discount', amountCents: -100, date: '2026-11-01' }),
  otherLine({ kind: 'interest', amountCents: 1250 }),
];
const CENTS = {
  least: `expected number to be >=-${MOST_CENTS}`,
  most: `expected number to be <=${MOST_CENTS}`,
};

const bill = (over: object) => ({ ...aBill(), ...over });
const billOfTime = (over: object) => bill({ lines: [expenseLine(), { ...timeLine(), ...over }] });
const billOfExpense = (over: object) => bill({ lines: [{ ...expenseLine(), ...over }] });
const billOfOther = (over: object) => bill({ lines: [{ ...otherLine(), ...over }] });
const billOfMatter = (over: object) => bill({ matters: [{ ...MATTER, ...over }] });

function refusal(value: unknown): SnapshotError {
  try {
    parseBill(value);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return error as SnapshotError;
  }
  return expect.fail('it was taken');
}

describe('a bill is taken', () => {
  test.each<[string, object]>([
    ['as it usually is', aBill()],
    ['without matters and lines', bill({ matters: [], lines: [] })],
    ['with the longest ids', bill({ firmId: 'f'.repeat(64), billId: 'b'.repeat(64) })],
    ['with every sign of an id', bill({ billId: 'aZ09._@-' })],
    ['with the longest number', bill({ number: '1'.repeat(100) })],
    ['with the last version', bill({ version: Number.MAX_SAFE_INTEGER })],
    ['on a leap day', bill({ issuedOn: '2028-02-29' })],
    ['with the most matters', bill({ matters: Array<object>(500).fill(MATTER) })],
    ['with the most lines', bill({ lines: Array<object>(5000).fill(expenseLine()) })],
    ['with the longest texts', billOfTime({ description: 'd'.repeat(3500), timekeeper: 't'.repeat(200) })],
    ['with a long matter', billOfMatter({ number: 'n'.repeat(100), description: 'd'.repeat(1000) })],
    ['with no hours', billOfTime({ hoursThousandths: 0, amountCents: 0 })],
    ['with the most money', billOfTime({ rateCents: MOST_CENTS, amountCents: MOST_CENTS })],
    ['with a discount', billOfExpense({ amountCents: -MOST_CENTS })],
    ['with lines of every kind', bill({ lines: EVERY_KIND })],
    ['with two taxes on a line', billOfExpense({ taxes: [TAX, { ...TAX, name: 'PST' }] })],
    ['with a line of one of its matters', billOfExpense({ matterId: 'M1', category: 'Filing' })],
    ['in another currency', bill({ currency: 'CAD', exchangeRate: '0.731234567' })],
    ['of one day of work', bill({ servicePeriod: { from: '2026-11-01', to: '2026-11-01' } })],
    ['with notes', bill({ notes: 'n'.repeat(4000) })],
    ['with credits and write-offs', bill({ credits: [aCredit()], writeOffs: [aWriteOff()] })],
    ['with a credit that is used for nothing', bill({ credits: [aCredit({ appliedCents: 0 })] })],
    ['with a credit that is used whole', bill({ credits: [aCredit({ number: '7', appliedCents: 10_000 })] })],
    ['in the place of another', bill({ replaces: 'B0' })],
  ])('%s', (_name, value) => {
    expect(parseBill(value)).toEqual(value);
  });
});

describe('a bill is refused, with the field and the rule', () => {
  test.each<[field: string, rule: string, value: unknown]>([
    ['', 'expected object, received null', null],
    ['', 'expected object, received string', JSON.stringify(aBill())],
    ['', 'Unrecognized key: "total"', bill({ total: 1 })],
    ['firmId', ID, bill({ firmId: 'firm:1' })],
    ['firmId', 'expected string, received undefined', bill({ firmId: undefined })],
    ['billId', 'expected string to have <=64 characters', bill({ billId: 'b'.repeat(65) })],
    ['billId', ID, bill({ billId: 'B1\n' })],
    ['billId', ID, bill({ billId: 'Bü' })],
    ['version', 'expected number to be >=1', bill({ version: 0 })],
    ['version', 'expected int, received number', bill({ version: 1.5 })],
    ['version', 'expected number, received string', bill({ version: '1' })],
    ['version', 'expected int to be <=9007199254740991', bill({ version: 2 ** 53 })],
    ['state', 'expected one of "approved"|"void"', bill({ state: 'draft' })],
    ['number', 'expected string to have >=1 characters', bill({ number: '' })],
    ['number', 'expected string to have <=100 characters', bill({ number: '1'.repeat(101) })],
    ['number', 'expected string, received number', bill({ number: 1042 })],
    ['issuedOn', DAY, bill({ issuedOn: '2026-02-30' })],
    ['issuedOn', DAY, bill({ issuedOn: '10/11/2026' })],
    ['dueOn', DAY, bill({ dueOn: '2026-12-10T00:00:00Z' })],
    ['dueOn', DAY, bill({ dueOn: null })],
    ['client', 'expected object, received undefined', bill({ client: undefined })],
    ['client.name', 'must not contain a colon', bill({ client: { ...aClient(), name: 'a:b' } })],
    ['matters', 'expected array to have <=500 items', bill({ matters: Array<object>(501).fill(MATTER) })],
    ['matters.0.matterId', ID, billOfMatter({ matterId: 'M 1' })],
    ['matters.0.number', '<=100 characters', billOfMatter({ number: 'n'.repeat(101) })],
    ['matters.0.description', '<=1000 characters', billOfMatter({ description: 'd'.repeat(1001) })],
    ['matters.0.description', '>=1 characters', billOfMatter({ description: '' })],
    ['matters.0', 'Unrecognized key: "name"', billOfMatter({ name: 'x' })],
    ['lines', 'expected array to have <=5000 items', bill({ lines: Array<object>(5001).fill(timeLine()) })],
    ['lines.0', 'expected object, received null', bill({ lines: [null] })],
    [
      'lines.0.kind',
      "Expected 'time' | 'expense' | 'discount' | 'flat-fee' | 'interest'",
      billOfExpense({ kind: 'tax' }),
    ],
    ['lines.0', 'Unrecognized key: "rateCents"', billOfExpense({ rateCents: 1 })],
    ['lines.0.description', '>=1 characters', billOfExpense({ description: '' })],
    ['lines.0.description', '<=3500 characters', billOfExpense({ description: 'd'.repeat(3501) })],
    ['lines.0.date', DAY, billOfExpense({ date: '2026-13-01' })],
    ['lines.0.amountCents', CENTS.most, billOfExpense({ amountCents: MOST_CENTS + 1 })],
    ['lines.0.amountCents', 'expected int, received number', billOfExpense({ amountCents: 125.5 })],
    ['lines.1.description', '<=3500 characters', billOfTime({ description: 'd'.repeat(3501) })],
    ['lines.1.date', DAY, billOfTime({ date: '' })],
    ['lines.1.timekeeper', '>=1 characters', billOfTime({ timekeeper: '' })],
    ['lines.1.timekeeper', '<=200 characters', billOfTime({ timekeeper: 't'.repeat(201) })],
    ['lines.1.hoursThousandths', 'expected number to be >=0', billOfTime({ hoursThousandths: -1 })],
    ['lines.1.hoursThousandths', 'expected int, received number', billOfTime({ hoursThousandths: 1.5 })],
    ['lines.1.rateCents', CENTS.most, billOfTime({ rateCents: MOST_CENTS + 1 })],
    ['lines.1.rateCents', CENTS.least, billOfTime({ rateCents: -MOST_CENTS - 1 })],
    ['lines.1.amountCents', CENTS.least, billOfTime({ amountCents: -MOST_CENTS - 1 })],
    ['lines.1.amountCents', 'received undefined', billOfTime({ amountCents: undefined })],
    ['lines.0.amountCents', 'expected number to be <=0', billOfOther({ kind: 'discount', amountCents: 1 })],
    ['lines.0', 'Unrecognized key: "timekeeper"', billOfOther({ timekeeper: 'R. Hale' })],
    ['lines.0.matterId', 'must be one of the matters', billOfExpense({ matterId: 'M2' })],
    ['lines.0.category', '<=100 characters', billOfExpense({ category: 'c'.repeat(101) })],
    ['lines.0.taxes', 'to have <=2 items', billOfExpense({ taxes: [TAX, TAX, TAX] })],
    [
      'lines.0.taxes.0.ratePerMillion',
      '<=1000000',
      billOfExpense({ taxes: [{ ...TAX, ratePerMillion: 1_000_001 }] }),
    ],
    ['lines.0.taxes.0.name', '>=1 characters', billOfExpense({ taxes: [{ ...TAX, name: '' }] })],
    ['currency', 'a currency code such as CAD', bill({ currency: 'cad' })],
    ['exchangeRate', 'a decimal above zero', bill({ exchangeRate: '0.000' })],
    ['exchangeRate', 'a decimal above zero', bill({ exchangeRate: '1e3' })],
    [
      'servicePeriod.to',
      'must not be before "from"',
      bill({ servicePeriod: { from: '2026-11-02', to: '2026-11-01' } }),
    ],
    ['notes', '<=4000 characters', bill({ notes: 'n'.repeat(4001) })],
    ['credits.0.amountCents', '>=1', bill({ credits: [aCredit({ amountCents: 0 })] })],
    [
      'credits.0.appliedCents',
      'more than "amountCents"',
      bill({ credits: [aCredit({ appliedCents: 10_001 })] }),
    ],
    ['credits.1.creditId', 'used once', bill({ credits: [aCredit(), aCredit()] })],
    [
      'writeOffs.0.writeOffId',
      'used once',
      bill({ credits: [aCredit()], writeOffs: [aWriteOff({ writeOffId: 'CN1' })] }),
    ],
    ['writeOffs.0.kind', '"write-off"|"bad-debt"', bill({ writeOffs: [{ ...aWriteOff(), kind: 'gift' }] })],
    ['replaces', 'must be another bill', bill({ replaces: 'B1' })],
  ])('%s: %s', (field, rule, value) => {
    const { problems } = refusal(value);
    expect(problems).toEqual([expect.objectContaining({ field, rule: expect.stringContaining(rule) })]);
  });
});

describe('the message', () => {
  test('names each problem with the value it has, one a line', () => {
    const value = bill({ state: 'draft', dueOn: undefined, lines: [{ ...expenseLine(), amountCents: 1.5 }] });
    expect(refusal(value).message.split('\n')).toEqual([
      'This is not a bill that can be taken:',
      'state: Invalid option: expected one of "approved"|"void"; got "draft"',
      `dueOn: ${DAY}; got nothing`,
      'lines.0.amountCents: Invalid input: expected int, received number; got 1.5',
    ]);
  });

  test('speaks of the whole, and shows no more than its beginning', () => {
    const [, line] = refusal(bill({ total: 1 })).message.split('\n');
    const start = JSON.stringify(bill({ total: 1 })).slice(0, 60);
    expect(line).toBe(`(the whole): Unrecognized key: "total"; got ${start}…`);
  });
});

describe('a workflow', () => {
  const id = fc.stringMatching(/^[\w.@-]{1,64}$/);
  const ref = fc.tuple(fc.constantFrom('bill', 'contact', 'company'), id, id);

  test('has an id of its own for each aggregate that can be taken, short enough for Temporal', () => {
    fc.assert(
      fc.property(ref, ref, (one, other) => {
        expect(() => parseBill(bill({ firmId: one[1], billId: one[2] }))).not.toThrow();
        expect(workflowId(...one).split(':')).toEqual(one);
        expect(workflowId(...one).length).toBeLessThanOrEqual(255);
        expect(workflowId(...one) === workflowId(...other)).toBe(one.join() === other.join());
      }),
    );
  });

  test('of a person runs before one of a machine, within the priorities that Temporal knows', () => {
    const { interactive, normal, backfill } = PRIORITY;
    expect([backfill, normal, interactive].sort()).toEqual([interactive, normal, backfill]);
    expect(interactive).toBeGreaterThanOrEqual(1);
    expect(backfill).toBeLessThanOrEqual(5);
  });
});
