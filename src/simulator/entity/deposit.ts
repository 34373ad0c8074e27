import type { Company } from '../company.js';
import type { Draft } from '../draft.js';
import { business, linkedTxnDeleted, missing } from '../fault.js';
import { type Fields, child, list, refId, setDefault, text } from '../fields.js';
import type { Leg } from '../ledger.js';
import type { Link } from '../link.js';
import { cents, fromCents } from '../money.js';
import { dropUntracked, resolve } from '../reference.js';
import type { EntityRule, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { rateOf } from './currency.js';
import { setCurrency } from './transaction-currency.js';

function linkedOf(line: Fields): Fields | undefined {
  return list(line, 'LinkedTxn')[0];
}

function require(context: WriteContext): void {
  const { fields, findings } = context;
  if (refId(fields, 'DepositToAccountRef') === undefined) findings.push(missing('DepositToAccountRef'));
  const lines = list(fields, 'Line');
  if (lines.length === 0) findings.push(missing('Line'));
  for (const line of lines) {
    if (line['Amount'] === undefined) findings.push(missing('Line.Amount'));
    const isNewMoney = line['DetailType'] !== undefined || linkedOf(line) === undefined;
    if (isNewMoney && refId(child(line, 'DepositLineDetail'), 'AccountRef') === undefined) {
      findings.push(missing('Line.DepositLineDetail.AccountRef'));
    }
  }
}

function targetOf(draft: Draft, linked: Fields | undefined): Stored | undefined {
  return draft.get(text(linked, 'TxnType') ?? '', text(linked, 'TxnId') ?? '');
}

/** Money that is already in QuickBooks can lie in one deposit only. */
function checkLinked(context: WriteContext, linked: Fields): void {
  const entity = text(linked, 'TxnType') ?? '';
  const id = text(linked, 'TxnId') ?? '';
  const target = context.draft.get(entity, id);
  if (target === undefined || target.deleted) {
    context.findings.push(linkedTxnDeleted());
    return;
  }
  const holders = context.company.links.to(entity, id).filter((link) => link.byEntity === 'Deposit');
  if (holders.some((link) => link.byId !== context.before?.id)) {
    throw business('This transaction has already been deposited.');
  }
}

function complete(context: WriteContext): void {
  const { fields } = context;
  const account = resolve(context, fields, 'DepositToAccountRef');
  dropUntracked(context, fields, 'DepartmentRef', 'TrackDepartments');
  const parties = [
    account,
    resolve(context, child(fields, 'CashBack'), 'AccountRef', { element: 'CashBack.AccountRef' }),
  ];
  let number = 0;
  for (const line of list(fields, 'Line')) {
    const linked = linkedOf(line);
    if (linked !== undefined) {
      checkLinked(context, linked);
      continue;
    }
    number += 1;
    line['LineNum'] = number;
    const detail = child(line, 'DepositLineDetail');
    parties.push(resolve(context, detail, 'AccountRef', { element: 'Line.DepositLineDetail.AccountRef' }));
    resolve(context, detail, 'PaymentMethodRef');
    if (detail !== undefined) dropUntracked(context, detail, 'ClassRef', 'ClassTrackingPerTxnLine');
    resolve(context, detail, 'ClassRef');
    const who = child(detail, 'Entity');
    // The kind of name comes back in capitals, whatever was sent.
    if (who !== undefined) who['type'] = (text(who, 'type') ?? 'CUSTOMER').toUpperCase();
  }
  const inCents = list(fields, 'Line').reduce((sum, line) => sum + cents(line, 'Amount'), 0);
  fields['TotalAmt'] = fromCents(inCents - cents(child(fields, 'CashBack'), 'Amount'));
  setDefault(fields, 'TxnDate', context.today);
  const linked = list(fields, 'Line').map((line) => targetOf(context.draft, linkedOf(line)));
  setCurrency(context, [...parties, ...linked]);
}

function sourceAccount(company: Company, line: Fields, target: Stored | undefined): string {
  if (linkedOf(line) === undefined) return refId(child(line, 'DepositLineDetail'), 'AccountRef') ?? 'income';
  return (
    refId(target?.fields, 'DepositToAccountRef') ?? company.accountOf('UndepositedFunds') ?? 'undeposited'
  );
}

function entries(company: Company, stored: Stored): Leg[] {
  const { fields } = stored;
  const cashBack = child(fields, 'CashBack');
  return [
    { accountId: refId(fields, 'DepositToAccountRef') ?? 'bank', cents: cents(fields, 'TotalAmt') },
    { accountId: refId(cashBack, 'AccountRef') ?? 'cash', cents: cents(cashBack, 'Amount') },
    ...list(fields, 'Line').map((line) => {
      const linked = linkedOf(line);
      const target = company.table(text(linked, 'TxnType') ?? '').get(text(linked, 'TxnId') ?? '');
      const aboutId = refId(child(line, 'DepositLineDetail'), 'Entity');
      return {
        accountId: sourceAccount(company, line, target),
        cents: -cents(line, 'Amount'),
        ...(aboutId === undefined ? {} : { aboutId }),
        ...(target === undefined ? {} : { rate: rateOf(company, target.fields) }),
      };
    }),
  ];
}

function links(stored: Stored): Link[] {
  return list(stored.fields, 'Line').flatMap((line) => {
    const linked = linkedOf(line);
    if (linked === undefined) return [];
    const toEntity = text(linked, 'TxnType') ?? '';
    const toId = text(linked, 'TxnId') ?? '';
    return [{ byEntity: 'Deposit', byId: stored.id, toEntity, toId, cents: cents(line, 'Amount') }];
  });
}

export const depositRule: EntityRule = {
  name: 'Deposit',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  firstLineId: 1,
  readOnly: ['TotalAmt', 'HomeTotalAmt'],
  keptByFullUpdate: ['CurrencyRef'],
  maxLengths: { PrivateNote: 4000 },
  queryable: { Id: 'id', TxnDate: 'date', TotalAmt: 'number', DepositToAccountRef: 'ref', DocNumber: 'text' },
  countsTotal: true,
  require,
  complete,
  links,
  entries,
};
