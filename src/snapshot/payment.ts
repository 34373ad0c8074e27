import { z } from 'zod';
import type { PaymentSnapshot } from '../domain/payment.js';
import { contactSnapshot } from './contact.js';
import { cents, day, id, read, text, version } from './field.js';

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency of ISO 4217, e.g. EUR');

const exchangeRate = z
  .string()
  .regex(/^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,9})?$/, 'must be a decimal above zero, e.g. "1.0825"');

/** QuickBooks refuses a payment of nothing, and a part of nothing is no part. */
const positiveCents = cents.min(1);

const allocation = z.strictObject({ billId: id, amountCents: positiveCents });

/** What a billing app may send about a payment: every field with its unit and limit. */
export const paymentSnapshot = z
  .strictObject({
    firmId: id,
    paymentId: id,
    version,
    state: z.enum(['received', 'bounced', 'refunded', 'deleted']),
    amountCents: positiveCents,
    currency: currency.exactOptional(),
    exchangeRate: exchangeRate.exactOptional(),
    receivedOn: day,
    reversedOn: day.exactOptional(),
    method: text(100).exactOptional(),
    reference: text(100).exactOptional(),
    account: z
      .string()
      .regex(/^\d{1,20}$/, 'must be the id of a QuickBooks account: digits only')
      .exactOptional(),
    client: contactSnapshot,
    allocations: z
      .array(allocation)
      .max(1000)
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
    {
      path: ['reversedOn'],
      message: 'must say when the money went back',
    },
  ) satisfies z.ZodType<PaymentSnapshot>;

/** The snapshot, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parsePayment = (value: unknown): PaymentSnapshot => read(paymentSnapshot, 'payment', value);
