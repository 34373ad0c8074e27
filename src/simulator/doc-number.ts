import { drawnOn, findCheque, isCheque, warns } from './cheque.js';
import type { Company } from './company.js';
import { finding } from './fault.js';
import { refId, text } from './fields.js';
import type { EntityRule, WriteContext } from './rule.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

/** How the text of a 6140 spells the kinds of transaction. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  BillPayment: 'Bill Payment (Check)',
  CreditMemo: 'Credit Memo',
  JournalEntry: 'Journal Entry',
  Purchase: 'Check',
  RefundReceipt: 'Refund',
  SalesReceipt: 'Sales Receipt',
};

const SALES_FORMS = ['Invoice', 'CreditMemo', 'SalesReceipt', 'RefundReceipt'];

/** The entities among which a number must be unique, or none when the company does not check. */
function scopeOf(rule: EntityRule, company: Company, switches: Switches): readonly string[] {
  if (SALES_FORMS.includes(rule.name)) {
    if (!company.prefers('SalesFormsPrefs', 'CustomTxnNumbers')) return [];
    return switches.docNumberScope === 'sales-forms' ? SALES_FORMS : [rule.name];
  }
  if (rule.name === 'JournalEntry') return switches.journalDocNumbersUnique ? ['JournalEntry'] : [];
  return [];
}

/** Cheques are numbered by their account, bills by whoever sent them. */
function rivals(rule: EntityRule, context: WriteContext, docNumber: string): Stored[] {
  const { company, switches, fields } = context;
  if (isCheque(rule.name, fields)) {
    if (!warns(company, 'WarnDuplicateCheckNumber')) return [];
    return findCheque(company, switches, drawnOn(rule.name, fields), docNumber);
  }
  if (rule.name === 'Bill') {
    if (!warns(company, 'WarnDuplicateBillNumber')) return [];
    const vendorId = refId(fields, 'VendorRef');
    return [...company.table('Bill').find('DocNumber', docNumber)].filter(
      (bill) => refId(bill.fields, 'VendorRef') === vendorId,
    );
  }
  return scopeOf(rule, company, switches).flatMap((entity) => [
    ...company.table(entity).find('DocNumber', docNumber),
  ]);
}

/** A number already taken is found together with missing parameters, before references are looked up. */
export function checkDocNumber(rule: EntityRule, context: WriteContext): void {
  const docNumber = text(context.sent, 'DocNumber');
  if (docNumber === undefined || context.include.has('allowduplicatedocnum')) return;
  if (docNumber === text(context.before?.fields, 'DocNumber')) return;
  const clash = rivals(rule, context, docNumber).find((other) => other !== context.before);
  if (clash === undefined) return;
  const typeName = TYPE_NAMES[clash.entity] ?? clash.entity;
  context.findings.push(
    finding(
      '6140',
      'Duplicate Document Number Error : You must specify a different number. This number has already been used. ' +
        `DocNumber=${docNumber} is assigned to TxnType=${typeName} with TxnId=${clash.id}`,
      '',
    ),
  );
}

/** Numbers a form that came without one, where the company numbers automatically. */
export function numberAutomatically(context: WriteContext, sequence: string): void {
  if (context.fields['DocNumber'] !== undefined) return;
  if (context.company.prefers('SalesFormsPrefs', 'CustomTxnNumbers')) return;
  const kept = context.mode === 'full' ? text(context.before?.fields, 'DocNumber') : undefined;
  context.fields['DocNumber'] = kept ?? context.company.nextDocNumber(sequence);
}
