/** Where what causes a fault can be mended, beside the document itself. */
export type MendedIn = 'settings' | 'quickbooks';

const BOTH = ['settings', 'quickbooks'] as const;

/**
 * Faults whose cause lies outside the document that met it: one item mapped anew, one account made active again, one
 * month opened, and all that it stopped can go on. `settings`: tried again when the firm's settings change.
 * `quickbooks`: nobody tells us what a bookkeeper mends there, so that one document at a time is tried now and then.
 * Either way, the first that is posted again takes the others along.
 */
export const MENDED_IN: Readonly<Record<string, readonly MendedIn[]>> = {
  'no-item-mapped': ['settings'],
  'before-start': ['settings'],
  'currency-unsupported': ['settings'],
  'account-not-mapped': BOTH,
  'account-missing': BOTH,
  'account-type-missing': BOTH,
  'account-type-wrong': BOTH,
  'deposit-account-missing': BOTH,
  'item-without-income-account': BOTH,
  'write-off-item-without-income-account': BOTH,
  'item-based-lines': BOTH,
  'tax-code-missing': BOTH,
  'tax-code-not-allowed': BOTH,
  'location-missing': BOTH,
  'class-missing': BOTH,
  'class-limit': BOTH,
  'feature-not-in-plan': BOTH,
  'feature-not-permitted': BOTH,
  'subscription-ended': ['quickbooks'],
  'access-forbidden': ['quickbooks'],
  'network-blocked': ['quickbooks'],
  'reference-inactive': BOTH,
  'reference-deleted': BOTH,
  'reference-missing': BOTH,
  'number-used': BOTH,
  'number-used-bill': BOTH,
  'number-used-interest': BOTH,
  'number-used-credit-memo': BOTH,
  'number-used-journal-entry': BOTH,
  'closed-period': ['quickbooks'],
  'closed-period-correction': ['quickbooks'],
  'closed-period-trust': ['quickbooks'],
  'closed-period-trust-correction': ['quickbooks'],
  'contact-inactive': ['quickbooks'],
  'contact-name-taken': ['quickbooks'],
  'contact-name-inactive': ['quickbooks'],
  'contact-name-elsewhere': ['quickbooks'],
  'payment-deposited': ['quickbooks'],
  'matched-transaction': ['quickbooks'],
};

/** Keys of the faults that are mended there. */
export const mendedIn = (where: MendedIn): string[] =>
  Object.keys(MENDED_IN).filter((key) => MENDED_IN[key]?.includes(where));
