import { type Fields, isFields, list, text } from '../../../src/simulator/fields.js';

/** Blocks that JAXB leaves in answers, and that are refused when they come back. */
export const ECHO = /^(Line|Purchase|Customer|Vendor|Item|Bill|Payment|Invoice)Ex$/;

/** What the service alone writes, of which a new object gets its own. */
export const OWN = ['Id', 'SyncToken', 'MetaData', 'domain', 'status', 'LinkedTxn', 'time'];

const ACCOUNT_TYPES: Readonly<Record<string, string>> = {
  APAccountRef: 'Accounts Payable',
  ARAccountRef: 'Accounts Receivable',
  AssetAccountRef: 'Other Current Asset',
  BankAccountRef: 'Bank',
  CCAccountRef: 'Credit Card',
  CreditCardAccountRef: 'Credit Card',
  DepositToAccountRef: 'Bank',
  DiscountAccountRef: 'Income',
  ExpenseAccountRef: 'Expense',
  FromAccountRef: 'Bank',
  IncomeAccountRef: 'Income',
  ItemAccountRef: 'Income',
  ToAccountRef: 'Bank',
};

/** The type of account that stands at a place, undefined where no account does. */
export function accountType(property: string, holder: Fields, root: Fields): string | undefined {
  if (property !== 'AccountRef') return ACCOUNT_TYPES[property];
  if (holder['PaymentType'] !== undefined)
    return holder['PaymentType'] === 'CreditCard' ? 'Credit Card' : 'Bank';
  return root['DepositToAccountRef'] === undefined ? 'Expense' : 'Income';
}

function* within(value: unknown): Generator<[string, unknown]> {
  if (Array.isArray(value)) for (const entry of value) yield* within(entry);
  if (!isFields(value)) return;
  for (const [name, part] of Object.entries(value)) {
    yield [name, part];
    yield* within(part);
  }
}

/** Whether a line has a code of its own, as everywhere but in the United States. */
export function namesCode(body: Fields): boolean {
  for (const [name, part] of within(body)) {
    const code = name === 'TaxCodeRef' && isFields(part) ? text(part, 'value') : undefined;
    if (code !== undefined && !['TAX', 'NON', 'None'].includes(code)) return true;
  }
  return false;
}

export function isForeign(body: Fields): boolean {
  for (const [name] of within(body)) if (/^(ExchangeRate|Home.*Amt|HomeBalance)$/.test(name)) return true;
  return false;
}

export function taxLines(body: Fields): Fields[] {
  const detail = body['TxnTaxDetail'];
  return isFields(detail) ? list(detail, 'TaxLine') : [];
}
