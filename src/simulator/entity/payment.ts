import { business, missing } from '../fault.js';
import { list, refId, setDefault } from '../fields.js';
import { cents, fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { setCurrency } from './transaction-currency.js';
import {
  applicationsOf,
  centsByTarget,
  checkApplication,
  lineExtension,
  paymentEntries,
  paymentLinks,
  unappliedCents,
} from './application.js';
import { markVoided } from './sales-form.js';

function require(context: WriteContext): void {
  const { fields, findings } = context;
  if (fields['TotalAmt'] === undefined) findings.push(missing('TotalAmt'));
  if (refId(fields, 'CustomerRef') === undefined) findings.push(missing('CustomerRef'));
  for (const line of list(fields, 'Line')) {
    if (line['Amount'] === undefined) findings.push(missing('Line.Amount'));
    if (list(line, 'LinkedTxn').length === 0) findings.push(missing('LinkedTxn'));
  }
}

function complete(context: WriteContext): void {
  const { fields, company } = context;
  const customer = resolve(context, fields, 'CustomerRef');
  const account = resolve(context, fields, 'DepositToAccountRef');
  resolve(context, fields, 'PaymentMethodRef');
  if (context.findings.length > 0) return;
  completeLines(context);
  if (context.findings.length > 0) return;
  const isCreditOnly = cents(fields, 'TotalAmt') === 0;
  const undeposited = company.accountOf('UndepositedFunds');
  if (!isCreditOnly && undeposited !== undefined)
    setDefault(fields, 'DepositToAccountRef', { value: undeposited });
  setDefault(fields, 'TxnDate', context.today);
  setDefault(fields, 'ProcessPayment', false);
  const paid = applicationsOf(fields).map(({ entity, id }) => context.draft.get(entity, id));
  setCurrency(context, [customer, account, ...paid]);
}

function completeLines(context: WriteContext): void {
  const { fields } = context;
  const totalCents = cents(fields, 'TotalAmt');
  if (totalCents < 0) throw business('Transaction amount must be 0 or greater.');
  const lines = list(fields, 'Line');
  for (const [index, line] of lines.entries()) {
    const [application] = applicationsOf({ Line: [line] });
    if (application === undefined) continue;
    const earlier = centsByTarget({ Line: lines.slice(0, index) });
    const earlierCents = earlier.get(`${application.entity}:${application.id}`) ?? 0;
    const openCents = checkApplication(context, application, earlierCents);
    const target = context.draft.get(application.entity, application.id);
    if (openCents === undefined || target === undefined || line['LineEx'] !== undefined) continue;
    line['LineEx'] = lineExtension(target, openCents);
  }
  fields['Line'] = lines;
  if (unappliedCents(fields) < 0) {
    throw business('The amount applied to transactions is more than the amount of the payment.');
  }
}

/** Every transaction that gains, loses or changes an application counts it as a change of its own. */
function settle(context: WriteContext, after: Stored): void {
  const before = centsByTarget(context.before?.fields ?? {});
  const now = centsByTarget(after.deleted ? {} : after.fields);
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    if (before.get(key) === now.get(key)) continue;
    const [entity = '', id = ''] = key.split(':');
    const target = context.draft.get(entity, id);
    if (target !== undefined && !target.deleted) context.draft.touch(target);
  }
}

export const paymentRule: EntityRule = {
  name: 'Payment',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  voidBy: 'include',
  readOnly: ['UnappliedAmt', 'HomeTotalAmt'],
  keptByFullUpdate: ['CurrencyRef', 'DepositToAccountRef', 'ProcessPayment'],
  maxLengths: { PrivateNote: 4000, PaymentRefNum: 21 },
  queryable: {
    Id: 'id',
    TxnDate: 'date',
    CustomerRef: 'ref',
    TotalAmt: 'number',
    UnappliedAmt: 'number',
    PaymentRefNum: 'text',
    PaymentMethodRef: 'ref',
    DepositToAccountRef: 'ref',
  },
  require,
  complete,
  settle,
  void(context) {
    context.fields['TotalAmt'] = 0;
    context.fields['Line'] = [];
    markVoided(context.fields);
  },
  links: paymentLinks,
  entries: paymentEntries,
  present({ company, stored }, fields) {
    fields['UnappliedAmt'] = fromCents(unappliedCents(stored.fields));
    setDefault(fields, 'Line', []);
    const account = refId(stored.fields, 'DepositToAccountRef');
    if (account !== undefined) fields['DepositToAccountRef'] = { value: account };
    const deposit = company.links.to('Payment', stored.id).find((link) => link.byEntity === 'Deposit');
    if (deposit !== undefined) fields['LinkedTxn'] = [{ TxnId: deposit.byId, TxnType: 'Deposit' }];
  },
};
