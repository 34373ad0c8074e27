import type { DocumentType, FaultFamily, FaultMatch } from '../entry.js';
import { lengthMatches } from './length.js';

const HOLDER = /DocNumber=(?<number>.+?) is assigned to TxnType=(?<txnType>.+?) with TxnId=(?<txnId>\w+)/i;

function numberUsed(...document: DocumentType[]): FaultMatch[] {
  const about = document.length > 0 ? { document } : {};
  return [
    { code: '6140', text: HOLDER, ...about },
    { code: '6140', ...about },
  ];
}

const WHERE = 'already belongs to another transaction in QuickBooks[, a {txnType} with the id {txnId}]';

export const NUMBER_FAULTS: FaultFamily = {
  title: 'Numbers that are taken or too long',
  entries: [
    {
      key: 'number-used-bill',
      title: 'Bill number already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('invoice'),
      cause: `{document} was not posted: its number[ {number}] ${WHERE}. That can be another kind of sales form, such as a credit memo, and a search in QuickBooks does not always show it.`,
      remedy:
        'If that transaction is this very bill, adopt it. Otherwise give the bill another number, choose a prefix for all bills of the firm, change the number in QuickBooks and retry, or allow the duplicate this once.',
      allowed: ['adopt', 'renumber', 'new-prefix', 'allow-duplicate-number', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'number-used-interest',
      title: 'Number of an interest charge already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('interest-invoice'),
      cause: `{document} was not posted: the number of this interest charge[, {number},] ${WHERE}. The billing app hands these numbers out by itself, so it cannot be edited there.`,
      remedy:
        'If that transaction is this very interest charge, adopt it. Otherwise choose a prefix for the firm, change the number in QuickBooks and retry, or allow the duplicate this once.',
      allowed: ['adopt', 'new-prefix', 'allow-duplicate-number', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'number-used-credit-memo',
      title: 'Credit note number already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('credit-memo'),
      cause: `{document} was not posted: the number of this credit note[, {number},] ${WHERE}. In QuickBooks credit memos and invoices can stand in each other's way.`,
      remedy:
        'If that transaction is this very credit note, adopt it. Otherwise give it another number in the billing app, set a new prefix, open the transaction in QuickBooks, change its number there and retry, or allow the duplicate this once.',
      allowed: ['adopt', 'new-prefix', 'allow-duplicate-number', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'number-used-journal-entry',
      title: 'Journal number already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('journal-entry', 'reversal'),
      cause: `{document} was not posted: the journal number[ {number}] ${WHERE}. This company lets QuickBooks warn about journal numbers that are used twice.`,
      remedy:
        'Change the number of that journal entry in QuickBooks, or switch the warning about duplicate journal numbers off in the advanced settings of QuickBooks, and retry. A trust transaction can be given another number, or adopt that entry where it is this very one.',
      allowed: ['retry', 'renumber', 'adopt', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'number-used-payment',
      title: 'Payment reference already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('payment'),
      cause: `{document} was not posted: its reference number[ {number}] ${WHERE}.`,
      remedy:
        'Look at the payments of {client} in QuickBooks. If this payment is there already, exclude this one, so that it is not posted twice. Otherwise give it another reference number in the billing app, or change the one in QuickBooks and retry.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'number-used-cheque',
      title: 'Cheque number already used',
      kind: 'permanent',
      scope: 'document',
      match: numberUsed('cheque', 'expense'),
      cause: `{document} was not posted: the cheque number[ {number}] ${WHERE}. Cheques and bill payments written as cheques share one run of numbers.`,
      remedy:
        'If that cheque is this very payment, adopt it. Otherwise correct the cheque number here or in QuickBooks and retry, or allow the duplicate when two cheque books really carry the same number.',
      allowed: ['adopt', 'renumber', 'allow-duplicate-number', 'retry', 'exclude'],
    },
    {
      key: 'number-used',
      title: 'Number already used',
      kind: 'permanent',
      scope: 'document',
      match: [
        ...numberUsed(),
        // A reprint of Intuit's table gives 6210 for this as well; its text tells it from a closed period.
        { code: '6210', text: /duplicate document number|number has already been used/i },
      ],
      cause: `{document} was not posted: its number[ {number}] ${WHERE}.`,
      remedy:
        'If that transaction is this very document, adopt it. Otherwise give it another number, or change the one in QuickBooks and retry.',
      allowed: ['adopt', 'renumber', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'number-too-long',
      title: 'Number too long',
      kind: 'permanent',
      scope: 'document',
      match: lengthMatches(/(?:DocNumber|PaymentRefNum)$/, /Invalid (?:DocNumber|PaymentRefNum)\b/),
      cause:
        'The number[ {number}] of {document} has more characters than QuickBooks takes[: {supplied}, where {max} are allowed].',
      remedy:
        'Shorten the number, or choose a shorter prefix for the firm: the prefix counts towards the length.',
      allowed: ['renumber', 'new-prefix', 'retry', 'exclude'],
    },
    {
      key: 'bill-already-in-quickbooks',
      title: 'This bill is in QuickBooks already',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'QuickBooks already has an invoice with the number[ {number}] of {document} for {client}, and it was not posted by this connection.',
      remedy:
        'Compare the two. If they are the same bill, adopt the one in QuickBooks; if not, give this one another number.',
      allowed: ['adopt', 'renumber', 'new-prefix', 'exclude'],
    },
    {
      key: 'payment-already-in-quickbooks',
      title: 'This payment is in QuickBooks already',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'QuickBooks already has a payment of {client} with the reference number[ {number}] of {document}, most likely this one, entered by hand or by another program.',
      remedy:
        'Open it in QuickBooks. If it is this payment, exclude this one, so that it is not posted twice; if not, give this one another reference number in the billing app.',
      allowed: ['exclude', 'retry'],
    },
  ],
};
