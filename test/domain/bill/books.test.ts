import { describe, expect, test } from 'vitest';
import type { BillFacts, BillSnapshot } from '../../../src/domain/bill.js';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { previewBill } from '../../../src/domain/bill/preview.js';
import { live, type Documents } from '../../../src/domain/document.js';
import type { FirmSettings } from '../../../src/domain/firm.js';
import type { ApplicationIntent, CreditMemoIntent, InvoiceIntent } from '../../../src/domain/intent.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, aPayment, carryOut, factsOf, settle, SETTINGS } from '../../support/bill-books.js';

/** Bill B1 of 10 November is in the books, which are closed through that month by now. */
const profile = { ...DEFAULT_PROFILE, closedThrough: '2026-11-30' };
const customers = { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') };
const bill = (over: Partial<BillSnapshot> = {}) =>
  aBill({ lines: [expenseLine({ amountCents: 10_000 })], ...over });
const less = { lines: [expenseLine({ amountCents: 8000 })] };

const postedAs = (over: Partial<BillSnapshot> = {}): Documents =>
  settle(factsOf({ desired: bill(over), documents: customers })).documents;

/** What is paid of it has QuickBooks' own id of its invoice. */
function paid(documents: Documents, cents: number): Documents {
  const [[key, payment] = expect.fail('no payment')] = Object.entries(aPayment('P1', cents));
  const qboId = documents['bill/B1/invoice']?.qboId ?? '';
  if (payment.intent.document !== 'payment') return expect.fail('no payment');
  const allocations = payment.intent.allocations.map((one) => ({ ...one, invoiceQboId: qboId }));
  return { ...documents, [key]: { ...payment, intent: { ...payment.intent, allocations } } };
}

function closed(
  locked: FirmSettings['locked'],
  over: Partial<BillSnapshot>,
  documents: Documents,
): BillFacts {
  const settings = { ...SETTINGS, ...(locked && { locked }) };
  return factsOf({ desired: bill({ version: 2, ...over }), documents, settings, profile });
}

const reversed = (over: Partial<BillSnapshot>, documents = postedAs()) =>
  settle(closed('reverse', over, documents));

const invoiceOf = (documents: Documents, key = 'bill/B1/invoice') =>
  live(documents[key])?.intent as InvoiceIntent | undefined;
const counterOf = (documents: Documents, qboId: string) => ({
  memo: live(documents[`bill/B1/counter/${qboId}`])?.intent as CreditMemoIntent,
  use: live(documents[`bill/B1/counter-use/${qboId}`])?.intent as ApplicationIntent | undefined,
});
const usesOf = ({ allocations }: ApplicationIntent) =>
  allocations.map(({ invoiceQboId, amountCents }) => [invoiceQboId, amountCents]);

describe('books that are closed for a bill', () => {
  test.each([
    ['a new bill of then', {}, customers, 'closed-period'],
    ['a change', less, postedAs(), 'closed-period-correction'],
    ['a void', { state: 'void' as const }, postedAs(), 'closed-period-correction'],
    [
      'a credit note that changes',
      { credits: [aCredit({ amountCents: 500 })] },
      postedAs({ credits: [aCredit()] }),
      'closed-period-credit',
    ],
  ])('park %s until somebody decides', (_what, over, documents, fault) => {
    expect(planBill(closed(undefined, over, documents))).toMatchObject({ do: 'park', fault });
    expect(planBill(closed('ask', over, documents))).toMatchObject({ do: 'park', fault });
  });

  test('are waited for where the firm, or a person, wants that', () => {
    const waits = {
      do: 'wait-for-books',
      closedThrough: '2026-11-30',
      why: 'the books, closed through 2026-11-30, to be open for 2026-11-10',
    };
    expect(planBill(closed('wait', less, postedAs()))).toEqual(waits);
    expect(planBill({ ...closed('ask', less, postedAs()), lockChoice: 'wait' })).toEqual(waits);
    expect(planBill({ ...closed('wait', less, postedAs()), profile: DEFAULT_PROFILE })).toMatchObject({
      do: 'write',
      action: 'update',
    });
  });

  test('are no matter where nothing of them is touched', () => {
    const over = { credits: [aCredit({ date: '2026-12-02' })] };
    for (const locked of ['ask', 'wait', 'reverse'] as const) {
      const { writes, last } = settle(closed(locked, over, postedAs()));
      expect([writes.map(([action]) => action), last.do]).toEqual([['create', 'create'], 'nothing']);
    }
  });
});

describe('an invoice in closed books that is taken back in the open period', () => {
  test('stays as it is; a credit memo of the first open day closes it off, then comes its replacement', () => {
    const before = postedAs();
    const old = before['bill/B1/invoice']?.qboId ?? '';
    const { documents, writes, last } = reversed(less, before);
    expect(last).toEqual({ do: 'nothing' });
    expect(writes).toEqual([
      ['create', `bill/B1/counter/${old}`],
      ['create', `bill/B1/counter-use/${old}`],
      ['create', 'bill/B1/invoice'],
    ]);
    const { memo, use } = counterOf(documents, old);
    expect(memo).toMatchObject({
      kind: 'counter',
      issuedOn: '2026-12-01',
      totalCents: 10_000,
      number: 'CF-1042-REV',
      lines: [{ itemId: '2', amountCents: 10_000 }],
    });
    expect(use).toMatchObject({ appliedOn: '2026-12-01' });
    expect(use && usesOf(use)).toEqual([[old, 10_000]]);
    expect(invoiceOf(documents)).toMatchObject({
      number: 'CF-1042-R1',
      issuedOn: '2026-12-01',
      meantOn: '2026-11-10',
      dueOn: '2026-12-10',
      totalCents: 8000,
    });
  });

  test.each([
    ['in part', 3000, 7000, 3000],
    ['as a whole', 10_000, 0, 8000],
  ])('and was paid %s gives what was paid on to the replacement', (_how, cents, open, carried) => {
    const before = paid(postedAs(), cents);
    const old = before['bill/B1/invoice']?.qboId ?? '';
    const { documents, last } = reversed(less, before);
    expect(last).toEqual({ do: 'nothing' });
    const { use } = counterOf(documents, old);
    const now = documents['bill/B1/invoice']?.qboId ?? '';
    expect(use && usesOf(use)).toEqual([...(open > 0 ? [[old, open]] : []), [now, carried]]);
    expect(documents['payment/P1/payment']).toEqual(before['payment/P1/payment']);
  });

  test('keeps its own credits, and they count for the replacement', () => {
    const credits = [aCredit({ amountCents: 2000 })];
    const before = postedAs({ credits });
    const old = before['bill/B1/invoice']?.qboId ?? '';
    const { documents, last } = reversed({ ...less, credits }, before);
    expect(last).toEqual({ do: 'nothing' });
    const { use } = counterOf(documents, old);
    expect(use && usesOf(use)).toEqual([
      [old, 8000],
      [documents['bill/B1/invoice']?.qboId, 2000],
    ]);
    expect(documents['bill/B1/application/CN1']).toEqual(before['bill/B1/application/CN1']);
  });

  test('leaves the room that a new credit note needs, and what was paid stays a credit for so much', () => {
    const before = paid(postedAs(), 6000);
    const old = before['bill/B1/invoice']?.qboId ?? '';
    const credits = [aCredit({ amountCents: 5000, date: '2026-12-02' })];
    for (const documents of [before, reversed(less, before).documents]) {
      const settled = reversed({ ...less, version: 3, credits }, documents);
      expect(settled.last).toEqual({ do: 'nothing' });
      const { use } = counterOf(settled.documents, old);
      expect(use && usesOf(use)).toEqual([
        [old, 4000],
        [settled.documents['bill/B1/invoice']?.qboId, 3000],
      ]);
    }
  });

  test('does not begin where a credit note of then would have to go, too', () => {
    const before = postedAs({ credits: [aCredit()] });
    const { writes, last } = reversed({ state: 'void' }, before);
    expect([writes, last]).toMatchObject([[], { do: 'park', fault: 'closed-period-credit' }]);
  });

  test('is a void bill with nothing in its place', () => {
    const { documents, writes, last } = reversed({ state: 'void' }, paid(postedAs(), 3000));
    expect([writes.length, last]).toEqual([2, { do: 'nothing' }]);
    expect(counterOf(documents, documents['bill/B1/invoice']?.qboId ?? '').use?.allocations).toMatchObject([
      { amountCents: 7000 },
    ]);
  });

  test('goes to another client in the open period alone', () => {
    const before = postedAs();
    const { documents, last } = reversed({ client: aClient({ clientId: 'C2' }) }, before);
    expect(last).toEqual({ do: 'nothing' });
    expect(invoiceOf(documents)).toMatchObject({ customerQboId: '59', issuedOn: '2026-12-01' });
  });

  test('is its interest alone where only that has changed', () => {
    const interest = (amountCents: number) =>
      otherLine({ kind: 'interest', description: 'Interest', amountCents });
    const lines = [expenseLine({ amountCents: 10_000 })];
    const before = postedAs({ lines: [...lines, interest(500)] });
    const { documents, writes } = reversed({ lines: [...lines, interest(700)] }, before);
    expect(writes.map(([, key]) => key.replace(/\d+$/, ''))).toEqual([
      'bill/B1/counter/',
      'bill/B1/counter-use/',
      'bill/B1/interest',
    ]);
    expect(invoiceOf(documents, 'bill/B1/interest')).toMatchObject({ number: 'CF-1042-INT-R1' });
  });

  test('is what a person chooses for one bill, too, and a new bill then takes the first open day', () => {
    const facts = { ...closed('ask', {}, customers), lockChoice: 'reverse' as const };
    const { documents, last } = settle(facts);
    expect(last).toEqual({ do: 'nothing' });
    expect(invoiceOf(documents)).toMatchObject({ issuedOn: '2026-12-01', meantOn: '2026-11-10' });
    // The choice is of that version; what is in the books keeps its day.
    expect(settle(closed('ask', { notes: 'Thanks' }, documents)).writes).toEqual([
      ['update', 'bill/B1/invoice'],
    ]);
  });

  test('goes on to its end when the choice was of an older version', () => {
    const facts = closed('reverse', less, postedAs());
    const step = planBill(facts);
    if (step.do !== 'write') return expect.fail(step.do);
    const { documents, last } = settle(
      closed('ask', { ...less, version: 3 }, carryOut(facts.documents, step)),
    );
    expect(last).toEqual({ do: 'nothing' });
    expect(invoiceOf(documents)).toMatchObject({ totalCents: 8000, issuedOn: '2026-12-01' });
  });

  test('carries what was paid on it on to the bill that replaces it', () => {
    const gone = reversed({ state: 'void' }, paid(postedAs(), 3000));
    const next = {
      billId: 'B2',
      number: '1043',
      replaces: 'B1',
      issuedOn: '2026-12-05',
      dueOn: '2026-12-31',
    };
    const { documents, writes, last } = settle({
      ...closed('reverse', next, gone.documents),
      replaced: { state: 'void', excluded: false },
    });
    expect(last).toEqual({ do: 'nothing' });
    const old = gone.documents['bill/B1/invoice']?.qboId ?? '';
    expect(writes).toEqual([
      ['create', 'bill/B2/invoice'],
      ['create', `bill/B2/carried/${old}`],
    ]);
    const carried = documents[`bill/B2/carried/${old}`]?.intent as ApplicationIntent;
    expect(usesOf(carried)).toEqual([[documents['bill/B2/invoice']?.qboId, 3000]]);
  });

  test('can be taken back again when the books were closed once more', () => {
    const { documents } = reversed(less);
    const later = {
      ...closed('reverse', { version: 3 }, documents),
      profile: { ...profile, closedThrough: '2026-12-31' },
    };
    const settled = settle(later);
    expect([settled.writes.length, settled.last]).toEqual([3, { do: 'nothing' }]);
    expect(invoiceOf(settled.documents)).toMatchObject({ number: 'CF-1042-R2', issuedOn: '2027-01-01' });
  });

  test('is edited afterwards as any other', () => {
    const { documents } = reversed({ ...less, writeOffs: [aWriteOff({ amountCents: 1000 })] });
    const { writes, last } = settle(
      closed(
        'ask',
        {
          version: 3,
          lines: [expenseLine({ amountCents: 8500 })],
          writeOffs: [aWriteOff({ amountCents: 1000 })],
        },
        documents,
      ),
    );
    expect([writes, last]).toEqual([[['update', 'bill/B1/invoice']], { do: 'nothing' }]);
  });

  test('shows in a preview as it would be', () => {
    const { documents } = previewBill(closed('reverse', less, postedAs()));
    expect(documents.map(({ document, action, date }) => [document, action, date])).toEqual([
      ['credit-memo', 'create', '2026-12-01'],
      ['application', 'create', '2026-12-01'],
      ['invoice', 'create', '2026-12-01'],
    ]);
  });
});
