import { finding, missing } from '../fault.js';
import { refId, setDefault } from '../fields.js';
import { cents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { accountTypeOf } from './account.js';
import { setCurrency } from './transaction-currency.js';

const ACCOUNTS = { BankAccountRef: 'Bank', CreditCardAccountRef: 'Credit Card' } as const;

function require({ fields, findings }: WriteContext): void {
  if (fields['Amount'] === undefined) findings.push(missing('Amount'));
  for (const property of Object.keys(ACCOUNTS)) {
    if (refId(fields, property) === undefined) findings.push(missing(property));
  }
}

function complete(context: WriteContext): void {
  const { fields, company, findings } = context;
  const accounts: (Stored | undefined)[] = [];
  for (const [property, wanted] of Object.entries(ACCOUNTS)) {
    const account = resolve(context, fields, property);
    accounts.push(account);
    if (account === undefined || accountTypeOf(company, account.id) === wanted) continue;
    const detail =
      'Invalid account type: You need to select a different type of account for this transaction.';
    findings.push(finding('6430', detail, property));
  }
  resolve(context, fields, 'VendorRef');
  setDefault(fields, 'TxnDate', context.today);
  setCurrency(context, accounts);
}

/** Pays down a card from a bank. Its path and its name in queries lack the `Txn` that its JSON has. */
export const creditCardPaymentRule: EntityRule = {
  name: 'CreditCardPaymentTxn',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  readOnly: [],
  keptByFullUpdate: ['CurrencyRef'],
  countsTotal: true,
  maxLengths: { PrivateNote: 4000, CheckNum: 21, Memo: 4000 },
  queryable: {
    Id: 'id',
    TxnDate: 'date',
    Amount: 'number',
    BankAccountRef: 'ref',
    CreditCardAccountRef: 'ref',
    VendorRef: 'ref',
  },
  require,
  complete,
  entries(_company, { fields }) {
    return [
      { accountId: refId(fields, 'CreditCardAccountRef') ?? '', cents: cents(fields, 'Amount') },
      { accountId: refId(fields, 'BankAccountRef') ?? '', cents: -cents(fields, 'Amount') },
    ];
  },
};
