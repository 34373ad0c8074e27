import type { DocumentType, FaultAction } from '../../../src/domain/fault/entry.js';
import type { RawAnswer } from '../../../src/qbo/fault-body.js';
import { gateway, html, type WireError } from './wire.js';

/** One cause that help pages for such integrations name, and where it leads here. */
export interface SeedRow {
  code: string;
  /** In our words. */
  cause: string;
  key: string;
  /** Absent where only we can find it out, without an answer of QuickBooks. */
  raw?: RawAnswer | WireError;
  document?: DocumentType;
  action?: FaultAction;
}

const seed = (
  code: string,
  cause: string,
  key: string,
  raw?: RawAnswer | WireError,
  document?: DocumentType,
  action?: FaultAction,
): SeedRow => ({
  code,
  cause,
  key,
  ...(raw && { raw }),
  ...(document && { document }),
  ...(action && { action }),
});

const USED =
  'You must specify a different number. This number has already been used. DocNumber=1234 is assigned to TxnType=Credit Memo with TxnId=111';
const length = (max: string, supplied: string) =>
  `String length specified does not match the supported length. Min:0 Max:${max} supported. Supplied length: ${supplied}`;
const rule = (sentence: string) => `Business Validation Error: ${sentence}`;
const inactive =
  "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.";
const otherCustomer =
  'The payment you are trying to apply to the invoice either does not exist or it belongs to another customer.';

