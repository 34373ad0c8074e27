import type { Company } from './company.js';
import { type Fields, child, list, refId, text } from './fields.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

/** What is paid by cheque: an expense of that kind, or bills. */
const ENTITIES = ['Purchase', 'BillPayment'] as const;

const FIRST_NUMBER = 1001;

export function isCheque(entity: string, fields: Fields): boolean {
  if (entity === 'Purchase') return fields['PaymentType'] === 'Check';
  return entity === 'BillPayment' && fields['PayType'] === 'Check';
}

/** The bank account that a cheque is drawn on. */
export function drawnOn(entity: string, fields: Fields): string | undefined {
  return entity === 'Purchase'
    ? refId(fields, 'AccountRef')
    : refId(child(fields, 'CheckPayment'), 'BankAccountRef');
}

export function printStatusOf(entity: string, fields: Fields): string | undefined {
  return text(entity === 'Purchase' ? fields : child(fields, 'CheckPayment'), 'PrintStatus');
}

/** One of the warnings that QuickBooks keeps as name and value. */
export function warns(company: Company, name: string): boolean {
  const pairs = list(company.preferences('OtherPrefs'), 'NameValue');
  return pairs.some((pair) => pair['Name'] === name && pair['Value'] === 'true');
}

export function* cheques(company: Company): Generator<Stored> {
  for (const entity of ENTITIES) {
    for (const stored of company.table(entity).all()) {
      if (!stored.deleted && isCheque(entity, stored.fields)) yield stored;
    }
  }
}

/** The cheques still to be printed, in the order of their dates, as the print queue lists them. */
export function printQueue(company: Company): Stored[] {
  const dateOf = (stored: Stored): string => text(stored.fields, 'TxnDate') ?? '';
  return [...cheques(company)]
    .filter((stored) => printStatusOf(stored.entity, stored.fields) === 'NeedToPrint')
    .sort((left, right) => dateOf(left).localeCompare(dateOf(right)) || Number(left.id) - Number(right.id));
}

/** Another cheque with that number, expenses and bill payments taken together. */
export function findCheque(
  company: Company,
  switches: Switches,
  accountId: string | undefined,
  docNumber: string,
): Stored[] {
  const isRival = (stored: Stored): boolean =>
    isCheque(stored.entity, stored.fields) &&
    (switches.chequeNumberScope === 'company' || drawnOn(stored.entity, stored.fields) === accountId);
  return ENTITIES.flatMap((entity) =>
    [...company.table(entity).find('DocNumber', docNumber)].filter(isRival),
  );
}

/** One more than the highest number on any cheque of the account. */
export function nextChequeNumber(company: Company, accountId: string): number {
  let highest = FIRST_NUMBER - 1;
  for (const stored of cheques(company)) {
    const number = Number(text(stored.fields, 'DocNumber') ?? '');
    const isOfAccount = drawnOn(stored.entity, stored.fields) === accountId;
    if (isOfAccount && Number.isSafeInteger(number) && number > highest) highest = number;
  }
  return highest + 1;
}
