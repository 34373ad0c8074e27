import type { BillSnapshot } from '../../src/domain/bill.js';
import type { ContactSnapshot } from '../../src/domain/contact.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { Owner } from './stage.js';

type Parts = Pick<
  TrustTransactionSnapshot,
  'firmId' | 'trustTransactionId' | 'kind' | 'accountId' | 'date' | 'amountCents'
>;

/** One movement of client money, with the words that belong to its kind. */
export const snapshotOf = (
  parts: Parts,
  owner: Owner,
  more: Partial<TrustTransactionSnapshot> = {},
): TrustTransactionSnapshot => ({
  version: 1,
  ...parts,
  ...partyOf(owner),
  purpose: `Storm ${parts.kind}`,
  enteredBy: 'Pat',
  ...more,
});

export const partyOf = ({ clientId, matterId }: Owner) => ({
  client: clientOf(clientId),
  matter: { matterId, number: `2026-${clientId}-${matterId}`, description: 'Engine dispute' },
});

const clientOf = (clientId: string): ContactSnapshot => ({
  clientId,
  version: 1,
  name: `Client ${clientId}`,
});

/** A small bill of a client, of one line. */
export const billOf = (
  firmId: string,
  billId: string,
  owner: Owner,
  on: string,
  cents: number,
): BillSnapshot => ({
  firmId,
  billId,
  version: 1,
  state: 'approved',
  number: billId,
  issuedOn: on,
  dueOn: on,
  client: partyOf(owner).client,
  matters: [partyOf(owner).matter],
  lines: [{ kind: 'expense', description: 'Court fee', date: on, amountCents: cents }],
});
