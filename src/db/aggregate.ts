import type { AggregateType } from '../domain/aggregate.js';

/** The column of an aggregate's id, where it has rows of its own. */
export const ID_COLUMN = {
  bill: 'bill_id',
  payment: 'payment_id',
  trustTransaction: 'trust_transaction_id',
  contact: 'client_id',
  timekeeper: 'timekeeper_id',
} as const satisfies Partial<Record<AggregateType, string>>;

/** Where the rows of an aggregate are. */
export const tableOf = (type: AggregateType): string =>
  type === 'trustTransaction' ? 'trust_transaction' : type;
