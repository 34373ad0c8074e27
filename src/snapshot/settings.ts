import { z } from 'zod';
import { ITEM_KINDS, PREFIX_PATTERN, PREFIX_RULE, type FirmSettings } from '../domain/firm.js';
import { day, id, read, says, text } from './field.js';

const ID = /^\d{1,20}$/;
const itemId = z
  .string()
  .regex(ID, 'must be the id of a QuickBooks item: digits only, as in the address of its page there');
const accountId = z
  .string()
  .regex(ID, 'must be the id of a QuickBooks account: digits only, as in the address of its register');
const taxCodeId = z
  .string()
  .regex(/^(\d{1,20}|TAX|NON)$/, 'must be the id of a QuickBooks tax code: digits only, or TAX or NON');

const items = z.strictObject(
  Object.fromEntries(ITEM_KINDS.map((kind) => [kind, itemId.exactOptional()])) as Record<
    (typeof ITEM_KINDS)[number],
    z.ZodExactOptional<typeof itemId>
  >,
);

const named = <T extends z.ZodType>(value: T) => z.record(text(100), value);

/** All of it optional: what is left out stays as it is, and null takes it back to what holds without it. */
export const settingsChange = z.strictObject({
  prefix: says(z.string().regex(PREFIX_PATTERN, `must be ${PREFIX_RULE}`), PREFIX_RULE).exactOptional(),
  items: says(items, 'item per kind of line; a kind that is left out stays').exactOptional(),
  categories: says(
    named(itemId).nullable(),
    'item per activity or expense category; wins over the kind',
  ).exactOptional(),
  startOn: says(day.nullable(), 'what is older stays out, visibly').exactOptional(),
  tax: says(
    z.enum(['lines', 'summary', 'codes']).nullable(),
    "a line for each line's tax (default), one for each tax, or QuickBooks' tax codes (not in the United States)",
  ).exactOptional(),
  taxItems: says(
    named(itemId).nullable(),
    'item per name of a tax; those not named take the item of kind `tax`',
  ).exactOptional(),
  taxCodes: says(
    named(taxCodeId).nullable(),
    'tax code per name of a tax; for a line with two it is `First + Second`',
  ).exactOptional(),
  untaxedCode: says(taxCodeId.nullable(), 'tax code of a line without tax').exactOptional(),
  classes: says(z.enum(['off', 'timekeeper']).nullable(), '`off` is the default').exactOptional(),
  matters: says(z.enum(['memo', 'sub-customer']).nullable(), '`memo` is the default').exactOptional(),
  interest: says(z.enum(['invoice', 'line']).nullable(), '`invoice` is the default').exactOptional(),
  depositAccountId: says(accountId.nullable(), 'for payments; Undeposited Funds without it').exactOptional(),
  paymentMethods: says(
    named(z.string().regex(ID, 'must be the id of a QuickBooks payment method: digits only')).nullable(),
    'payment method per name of a method in the billing app',
  ).exactOptional(),
  memo: says(text(500).nullable(), 'stands at the end of every memo to the customer').exactOptional(),
  match: says(z.enum(['ask', 'name-and-email']).nullable(), '`ask` is the default').exactOptional(),
  locked: says(z.enum(['ask', 'wait', 'reverse']).nullable(), '`ask` is the default').exactOptional(),
  posted: says(
    z.array(id).max(1000),
    'ids of bills in QuickBooks that shall follow; all others keep what they were posted under',
  ).exactOptional(),
  settingsVersion: says(
    z.int().min(0),
    'what a preview has answered: refused where they were changed since',
  ).exactOptional(),
  by: says(z.string().min(1).max(200), 'who changes them; kept on record').exactOptional(),
});

export type SettingsMessage = z.infer<typeof settingsChange>;

/** The change, or a SnapshotError that names each field, the rule it breaks and the value it has. */
export const parseSettings = (value: unknown): SettingsMessage =>
  read(settingsChange, 'set of settings', value);

/** What stands in the way of working with these settings, each with what to do; empty when nothing does. */
export function settingsProblems(settings: FirmSettings, country: string | undefined): string[] {
  const { tax, taxCodes = {}, untaxedCode } = settings;
  if (tax !== 'codes') return [];
  if (country === 'US' || country === 'USA') {
    return [
      'tax: QuickBooks has no tax codes for lines in the United States; choose "lines" or "summary", with an item of kind "tax"',
    ];
  }
  return [
    ...(Object.keys(taxCodes).length > 0
      ? []
      : ['taxCodes: choose a tax code for each tax by its name, e.g. { "HST": "5" }']),
    ...(untaxedCode === undefined
      ? ['untaxedCode: choose the tax code of lines without tax; QuickBooks wants one on every line']
      : []),
  ];
}
