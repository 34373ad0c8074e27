import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { interestKey, paymentKey, type PostedDocument } from '../../src/domain/document.js';
import type { JournalEntryIntent, PaymentIntent } from '../../src/domain/intent.js';
import type { PaymentFacts, PaymentStep } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aClient, aPayment } from '../support/builder.js';
import { aBillOf, customer, facts, invoice } from '../support/payment-books.js';

function write(step: PaymentStep) {
  if (step.do !== 'write') throw new Error(`expected a write, got ${JSON.stringify(step)}`);
  return step;
}
const payment = (step: PaymentStep) => write(step).intent as PaymentIntent;

/** The books after the steps that a plan asks for, and which those were. */
function settle(before: PaymentFacts): { after: PaymentFacts; writes: string[]; last: PaymentStep } {
  let now = before;
  const writes: string[] = [];
  for (;;) {
    const last = planPayment(now);
    if (last.do !== 'write' || writes.length > 9) return { after: now, writes, last };
    writes.push(`${last.action} ${last.key}`);
    const held = last.intent.document === 'payment' ? { ...last.intent, heldInId: '4' } : last.intent;
    const posted: PostedDocument = {
      intent: held,
      qboId: `qbo-${last.key}`,
      syncToken: '0',
      ...(last.action === 'delete' && { removed: 'deleted' }),
    };
    now = { ...now, documents: { ...now.documents, [last.key]: posted } };
  }
}

const settled = (over: Partial<PaymentFacts> = {}) => settle(facts(over)).after;

describe('a payment that is not in QuickBooks', () => {
  test('is created under the customer of the invoice it pays, and applied', () => {
    const step = write(planPayment(facts()));
    expect(step).toMatchObject({ action: 'create', key: 'payment/P1/payment' });
    expect(step.intent).toMatchObject({
      customerQboId: '58',
      amountCents: 67_550,
      receivedOn: '2026-11-15',
      reference: '2041',
      memo: 'Cheque',
      allocations: [
        { invoiceKey: 'bill/B1/invoice', invoiceQboId: 'qbo-bill/B1/invoice', amountCents: 67_550 },
      ],
    });
  });

  test('waits for its bill by name, whoever else is there', () => {
    const step = planPayment(facts({ documents: {}, bills: { B1: aBillOf({ number: '1042' }) } }));
    expect(step).toMatchObject({
      do: 'wait',
      on: 'bill/B1/invoice',
      of: { type: 'bill', id: 'B1' },
      why: 'bill 1042 to be in QuickBooks',
    });
    expect(planPayment(facts({ documents: {} }))).toMatchObject({ why: 'bill B1 to be in QuickBooks' });
  });

  test('waits for its client where no bill says whom it stands under', () => {
    const desired = aPayment({ allocations: [] });
    expect(planPayment(facts({ desired, documents: {} }))).toMatchObject({
      do: 'wait',
      on: 'contact/C1/customer',
    });
    expect(payment(planPayment(facts({ desired })))).toMatchObject({ customerQboId: '58', allocations: [] });
  });

  test('of bills that stand under several customers stands under its client', () => {
    const desired = aPayment({
      allocations: [
        { billId: 'B1', amountCents: 1 },
        { billId: 'B2', amountCents: 2 },
      ],
    });
    const documents = {
      ...customer('C1', '58'),
      ...invoice('B1', 5, { customerQboId: '71' }),
      ...invoice('B2', 5, { customerQboId: '72' }),
    };
    expect(payment(planPayment(facts({ desired, documents }))).customerQboId).toBe('58');
    const one = { ...documents, ...invoice('B2', 5, { customerQboId: '71' }) };
    expect(payment(planPayment(facts({ desired, documents: one }))).customerQboId).toBe('71');
  });

  test('that was deleted before it was posted wants nothing', () => {
    const desired = aPayment({ state: 'deleted' });
    expect(planPayment(facts({ desired, documents: {} }))).toEqual({ do: 'nothing' });
  });

  test('takes the account and the method of the settings, and its own account before that', () => {
    const settings = { prefix: '', items: {}, depositAccountId: '35', paymentMethods: { Cheque: '2' } };
    const intent = payment(planPayment(facts({ settings })));
    expect(intent).toMatchObject({ accountId: '35', methodId: '2' });
    expect(intent).not.toHaveProperty('memo');
    const desired = aPayment({ account: '36' });
    expect(payment(planPayment(facts({ settings, desired }))).accountId).toBe('36');
  });

  test('keeps the end of a reference that is too long, and all of it in the note', () => {
    const reference = 'pi_3MtwBwLkdIwHu7ix28a3tqPa';
    const { memo, ...intent } = payment(planPayment(facts({ desired: aPayment({ reference }) })));
    expect(intent.reference).toBe(reference.slice(-21));
    expect(memo).toBe(`Cheque, ${reference}`);
  });
});

