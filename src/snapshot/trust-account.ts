import { z } from 'zod';
import type { TrustAccount } from '../domain/trust-account.js';
import { cents, day, id, read, says, text } from './field.js';

const qboAccount = z.string().regex(/^\d{1,20}$/, 'must be the id of a QuickBooks account: digits only');

const holder = z.strictObject({ clientId: id, matterId: id });

/** How one trust account of a firm stands in QuickBooks: every field with its unit and limit. */
export const trustAccount = z.strictObject({
  accountId: says(id, 'yours; part of the path, where it is left out of the body').exactOptional(),
  name: text(100),
  bankAccountId: says(qboAccount, "QuickBooks' id of the bank account; each in one trust account only"),
  liabilityAccountId: says(
    qboAccount,
    "QuickBooks' id of the liability account on which it is owed to clients",
  ),
  startOn: says(day, 'older transactions are not taken; opening balances are of this day'),
  openingCents: says(
    cents,
    'what the bank held on that day; nothing else is posted before the opening balances come to it',
  ).exactOptional(),
  clearingDays: says(
    z.int().min(0).max(60),
    'money in can be drawn this many days after its date, unless it says so itself; absent = at once',
  ).exactOptional(),
  charges: says(holder, "the firm's own ledger line, that bank charges are drawn from").exactOptional(),
  interest: says(
    holder,
    'whom interest goes to, such as the bar foundation; absent = the client that it names',
  ).exactOptional(),
  lineCustomer: says(
    z.enum(['tag', 'plain']),
    '`plain`: the client stands in the words of a line only, not as its customer; absent = `tag`',
  ).exactOptional(),
  subAccounts: says(
    z.literal('client'),
    'what is owed to each client has an account of its own below the liability account; for plans without a limit',
  ).exactOptional(),
});

/** The account, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parseTrustAccount = (value: unknown, accountId: string): TrustAccount => ({
  ...read(trustAccount, 'trust account', value),
  accountId: read(z.object({ accountId: id }), 'trust account', { accountId }).accountId,
});
