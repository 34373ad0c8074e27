import { describe, expect, test } from 'vitest';
import { SnapshotError } from '../../src/snapshot/field.js';
import { parsePayment } from '../../src/snapshot/payment.js';
import { aPayment } from '../support/builder.js';

const payment = (over: object) => ({ ...aPayment(), ...over });
const part = (billId: string, amountCents: unknown) => ({ billId, amountCents });
const { method: _method, reference: _reference, ...BARE } = aPayment({ allocations: [] });

function problems(value: unknown): SnapshotError['problems'] {
  try {
    parsePayment(value);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    expect((error as Error).message).toMatch(/^This is not a payment that can be taken:\n/);
    return (error as SnapshotError).problems;
  }
  return expect.fail('it was taken');
}

describe('a payment is taken', () => {
  test.each<[string, object]>([
    ['as it usually is', aPayment()],
    ['with nothing that can be left out', BARE],
    ['in another currency, at a rate', payment({ currency: 'EUR', exchangeRate: '1.0825' })],
    ['into an account of its own', payment({ account: '1150040002' })],
    ['of the smallest sum', payment({ amountCents: 1, allocations: [part('B1', 1)] })],
    ['of several bills', payment({ allocations: [part('B1', 1), part('B2', 67_549)] })],
    ['that bounced', payment({ state: 'bounced', reversedOn: '2026-11-20' })],
    ['that was deleted', payment({ state: 'deleted' })],
  ])('%s', (_name, value) => {
    expect(parsePayment(value)).toEqual(value);
  });
});

describe('a payment is refused, with the field and the rule', () => {
  test.each<[field: string, rule: string, value: unknown]>([
    ['', 'expected object, received undefined', undefined],
    ['', 'Unrecognized key: "date"', payment({ date: '2026-11-15' })],
    ['paymentId', 'may hold letters, digits and . _ @ - only', payment({ paymentId: 'P 1' })],
    ['version', 'expected number to be >=1', payment({ version: 0 })],
    ['state', 'expected one of', payment({ state: 'void' })],
    ['amountCents', 'expected number to be >=1', payment({ amountCents: 0, allocations: [] })],
    ['amountCents', 'expected int', payment({ amountCents: 67_550.5 })],
    ['currency', 'must be a currency code', payment({ currency: 'euro' })],
    ['exchangeRate', 'must be a decimal above zero', payment({ exchangeRate: '0.00' })],
    ['exchangeRate', 'expected string, received number', payment({ exchangeRate: 1.1 })],
    ['receivedOn', 'must be a calendar day, YYYY-MM-DD', payment({ receivedOn: '15.11.2026' })],
    ['account', 'digits only', payment({ account: 'Operating Bank' })],
    ['client.name', 'must not contain a colon', payment({ client: { ...aPayment().client, name: 'A: B' } })],
    ['allocations.0.amountCents', 'expected number to be >=1', payment({ allocations: [part('B1', 0)] })],
    [
      'allocations',
      'must name each bill at most once',
      payment({ allocations: [part('B1', 1), part('B1', 2)] }),
    ],
    [
      'allocations',
      'must not come to more than the amount of the payment',
      payment({ allocations: [part('B1', 67_550), part('B2', 1)] }),
    ],
    ['reversedOn', 'must say when the money went back', payment({ state: 'refunded' })],
  ])('%s: %s', (field, rule, value) => {
    expect(problems(value)).toEqual([
      expect.objectContaining({ field, rule: expect.stringContaining(rule) as string }),
    ]);
  });
});
