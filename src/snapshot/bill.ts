import { z } from 'zod';
import type { BillSnapshot } from '../domain/bill.js';
import { contactSnapshot } from './contact.js';
import { cents, day, id, read, text, version } from './field.js';

const timeLine = z.strictObject({
  kind: z.literal('time'),
  description: text(3500),
  date: day,
  timekeeper: text(200),
  hoursThousandths: z.int().min(0),
  rateCents: cents,
  amountCents: cents,
});

const expenseLine = z.strictObject({
  kind: z.literal('expense'),
  description: text(3500),
  date: day,
  amountCents: cents,
});

const matter = z.strictObject({ matterId: id, number: text(100), description: text(1000) });

/** What a billing app may send about a bill: every field with its unit and limit. */
export const billSnapshot = z.strictObject({
  firmId: id,
  billId: id,
  version,
  state: z.enum(['approved', 'void']),
  number: text(100),
  issuedOn: day,
  dueOn: day,
  client: contactSnapshot,
  matters: z.array(matter).max(500),
  lines: z.array(z.discriminatedUnion('kind', [timeLine, expenseLine])).max(5000),
}) satisfies z.ZodType<BillSnapshot>;

/** The snapshot, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parseBill = (value: unknown): BillSnapshot => read(billSnapshot, 'bill', value);
