import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillFacts, BillSnapshot } from '../../src/domain/bill.js';
import { planBill } from '../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import {
  billOf,
  live,
  paymentKey,
  type DocumentKey,
  type Documents,
  type WriteStep,
} from '../../src/domain/document.js';
import type { FirmSettings } from '../../src/domain/firm.js';
import { sumCents } from '../../src/domain/money.js';
import type { OnTheWay } from '../../src/domain/on-the-way.js';
import type { PaymentFacts, PaymentSnapshot } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aCustomer, carryOut, SETTINGS, wrongIn } from '../support/bill-books.js';
import { aBill, aClient, aCredit, aPayment, expenseLine, otherLine } from '../support/builder.js';
import { fewestWrites } from '../support/fewest.js';

/**
 * A bill and its payments in one set of books. Each is planned by itself, by what it sees of the others; its write is
 * on the way until QuickBooks carries it out, and others plan and write meanwhile.
 */

const PAYMENTS = ['P1', 'P2'] as const;
const ACTORS = ['bill', ...PAYMENTS] as const;
type Actor = (typeof ACTORS)[number];

interface Books {
  settings: FirmSettings;
  documents: Documents;
  bill: BillSnapshot;
  payments: Partial<Record<Actor, PaymentSnapshot>>;
  /** `isDaring`: it was sent although more is said to be paid than the bill comes to. */
  onTheWay: Partial<Record<Actor, WriteStep & { isDaring: boolean; version: number }>>;
  /** Of a payment, the version that QuickBooks has refused. */
  refused: Partial<Record<Actor, number | undefined>>;
  /** What the bill has said that it leaves to payments, while it waits for them. */
  leaves?: Readonly<Record<DocumentKey, number>>;
}

const totalOf = ({ lines }: BillSnapshot) => sumCents(lines.map((line) => line.amountCents));

const others = (books: Books, actor: Actor): OnTheWay =>
  Object.fromEntries(
    ACTORS.flatMap((one) => {
      const step = one === actor ? undefined : books.onTheWay[one];
      return step ? [[step.key, step]] : [];
    }),
  );

const billFacts = (books: Books): BillFacts => ({
  desired: books.bill,
  excluded: false,
  documents: books.documents,
  onTheWay: others(books, 'bill'),
  settings: books.settings,
});

function paymentFacts(books: Books, id: Actor): PaymentFacts {
  const { bill, payments, documents, settings, leaves } = books;
  const rivals = PAYMENTS.filter((one) => one !== id && payments[one]);
  return {
    desired: payments[id]!,
    excluded: false,
    documents,
    onTheWay: others(books, id),
    settings,
    bills: {
      B1: {
        number: bill.number,
        state: bill.state,
        excluded: false,
        totalCents: totalOf(bill),
        billing: { client: bill.client, matters: bill.matters },
        ...(leaves && { leaves }),
      },
    },
    rivals: Object.fromEntries(
      rivals.map((one) => {
        const { state, allocations } = payments[one]!;
        return [one, { state, excluded: false, allocations }];
      }),
    ),
    profile: DEFAULT_PROFILE,
  };
}

/** That is for QuickBooks to refuse, and for a person to see. */
const isTooMuch = ({ bill, payments }: Books): boolean =>
  sumCents(PAYMENTS.flatMap((id) => payments[id]?.allocations ?? []).map(({ amountCents }) => amountCents)) >
  openOf(bill);

