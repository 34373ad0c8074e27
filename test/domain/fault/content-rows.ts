import { html, row, type Row } from './wire.js';

const LENGTH = (max: string, supplied: string) =>
  `String length specified does not match the supported length. Min:0 Max:${max} supported. Supplied length: ${supplied}`;
const rule = (sentence: string) => `Business Validation Error: ${sentence}`;
const CLOSED =
  'The account period has closed and the account books cannot be updated through through the QBO Services API. Please use the QBO website to make these changes.';

const MAPPINGS: Row[] = [
  row(
    'class-limit',
    ['6000', rule('You have reached the limit of 40 classes and locations of your plan.')],
    'class',
  ),
  row(
    'write-off-item-without-income-account',
    ['6000', 'There is no income account associated with the item Bad Debt.'],
    'invoice',
  ),
  row(
    'write-off-item-without-income-account',
    ['6000', 'There is no income account associated with the item Discounts.'],
    'credit-memo',
  ),
  row('item-without-income-account', [
    '6000',
    'There is no income account associated with the item Legal Fees.',
  ]),
  row('item-without-income-account', [
    '2020',
    'Required parameter IncomeAccountRef is missing in the request',
    'IncomeAccountRef',
  ]),
  row(
    'deposit-account-missing',
    ['2020', 'Required parameter DepositToAccountRef is missing in the request', 'DepositToAccountRef'],
    'payment',
  ),
  row(
    'deposit-account-missing',
    ['2020', 'Required parameter DepositToAccountRef is missing in the request'],
    'payment',
  ),
  row('deposit-account-missing', ['6000', rule('Select a bank account for this deposit')], 'payment'),
  row(
    'account-not-mapped',
    [
      '2020',
      'Required parameter Line.DepositLineDetail.AccountRef is missing in the request',
      'Line.DepositLineDetail.AccountRef',
    ],
    'journal-entry',
  ),
  row(
    'account-not-mapped',
    ['2020', 'Required parameter AccountRef is missing in the request'],
    'journal-entry',
  ),
  row('account-not-mapped', ['6440']),
  row('account-type-wrong', ['6430', 'Invalid account type: Accounts Receivable'], 'cheque'),
  row('account-type-wrong', ['6430'], 'cheque'),
  row(
    'receivable-line-without-customer',
    ['6000', rule('When you use Accounts Receivable, you must choose a customer in the Name field.')],
    'journal-entry',
  ),
  row(
    'payable-line-without-vendor',
    ['6000', rule('When you use Accounts Payable, you must choose a vendor in the Name field.')],
    'journal-entry',
  ),
  row(
    'payable-line-without-vendor',
    ['6000', rule('When you use Accounts Payable, you must choose a supplier in the Name field.')],
    'journal-entry',
  ),
];

const AMOUNTS: Row[] = [
  row('no-lines', ['2020', 'Required parameter Line is missing in the request', 'Line']),
  row('no-lines', ['2020', 'Required parameter Line is missing in the request']),
  row('no-lines', ['2250', 'You must enter at least one split line.']),
  row('no-lines', ['6000', rule('At least 1 line item is required')]),
  row('too-few-lines', ['6000', rule('Fill out at least two detail lines to continue.')], 'journal-entry'),
  row('zero-total', ['6000', rule('You must set a transaction amount.')], 'payment'),
  row('negative-total', ['2290']),
  row('negative-total', ['6000', rule('Transaction amount must be 0 or greater.')]),
  row('rounding-differs', ['6070', 'Amount is not equal to UnitPrice * Qty. Supplied value:99.99']),
  row('rounding-differs', ['6070']),
  row('debits-differ', ['6000', rule('Please balance debits and credits.')], 'journal-entry'),
  row('debits-differ', ['2300'], 'journal-entry'),
  row('tax-code-missing', [
    '6000',
    rule('Make sure all your transactions have a GST/HST rate before you save.'),
  ]),
  row('tax-code-missing', ['2270'], 'journal-entry'),
  row('tax-code-missing', ['2280'], 'journal-entry'),
  row('tax-code-not-allowed', [
    '6100',
    'Valid line TaxCodes for US should be TAX or NON. Supplied value: 8',
    'Line.SalesItemLineDetail.TaxCodeRef',
  ]),
  row('tax-code-not-allowed', ['6160']),
  row('tax-code-not-allowed', ['6230']),
  row('tax-detail-not-allowed', ['6170']),
  row('tax-calculated-by-quickbooks', ['6470']),
  row('currency-unsupported', ['2220']),
  row('currency-mixed', ['6000', rule('You can only use one foreign currency per transaction.')]),
  row('matter-numbers-too-long', ['2050', LENGTH('1,000', '1,204'), 'CustomerMemo']),
  row('matter-numbers-too-long', ['2050', LENGTH('1000', '1204'), undefined, 'Invalid CustomerMemo']),
  row('field-too-long', ['2050', LENGTH('4,000', '4,006'), 'Description']),
  row('field-too-long', ['2050', 'Length of the field exceeds 21 chars', 'firstname'], 'customer'),
  row('field-too-long', ['2050']),
  row('character-not-accepted', ['2040', 'Element contains invalid characters: Łódź']),
  row('date-not-accepted', ['2070', 'The date value must be a valid value. Supplied value: 2026-02-30']),
  row('date-not-accepted', ['2060']),
  row('date-not-accepted', ['2190']),
  row('too-large', html(413, '413 Request Entity Too Large')),
];

const LOCKS: Row[] = [
  row('closed-period', ['6210', CLOSED]),
  row('closed-period', ['6200']),
  row('closed-period', ['6201'], 'payment'),
  row('closed-period-correction', ['6210', CLOSED], 'invoice', 'void'),
  row('closed-period-payment', ['6210', CLOSED], 'payment', 'update'),
  row('closed-period-payment', ['6210', CLOSED], 'reversal', 'delete'),
  row('closed-period', ['6210', CLOSED], 'reversal'),
  row('closed-period-trust', ['6210', CLOSED], 'journal-entry'),
  row('closed-period-trust', ['6210', CLOSED], 'cheque'),
  row('closed-period-trust-correction', ['6210', CLOSED], 'journal-entry', 'delete'),
  row(
    'payment-deposited',
    [
      '6540',
      'This transaction has been deposited. If you want to change or delete it, you must edit the deposit it appears on and remove it first',
    ],
    'payment',
    'update',
  ),
  row('matched-transaction', ['6480'], 'payment', 'delete'),
  row('card-payment-settled', ['6450'], 'payment', 'void'),
];

/** What is wrong with mappings, amounts, texts and dates. */
export const CONTENT_ROWS: readonly Row[] = [...MAPPINGS, ...AMOUNTS, ...LOCKS];
