import { z } from 'zod';
import type { BillSnapshot } from '../domain/bill.js';
import { contactSnapshot } from './contact.js';
import { cents, currency, day, decimal, id, positiveCents, read, says, text, version } from './field.js';
import { matter } from './matter.js';

const MATTER = 'one of the matters of this bill';

const tax = z.strictObject({
  name: says(text(100), "as the firm calls it; the settings choose QuickBooks' item or code by it"),
  ratePerMillion: says(z.int().min(0).max(1_000_000), 'millionths: 13 % = 130000'),
  amountCents: says(cents, "cents, on top of the line's amount"),
});

const line = {
  description: text(3500),
  category: says(
    text(100),
    'activity or expense category; the settings may choose an item by it',
  ).exactOptional(),
  matterId: says(id, MATTER).exactOptional(),
  amountCents: says(cents, 'cents, without tax'),
  taxes: says(z.array(tax).max(2), 'the primary one first').exactOptional(),
};

const timeLine = z.strictObject({
  kind: z.literal('time'),
  ...line,
  date: day,
  timekeeper: says(text(200), 'name; stands before the description'),
  timekeeperId: says(id, 'for the class of the timekeeper').exactOptional(),
  hoursThousandths: says(z.int().min(0), 'thousandths of an hour: 1.5 h = 1500'),
  rateCents: says(cents, 'cents for an hour'),
});

const expenseLine = z.strictObject({ kind: z.literal('expense'), ...line, date: day });

const otherLine = z.strictObject({
  kind: z.enum(['flat-fee', 'interest']),
  ...line,
  date: day.exactOptional(),
});

const discountLine = z.strictObject({
  kind: z.literal('discount'),
  ...line,
  date: day.exactOptional(),
  amountCents: says(z.int().min(-99_999_999_999).max(0), 'cents, without tax'),
});

const credit = z.strictObject({
  creditId: says(id, 'its own among the credits and write-offs of the bill'),
  number: says(text(100), 'without one it is numbered after the bill').exactOptional(),
  date: day,
  amountCents: says(positiveCents, 'cents, all of the credit note'),
  description: text(3500),
  appliedCents: says(
    z.int().min(0).max(99_999_999_999),
    'cents used on this bill, at most all of it; all of it when absent',
  ).exactOptional(),
});

const writeOff = z.strictObject({
  writeOffId: says(id, 'its own among the credits and write-offs of the bill'),
  kind: z.enum(['write-off', 'bad-debt']),
  date: says(day, 'the day on which it was given up'),
  amountCents: says(positiveCents, 'cents'),
  description: text(3500),
});

/** What a billing app may send about a bill: every field with its unit and limit. */
export const billSnapshot = z
  .strictObject({
    firmId: id,
    billId: id,
    version: says(version, 'only grows; an older or equal one is ignored'),
    state: says(z.enum(['approved', 'void']), '`void` takes it out of the books'),
    number: says(text(100), "QuickBooks takes 21 characters, with the firm's prefix"),
    issuedOn: says(day, 'the day it stands under in the books'),
    dueOn: day,
    servicePeriod: says(
      z.strictObject({ from: day, to: day }),
      'first and last day of the work',
    ).exactOptional(),
    currency: says(currency, "absent = the currency of the firm's books").exactOptional(),
    exchangeRate: says(
      decimal,
      "home units for one foreign unit; absent = QuickBooks' own of the day",
    ).exactOptional(),
    client: says(contactSnapshot, 'whom it is for; in QuickBooks a customer'),
    matters: says(z.array(matter).max(500), 'what it is about; in the memo, or as a sub-customer'),
    lines: z.array(z.discriminatedUnion('kind', [timeLine, expenseLine, discountLine, otherLine])).max(5000),
    notes: says(text(4000), 'for the client; stands in the memo below the matters').exactOptional(),
    credits: says(z.array(credit).max(200), 'credit notes given on this bill').exactOptional(),
    writeOffs: says(z.array(writeOff).max(200), 'what is given up of it').exactOptional(),
    replaces: says(
      id,
      'the bill that this one was generated anew from; it has to be void first',
    ).exactOptional(),
  })
  .superRefine((bill, context) => {
    for (const { path, message } of contradictions(bill)) context.addIssue({ code: 'custom', path, message });
  }) satisfies z.ZodType<BillSnapshot>;

interface Contradiction {
  path: (string | number)[];
  message: string;
}

/** What no field alone can be blamed for. */
function contradictions(bill: BillSnapshot): Contradiction[] {
  const found: Contradiction[] = [];
  const { servicePeriod, matters, lines, credits = [], writeOffs = [] } = bill;
  if (servicePeriod && servicePeriod.from > servicePeriod.to) {
    found.push({ path: ['servicePeriod', 'to'], message: 'must not be before "from"' });
  }
  if (bill.replaces === bill.billId) {
    found.push({ path: ['replaces'], message: 'must be another bill' });
  }
  const known = new Set(matters.map(({ matterId }) => matterId));
  lines.forEach(({ matterId }, index) => {
    if (matterId === undefined || known.has(matterId)) return;
    found.push({ path: ['lines', index, 'matterId'], message: `must be ${MATTER}` });
  });
  credits.forEach(({ amountCents, appliedCents = 0 }, index) => {
    if (appliedCents <= amountCents) return;
    found.push({ path: ['credits', index, 'appliedCents'], message: 'must not be more than "amountCents"' });
  });
  const seen = new Set<string>();
  const ids = [
    ...credits.map(({ creditId }, index) => [creditId, ['credits', index, 'creditId']] as const),
    ...writeOffs.map(({ writeOffId }, index) => [writeOffId, ['writeOffs', index, 'writeOffId']] as const),
  ];
  for (const [one, path] of ids) {
    if (seen.has(one)) found.push({ path: [...path], message: 'must be used once on a bill' });
    seen.add(one);
  }
  return found;
}

/** The snapshot, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parseBill = (value: unknown): BillSnapshot => read(billSnapshot, 'bill', value);
