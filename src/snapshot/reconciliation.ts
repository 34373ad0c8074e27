import { z } from 'zod';
import {
  DEFAULT_JURISDICTION,
  JURISDICTION_KEYS,
  type JurisdictionKey,
} from '../domain/trust/jurisdiction.js';
import { cents, day, id, read, text } from './field.js';

const uncleared = z.strictObject({
  cents,
  trustTransactionId: id.exactOptional(),
  description: text(200).exactOptional(),
});

const statement = z.strictObject({
  balanceCents: cents,
  uncleared: z.array(uncleared).max(5000).default([]),
});

const keys = JURISDICTION_KEYS as [JurisdictionKey, ...JurisdictionKey[]];

const order = z.strictObject({
  /** The end of this day; absent = the last one that is over everywhere. */
  on: day.exactOptional(),
  /** What the bank says of that day; absent = our ledger and QuickBooks alone are compared. */
  statement: statement.exactOptional(),
  jurisdiction: z.enum(keys, `must be one of ${keys.join(', ')}`).default(DEFAULT_JURISDICTION),
  by: text(100).exactOptional(),
});

const signature = z.strictObject({ by: text(100), note: text(4000).exactOptional() });

const ledgerFilter = z.strictObject({
  clientId: id.exactOptional(),
  matterId: id.exactOptional(),
  from: day.exactOptional(),
  to: day.exactOptional(),
  format: z.enum(['json', 'csv']).default('json'),
});

const FORMATS = ['json', 'csv', 'pdf'] as const;

const reportFilter = z.strictObject({
  format: z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`).default('json'),
});

/** Each throws a SnapshotError that names what is wrong and what would be right. */
export const parseReconciliation = (value: unknown) => read(order, 'reconciliation', value ?? {});
export const parseSignOff = (value: unknown) => read(signature, 'sign-off', value ?? {});
export const parseLedgerFilter = (value: unknown) => read(ledgerFilter, 'filter', value);
export const parseReportFilter = (value: unknown) => read(reportFilter, 'report', value);