/** One turn of one of them: what is on the way is carried out, else the next write is sent. Undefined: nothing to do. */
function turn(books: Books, actor: Actor): Books | undefined {
  const { [actor]: sent, ...onTheWay } = books.onTheWay;
  if (sent) {
    const documents = carryOut(books.documents, sent);
    if (actor !== 'bill' && wrongIn(documents) !== undefined && sent.isDaring) {
      return { ...books, onTheWay, refused: { ...books.refused, [actor]: sent.version } };
    }
    expect(wrongIn(documents) ?? wrongCustomer(documents)).toBeUndefined();
    return { ...books, documents, onTheWay };
  }
  if (actor !== 'bill' && !books.payments[actor]) return undefined;
  if (actor !== 'bill' && books.refused[actor] === books.payments[actor]?.version) return undefined;
  const step = actor === 'bill' ? planBill(billFacts(books)) : planPayment(paymentFacts(books, actor));
  const { leaves: before, ...rest } = books;
  const leaves = actor !== 'bill' ? before : step.do === 'wait' ? step.leaves : undefined;
  const now: Books = { ...rest, ...(leaves && { leaves }) };
  const { version } = (actor === 'bill' ? undefined : books.payments[actor]) ?? books.bill;
  if (step.do === 'write')
    return { ...now, onTheWay: { ...onTheWay, [actor]: { ...step, isDaring: isTooMuch(now), version } } };
  return JSON.stringify(leaves) === JSON.stringify(before) ? undefined : now;
}

/** QuickBooks takes a payment off an invoice that goes to another customer. */
function wrongCustomer(documents: Documents): string | undefined {
  for (const [key, posted] of Object.entries(documents)) {
    const { intent } = posted;
    if (!live(posted) || intent.document !== 'payment') continue;
    for (const { invoiceKey: on } of intent.allocations) {
      const invoice = documents[on]?.intent;
      const its = invoice?.document === 'invoice' ? invoice.customerQboId : undefined;
      if (its !== intent.customerQboId)
        return `${key} of ${intent.customerQboId} lies on ${on} of ${its ?? 'nobody'}`;
    }
  }
  return undefined;
}

/** Until nobody has anything to do. */
function settle(before: Books): Books {
  let books = before;
  for (let turns = 0; turns < 200; turns += 1) {
    let moved = false;
    for (const actor of ACTORS) {
      const next = turn(books, actor);
      if (next) [books, moved] = [next, true];
    }
    if (!moved) return books;
  }
  throw new Error(`it never ends: ${JSON.stringify(books.onTheWay)}`);
}

/** One after the other, each as far as it comes; answers how many writes that took. */
function settleInTurns(before: Books): { books: Books; writes: number } {
  let books = before;
  let writes = 0;
  for (let moved = true; moved;) {
    moved = false;
    for (const actor of ACTORS) {
      for (let next = turn(books, actor); next; next = turn(books, actor)) {
        if (books.onTheWay[actor]) writes += 1;
        [books, moved] = [next, true];
      }
    }
  }
  return { books, writes };
}

interface Wanted {
  cents: number;
  interest: number | undefined;
  credit: number | undefined;
  client: 'C1' | 'C2';
  isVoid: boolean;
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  cents: fc.integer({ min: 100, max: 2000 }),
  interest: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  credit: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined, freq: 2 }),
  client: fc.constantFrom('C1', 'C1', 'C1', 'C2'),
  isVoid: fc.constantFrom(false, false, false, false, true),
});

function snapshotOf({ cents, interest, credit, client, isVoid }: Wanted, version: number): BillSnapshot {
  return aBill({
    version,
    state: isVoid ? 'void' : 'approved',
    client: aClient({ clientId: client, name: client }),
    lines: [
      expenseLine({ amountCents: cents }),
      ...(interest === undefined ? [] : [otherLine({ kind: 'interest', amountCents: interest })]),
    ],
    ...(credit !== undefined && { credits: [aCredit({ amountCents: credit })] }),
  });
}

const openOf = (bill: BillSnapshot): number =>
  bill.state === 'void'
    ? 0
    : totalOf(bill) - sumCents((bill.credits ?? []).map(({ amountCents }) => amountCents));

/** Shares of what is open, in hundredths; together never more than all of it. */
function paymentOf(id: Actor, bill: BillSnapshot, share: number, version: number): PaymentSnapshot {
  const amountCents = Math.floor((openOf(bill) * share) / 100);
  return aPayment({
    ...{ paymentId: id, version, client: bill.client, amountCents: 5000 },
    allocations: amountCents === 0 ? [] : [{ billId: bill.billId, amountCents }],
  });
}

