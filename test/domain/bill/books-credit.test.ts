import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillFacts, BillSnapshot, CreditNote, WriteOff } from '../../../src/domain/bill.js';
import { openCents } from '../../../src/domain/allocation.js';
import { countersIn, withKept } from '../../../src/domain/bill/counter.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import { live, type Documents } from '../../../src/domain/document.js';
import type { FirmSettings } from '../../../src/domain/firm.js';
import type { Intent } from '../../../src/domain/intent.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import {
  aCustomer,
  aPayment,
  carryOut,
  factsOf,
  settle,
  SETTINGS,
  wrongIn,
} from '../../support/bill-books.js';

/** A bill of 10 November and its credits of the 15th are in the books, which are closed through that month by now. */
const closedThrough = '2026-11-30';
const profile = { ...DEFAULT_PROFILE, closedThrough };
const customers = { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') };
const settings: FirmSettings = { ...SETTINGS, items: { ...SETTINGS.items, credit: '9' } };
const lines = [expenseLine({ amountCents: 10_000 })];
const bill = (over: Partial<BillSnapshot>) => aBill({ lines, ...over });
const credit = (amountCents: number, creditId = 'CN1', date = '2026-11-15') =>
  aCredit({ creditId, date, amountCents });

const posted = (over: Partial<BillSnapshot>): Documents =>
  settle(factsOf({ desired: bill(over), documents: customers, settings })).documents;
const closed = (
  locked: FirmSettings['locked'],
  over: Partial<BillSnapshot>,
  documents: Documents,
): BillFacts =>
  factsOf({
    desired: bill({ version: 2, ...over }),
    documents,
    settings: { ...settings, ...(locked && { locked }) },
    profile,
  });

const present = (documents: Documents): Intent[] =>
  Object.values(withKept(documents)).flatMap((one) => live(one)?.intent ?? []);

/** What each item has taken in by now. */
function taken(documents: Documents): Record<string, number> {
  const sums = new Map<string, number>();
  for (const intent of present(documents)) {
    if (intent.document !== 'invoice' && intent.document !== 'credit-memo') continue;
    const sign = intent.document === 'invoice' ? 1 : -1;
    for (const { itemId, amountCents } of intent.lines)
      sums.set(itemId, (sums.get(itemId) ?? 0) + sign * amountCents);
  }
  return Object.fromEntries([...sums].filter(([, cents]) => cents !== 0));
}

const ofThen = (documents: Documents, until = closedThrough) =>
  present(documents)
    .filter((intent) => 'issuedOn' in intent && intent.issuedOn <= until)
    .map((intent) => JSON.stringify({ ...intent, terms: undefined }))
    .sort();

describe('a credit note in closed books that changes', () => {
  const before = posted({ credits: [credit(2000)] });

  test('asks, and offers to be taken back with its invoice', () => {
    const fault = 'closed-period-credit-correction';
    expect(planBill(closed('ask', { credits: [credit(500)] }, before))).toMatchObject({ do: 'park', fault });
    expect(planBill(closed('ask', {}, before))).toMatchObject({ do: 'park', fault });
  });

  test('is taken back in the open period with its invoice, and both are posted anew', () => {
    const { documents, writes, last } = settle(closed('reverse', { credits: [credit(500)] }, before));
    expect(last).toEqual({ do: 'nothing' });
    expect(writes.map(([action, key]) => [action, key.replace(/\d+$/, '')])).toEqual([
      ['create', 'bill/B1/counter/'],
      ['create', 'bill/B1/counter-use/'],
      ['create', 'bill/B1/invoice'],
      ['create', 'bill/B1/credit/CN'],
      ['create', 'bill/B1/application/CN'],
    ]);
    const counter = present(documents).find(
      (one) => one.document === 'credit-memo' && one.kind === 'counter',
    );
    expect(counter).toMatchObject({
      issuedOn: '2026-12-01',
      totalCents: 8000,
      lines: [
        { itemId: '2', amountCents: 10_000 },
        { itemId: '9', amountCents: -2000 },
      ],
    });
    expect(live(documents['bill/B1/credit/CN1'])?.intent).toMatchObject({
      number: 'CF-1042-CN1-R1',
      issuedOn: '2026-12-01',
      meantOn: '2026-11-15',
      totalCents: 500,
    });
    expect(taken(documents)).toEqual({ '2': 10_000, '9': -500 });
    expect(ofThen(documents)).toEqual(ofThen(before));
  });

  test('goes with a bill that is voided', () => {
    const { documents, writes, last } = settle(
      closed('reverse', { state: 'void', credits: [credit(2000)] }, before),
    );
    expect([writes.length, last]).toEqual([2, { do: 'nothing' }]);
    expect(taken(documents)).toEqual({});
  });

  test('is changed afterwards as any other, and goes on to its end when the choice was of an older version', () => {
    const facts = closed('reverse', { credits: [credit(500)] }, before);
    const step = planBill(facts);
    if (step.do !== 'write') return expect.fail(step.do);
    const half = carryOut(facts.documents, step);
    const { documents } = settle(closed('ask', { version: 3, credits: [credit(700)] }, half));
    expect(taken(documents)).toEqual({ '2': 10_000, '9': -700 });
    const { writes, last } = settle(closed('ask', { version: 4, credits: [credit(600)] }, documents));
    expect([writes.map(([action]) => action), last.do]).toEqual([['update', 'update'], 'nothing']);
  });

  test.each([
    ['comes to all of its invoice', { credits: [credit(10_000)] }],
    ['is used in part', { credits: [aCredit({ amountCents: 2000, appliedCents: 1000 })] }],
    [
      'is used on two invoices',
      {
        lines: [...lines, otherLine({ kind: 'interest' as const, amountCents: 3000 })],
        credits: [credit(11_000)],
      },
    ],
  ])('and %s is asked about, and not taken back', (_what, over) => {
    const documents = posted(over);
    for (const locked of ['ask', 'reverse'] as const) {
      const { writes, last } = settle(closed(locked, { ...over, credits: [credit(500)] }, documents));
      expect([writes, last]).toMatchObject([[], { do: 'park', fault: 'closed-period-credit' }]);
    }
  });
});

const cents = fc.integer({ min: 1, max: 40 }).map((amount) => amount * 100);
const life = fc.record({
  state: fc.constantFrom('approved' as const, 'approved' as const, 'approved' as const, 'void' as const),
  client: fc.constantFrom('C1', 'C1', 'C1', 'C2').map((clientId) => aClient({ clientId })),
  lines: fc
    .tuple(fc.constantFrom(8000, 10_000, 10_000), fc.constantFrom(0, 0, 500, 700))
    .map(([own, interest]) => [
      expenseLine({ amountCents: own }),
      ...(interest === 0 ? [] : [otherLine({ kind: 'interest', amountCents: interest })]),
    ]),
  credits: fc
    .tuple(cents, fc.option(cents), fc.constantFrom('2026-11-15', '2026-12-03'))
    .chain(([one, other, date]) =>
      fc.constantFrom<CreditNote[]>(
        [],
        [credit(one)],
        [credit(one), ...(other === null ? [] : [credit(other, 'CN2', date)])],
      ),
    ),
  writeOffs: fc.constantFrom<WriteOff[]>([], [], [aWriteOff({ date: '2026-11-20', amountCents: 1000 })]),
});

const closings = fc.constantFrom([closedThrough, closedThrough], [closedThrough, '2026-12-31']);

/** What was received of it lies on its invoice. */
function paid(documents: Documents): Documents {
  const [[key, payment] = expect.fail('no payment')] = Object.entries(aPayment('P1', 1500));
  if (payment.intent.document !== 'payment') return expect.fail('no payment');
  const invoiceQboId = documents['bill/B1/invoice']?.qboId ?? '';
  const allocations = payment.intent.allocations.map((one) => ({ ...one, invoiceQboId }));
  return { ...documents, [key]: { ...payment, intent: { ...payment.intent, allocations } } };
}

test('whatever is taken back, each account has what the bill says, and nothing of then is touched', () => {
  let reversed = 0;
  fc.assert(
    fc.property(life, fc.tuple(life, life), closings, fc.boolean(), (first, lives, days, isPaid) => {
      const start = posted({ ...first, state: 'approved' });
      let documents = isPaid ? paid(start) : start;
      fc.pre(wrongIn(documents) === undefined);
      for (const [index, over] of lives.entries()) {
        const desired = { ...over, version: index + 2 };
        const until = days[index] ?? '';
        const facts = {
          ...closed('reverse', desired, documents),
          profile: { ...profile, closedThrough: until },
        };
        const { writes, last, ...settled } = settle(facts);
        // Nothing is taken back half way; what waits for a payment is brought to its end by others.
        if (last.do === 'park') expect(writes).toEqual([]);
        if (last.do !== 'nothing') return;
        expect(ofThen(settled.documents, until)).toEqual(ofThen(documents, until));
        ({ documents } = settled);
        const fresh = settle(factsOf({ desired: bill(desired), documents: customers, settings }));
        expect(taken(documents)).toEqual(taken(fresh.documents));
        const counters = countersIn(documents, 'B1');
        const kept = withKept(documents);
        for (const one of counters) expect(openCents(kept, '', one.keptKey, one.invoice.totalCents)).toBe(0);
        reversed += counters.some(({ credits }) => credits.length > 0) ? 1 : 0;
      }
    }),
    { numRuns: 400 },
  );
  expect(reversed).toBeGreaterThan(50);
});
