import type { DocumentType, FaultAction, FaultFamily, FaultMatch } from '../entry.js';

const CLOSED = ['6200', '6201', '6210'];

/** Trust money is never given another date, so what may be done depends on the document. */
const TRUST: readonly DocumentType[] = ['journal-entry', 'cheque'];
const CORRECTIONS: readonly FaultAction[] = ['update', 'delete', 'void'];

const closed = (more: Omit<FaultMatch, 'code'>): FaultMatch[] => CLOSED.map((code) => ({ code, ...more }));

const CREDIT_CLOSED =
  'A credit note or write-off of {document} lies in a period that the accountant has closed in {company}[: {date}, where the books are closed through {closedThrough}], so it can be neither changed nor removed.';

export const LOCK_FAULTS: FaultFamily = {
  title: 'Closed periods, deposits and reconciled transactions',
  entries: [
    {
      key: 'closed-period-payment',
      title: 'Books are closed for a change of a payment',
      kind: 'permanent',
      scope: 'document',
      match: closed({ document: ['payment', 'reversal'], action: CORRECTIONS }),
      cause:
        '{document} lies in a period that the accountant has closed in {company}[: {date}, where the books are closed through {closedThrough}], so it can be neither changed nor removed.',
      remedy:
        'Ask the accountant to reopen the period for a moment and retry, or take the change back in the billing app.',
      allowed: ['retry', 'wait', 'exclude'],
      readsProfile: true,
    },
    {
      key: 'closed-period-payment-returned',
      title: 'Books are closed for a payment whose money went back',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is gone again, by the billing app, but it lies in a period that the accountant has closed in {company}[: {date}, where the books are closed through {closedThrough}], so it can be neither changed nor removed.',
      remedy:
        'Ask the accountant to reopen the period for a moment and retry. Or reverse it in the open period: the payment stays on its bills, and a journal entry takes its money out of the account and has the client owe it again.',
      allowed: ['reverse-in-open-period', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'payment-kept',
      title: 'Its money stays on an invoice that was taken back',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'Some of {document} lies on an invoice that had to stay as it is and was taken back by a credit memo, and now the billing app has it elsewhere, or the bill has gone to another customer. In QuickBooks that money is a credit of {client} by now, or was used on the bill that came in its place.',
      remedy:
        'Have the billing app put it back on that bill, or on the one that replaces it. Or use the credit in QuickBooks as it shall be, and exclude the payment.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'closed-period-trust-correction',
      title: 'Books are closed for a trust correction',
      kind: 'permanent',
      scope: 'document',
      match: closed({ document: TRUST, action: CORRECTIONS }),
      cause:
        '{document} lies in a period that the accountant has closed in {company}, so it can be neither changed nor removed.',
      remedy:
        'Ask the accountant to reopen the period for a moment and retry, or take the change back, and enter a reversal and what is right as transactions of the open period. Trust money is never moved to another date.',
      allowed: ['retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'closed-period-trust',
      title: 'Books are closed for a trust transaction',
      kind: 'permanent',
      scope: 'document',
      match: closed({ document: TRUST }),
      cause: '{document} is dated in a period that the accountant has closed in {company}.',
      remedy:
        'Ask the accountant to reopen the period for a moment, then retry. Trust money is never moved to another date. If it is in the books already, adopt that record.',
      allowed: ['retry', 'wait', 'adopt', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'closed-period-correction',
      title: 'Books are closed for a correction',
      kind: 'permanent',
      scope: 'document',
      match: closed({ action: CORRECTIONS }),
      cause:
        '{document} lies in a period that the accountant has closed in {company}[: {date}, where the books are closed through {closedThrough}], so it can be neither changed nor removed.',
      remedy:
        'Ask the accountant to reopen the period for a moment and retry, or leave the original as it is and reverse it in the open period.',
      allowed: ['reverse-in-open-period', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'closed-period-credit-correction',
      title: 'Books are closed for a change of a credit note',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: CREDIT_CLOSED,
      remedy:
        'Ask the accountant to reopen the period for a moment and retry. Or reverse it in the open period: invoice and credit stay as they are, a credit memo takes back what the two come to, and both are posted anew as they are now.',
      allowed: ['reverse-in-open-period', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'closed-period-credit',
      title: 'Books are closed for a credit note or write-off',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: CREDIT_CLOSED,
      remedy:
        'Ask the accountant to reopen the period for a moment and retry. Or take the change back in the billing app, and make another credit note or charge of today in its place. It is not taken back by itself: only a credit is that is used as a whole on one invoice which stands and comes to more.',
      allowed: ['retry', 'wait', 'exclude'],
      readsProfile: true,
    },
    {
      key: 'closed-period',
      title: 'Books are closed',
      kind: 'permanent',
      scope: 'document',
      match: closed({}),
      cause:
        '{document} is dated in a period that the accountant has closed in {company}[: {date}, where the books are closed through {closedThrough}]. Books are closed after reconciling, so that nothing changes there any more.',
      remedy:
        'Ask the accountant to reopen the period for a moment and retry, or post it with a date in the open period.',
      allowed: ['move-date', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
      readsProfile: true,
    },
    {
      key: 'payment-deposited',
      title: 'Already deposited',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6540' }],
      cause:
        '{document} is part of a bank deposit in QuickBooks[, {deposit}], and QuickBooks allows no change to it as long as it is.',
      remedy:
        'Open the deposit in QuickBooks, take this payment off it (it goes back to undeposited funds), and retry; or wait, and it is tried once an hour. This change cannot be made around the payment: a second one would count its money twice, and its day, amount and account are what the bank has seen.',
      allowed: ['retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'deposited-payment-in-the-way',
      title: 'Already deposited, and in the way of its bill',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is part of a bank deposit in QuickBooks[, {deposit}], and QuickBooks allows no change to it as long as it is[, while {bill} waits for it to be taken off].',
      remedy:
        'Open the deposit in QuickBooks, take this payment off it (it goes back to undeposited funds), and retry; or wait, and it is tried once an hour. Or reverse: invoice and payment stay as they are, a credit memo takes the invoice back, and what was paid is used on the invoice that comes in its place, or stays a credit of the client.',
      allowed: ['reverse-in-open-period', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'deposited-payment-returned',
      title: 'Already deposited, and its money is gone again',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is gone again, by the billing app, but it is part of a bank deposit in QuickBooks[, {deposit}], and QuickBooks allows no change to it as long as it is.',
      remedy:
        'Reverse it: the payment stays on its bills, and a journal entry takes its money out of the account that it was deposited to and has the client owe it again, as the bank has seen it. Or open the deposit, take the payment off it and retry; or wait, and it is tried once an hour.',
      allowed: ['reverse-in-open-period', 'retry', 'wait', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'matched-transaction',
      title: 'Matched to a bank line',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6480' }],
      cause:
        '{document} is matched to another transaction of a bank account in QuickBooks and cannot be removed there. It is often one of an earlier connection that was edited after another company had been connected.',
      remedy:
        'Undo the match in QuickBooks and retry, or make the change by hand in QuickBooks before reconciling and exclude it here.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'card-payment-settled',
      title: 'Card payment is settled',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6450' }, { code: '6110' }, { code: '6120' }],
      cause:
        '{document} was paid by card through QuickBooks and is settled, so it cannot be voided or changed.',
      remedy: 'Refund it in QuickBooks Payments or correct it there by hand, and exclude it here.',
      allowed: ['exclude', 'retry'],
    },
  ],
};
