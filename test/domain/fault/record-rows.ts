import { row, service, type Row } from './wire.js';

const USED = (number: string, type: string, id: string) =>
  `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${number} is assigned to TxnType=${type} with TxnId=${id}`;
const INACTIVE =
  "Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.";
const LENGTH = (max: string, supplied: string) =>
  `String length specified does not match the supported length. Min:0 Max:${max} supported. Supplied length: ${supplied}`;
const rule = (sentence: string) => `Business Validation Error: ${sentence}`;

const NUMBERS: Row[] = [
  row('number-used-bill', ['6140', USED('1234', 'Credit Memo', '111'), '']),
  row('number-used-bill', ['6140']),
  row('number-used', ['6210', 'Duplicate Document Number : 1042']),
  row('number-used-interest', ['6140', USED('INT-7', 'Invoice', '123'), ''], 'interest-invoice'),
  row('number-used-credit-memo', ['6140', USED('CN-3', 'Invoice', '9'), ''], 'credit-memo'),
  row(
    'number-used-journal-entry',
    ['6140', USED('AA_2025-07_7676ce', 'Journal Entry', '3632'), ''],
    'journal-entry',
  ),
  row('number-used-payment', ['6140', USED('4711', 'Payment', '180'), ''], 'payment'),
  row('number-used-cheque', ['6140', USED('1001', 'Bill Payment (Check)', '77'), ''], 'cheque'),
  row('number-used-cheque', ['6140', USED('1001', 'Check', '77'), ''], 'expense'),
  row('number-used', ['6140', USED('X', 'Estimate', '5'), ''], 'company'),
  row('number-too-long', ['2050', LENGTH('21', '26'), 'DocNumber']),
  row('number-too-long', ['2050', LENGTH('21', '26'), undefined, 'Invalid DocNumber']),
  row('number-too-long', ['2050', LENGTH('21', '22'), 'PaymentRefNum'], 'payment'),
];

const CONTACTS: Row[] = [
  row('class-name-taken', ['6240', 'The name supplied already exists. : null'], 'class'),
  row('account-name-taken', ['6240', 'The name supplied already exists. : null'], 'account'),
  row('payee-name-taken', ['6240', 'The name supplied already exists. : null'], 'vendor'),
  row('class-name-taken', [
    '6240',
    'The name supplied already exists. : Another class is already using this name.',
  ]),
  row('item-name-taken', [
    '6240',
    'The name supplied already exists. : Another product or service is already using this name.',
  ]),
  row('list-name-taken', [
    '6240',
    'The name supplied already exists. : Another tax rate is already using this \nname.',
    '',
  ]),
  row(
    'contact-name-taken',
    [
      '6240',
      'The name supplied already exists. : Another customer, vendor or employee is already using this name. Please use a different name.',
    ],
    'customer',
  ),
  row('contact-name-taken', ['6240', 'The name supplied already exists. : null'], 'customer'),
  row(
    'contact-name-taken',
    ['6240', 'The name supplied already exists. : Another $$customer$$ is already using this name.', ''],
    'customer',
  ),
  row('contact-inactive', ['6250', 'InvalidSalesCustomer']),
  row('contact-inactive', ['6000', rule('The customer was made inactive.')], 'payment'),
  row('contact-gone', ['2500', 'Invalid Reference Id : Names element id 75 not found']),
  row('contact-gone', ['610', `Object Not Found : ${INACTIVE}`, ''], 'customer', 'update'),
  row(
    'email-malformed',
    ['2210', 'Email Address does not conform to the RFC 822 syntax. Supplied value: jane at example'],
    'customer',
  ),
  row('email-malformed', ['6420', 'Email address is required'], 'customer'),
  row('website-malformed', ['2200', 'Malformed website. Supplied value: 12 Main Street'], 'customer'),
  row('contact-name-missing', ['6080', 'No Name Provided'], 'customer'),
  row('contact-has-balance', ['6220'], 'customer', 'update'),
  row('contact-has-unbilled', ['6280'], 'customer', 'update'),
  row('levels-too-deep', ['6180'], 'customer'),
];

const REFERENCES: Row[] = [
  row(
    'already-deleted',
    ['610', 'Object Not Found : Another user has deleted this transaction.'],
    'invoice',
    'delete',
  ),
  row(
    'already-deleted',
    ['610', 'Object Not Found : Another user has deleted this transaction.'],
    'payment',
    'void',
  ),
  row(
    'document-deleted',
    ['610', 'Object Not Found : Another user has deleted this transaction.'],
    'invoice',
    'update',
  ),
  row(
    'applied-transaction-deleted',
    ['610', "Object Not Found : Something you're trying to use has been deleted. Check the fields"],
    'payment',
  ),
  row('reference-deleted', [
    '610',
    "Object Not Found : Something you're trying to use has been deleted. Check the fields",
  ]),
  row('reference-inactive', ['610', `Object Not Found : ${INACTIVE}`, '']),
  row('reference-inactive', ['2500', `Invalid Reference Id : ${INACTIVE}`]),
  row('reference-inactive', ['6000', rule(INACTIVE)]),
  row(
    'reference-inactive',
    service([['10000', `System Failure Error: ${INACTIVE}`]], 500, 'SystemFault'),
    'invoice',
    'read',
  ),
  row('linked-object-missing', ['610', `Object Not Found : ${INACTIVE}`, ''], 'invoice', 'update'),
  row('linked-object-missing', ['610', `Object Not Found : ${INACTIVE}`, ''], 'invoice', 'read'),
  row('linked-object-missing', ['610']),
  row('class-missing', ['2500', 'Invalid Reference Id : Klasses element id 5000000000000142240 not found']),
  row('account-missing', ['2500', 'Invalid Reference Id : Accounts element id 7 not found'], 'journal-entry'),
  row('location-missing', ['2500', 'Invalid Reference Id : Depts element id 3 not found']),
  row('reference-missing', ['2500', 'Invalid Reference Id : Items element id 12 not found']),
  row('reference-missing', ['2500', 'Invalid Reference Id']),
  row('reference-missing', ['700']),
  row('company-purged', ['10200', 'Company has been reset. Request for CUD is stale.']),
  row('link-lost', ['3120']),
  row('link-lost', ['3240']),
  row(
    'changed-in-quickbooks',
    [
      '5010',
      'Stale Object Error : You and Jane Roe were working on this at the same time. Jane Roe finished before you did, so your work was not saved.',
      '',
    ],
    'invoice',
    'update',
  ),
  row('changed-in-quickbooks', ['5010'], 'invoice', 'update'),
  row('deletion-blocked', ['800'], 'invoice', 'delete'),
  row('deletion-blocked', ['6400'], 'expense', 'delete'),
  row('object-already-exists', ['630']),
  row(
    'applied-to-other-customer',
    [
      '6000',
      'The payment you are trying to apply to the invoice either does not exist or it belongs to another customer.',
    ],
    'payment',
  ),
  row(
    'transaction-not-linkable',
    ['620', 'Transaction ID supplied with the request can not be linked'],
    'payment',
  ),
  row('applied-before-posted', ['6000', rule('The credit memo has not been saved.')], 'payment'),
  row(
    'over-applied',
    ['6000', rule('You cannot apply more than the open balance of the invoice.')],
    'payment',
  ),
];

/** What is wrong with a record or with what it refers to. Codes and texts are facts, the values in them are ours. */
export const RECORD_ROWS: readonly Row[] = [...NUMBERS, ...CONTACTS, ...REFERENCES];