type Event = { bill: Wanted } | { pay: (typeof PAYMENTS)[number]; share: number } | { go: Actor };

const share = fc.integer({ min: 0, max: 50 });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 1, arbitrary: wanted.map((bill) => ({ bill })) },
  { weight: 1, arbitrary: fc.record({ pay: fc.constantFrom(...PAYMENTS), share }) },
  { weight: 4, arbitrary: fc.constantFrom(...ACTORS).map((go) => ({ go })) },
);

function live1(books: Books, one: Event, version: number): Books {
  if ('bill' in one) return { ...books, bill: snapshotOf(one.bill, version) };
  if ('go' in one) return turn(books, one.go) ?? books;
  return {
    ...books,
    payments: { ...books.payments, [one.pay]: paymentOf(one.pay, books.bill, one.share, version) },
  };
}

function appliedTo(documents: Documents, id: Actor): number {
  const posted = live(documents[paymentKey(id)]);
  if (posted?.intent.document !== 'payment') return 0;
  return sumCents(
    posted.intent.allocations
      .filter(({ invoiceKey: key }) => billOf(key) === 'B1')
      .map(({ amountCents }) => amountCents),
  );
}

const NOTHING: Books = {
  settings: SETTINGS,
  documents: { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') },
  bill: aBill(),
  payments: {},
  onTheWay: {},
  refused: {},
};

test('whatever order a bill and its payments change in, all that is said last is in the books at the end', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      wanted,
      fc.array(event, { maxLength: 30 }),
      fc.record({ bill: wanted, shares: fc.tuple(share, share) }),
      (asLine, first, events, last) => {
        const settings = { ...SETTINGS, ...(asLine && { interest: 'line' as const }) };
        let books: Books = { ...NOTHING, settings, bill: snapshotOf(first, 1) };
        for (const [index, one] of events.entries()) books = live1(books, one, index + 2);
        const bill = snapshotOf(last.bill, 100);
        const [one, other] = last.shares;
        const payments = { P1: paymentOf('P1', bill, one, 100), P2: paymentOf('P2', bill, other, 100) };
        const end = settle({ ...books, bill, payments });
        expect(planBill(billFacts(end))).toEqual({ do: 'nothing' });
        for (const id of PAYMENTS) {
          expect(planPayment(paymentFacts(end, id))).toEqual({ do: 'nothing' });
          expect(appliedTo(end.documents, id)).toBe(
            sumCents(payments[id].allocations.map(({ amountCents }) => amountCents)),
          );
        }
      },
    ),
    { numRuns: 2000 },
  );
});

/**
 * Of one client and without credits: where one is used depends on the payments that the bill sees, which may be about to
 * go, and a payment follows a bill to another client by two writes.
 */
test('by one write more at most than the best of all orders takes, for none of them knows all', () => {
  let compared = 0;
  const bill = wanted.map((one): Wanted => ({ ...one, credit: undefined, client: 'C1' }));
  const said = fc.record({ bill, shares: fc.tuple(share, share) });
  const books = (
    before: Books,
    { bill, shares }: { bill: Wanted; shares: [number, number] },
    version: number,
  ) => {
    const snapshot = snapshotOf(bill, version);
    const [one, other] = shares;
    const payments = {
      P1: paymentOf('P1', snapshot, one, version),
      P2: paymentOf('P2', snapshot, other, version),
    };
    return { ...before, bill: snapshot, payments };
  };
  fc.assert(
    fc.property(said, said, (before, after) => {
      const first = settle(books(NOTHING, before, 1));
      const { books: then, writes } = settleInTurns(books(first, after, 2));
      const fewest = fewestWrites(
        first.documents,
        then.documents,
        (one) => wrongIn(one) ?? wrongCustomer(one),
      );
      expect(writes - fewest).toBeLessThanOrEqual(1);
      compared += writes === fewest ? 1 : 0;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(200);
});
