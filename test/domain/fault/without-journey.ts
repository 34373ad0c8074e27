/** Why no journey brings a cause about, by the catalogue's key. The lists may only shrink. */
export const CANNOT_ARISE: Readonly<Record<string, string>> = {
  'bill-already-in-quickbooks':
    'cannot arise: an invoice that has the number of the bill is met as [number-used-bill](remedies.md#number-used-bill)',
  'payment-already-in-quickbooks':
    'cannot arise: the reference of a payment is not compared; our own are found by our key in the note',
  'contact-email-clash': 'cannot arise: no change of a customer is taken over from QuickBooks',
  'website-malformed': 'cannot arise: no web address is sent',
  'item-based-lines': 'cannot arise: no expenses are taken over from QuickBooks',
  'credited-bill-missing': 'cannot arise: a credit note comes with its bill and is posted after it',
  'applied-before-posted': 'cannot arise: a payment waits until its bill is posted',
  'number-used-payment': 'cannot arise: QuickBooks does not compare the references of payments',
  'matter-numbers-too-long':
    'cannot arise: matters that are too many for the memo are left out of it and counted',
  'class-missing':
    'cannot arise: the timekeeper is asked about, as [class-gone](remedies.md#class-gone) or [class-inactive](remedies.md#class-inactive)',
  'field-too-long':
    'cannot arise: what is longer than QuickBooks takes is refused on arrival, or cut with points',
  'rounding-differs': 'cannot arise: hours and rate are sent only where they come to the amount',
};

/** Why a journey puts QuickBooks' answer in its mouth instead of bringing the cause about, by the catalogue's key. */
export const ANSWER_INJECTED: Readonly<Record<string, string>> = {
  'reference-deleted': 'the simulator names what is gone; QuickBooks does not always',
  'tax-calculated-by-quickbooks': 'the simulator calculates no sales tax by itself',
  'currency-unsupported': 'the simulator misses a currency that is not active before it looks at its code',
  'matched-transaction': 'the simulator has no bank feed to match with',
  'transaction-not-linkable': 'the simulator says what is wrong about a link, and not only that it is',
};

/** May arise here, and no journey plays it yet. */
export const NO_JOURNEY_YET: readonly string[] = [];

/** How many keys there are above. Whoever adds a journey lowers it; nobody raises it. */
export const MOST_WITHOUT_JOURNEY = 0;
