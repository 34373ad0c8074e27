import { z } from 'zod';
import type { PaymentSnapshot } from '../domain/payment.js';
import { contactSnapshot } from './contact.js';
import { currency, day, decimal, id, positiveCents, read, says, text, version } from './field.js';

const allocation = z.strictObject({
  billId: says(id, 'each bill at most once; one that is not in QuickBooks yet is waited for'),
  amountCents: says(positiveCents, 'cents of the payment that are meant for this bill'),
});

const account = z.string().regex(/^\d{1,20}$/, 'must be the id of a QuickBooks account: digits only');

/** What a billing app may send about a payment: every field with its unit and limit. */
export const paymentSnapshot = z
  .strictObject({
    firmId: id,
    paymentId: id,
    version: says(version, 'only grows; an older or equal one is ignored'),
    state: says(
      z.enum(['received', 'bounced', 'refunded', 'deleted']),
      '`bounced` and `refunded`: the money went back; `deleted`: it was entered by mistake',
    ),
    amountCents: says(positiveCents, 'cents, all of it; what is not allocated stays with the client'),
    currency: says(currency, "that of the bills; absent = the currency of the firm's books").exactOptional(),
    exchangeRate: says(
      decimal,
      "home units for one foreign unit; absent = QuickBooks' own of the day",
    ).exactOptional(),
    receivedOn: says(day, 'the day it stands under in the books'),
    reversedOn: says(day, 'when the money went back; needed by `bounced` and `refunded`').exactOptional(),
    method: says(text(100), 'such as `Cheque`; in the note unless the settings map it').exactOptional(),
    reference: says(
      text(100),
      "the payer's own number; QuickBooks gets the last 21 characters",
    ).exactOptional(),
    account: says(account, "QuickBooks' id of the account it was paid into").exactOptional(),
    client: says(contactSnapshot, 'who paid; in QuickBooks a customer'),
    allocations: says(z.array(allocation).max(1000), 'together at most the amount')
      // Which of the two was meant is not ours to say.
      .refine((parts) => new Set(parts.map(({ billId }) => billId)).size === parts.length, {
        message: 'must name each bill at most once',
      }),
  })
  .refine(
    ({ amountCents, allocations }) =>
      allocations.reduce((sum, part) => sum + part.amountCents, 0) <= amountCents,
    { path: ['allocations'], message: 'must not come to more than the amount of the payment' },
  )
  .refine(
    ({ state, reversedOn }) => (state !== 'bounced' && state !== 'refunded') || reversedOn !== undefined,
    { path: ['reversedOn'], message: 'must say when the money went back' },
  ) satisfies z.ZodType<PaymentSnapshot>;

/** The snapshot, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parsePayment = (value: unknown): PaymentSnapshot => read(paymentSnapshot, 'payment', value);
