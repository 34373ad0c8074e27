/** How a firm wants its bills in QuickBooks. Read anew at every plan, never cached over a pause. */
export interface FirmSettings {
  /** Put before every bill number, so that it cannot meet numbers given in QuickBooks. */
  prefix: string;
  /** QuickBooks item (product or service) per kind of bill line. */
  items: Partial<Record<'time' | 'expense', string>>;
  /** QuickBooks' id of the account that payments go to; absent = Undeposited Funds. */
  depositAccountId?: string;
  /** QuickBooks' id of a payment method, by its name in the billing app. */
  paymentMethods?: Record<string, string>;
}

export const DEFAULT_SETTINGS: FirmSettings = { prefix: '', items: {} };

/** QuickBooks takes 21 characters for prefix and number together. */
export const PREFIX_PATTERN = /^[\w./#-]{0,10}$/;
export const PREFIX_RULE = 'at most 10 letters, digits and . _ / # -';
