import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCents } from '../../src/domain/allocation.js';
import type { BillFacts, BillSnapshot } from '../../src/domain/bill.js';
import { countersIn, withKept } from '../../src/domain/bill/counter.js';
import { planBill } from '../../src/domain/bill/plan.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { invoiceKey, live, paymentKey, postedAs, type Documents } from '../../src/domain/document.js';
import type { FirmSettings } from '../../src/domain/firm.js';
import type { InvoiceIntent } from '../../src/domain/intent.js';
import { sumCents } from '../../src/domain/money.js';
import type { PaymentFacts, PaymentSnapshot } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aCustomer, carryOut, SETTINGS, wrongIn } from '../support/bill-books.js';
import { aBill, aClient, aPayment, expenseLine } from '../support/builder.js';

/**
 * A bill of a month that is closed and opened again, and its payments of the next one, which is open: what was paid on an
 * invoice that is taken back is given on, and taken back again where somebody deletes the payment.
 */

const PAYMENTS = ['P1', 'P2'] as const;
const ACTORS = ['bill', ...PAYMENTS] as const;
type Actor = (typeof ACTORS)[number];
type PaymentId = (typeof PAYMENTS)[number];

interface Books {
  documents: Documents;
  bill: BillSnapshot;
  payments: Partial<Record<PaymentId, PaymentSnapshot>>;
  isClosed: boolean;
}

const settings: FirmSettings = { ...SETTINGS, locked: 'reverse' };
const profileOf = ({ isClosed }: Books) => ({
  ...DEFAULT_PROFILE,
  ...(isClosed && { closedThrough: '2026-11-30' }),
});
const totalOf = ({ lines, state }: BillSnapshot) => (state === 'void' ? 0 : lines[0]!.amountCents);

const billFacts = (books: Books): BillFacts => ({
  desired: books.bill,
  excluded: false,
  documents: books.documents,
  settings,
  profile: profileOf(books),
});

function paymentFacts(books: Books, desired: PaymentSnapshot): PaymentFacts {
  const { bill, documents, payments } = books;
  const step = planBill(billFacts(books));
  const leaves = step.do === 'wait' ? step.leaves : undefined;
  const rivals = PAYMENTS.flatMap((id) => {
    const { state, allocations } = payments[id] ?? {};
    const isOther = id !== desired.paymentId && state && allocations;
    return isOther ? [[id, { state, excluded: false, allocations }] as const] : [];
  });
  return {
    ...{ desired, excluded: false, documents, settings },
    bills: {
      B1: {
        ...{ number: bill.number, state: bill.state, excluded: false, totalCents: totalOf(bill) },
        billing: { client: bill.client, matters: bill.matters },
        ...(leaves && { leaves }),
      },
    },
    rivals: Object.fromEntries(rivals),
    profile: profileOf(books),
  };
}

function planOf(books: Books, actor: Actor) {
  if (actor === 'bill') return planBill(billFacts(books));
  const desired = books.payments[actor];
  return desired ? planPayment(paymentFacts(books, desired)) : ({ do: 'nothing' } as const);
}

/** The next write of one of them; undefined where it has none. */
function turn(books: Books, actor: Actor): Books | undefined {
  const step = planOf(books, actor);
  if (step.do !== 'write') return undefined;
  // A payment is found by the invoices that it lies on, whatever plans call them.
  if (actor !== 'bill') expect(JSON.stringify(step.intent)).not.toContain('"kept/');
  const documents = carryOut(books.documents, step);
  // More is said to be paid than there is, or money that is meant for elsewhere takes the room: QuickBooks refuses it.
  if (wrongIn(documents) !== undefined && (isTooMuch(books) || askedIn(books))) return undefined;
  expect(wrongIn(documents)).toBeUndefined();
  return { ...books, documents };
}

const paidIn = ({ payments }: Books): number =>
  sumCents(
    PAYMENTS.flatMap((one) => (payments[one]?.state === 'received' ? payments[one].allocations : [])).map(
      ({ amountCents }) => amountCents,
    ),
  );

const isTooMuch = (books: Books): boolean => paidIn(books) > totalOf(books.bill);

const askedIn = (books: Books) =>
  PAYMENTS.map((one) => planOf(books, one)).find((step) => step.do === 'park');

function settle(before: Books): Books {
  let books = before;
  for (let turns = 0; turns < 100; turns += 1) {
    const next = ACTORS.map((actor) => turn(books, actor)).find((one) => one !== undefined);
    if (!next) return books;
    books = next;
  }
  throw new Error('it never ends');
}