describe('what is found before QuickBooks is asked', () => {
  test.each<[string, Partial<PaymentFacts>]>([
    ['applied-bill-missing', { documents: {}, bills: { B1: aBillOf({ excluded: true }) } }],
    ['applied-bill-missing', { documents: {}, bills: { B1: aBillOf({ state: 'void' }) } }],
    ['over-applied', { documents: invoice('B1', 67_549) }],
    ['over-applied', { documents: invoice('B1', 67_549), bills: { B1: aBillOf({ totalCents: 67_549 }) } }],
    ['currency-mixed', { desired: aPayment({ currency: 'EUR' }) }],
    ['currency-mixed', { documents: invoice('B1', 67_550, { currency: 'EUR' }) }],
  ])('%s', (fault, over) => {
    expect(planPayment(facts(over))).toMatchObject({ do: 'park', fault });
  });

  test('the own currency said or unsaid is the same', () => {
    const desired = aPayment({ currency: 'USD' });
    expect(payment(planPayment(facts({ desired })))).not.toHaveProperty('currency');
  });

  test('an invoice that is too small for now is waited for while its bill is growing', () => {
    const documents = { ...customer('C1', '58'), ...invoice('B1', 100) };
    expect(planPayment(facts({ documents, bills: { B1: aBillOf() } }))).toMatchObject({
      do: 'wait',
      on: 'bill/B1/invoice',
      why: 'bill 1042 to come to 675.50 in QuickBooks',
    });
  });

  test('an excluded payment wants nothing, whatever else is wrong with it', () => {
    expect(planPayment(facts({ excluded: true, documents: {} }))).toEqual({ do: 'nothing', excluded: true });
  });
});

describe('a payment that is in QuickBooks', () => {
  test('wants nothing while it says the same, also when the settings and its bill change', () => {
    const after = settled();
    expect(planPayment(after)).toEqual({ do: 'nothing' });
    const settings = { prefix: 'X-', items: {}, depositAccountId: '35', paymentMethods: { Cheque: '2' } };
    const documents = { ...after.documents, ...invoice('B1', 99_999, { number: '7', memo: 'x' }) };
    expect(planPayment({ ...after, settings, documents })).toEqual({ do: 'nothing' });
  });

  test.each<[string, Parameters<typeof aPayment>[0]]>([
    ['amount', { amountCents: 70_000 }],
    ['date', { receivedOn: '2026-11-16' }],
    ['reference', { reference: '2042' }],
    ['allocations', { allocations: [{ billId: 'B1', amountCents: 1 }] }],
  ])('is updated in place when its %s changes', (_what, over) => {
    const { writes, last } = settle({ ...settled(), desired: aPayment({ version: 2, ...over }) });
    expect(writes).toEqual(['update payment/P1/payment']);
    expect(last).toEqual({ do: 'nothing' });
  });

  test('is deleted only when its snapshot says so, and comes back as a new one', () => {
    const gone = settle({ ...settled(), desired: aPayment({ version: 2, state: 'deleted' }) });
    expect(gone.writes).toEqual(['delete payment/P1/payment']);
    const back = settle({ ...gone.after, desired: aPayment({ version: 3 }) });
    expect(back.writes).toEqual(['create payment/P1/payment']);
  });

  test('is sent again when QuickBooks saved something else', () => {
    const after = settled();
    const key = paymentKey('P1');
    const held = after.documents[key]!;
    const documents = {
      ...after.documents,
      [key]: { ...held, intent: { ...held.intent, differs: ['amount'] } },
    };
    const { writes, last } = settle({ ...after, documents });
    expect(writes).toEqual(['update payment/P1/payment']);
    expect(last).toEqual({ do: 'nothing' });
  });
});