export const SEED_ROWS: readonly SeedRow[] = [
  seed('120', 'the connecting user was disabled', 'connecting-user-removed', ['120', 'AuthorizationFailure']),
  seed('401', 'no secure connection this time', 'unauthorized', html(401, 'Unauthorized')),
  seed('403', 'a proxy stands in between', 'network-blocked', html(403, 'Forbidden')),
  seed('503', 'server trouble', 'service-unavailable', html(503, 'Service Unavailable')),
  seed('610', 'the item was deleted', 'reference-deleted', [
    '610',
    "Something you're trying to use has been deleted.",
  ]),
  seed('610', 'something used is inactive', 'reference-inactive', ['610', inactive]),
  seed(
    '610',
    'the invoice itself was deleted',
    'linked-object-missing',
    ['610', inactive],
    'invoice',
    'update',
  ),
  seed(
    '610',
    'another user deleted it',
    'document-deleted',
    ['610', 'Another user has deleted this transaction.'],
    'invoice',
    'update',
  ),
  seed('620', 'a record with this number exists', 'transaction-not-linkable', ['620']),
  seed('620', 'it stands under another customer', 'transaction-not-linkable', ['620']),
  seed('620', 'it is an unrelated record', 'transaction-not-linkable', ['620']),
  seed('2020', 'no line with a value', 'no-lines', [
    '2020',
    'Required parameter Line is missing in the request',
    'Line',
  ]),
  seed(
    '2020',
    'no account for undeposited funds',
    'deposit-account-missing',
    ['2020', 'Required parameter DepositToAccountRef is missing in the request'],
    'payment',
  ),
  seed(
    '2050',
    'a field of the contact is too long',
    'field-too-long',
    ['2050', length('21', '30'), 'PrimaryPhone'],
    'customer',
  ),
  seed('2050', 'the bill number is too long', 'number-too-long', ['2050', length('21', '30'), 'DocNumber']),
  seed('2050', 'the matter numbers are too long together', 'matter-numbers-too-long', [
    '2050',
    length('1,000', '1,300'),
    'CustomerMemo',
  ]),
  seed('2200', 'the web address is none', 'website-malformed', ['2200'], 'customer'),
  seed('2210', 'the e-mail address has more in it', 'email-malformed', ['2210'], 'customer'),
  seed('2220', 'the currency has no supported code', 'currency-unsupported', ['2220']),
  seed('2500', 'the company was purged', 'company-purged', ['10200']),
  seed('2500', 'the referenced record was deleted', 'reference-missing', [
    '2500',
    'Invalid Reference Id : Items element id 12 not found',
  ]),
  seed('2500', 'the contact was merged, the wrong one deleted', 'contact-gone', [
    '2500',
    'Invalid Reference Id : Names element id 75 not found',
  ]),
  seed('2500', "a timekeeper's class was deleted", 'class-missing', [
    '2500',
    'Invalid Reference Id : Klasses element id 9 not found',
  ]),
  seed(
    '3100',
    'an outage',
    'service-outage',
    gateway(500, 'message=InternalServerError; errorCode=003100; statusCode=500', null, '3100'),
  ),
  seed('3120', 'the remembered id is lost (QuickBooks Desktop code)', 'link-lost', ['3120']),
  seed('3240', 'the remembered id is lost (QuickBooks Desktop code)', 'link-lost', ['3240']),
  seed('5020', 'not mapped, or the wrong company is connected', 'feature-not-permitted', ['5020']),
  seed('5030', 'the plan lacks a feature', 'feature-not-in-plan', ['5030']),
  seed(
    '6000',
    'an amount of zero on a matter',
    'zero-total',
    ['6000', rule('You must set a transaction amount.')],
    'payment',
  ),
  seed('6000', 'the contact is inactive', 'contact-inactive', ['6000', rule('The customer is inactive.')]),
  seed(
    '6000',
    'applied before it was there',
    'applied-before-posted',
    ['6000', rule('This payment has not been saved.')],
    'payment',
  ),
  seed('6000', 'another currency than usual', 'currency-mixed', [
    '6000',
    rule('You can only use one foreign currency per transaction.'),
  ]),
  seed('6000', 'a tax line without a tax code', 'tax-code-missing', [
    '6000',
    rule('Make sure all your transactions have a GST/HST rate before you save.'),
  ]),
  seed('6000', 'a negative balance', 'negative-total', ['6000', rule('The amount cannot be negative.')]),
  seed('6070', 'rounding differs', 'rounding-differs', ['6070']),
  seed('6140', 'number of a bill used', 'number-used-bill', ['6140', USED]),
  seed('6140', 'number of a payment used', 'number-used-payment', ['6140', USED], 'payment'),
  seed(
    '6140',
    'number of an interest charge used',
    'number-used-interest',
    ['6140', USED],
    'interest-invoice',
  ),
  seed('6140', 'number of a credit memo used', 'number-used-credit-memo', ['6140', USED], 'credit-memo'),
  seed(
    '6140',
    'number of a trust journal entry used',
    'number-used-journal-entry',
    ['6140', USED],
    'journal-entry',
  ),
  seed('6190', 'the account is no longer active', 'subscription-ended', ['6190']),
  seed('6200', 'the books are closed', 'closed-period', ['6200']),
  seed('6201', 'the books are closed', 'closed-period', ['6201']),
  seed('6210', 'the books are closed', 'closed-period', ['6210']),
  seed('6240', 'a contact with the same name exists', 'contact-name-taken', ['6240'], 'customer'),
  seed('6240', "a timekeeper's class with the same name exists", 'class-name-taken', ['6240'], 'class'),
  seed('6250', 'the contact was archived', 'contact-inactive', ['6250']),
  seed('6470', 'QuickBooks calculates tax itself', 'tax-calculated-by-quickbooks', ['6470']),
  seed(
    '6480',
    'edited after another company was connected',
    'matched-transaction',
    ['6480'],
    'payment',
    'update',
  ),
  seed('6480', 'edited after another company was connected, seen by us', 'link-of-other-company'),
  seed('6540', 'the payment is deposited', 'payment-deposited', ['6540'], 'payment', 'update'),
  seed('-', 'no line left on the bill', 'no-lines', ['', 'At least 1 line item is required']),
  seed('-', 'an expense with item details', 'item-based-lines'),
  seed('-', 'two contacts with one e-mail address', 'contact-email-clash'),
  seed(
    '-',
    'the name belongs to a vendor',
    'contact-name-taken',
    ['', 'The name supplied already exists'],
    'customer',
  ),
  seed(
    '-',
    'the bill belongs to another customer',
    'applied-to-other-customer',
    ['', otherCustomer],
    'payment',
  ),
  seed('-', 'no item mapped for a line', 'no-item-mapped'),
  seed('-', 'the mapped item is inactive', 'no-item-mapped'),
  seed('-', 'the payment is there already', 'payment-already-in-quickbooks'),
  seed('-', 'the bill is there already', 'bill-already-in-quickbooks'),
  seed('-', 'the bill of a credit is not there', 'credited-bill-missing'),
  seed('-', 'the bill of a payment is not there', 'applied-bill-missing'),
  seed('-', 'a payment was taken for a bill that was never posted', 'applied-bill-missing'),
  seed('-', 'a page came where JSON should start', 'garbled-answer', html(200, 'Busy')),
  seed('-', 'nothing came where JSON should start', 'empty-answer', { httpStatus: 200, body: '' }),
  seed('-', 'an item has no income account', 'item-without-income-account', [
    '6000',
    'There is no income account associated with the item Fees.',
  ]),
  seed('-', 'the write-off item has no income account', 'write-off-item-without-income-account', [
    '6000',
    'There is no income account associated with the item Bad Debt.',
  ]),
  seed(
    '-',
    'somebody deleted a posted record by hand',
    'document-deleted',
    ['610', 'Another user has deleted this transaction.'],
    'payment',
    'update',
  ),
];
