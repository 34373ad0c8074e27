import { finding, missing } from '../fault.js';
import { type Fields, child, flag, refId, setDefault, text } from '../fields.js';
import { cents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { accountTypeOf } from './account.js';
import { completeExpense, expenseEntries, requireExpenseLines } from './expense-line.js';
import { nameValueBlock } from './extension.js';

/** The type numbers that a reader finds in `PurchaseEx`. */
const TXN_TYPES: Readonly<Record<string, string>> = { Cash: '54', Check: '3', CreditCard: '54' };
const CARD_CREDIT = '11';

function require(context: WriteContext): void {
  const { fields, findings } = context;
  // Required even in a sparse update, where the stored one would do.
  if (text(context.sent, 'PaymentType') === undefined) findings.push(missing('PaymentType'));
  if (refId(fields, 'AccountRef') === undefined) findings.push(missing('AccountRef'));
  requireExpenseLines(context);
}

function checkAccount(context: WriteContext): Stored | undefined {
  const account = resolve(context, context.fields, 'AccountRef');
  if (account === undefined) return undefined;
  const wanted = context.fields['PaymentType'] === 'CreditCard' ? 'Credit Card' : 'Bank';
  if (accountTypeOf(context.company, account.id) === wanted) return account;
  const detail = 'Invalid account type: You need to select a different type of account for this transaction.';
  context.findings.push(finding('6430', detail, 'AccountRef'));
  return account;
}

/** What goes on the paper: where it is sent, and whether it still has to be printed. */
function completeCheque(context: WriteContext, payee: Fields | undefined): void {
  const { fields, before, mode, switches } = context;
  const isQuirk = switches.sparseBatchPrintStatus === 'ignored' && context.include.has('batch');
  if (isQuirk && mode === 'sparse') fields['PrintStatus'] = before?.fields['PrintStatus'];
  setDefault(fields, 'PrintStatus', 'NotSet');
  const name = context.draft.get(text(payee, 'type') ?? '', text(payee, 'value') ?? '');
  const address = child(name?.fields, 'BillAddr') ?? child(name?.fields, 'PrimaryAddr');
  if (address !== undefined) setDefault(fields, 'RemitToAddr', structuredClone(address));
  const isUnprinted = fields['PrintStatus'] === 'NeedToPrint';
  if (isUnprinted && switches.unprintedChequeNumber === 'hidden') Reflect.deleteProperty(fields, 'DocNumber');
}

function complete(context: WriteContext): void {
  const { fields } = context;
  if (context.before !== undefined) fields['PaymentType'] = context.before.fields['PaymentType'];
  const account = checkAccount(context);
  const payee = child(fields, 'EntityRef');
  if (payee !== undefined) setDefault(payee, 'type', 'Vendor');
  const name = resolve(context, fields, 'EntityRef', { entity: text(payee, 'type') ?? 'Vendor' });
  resolve(context, fields, 'PaymentMethodRef');
  completeExpense(context, [name, account]);
  if (fields['PaymentType'] === 'Check') completeCheque(context, payee);
  else Reflect.deleteProperty(fields, 'PrintStatus');
  if (fields['PaymentType'] === 'CreditCard') setDefault(fields, 'Credit', false);
  else Reflect.deleteProperty(fields, 'Credit');
}

export const purchaseRule: EntityRule = {
  name: 'Purchase',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: ['TotalAmt', 'HomeTotalAmt', 'PurchaseEx'],
  keptByFullUpdate: ['CurrencyRef'],
  maxLengths: { DocNumber: 21, PrivateNote: 4000 },
  queryable: {
    Id: 'id',
    DocNumber: 'text',
    TxnDate: 'date',
    TotalAmt: 'number',
    PaymentType: 'text',
    PrintStatus: 'text',
  },
  require,
  complete,
  entries(company, stored) {
    const sign = flag(stored.fields, 'Credit') ? -1 : 1;
    const accountId = refId(stored.fields, 'AccountRef') ?? 'bank';
    return [
      { accountId, cents: -sign * cents(stored.fields, 'TotalAmt') },
      ...expenseEntries(company, stored.fields, sign),
    ];
  },
  present({ stored }, fields) {
    const type = text(stored.fields, 'PaymentType') ?? '';
    fields['PurchaseEx'] = nameValueBlock({
      TxnType: flag(stored.fields, 'Credit') ? CARD_CREDIT : TXN_TYPES[type],
    });
  },
};
