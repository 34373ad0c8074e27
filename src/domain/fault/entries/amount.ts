import type { FaultFamily } from '../entry.js';

export const AMOUNT_FAULTS: FaultFamily = {
  title: 'Lines, amounts, tax and currency',
  entries: [
    {
      key: 'no-lines',
      title: 'No lines',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2020', element: /^Line$/ },
        { code: '2020', text: /parameter Line is missing/i },
        { code: '2250' },
        { text: /at least (?:1|one) line item is required/i },
      ],
      cause: '{document} has no line with an amount, and QuickBooks needs at least one.',
      remedy:
        'Add a line in the billing app, or void the bill there and generate a new one; or exclude it: then it stays out of QuickBooks.',
      allowed: ['exclude', 'retry'],
    },
    {
      key: 'too-few-lines',
      title: 'Fewer than two lines',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', text: /at least two detail lines/i }],
      cause: '{document} is a journal entry with fewer than two lines that have an amount and an account.',
      remedy: 'Check that both accounts are mapped and that the amount is not zero, then retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'zero-total',
      title: 'Amount is zero',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', text: /must set a transaction amount/i }],
      cause:
        '{document} comes to zero, and QuickBooks needs an amount. With several matters on one bill, one of them may have got no share of the payment.',
      remedy: 'Enter the amount in the billing app, or exclude the document: there is nothing to post.',
      allowed: ['exclude', 'retry'],
    },
    {
      key: 'negative-total',
      title: 'Amount is negative',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2290' },
        {
          code: '6000',
          text: /\bnegative\b|must be (?:(?:zero|0) or (?:greater|more)|greater than (?:zero|0)|positive)|less than (?:zero|0)/i,
        },
      ],
      cause: '{document}, or one of its lines, is below zero, which QuickBooks does not take there.',
      remedy:
        'Correct it in the billing app so that it is not below zero, or give the difference as a credit note.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'rounding-differs',
      title: 'Quantity times rate is not the amount',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6070', text: /Supplied value: ?(?<supplied>\S+)/i }, { code: '6070' }],
      cause:
        'On a line of {document} hours times rate, rounded to cents, is not the amount[ {supplied}]: the billing app rounds at another place than QuickBooks.',
      remedy: 'Change the hours, the rate or the amount of that line by a little, so that both sides agree.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'tax-differs',
      title: 'Tax comes to another amount',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The tax of {document} is not what QuickBooks would compute from its tax code[: {tax} is {ours} in the billing app and {theirs} in QuickBooks]. QuickBooks computes each rate once, on all lines together.',
      remedy:
        'Let the billing app compute the tax on the whole bill, or change the tax of a line by a cent. Or send tax as lines in place of codes: that is a choice in the settings, and then retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'too-many-lines',
      title: 'Too many lines',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} has more lines than QuickBooks takes[: {supplied}, where {max} are allowed]. A tax that is sent as a line counts, too.',
      remedy:
        'Split the bill, or summarise lines in the billing app. Where tax makes up for it, choose one line for each tax in the settings, and retry.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'debits-differ',
      title: 'Debits and credits differ',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2300' }, { code: '6000', text: /balance debits and credits/i }],
      cause: 'The debits of {document} are not equal to its credits.',
      remedy:
        'Correct the transaction in the billing app. If it balances there, report it as a bug of this program.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'tax-code-missing',
      title: 'Tax code missing on a line',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '6000', text: /(?:GST|HST|VAT|PST|sales tax|tax) ?(?:\/HST)? ?(?:rate|code)\b/i },
        { code: '2270' },
        { code: '2280' },
      ],
      cause:
        '{company} needs a tax code on every line, and a line of {document} has none[: none is chosen for {tax}].',
      remedy:
        'Choose the tax code for such lines in the settings, or correct the tax in the billing app, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'tax-code-not-allowed',
      title: 'Tax code not allowed',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '6100', text: /Supplied value: ?(?<supplied>[^.]+)/i },
        { code: '6100' },
        { code: '6160' },
        { code: '6230' },
      ],
      cause:
        'QuickBooks does not accept the tax code[ "{supplied}"] on a line of {document}. In the United States a line is either taxable or not, without a code of its own.',
      remedy: 'Change the tax mapping in the settings and retry.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'tax-detail-not-allowed',
      title: 'Tax sent although tax is off',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6170' }],
      cause: '{document} carries a tax total, although it is marked as having no tax.',
      remedy: 'Change the tax mapping in the settings and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'tax-calculated-by-quickbooks',
      title: 'QuickBooks calculates the tax itself',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6470' }],
      cause:
        'QuickBooks tries to calculate tax on {document} itself, and finds a tax that is not allowed there or has no rate.',
      remedy:
        'Have the tax code that applies to the whole company removed in the tax settings of QuickBooks, or choose another tax mapping, and retry.',
      allowed: ['retry', 'remap', 'exclude'],
    },
    {
      key: 'currency-unsupported',
      title: 'Currency not known to QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2220' }],
      cause: 'The currency of {document} has no three-letter code that QuickBooks knows.',
      remedy:
        'Choose the ordinary variant of the currency in the billing app, the one with a three-letter code.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings'],
    },
    {
      key: 'currency-mixed',
      title: 'Another currency than usual',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', text: /\bcurrenc(?:y|ies)\b/i }],
      cause:
        '{document} is in another currency than its client, its account or its bill[ ({bill})]; QuickBooks takes one foreign currency in a transaction.',
      remedy:
        'Enter this document in QuickBooks by hand and adopt or exclude it, or correct its currency in the billing app.',
      allowed: ['adopt', 'exclude', 'retry'],
    },
  ],
};