describe('a payment that moves to another bill', () => {
  const moved = aPayment({ version: 2, allocations: [{ billId: 'B2', amountCents: 67_550 }] });

  test('is one update where that one is in QuickBooks', () => {
    const now = settled({ documents: { ...customer('C1', '58'), ...invoice('B1'), ...invoice('B2') } });
    const { writes, after } = settle({ ...now, desired: moved });
    expect(writes).toEqual(['update payment/P1/payment']);
    expect(after.documents['payment/P1/payment']?.intent).toMatchObject({
      allocations: [{ invoiceKey: 'bill/B2/invoice', amountCents: 67_550 }],
    });
  });

  test('is taken off the first at once, waits for the second, and is applied to it', () => {
    const { writes, after, last } = settle({ ...settled(), desired: moved });
    expect(writes).toEqual(['update payment/P1/payment']);
    expect(after.documents['payment/P1/payment']?.intent).toMatchObject({
      amountCents: 67_550,
      customerQboId: '58',
      allocations: [],
    });
    expect(last).toMatchObject({ do: 'wait', on: 'bill/B2/invoice' });
    const posted = { ...after.documents, ...invoice('B2', 67_550, { customerQboId: '59' }) };
    const then = settle({ ...after, documents: posted });
    expect(then.writes).toEqual(['update payment/P1/payment']);
    expect(then.after.documents['payment/P1/payment']?.intent).toMatchObject({ customerQboId: '59' });
  });

  test('in part leaves the rest where it is', () => {
    const allocations = [
      { billId: 'B1', amountCents: 60_000 },
      { billId: 'B2', amountCents: 7_550 },
    ];
    const { after, last } = settle({ ...settled(), desired: aPayment({ version: 2, allocations }) });
    expect(after.documents['payment/P1/payment']?.intent).toMatchObject({
      allocations: [{ invoiceKey: 'bill/B1/invoice', amountCents: 60_000 }],
    });
    expect(last).toMatchObject({ do: 'wait', on: 'bill/B2/invoice' });
  });

  test('to a bill that is not there yet waits without a write while nothing is taken back', () => {
    const allocations = [...aPayment().allocations, { billId: 'B2', amountCents: 1 }];
    const desired = aPayment({ version: 2, amountCents: 67_551, allocations });
    expect(settle({ ...settled(), desired })).toMatchObject({ writes: [], last: { do: 'wait' } });
  });
});

describe('a bill with an invoice for its interest', () => {
  const documents = {
    ...customer('C1', '58'),
    ...invoice('B1', 10_000),
    ...invoice('B1', 500, { key: interestKey('B1') }),
  };
  const of = (amountCents: number, paymentId = 'P1') =>
    aPayment({ paymentId, amountCents, allocations: [{ billId: 'B1', amountCents }] });
  const parts = (step: PaymentStep) =>
    payment(step).allocations.map(({ invoiceKey: key, amountCents }) => [key, amountCents]);

  test('is paid first, its interest after it', () => {
    expect(parts(planPayment(facts({ desired: of(10_200), documents })))).toEqual([
      ['bill/B1/interest', 200],
      ['bill/B1/invoice', 10_000],
    ]);
    expect(parts(planPayment(facts({ desired: of(400), documents })))).toEqual([['bill/B1/invoice', 400]]);
  });

  test('is paid by a second payment where the first one left off, and stays as it was posted', () => {
    const first = settle(facts({ desired: of(9_900), documents })).after.documents;
    const second = settle(facts({ desired: of(300, 'P2'), documents: first }));
    expect(second.after.documents['payment/P2/payment']?.intent).toMatchObject({
      allocations: [
        { invoiceKey: 'bill/B1/interest', amountCents: 200 },
        { invoiceKey: 'bill/B1/invoice', amountCents: 100 },
      ],
    });
    const { 'payment/P1/payment': _first, ...without } = second.after.documents;
    expect(planPayment({ ...second.after, documents: without })).toEqual({ do: 'nothing' });
  });
});

describe('a bill that waits for its payments', () => {
  const of = (amountCents: number) => aPayment({ amountCents, allocations: [{ billId: 'B1', amountCents }] });
  const posted = settled({
    desired: of(10_000),
    documents: { ...customer('C1', '58'), ...invoice('B1', 20_000) },
  });
  const withInterest = { ...posted.documents, ...invoice('B1', 1000, { key: interestKey('B1') }) };
  const leaving = (left: number, documents = withInterest) =>
    settle({
      ...posted,
      documents,
      bills: {
        B1: aBillOf({ totalCents: 11_000, leaves: { 'bill/B1/invoice': left, 'bill/B1/interest': 1000 } }),
      },
    });

  test('has the payment go over to its interest, as far as it has to', () => {
    expect(leaving(9500).after.documents['payment/P1/payment']?.intent).toMatchObject({
      allocations: [
        { invoiceKey: 'bill/B1/interest', amountCents: 500 },
        { invoiceKey: 'bill/B1/invoice', amountCents: 9500 },
      ],
    });
  });

  test.each([
    [10_000, withInterest],
    [8999, withInterest],
    [9500, posted.documents],
  ])('has it stay where that is not needed, or not enough: %i', (left, documents) => {
    expect(leaving(left, documents)).toMatchObject({ writes: [], last: { do: 'nothing' } });
  });
});

