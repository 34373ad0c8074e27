import { finding, missing } from '../fault.js';
import { refId, setDefault } from '../fields.js';
import { cents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import { setCurrency } from './transaction-currency.js';

const PROFIT_AND_LOSS = ['Revenue', 'Expense'];

function require({ fields, findings }: WriteContext): void {
  if (fields['Amount'] === undefined) findings.push(missing('Amount'));
  for (const property of ['FromAccountRef', 'ToAccountRef']) {
    if (refId(fields, property) === undefined) findings.push(missing(property));
  }
}

function complete(context: WriteContext): void {
  const accounts = ['FromAccountRef', 'ToAccountRef'].map((property) => {
    const account = resolve(context, context.fields, property);
    if (PROFIT_AND_LOSS.includes(String(account?.fields['Classification']))) {
      const detail =
        'Invalid account type: You need to select a different type of account for this transaction.';
      context.findings.push(finding('6430', detail, property));
    }
    return account;
  });
  setDefault(context.fields, 'TxnDate', context.today);
  setCurrency(context, accounts);
}

export const transferRule: EntityRule = {
  name: 'Transfer',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  readOnly: [],
  keptByFullUpdate: ['CurrencyRef'],
  maxLengths: { PrivateNote: 4000 },
  countsTotal: true,
  queryable: { Id: 'id', TxnDate: 'date', Amount: 'number', FromAccountRef: 'ref', ToAccountRef: 'ref' },
  require,
  complete,
  entries(_company, { fields }) {
    return [
      { accountId: refId(fields, 'ToAccountRef') ?? '', cents: cents(fields, 'Amount') },
      { accountId: refId(fields, 'FromAccountRef') ?? '', cents: -cents(fields, 'Amount') },
    ];
  },
};
