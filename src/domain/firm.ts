/** What a line, credit note or write-off is; a product or service of QuickBooks is chosen for each. */
export const ITEM_KINDS = [
  'time',
  'expense',
  'flat-fee',
  'discount',
  'interest',
  'tax',
  'credit',
  'write-off',
  'bad-debt',
] as const;

export type ItemKind = (typeof ITEM_KINDS)[number];

/** How a firm wants its bills in QuickBooks. Read anew at every plan, never cached over a pause. */
export interface FirmSettings {
  /** Put before every bill number, so that it cannot meet numbers given in QuickBooks. */
  prefix: string;
  /** QuickBooks item (product or service) per kind of line. A credit note without one takes that of time. */
  items: Partial<Record<ItemKind, string>>;
  /** Item per activity or expense category; wins over the kind. */
  categories?: Record<string, string>;
  /** Bills and payments that are older stay out, visibly. `YYYY-MM-DD`. */
  startOn?: string;
  /** How tax is sent: each line's as a line of its own (the default), one line per tax, or by QuickBooks' tax codes. */
  tax?: TaxMode;
  /** Item per name of a tax, for the modes with lines; the item of kind `tax` serves the rest. */
  taxItems?: Record<string, string>;
  /** QuickBooks' tax code per name of a tax; a line with two needs the code of both, named `First + Second`. */
  taxCodes?: Record<string, string>;
  /** QuickBooks' tax code of a line without tax. */
  untaxedCode?: string;
  /** A class per timekeeper on the lines of time. Off by default. */
  classes?: 'off' | 'timekeeper';
  /** Matters in the memo (the default), or the one matter of a bill as a sub-customer. */
  matters?: 'memo' | 'sub-customer';
  /** Interest on an invoice of its own (the default), or as a line of the bill's. */
  interest?: 'invoice' | 'line';
  /** Account that payments go to; absent = Undeposited Funds. */
  depositAccountId?: string;
  /** QuickBooks' id of a payment method, by its name in the billing app. */
  paymentMethods?: Record<string, string>;
  /** Stands at the end of every memo to the customer. */
  memo?: string;
  /** A client that QuickBooks seems to know already: ask (the default), or take it when name and e-mail agree. */
  match?: 'ask' | 'name-and-email';
  /** Where a closed period or a deposit stands in the way: ask (the default), wait, or reverse in the open period. */
  locked?: LockPolicy;
}

export type LockPolicy = 'ask' | LockChoice;

/** What a person may choose for one bill or payment. */
export type LockChoice = 'wait' | 'reverse';

export type TaxMode = 'lines' | 'summary' | 'codes';

/** What is left out stays as it is; null takes it back to what holds without it. */
export type SettingsChange = { [K in keyof FirmSettings]?: FirmSettings[K] | null };

/** The settings after a change. Items are changed one by one, all other maps as a whole. */
export function changedSettings(settings: FirmSettings, change: SettingsChange): FirmSettings {
  const items = { ...settings.items, ...change.items };
  const all = Object.entries({ ...settings, ...change, items }).filter(([, value]) => value !== null);
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(all) as Partial<FirmSettings>) };
}

export const DEFAULT_SETTINGS: FirmSettings = { prefix: '', items: {} };

/** QuickBooks takes 21 characters for prefix and number together. */
export const PREFIX_PATTERN = /^[\w./#-]{0,10}$/;
export const PREFIX_RULE = 'at most 10 letters, digits and . _ / # -';
