import { expect, test } from 'vitest';
import type { ApplicationIntent, PaymentIntent } from '../../src/domain/intent.js';
import { changedBy, type Use } from '../../src/domain/use.js';

const lying = (on: Record<string, number>) =>
  Object.entries(on).map(([invoiceQboId, amountCents]) => ({ invoiceKey: '', invoiceQboId, amountCents }));
const payment = (on: Record<string, number>): PaymentIntent => ({
  document: 'payment',
  customerQboId: '58',
  receivedOn: '2026-11-20',
  amountCents: 900,
  allocations: lying(on),
  terms: {},
  mark: 'payment/P1/payment',
});
const credit = (on: Record<string, number>): ApplicationIntent => ({
  document: 'application',
  customerQboId: '58',
  appliedOn: '2026-11-20',
  creditQboId: '900',
  allocations: lying(on),
  mark: 'bill/B1/application/CN1',
});

test.each<[string, Use | undefined, Use | undefined, string[]]>([
  ['a new payment', undefined, payment({ 1: 5, 2: 6 }), ['1', '2']],
  ['one that is changed beside its bills', payment({ 1: 5 }), payment({ 1: 5 }), []],
  ['one that goes over from bill to bill', payment({ 1: 5, 2: 6 }), payment({ 2: 6, 3: 5 }), ['1', '3']],
  ['one that pays more', payment({ 1: 5 }), payment({ 1: 6 }), ['1']],
  ['one that goes', payment({ 1: 5 }), undefined, ['1']],
  ['a credit that is used', undefined, credit({ 1: 5 }), ['1', '900']],
  ['one that goes over to another invoice', credit({ 1: 5 }), credit({ 2: 5 }), ['1', '2']],
  ['one that is used less', credit({ 1: 5 }), credit({ 1: 4 }), ['1', '900']],
])('%s changes what it lies on', (_name, before, after, ids) => {
  expect(changedBy(before, after)).toEqual(ids);
});
