import type { FaultFamily } from '../entry.js';

export const APPLICATION_FAULTS: FaultFamily = {
  title: 'Payments and credits that do not fit their bill',
  entries: [
    {
      key: 'applied-to-other-customer',
      title: 'Bill belongs to another customer in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [
        {
          text: /belongs? to (?:another|a different) customer|customer on this payment does not match/i,
        },
      ],
      cause:
        '{document} is meant for a bill that QuickBooks does not have, or has under another customer than {client}. Usually an invoice of somebody else carries the same number.',
      remedy:
        'Open the invoice in QuickBooks, correct its customer and retry; or resync, and the bill is asked about that has the wrong one. If the numbers collide, give the bill another number in the billing app. A bill that is excluded stays under its former customer: once it is included again, this follows by itself.',
      allowed: ['retry', 'resync', 'adopt', 'exclude'],
    },
    {
      key: 'transaction-not-linkable',
      title: 'Transaction cannot be linked',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '620' }],
      cause:
        'QuickBooks does not let {document} be linked to the transaction we named. That one stands under another customer (the matter or the client was changed after posting), or it is a different, unrelated record with the same number.',
      remedy:
        'Undo the change of matter or client and retry. If the numbers collide, give the bill another number. Or void the bill in the billing app and generate it anew.',
      allowed: ['retry', 'renumber', 'resync', 'adopt', 'exclude'],
    },
    {
      key: 'applied-bill-missing',
      title: 'Bill of this payment is not in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} pays a bill[, {bill},] that is not in QuickBooks. It may be older than the connection, excluded, or itself held up.',
      remedy:
        'See to the bill, which may wait for a decision of its own, or be excluded: then it can be included again there. Once it is in QuickBooks, this payment follows by itself.',
      allowed: ['retry', 'adopt', 'exclude'],
    },
    {
      key: 'credited-bill-missing',
      title: 'Bill of this credit is not in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} credits a bill[, {bill},] that is not in QuickBooks. It may be older than the connection, excluded, or itself held up.',
      remedy:
        'See to the bill, which may wait for a decision of its own, or be excluded: then it can be included again there. Once it is in QuickBooks, this credit follows by itself.',
      allowed: ['retry', 'adopt', 'exclude'],
    },
    {
      key: 'applied-before-posted',
      title: 'Applied before it was posted',
      kind: 'permanent',
      scope: 'document',
      match: [
        {
          code: '6000',
          text: /(?:payment|credit)\b[^.]*\b(?:not yet|has not|have not|before)\b[^.]*\b(?:posted|synced|saved|applied)/i,
        },
      ],
      cause:
        'The payment or credit note behind {document} was applied to the bill before it had reached QuickBooks itself.',
      remedy:
        'Retry once the payment or the credit note is posted. If it never will be, delete the credit note in the billing app and enter it again, or enter a credit memo in QuickBooks by hand and adopt it.',
      allowed: ['retry', 'adopt', 'exclude'],
    },
    {
      key: 'excluded-payment-in-the-way',
      title: 'A payment that is kept out is in the way of its bill',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} cannot be changed in QuickBooks as long as a payment[, {payment},] is on it that somebody has excluded, so that it is left as it is.',
      remedy:
        'Have that payment included again: it is taken off by itself, and this goes on. Or take the change of the bill back in the billing app.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'over-applied',
      title: 'More applied than is open',
      kind: 'permanent',
      scope: 'document',
      match: [
        {
          code: '6000',
          text: /(?:more than|exceeds?|greater than|over)\b[^.]*\b(?:balance|open amount|amount due|total amount)|over-?appl/i,
        },
      ],
      cause:
        '{document} applies more to a bill than is still open on it in QuickBooks. Somebody may have entered a payment or a credit there.',
      remedy: 'Compare the payments of the bill on both sides, remove the one that is too many, and retry.',
      allowed: ['retry', 'adopt', 'exclude'],
    },
  ],
};
