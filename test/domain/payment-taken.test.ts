import { describe, expect, test } from 'vitest';
import { invoiceKey, paymentKey, type PostedDocument } from '../../src/domain/document.js';
import type { PaymentIntent } from '../../src/domain/intent.js';
import type { PaymentFacts } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aPayment } from '../support/builder.js';
import { aBillOf, customer, facts, invoice } from '../support/payment-books.js';

const OURS = paymentKey('P1');
const books = { ...customer('C1', '58'), ...invoice('B1') };
const settings = { prefix: '', items: {}, startOn: '2026-11-16' };
const early = (over: Partial<PaymentFacts>) =>
  planPayment(facts({ settings, skippedVersion: 1, documents: books, ...over }));

/** As somebody has entered it, and as a person has taken it for version 2. */
const taken: PaymentIntent = {
  document: 'payment',
  customerQboId: '58',
  receivedOn: '2026-11-14',
  amountCents: 60_000,
  allocations: [{ invoiceKey: invoiceKey('B1'), invoiceQboId: 'qbo-bill/B1/invoice', amountCents: 60_000 }],
  terms: {},
  mark: OURS,
  takenAs: 2,
};
const held: PostedDocument = { intent: taken, qboId: '9', syncToken: '0' };
const documents = { ...books, [OURS]: held };

describe('a payment from before the start of which a person has named the record', () => {
  test.each(['received', 'bounced', 'refunded', 'deleted'] as const)('goes on when it was %s', (state) => {
    const returned = state === 'bounced' || state === 'refunded';
    const desired = aPayment({ version: 2, state, ...(returned && { reversedOn: '2026-11-20' }) });
    const step = early({ desired, adopting: true });
    expect(step).toMatchObject({ do: 'write', action: 'create', key: OURS });
  });

  test('and that was deleted is never created where nobody has named one', () => {
    expect(planPayment(facts({ desired: aPayment({ state: 'deleted' }) }))).toEqual({ do: 'nothing' });
  });

  test('is deleted once it is taken over', () => {
    const desired = aPayment({ version: 2, state: 'deleted' });
    expect(early({ desired, documents })).toMatchObject({ do: 'write', action: 'delete', key: OURS });
  });
});

describe('a payment that a person has taken as it is', () => {
  const plan = (version: number, over: Partial<PaymentFacts> = {}) =>
    early({ desired: aPayment({ version }), documents, bills: { B1: aBillOf() }, ...over });

  test('stays so for that version', () => {
    expect(plan(2)).toEqual({ do: 'nothing' });
  });

  test('is changed in place by the next one', () => {
    const step = plan(3);
    expect(step).toMatchObject({ do: 'write', action: 'update', key: OURS, intent: { amountCents: 67_550 } });
    expect(step).not.toHaveProperty('intent.takenAs');
  });

  test('makes way to a bill that waits for that', () => {
    const desired = aPayment({ version: 2, allocations: [{ billId: 'B2', amountCents: 60_000 }] });
    const both = { desired, documents: { ...documents, ...invoice('B2') } };
    const bills = { B1: aBillOf(), B2: aBillOf() };
    expect(plan(2, { ...both, bills })).toEqual({ do: 'nothing' });
    const step = plan(2, {
      ...both,
      bills: { ...bills, B1: aBillOf({ leaves: { [invoiceKey('B1')]: 0 } }) },
    });
    expect(step).toMatchObject({ do: 'write', action: 'update', key: OURS });
    expect(step).not.toHaveProperty('intent.takenAs');
  });
});