describe('a bill whose newest word is not in QuickBooks yet', () => {
  const documents = { ...customer('C1', '58'), ...invoice('B1', 67_550) };
  test.each([
    ['is less', { totalCents: 67_549 }],
    ['is that it goes', { state: 'void' as const }],
  ])('which %s has a new payment wait', (_name, over) => {
    expect(planPayment(facts({ documents, bills: { B1: aBillOf(over) } }))).toMatchObject({
      do: 'wait',
      on: 'bill/B1/invoice',
      why: 'the newest change of bill 1042 to be in QuickBooks',
    });
  });

  test('which nobody brings there does not', () => {
    const bills = { B1: aBillOf({ totalCents: 1, excluded: true }) };
    expect(planPayment(facts({ documents, bills })).do).toBe('write');
  });
});

describe.each(['bounced', 'refunded'] as const)('a payment that was %s', (state) => {
  const desired = aPayment({ version: 2, state, reversedOn: '2026-11-20' });

  test('is taken off its bills in place, and its money out of its account by an entry of that day', () => {
    const { writes, after, last } = settle({ ...settled(), desired });
    expect(writes).toEqual(['update payment/P1/payment', 'create payment/P1/reversal']);
    expect(last).toEqual({ do: 'nothing' });
    expect(after.documents['payment/P1/payment']?.intent).toMatchObject({
      allocations: [],
      amountCents: 67_550,
    });
    const entry = after.documents['payment/P1/reversal']?.intent as JournalEntryIntent;
    expect(entry.enteredOn).toBe('2026-11-20');
    expect(entry.lines).toMatchObject([
      { side: 'debit', accountId: '84', amountCents: 67_550, customerQboId: '58' },
      { side: 'credit', accountId: '4', amountCents: 67_550 },
    ]);
  });

  test('and received after all has its entry removed before it is applied again', () => {
    const { after } = settle({ ...settled(), desired });
    const { writes, last } = settle({ ...after, desired: aPayment({ version: 3 }) });
    expect(writes).toEqual(['delete payment/P1/reversal', 'update payment/P1/payment']);
    expect(last).toEqual({ do: 'nothing' });
  });

  test('and deleted leaves nothing', () => {
    const { after } = settle({ ...settled(), desired });
    const { writes } = settle({ ...after, desired: aPayment({ version: 3, state: 'deleted' }) });
    expect(writes).toEqual(['delete payment/P1/reversal', 'delete payment/P1/payment']);
  });

  test('before it was posted is posted with both of its days', () => {
    const { writes } = settle(facts({ desired, documents: customer('C1', '58') }));
    expect(writes).toEqual(['create payment/P1/payment', 'create payment/P1/reversal']);
  });

  test('parks where nobody knows the account for receivables', () => {
    expect(settle({ ...settled(), desired, profile: DEFAULT_PROFILE }).last).toMatchObject({
      do: 'park',
      fault: 'receivable-account-unknown',
      readsProfile: true,
    });
  });
});

test('a client of another name is no news to a payment', () => {
  const desired = aPayment({ version: 2, client: aClient({ version: 2, name: 'Ada King' }) });
  expect(planPayment({ ...settled(), desired })).toEqual({ do: 'nothing' });
});

describe('a payment older than the start of the firm', () => {
  const early = (over: Partial<PaymentFacts> = {}) =>
    planPayment(facts({ settings: { prefix: '', items: {}, startOn: '2026-11-16' }, ...over }));

  test('is left out, and says why', () => {
    expect(early()).toEqual({
      do: 'nothing',
      skipped: 'it is of 2026-11-15, before the start on 2026-11-16',
    });
    expect(early({ skippedVersion: 1 })).toMatchObject({ do: 'nothing' });
  });

  test('is asked about when it changes later', () => {
    expect(early({ skippedVersion: 1, desired: aPayment({ version: 2 }) })).toEqual({
      do: 'park',
      fault: 'payment-before-start',
      params: { receivedOn: '2026-11-15', startOn: '2026-11-16' },
      on: paymentKey('P1'),
    });
  });

  test('goes on as ever when it is in QuickBooks, and from that day on', () => {
    const there = planPayment(facts());
    const held = { intent: payment(there), qboId: '9', syncToken: '0' };
    const documents = { ...facts().documents, [paymentKey('P1')]: held };
    expect(early({ documents })).toEqual({ do: 'nothing' });
    expect(early({ desired: aPayment({ receivedOn: '2026-11-16' }) })).toMatchObject({ do: 'write' });
  });
});