/** Somebody deletes it in QuickBooks, and a person has it made anew. */
function lose(books: Books, id: PaymentId): Books {
  const posted = live(books.documents[paymentKey(id)]);
  if (!posted) return books;
  return { ...books, documents: { ...books.documents, [paymentKey(id)]: { ...posted, removed: 'deleted' } } };
}

type Event =
  | { cents: number; isVoid: boolean; client: string }
  | { pay: PaymentId; share: number; isDeleted: boolean }
  | { lose: PaymentId }
  | { isClosed: boolean }
  | { go: Actor };

const cents = fc.integer({ min: 100, max: 2000 });
const share = fc.integer({ min: 0, max: 50 });
const id = fc.constantFrom(...PAYMENTS);
const client = fc.constantFrom('C1', 'C1', 'C1', 'C1', 'C2');
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ cents, isVoid: fc.constantFrom(false, false, false, true), client }),
  fc.record({ pay: id, share, isDeleted: fc.constantFrom(false, false, false, true) }),
  id.map((lost) => ({ lose: lost })),
  fc.boolean().map((isClosed) => ({ isClosed })),
  { weight: 6, arbitrary: fc.constantFrom(...ACTORS).map((go) => ({ go })) },
);

const billOf = (amountCents: number, isVoid: boolean, version: number, client = 'C1'): BillSnapshot =>
  aBill({
    ...{ version, state: isVoid ? 'void' : 'approved', lines: [expenseLine({ amountCents })] },
    client: aClient({ clientId: client, name: client }),
  });

const paymentOf = (paymentId: string, bill: BillSnapshot, part: number, version: number): PaymentSnapshot => {
  const amountCents = Math.floor((totalOf(bill) * part) / 100);
  const allocations = amountCents === 0 ? [] : [{ billId: 'B1', amountCents }];
  return aPayment({
    ...{ paymentId, version, amountCents: 5000, receivedOn: '2026-12-05', allocations },
    client: bill.client,
  });
};

function live1(books: Books, one: Event, version: number): Books {
  if ('go' in one) return turn(books, one.go) ?? books;
  if ('lose' in one) return lose(books, one.lose);
  if ('isClosed' in one) return { ...books, ...one };
  if ('cents' in one) return { ...books, bill: billOf(one.cents, one.isVoid, version, one.client) };
  const paid = paymentOf(one.pay, books.bill, one.share, version);
  const payment = one.isDeleted ? { ...paid, state: 'deleted' as const } : paid;
  return { ...books, payments: { ...books.payments, [one.pay]: payment } };
}

/** What is open of an invoice, with all that is used on it. */
const openOf = (documents: Documents, key: string): number => {
  const invoice = live(postedAs<InvoiceIntent>(documents, key))?.intent;
  return invoice ? openCents(documents, '', key, invoice.totalCents) : 0;
};

test('nothing is paid twice, nothing waits for ever, and an invoice that was taken back is closed off', () => {
  let settled = 0;
  fc.assert(
    fc.property(
      fc.record({ cents, share, then: cents, isVoid: fc.constantFrom(false, false, true) }),
      fc.array(event, { maxLength: 40 }),
      fc.record({ cents, shares: fc.tuple(share, share), gone: fc.subarray([...PAYMENTS]), client }),
      (first, events, last) => {
        const posted = billOf(first.cents, false, 1);
        let books = settle({
          ...{
            documents: { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') },
            isClosed: false,
            bill: posted,
          },
          payments: { P1: paymentOf('P1', posted, first.share, 1) },
        });
        books = settle({ ...books, isClosed: true, bill: billOf(first.then, first.isVoid, 2) });
        for (const [index, one] of events.entries()) books = live1(books, one, index + 3);
        const bill = billOf(last.cents, false, 100, last.client);
        const payments = Object.fromEntries(
          PAYMENTS.map((one, index) => [one, paymentOf(one, bill, last.shares[index]!, 100)]),
        );
        const end = settle(last.gone.reduce(lose, settle({ ...books, bill, payments, isClosed: false })));
        const asked = askedIn(end);
        if (asked) {
          expect(asked).toMatchObject({ fault: 'payment-kept' });
          return;
        }
        expect(ACTORS.map((actor) => planOf(end, actor).do)).toEqual(ACTORS.map(() => 'nothing'));
        const documents = withKept(end.documents);
        const counters = countersIn(documents, 'B1');
        expect(counters.map(({ keptKey }) => openOf(documents, keptKey))).toEqual(counters.map(() => 0));
        expect(openOf(documents, invoiceKey('B1'))).toBe(totalOf(bill) - paidIn(end));
        settled += 1;
      },
    ),
    { numRuns: 150 },
  );
  expect(settled).toBeGreaterThan(20);
});
