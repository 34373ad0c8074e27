import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import {
  customerKey,
  invoiceKey,
  paymentKey,
  reversalKey,
  type Documents,
  type PostedDocument,
} from '../../src/domain/document.js';
import { sameJson } from '../../src/domain/json.js';
import type { InvoiceIntent, PaymentIntent } from '../../src/domain/intent.js';
import { sumCents } from '../../src/domain/money.js';
import type { PaymentFacts, PaymentSnapshot } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aPayment } from '../support/builder.js';

/** A model of the books: each write is carried out, and what may never be true is looked for after each. */

const BILLS = ['B1', 'B2', 'B3'];
const TOTAL_CENTS = 1000;

const invoice = (billId: string): PostedDocument<InvoiceIntent> => ({
  intent: {
    document: 'invoice',
    number: billId,
    // Two of them stand under the client, one under a matter.
    customerQboId: billId === 'B3' ? '59' : '58',
    issuedOn: '2026-11-10',
    dueOn: '2026-12-10',
    memo: '',
    lines: [],
    totalCents: TOTAL_CENTS,
    terms: { prefix: '', items: {} },
    mark: invoiceKey(billId),
  },
  qboId: billId,
  syncToken: '0',
});

const customer: PostedDocument = {
  intent: { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') },
  qboId: '58',
  syncToken: '0',
};

const live = (documents: Documents, key: string) =>
  documents[key]?.removed === undefined ? documents[key] : undefined;

const paymentIn = (documents: Documents) =>
  live(documents, paymentKey('P1'))?.intent as PaymentIntent | undefined;

/** Carries out what the plan asks for until it asks no more. */
function settle(before: PaymentFacts): { facts: PaymentFacts; writes: string[] } {
  let facts = before;
  const writes: string[] = [];
  for (;;) {
    const step = planPayment(facts);
    if (step.do !== 'write') return { facts, writes };
    // Created only where nothing is, changed and removed only what is there.
    expect(step.action === 'create').toBe(live(facts.documents, step.key) === undefined);
    writes.push(step.key);
    expect(writes.length).toBeLessThan(5);
    const removed = step.action === 'delete' && ({ removed: 'deleted' } as const);
    const held = step.intent.document === 'payment' ? { ...step.intent, heldInId: '4' } : step.intent;
    const posted: PostedDocument = { intent: held, qboId: `qbo-${step.key}`, syncToken: '0', ...removed };
    facts = { ...facts, documents: { ...facts.documents, [step.key]: posted } };
    expectSound(facts.documents);
  }
}

/** What may never be true of the books, not even between two writes. */
function expectSound(documents: Documents): void {
  const payment = paymentIn(documents);
  const reversal = live(documents, reversalKey('P1'));
  const allocations = payment?.allocations ?? [];
  expect(sumCents(allocations.map((one) => one.amountCents))).toBeLessThanOrEqual(payment?.amountCents ?? 0);
  for (const { invoiceKey: key } of allocations) expect(live(documents, key)).toBeDefined();
  expect(new Set(allocations.map((one) => one.invoiceKey)).size).toBe(allocations.length);
  // Money that went back pays no bill, and an entry without its payment takes money that never came.
  if (reversal) expect([payment !== undefined, allocations]).toEqual([true, []]);
}

const snapshot = fc
  .record({
    state: fc.constantFrom('received', 'received', 'received', 'bounced', 'refunded', 'deleted'),
    rest: fc.integer({ min: 1, max: 50 }),
    receivedOn: fc.constantFrom('2026-11-15', '2026-11-16'),
    allocations: fc.uniqueArray(
      fc.record({ billId: fc.constantFrom(...BILLS), amountCents: fc.integer({ min: 1, max: TOTAL_CENTS }) }),
      { selector: ({ billId }) => billId, maxLength: 3 },
    ),
  })
  .map(({ rest, ...fields }): PaymentSnapshot => {
    const amountCents = sumCents(fields.allocations.map((one) => one.amountCents)) + rest;
    return aPayment({ ...fields, amountCents, reversedOn: '2026-11-20' });
  });

type Event = { snapshot: PaymentSnapshot } | { bill: string };
const event: fc.Arbitrary<Event> = fc.oneof(
  snapshot.map((one) => ({ snapshot: one })),
  fc.constantFrom(...BILLS).map((bill) => ({ bill })),
);

/** A bill comes, or goes where no payment holds it: its own plan sees to that. */
function turn(documents: Documents, billId: string): Documents {
  const key = invoiceKey(billId);
  const present = live(documents, key);
  if (!present) return { ...documents, [key]: invoice(billId) };
  const isUsed = paymentIn(documents)?.allocations.some((one) => one.invoiceKey === key) ?? false;
  return isUsed ? documents : { ...documents, [key]: { ...present, removed: 'voided' } };
}

const begin: PaymentFacts = {
  desired: aPayment(),
  excluded: false,
  documents: { [customerKey('C1')]: customer },
  settings: { prefix: '', items: {} },
  bills: {},
  profile: { ...DEFAULT_PROFILE, receivables: { USD: '84' } },
};

function lifeOf(events: readonly Event[]): PaymentFacts {
  let facts = begin;
  for (const one of events) {
    facts =
      'snapshot' in one
        ? { ...facts, desired: one.snapshot }
        : { ...facts, documents: turn(facts.documents, one.bill) };
    ({ facts } = settle(facts));
  }
  return facts;
}

const allBills = (documents: Documents): Documents => ({
  ...documents,
  ...Object.fromEntries(BILLS.map((billId) => [invoiceKey(billId), invoice(billId)])),
});

test('whatever a payment lives through, there is one at most, applied to no more than it is', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), snapshot, (events, last) => {
      const lived = lifeOf(events);
      const { facts } = settle({ ...lived, desired: last, documents: allBills(lived.documents) });
      const payment = paymentIn(facts.documents);
      const isReturned = last.state === 'bounced' || last.state === 'refunded';
      expect(payment !== undefined).toBe(last.state !== 'deleted');
      expect(live(facts.documents, reversalKey('P1')) !== undefined).toBe(isReturned);
      if (!payment) return;
      const wanted = last.state === 'received' ? last.allocations : [];
      const applied = payment.allocations.map((one) => [one.invoiceQboId, one.amountCents]);
      expect(payment.amountCents).toBe(last.amountCents);
      expect(applied).toEqual(wanted.map((one) => [one.billId, one.amountCents]).sort());
      expect(planPayment(facts)).toEqual({ do: 'nothing' });
    }),
    { numRuns: 1000 },
  );
});

test('no more is written than documents have to change', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), snapshot, (events, last) => {
      const lived = lifeOf(events);
      const before = { ...lived, documents: allBills(lived.documents) };
      const now = settle(before).facts;
      const { facts, writes } = settle({ ...now, desired: last });
      const changed = [paymentKey('P1'), reversalKey('P1')].filter(
        (key) =>
          !sameJson(live(now.documents, key)?.intent ?? null, live(facts.documents, key)?.intent ?? null),
      );
      expect(writes.sort()).toEqual(changed.sort());
    }),
    { numRuns: 1000 },
  );
});

test('a payment that moves to a bill which is not there yet is written twice, and never in between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: TOTAL_CENTS }), (amountCents) => {
      const of = (billId: string) => aPayment({ amountCents, allocations: [{ billId, amountCents }] });
      const first = lifeOf([{ bill: 'B1' }, { snapshot: of('B1') }]);
      const freed = settle({ ...first, desired: of('B2') });
      const moved = settle({ ...freed.facts, documents: turn(turn(freed.facts.documents, 'B1'), 'B2') });
      expect([freed.writes, moved.writes]).toEqual([[paymentKey('P1')], [paymentKey('P1')]]);
    }),
  );
});
