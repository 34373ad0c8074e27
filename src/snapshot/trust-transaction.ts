import { z } from 'zod';
import { PAYEE_LENGTH } from '../domain/payee.js';
import { ADOPTABLE_TYPES } from '../domain/trust/adoption/record.js';
import { isMoneyIn, TRUST_KINDS, type TrustTransactionSnapshot } from '../domain/trust-transaction.js';
import { contactSnapshot } from './contact.js';
import { day, id, positiveCents, read, says, text, version } from './field.js';
import { matter } from './matter.js';

const to = z.strictObject({ client: contactSnapshot, matter });

const cheque = z.strictObject({
  print: says(z.literal(true), 'the bookkeeper prints it from QuickBooks'),
  address: says(text(500), 'of the payee, lines separated by line breaks').exactOptional(),
});

const digits = (what: string) => z.string().regex(/^\d{1,20}$/, `must be ${what} in QuickBooks: digits only`);

const adopts = z.strictObject({
  type: says(z.enum(ADOPTABLE_TYPES), 'as QuickBooks calls it in its API'),
  id: says(digits('the id of a record'), "QuickBooks' id of it"),
  line: says(digits('the id of a line'), 'which of its lines, where several are alike').exactOptional(),
});

/** What a billing app may send about client money: every field with its unit and limit. */
export const trustTransactionSnapshot = z
  .strictObject({
    firmId: id,
    trustTransactionId: id,
    version: says(version, 'only grows; once it is posted, what is money in it stays'),
    kind: z.enum(TRUST_KINDS),
    accountId: says(id, 'the trust account, as it was set up'),
    date: says(day, 'the day it stands under in the books; never moved'),
    amountCents: says(positiveCents, 'cents, above zero; the kind says in which direction'),
    client: says(contactSnapshot, 'whose money it is; in QuickBooks a customer'),
    matter: says(matter, 'for which matter it is held'),
    to: says(to, 'of `transfer`: where the money goes').exactOptional(),
    reason: says(text(500), 'of `transfer` and `reversal`: why').exactOptional(),
    reverses: says(id, 'of `reversal`: the transaction that is taken back, all of it').exactOptional(),
    billId: says(id, 'of `fee`: the bill that it is applied to').exactOptional(),
    clearsOn: says(
      day,
      'of money in: not drawn upon before this day; absent = as the account is set up',
    ).exactOptional(),
    payer: says(text(200), 'who paid it in').exactOptional(),
    payee: says(text(200), 'whom it is paid to').exactOptional(),
    purpose: says(text(500), 'what it is for').exactOptional(),
    method: says(text(100), 'such as `Cheque`').exactOptional(),
    reference: says(text(100), 'the number of a cheque or wire').exactOptional(),
    memo: text(500).exactOptional(),
    cheque: says(cheque, 'of `disbursement`: it is to be printed from QuickBooks').exactOptional(),
    adopts: says(adopts, 'it is in QuickBooks already, and is not posted').exactOptional(),
    enteredBy: says(text(200), 'who entered it; another person has to record an overdraw').exactOptional(),
  })
  .superRefine((transaction, context) => {
    for (const [field, message] of contradictions(transaction)) {
      context.addIssue({ code: 'custom', path: [field], message });
    }
  }) satisfies z.ZodType<TrustTransactionSnapshot>;

/** What a field is for: with these kinds it is needed, with others it has no meaning. */
const OF: Partial<Record<keyof TrustTransactionSnapshot, TrustTransactionSnapshot['kind'][]>> = {
  to: ['transfer'],
  reason: ['transfer', 'reversal'],
  reverses: ['reversal'],
  billId: ['fee'],
};

type Problem = [field: keyof TrustTransactionSnapshot, message: string];

function contradictions(transaction: TrustTransactionSnapshot): Problem[] {
  const {
    kind,
    date,
    client,
    matter: own,
    to: goal,
    clearsOn,
    cheque: printed,
    reverses,
    payee,
  } = transaction;
  const found: Problem[] = [];
  for (const [field, kinds] of Object.entries(OF) as [keyof typeof OF, string[]][]) {
    const isThere = transaction[field] !== undefined;
    if (kinds.includes(kind) && !isThere) found.push([field, `is needed by a ${kind}`]);
    if (!kinds.includes(kind) && isThere) found.push([field, `has no meaning for a ${kind}`]);
  }
  if (printed && kind !== 'disbursement') found.push(['cheque', `has no meaning for a ${kind}`]);
  if (transaction.adopts && printed) found.push(['adopts', 'has no meaning with a cheque to be printed']);
  if (printed && payee !== undefined && payee.length > PAYEE_LENGTH) {
    found.push(['payee', `of a cheque has at most ${PAYEE_LENGTH} characters`]);
  }
  if (clearsOn !== undefined && !isMoneyIn(kind)) found.push(['clearsOn', `has no meaning for a ${kind}`]);
  if (clearsOn !== undefined && clearsOn < date) found.push(['clearsOn', 'must not be before the date']);
  if (goal?.client.clientId === client.clientId && goal.matter.matterId === own.matterId) {
    found.push(['to', 'must be another matter']);
  }
  if (reverses === transaction.trustTransactionId) found.push(['reverses', 'must be another transaction']);
  return found;
}

/** The snapshot, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parseTrustTransaction = (value: unknown): TrustTransactionSnapshot =>
  read(trustTransactionSnapshot, 'trust transaction', value);
