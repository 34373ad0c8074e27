import { describe, expect, test } from 'vitest';
import { invoiceKey, paymentKey, trustPaymentKey, type PostedDocument } from '../../src/domain/document.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aBillOf, customer, facts, invoice } from '../support/payment-books.js';

describe('a payment whose room others of ours still take', () => {
  const paidBy = (id: string, amountCents: number, key = paymentKey(id)): Record<string, PostedDocument> => ({
    [key]: {
      intent: {
        document: 'payment',
        customerQboId: '58',
        receivedOn: '2026-11-15',
        amountCents,
        allocations: [{ invoiceKey: invoiceKey('B1'), invoiceQboId: 'qbo-bill/B1/invoice', amountCents }],
        terms: {},
        mark: key,
      },
      qboId: `qbo-${id}`,
      syncToken: '0',
    },
  });
  const books = { ...customer('C1', '58'), ...invoice('B1'), ...paidBy('P9', 10_000) };
  const rival = (amountCents: number, over = {}) => ({
    P9: {
      state: 'received' as const,
      excluded: false,
      allocations: [{ billId: 'B1', amountCents }],
      ...over,
    },
  });

  test.each([rival(0), rival(9999), rival(10_000, { state: 'deleted' })])(
    'waits for the one that makes way',
    (rivals) => {
      expect(planPayment(facts({ documents: books, rivals }))).toMatchObject({
        do: 'wait',
        on: paymentKey('P9'),
        why: 'payment P9 to be taken off bill B1',
      });
    },
  );

  test('does not take an earned fee for a payment of the same id', () => {
    const fee = paidBy('P9', 10_000, trustPaymentKey('P9'));
    const documents = { ...customer('C1', '58'), ...invoice('B1'), ...fee };
    const bills = { B1: aBillOf() };
    expect(planPayment(facts({ documents, rivals: rival(0), bills })).do).toBe('write');
  });

  test('waits for the interest of its bill where that is what is to be paid', () => {
    const bills = { B1: aBillOf({ totalCents: 77_550 }) };
    expect(planPayment(facts({ documents: books, rivals: rival(10_000), bills }))).toMatchObject({
      do: 'wait',
      on: invoiceKey('B1'),
      why: 'all invoices of bill 1042 to be in QuickBooks',
    });
  });

  test.each([rival(10_000), rival(0, { excluded: true })])(
    'is for QuickBooks to judge where nobody makes way',
    (rivals) => {
      expect(planPayment(facts({ documents: books, rivals, bills: { B1: aBillOf() } })).do).toBe('write');
    },
  );
});
