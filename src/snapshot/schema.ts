import { z } from 'zod';
import { billSnapshot } from './bill.js';
import { paymentSnapshot } from './payment.js';
import { settingsChange } from './settings.js';
import { trustAccount } from './trust-account.js';
import { trustTransactionSnapshot } from './trust-transaction.js';

/** What a billing app may send, by name. */
export const SCHEMAS = {
  bill: billSnapshot,
  payment: paymentSnapshot,
  'trust-transaction': trustTransactionSnapshot,
  'trust-account': trustAccount,
  settings: settingsChange,
} satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof SCHEMAS;

/** The same rules as JSON Schema, but for those that hold between fields; the page of the snapshots tells of these. */
export const jsonSchema = (name: SchemaName): Record<string, unknown> => ({
  $id: `urn:counterfoil:${name}`,
  ...z.toJSONSchema(SCHEMAS[name], { io: 'input' }),
});
