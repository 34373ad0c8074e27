import { describe, expect, test } from 'vitest';
import type { PostedDocument } from '../../src/domain/document.js';
import type { PaymentFacts } from '../../src/domain/payment.js';
import { planPayment } from '../../src/domain/payment/plan.js';
import { aPayment } from '../support/builder.js';
import { aBillOf, customer, facts, invoice } from '../support/payment-books.js';

/** The books after the one write that the plan asks for. */
function afterWrite(now: PaymentFacts): PaymentFacts {
  const step = planPayment(now);
  if (step.do !== 'write') throw new Error(`expected a write, got ${JSON.stringify(step)}`);
  const posted: PostedDocument = { intent: step.intent, qboId: '9', syncToken: '0' };
  return { ...now, documents: { ...now.documents, [step.key]: posted } };
}

describe('a payment of a client who is not as he was in QuickBooks', () => {
  const parts = [
    { billId: 'B1', amountCents: 100 },
    { billId: 'B2', amountCents: 100 },
  ];
  const billing = { client: { clientId: 'C1' }, matters: [] };
  const bills = { B1: aBillOf({ billing }), B2: aBillOf({ billing }) };

  test('waits where QuickBooks takes nothing new of him, and not where nothing new is to be written', () => {
    const now = { ...customer('C1', '58'), ...invoice('B1') };
    const posted = afterWrite(facts({ documents: now }));
    const inactive = {
      'contact/C1/customer': { ...now['contact/C1/customer']!, removed: 'inactive' as const },
    };
    expect(planPayment(facts({ documents: { ...now, ...inactive } }))).toMatchObject({
      do: 'wait',
      on: 'contact/C1/customer',
      of: { type: 'contact', id: 'C1' },
    });
    expect(planPayment({ ...posted, documents: { ...posted.documents, ...inactive } })).toEqual({
      do: 'nothing',
    });
  });

  test('asks where its bill is excluded and has stayed under a customer who stands for him no more', () => {
    const documents = { ...customer('C1', '59'), ...invoice('B1') };
    const excluded = { B1: aBillOf({ billing, excluded: true }) };
    expect(planPayment(facts({ documents, bills: excluded }))).toMatchObject({
      do: 'park',
      fault: 'applied-to-other-customer',
      until: { on: 'bill/B1/invoice' },
    });
  });

  test('leaves the bill that has not followed him yet, when another one has', () => {
    const desired = aPayment({ allocations: parts });
    const documents = { ...customer('C1', '58'), ...invoice('B1'), ...invoice('B2') };
    const before = afterWrite(facts({ desired, bills, documents }));
    const moved = { ...customer('C1', '59'), ...invoice('B1', 67_550, { customerQboId: '59' }) };
    const parted = { ...before, documents: { ...before.documents, ...moved } };
    expect(planPayment(parted)).toMatchObject({
      action: 'update',
      intent: { customerQboId: '58', allocations: [{ invoiceKey: 'bill/B1/invoice' }] },
    });
    expect(planPayment(afterWrite(parted))).toMatchObject({ do: 'wait', on: 'bill/B2/invoice' });
  });
});
