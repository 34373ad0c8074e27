import type { ChequeIntent, JournalLineIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import type { QboRequest } from './client.js';
import { toCents, toDecimal } from './decimal.js';
import { compare, identity, linkBody, type Mapping, quote, refValue, removalIn } from './mapping.js';
import { addressBody } from './vendor.js';

interface LineBody {
  Amount?: unknown;
  AccountBasedExpenseLineDetail?: { AccountRef?: unknown; CustomerRef?: unknown };
}

interface ChequeBody {
  DocNumber?: string;
  TxnDate?: string;
  PrivateNote?: string;
  PrintStatus?: string;
  AccountRef?: unknown;
  EntityRef?: { name?: string; type?: string };
  Line?: LineBody[];
}

const TYPES = { customer: 'Customer', vendor: 'Vendor' } as const;

const bankOf = ({ lines }: ChequeIntent): string | undefined =>
  lines.find(({ side }) => side === 'credit')?.accountId;

/** QuickBooks has the bank in the head, so that only the other side makes lines. */
const drawn = ({ lines }: ChequeIntent): JournalLineIntent[] => lines.filter(({ side }) => side === 'debit');

const toLine = ({ accountId, amountCents, description, customerQboId }: JournalLineIntent) => ({
  DetailType: 'AccountBasedExpenseLineDetail',
  Amount: toDecimal(amountCents),
  Description: description,
  AccountBasedExpenseLineDetail: {
    AccountRef: { value: accountId },
    // Said outright, for a customer on a line without it may make the line one to be billed.
    ...(customerQboId !== undefined && {
      CustomerRef: { value: customerQboId },
      BillableStatus: 'NotBillable',
    }),
  },
});

const textOf = (lines: readonly LineBody[] = []): string =>
  lines
    .filter(({ AccountBasedExpenseLineDetail: detail }) => detail !== undefined)
    .map(({ Amount, AccountBasedExpenseLineDetail: detail }) =>
      [
        formatCents(toCents(Amount)),
        `account ${refValue(detail?.AccountRef) ?? '?'}`,
        ...(detail?.CustomerRef === undefined ? [] : [`for ${refValue(detail.CustomerRef) ?? '?'}`]),
      ].join(' '),
    )
    .join(', ');

/** Ids hold no space, so the key ends at the first one. */
const noteOf = ({ mark, note }: ChequeIntent): string => `${mark} (${note})`;

const payeeText = (type: string | undefined, id: string | undefined): string =>
  `${(type ?? 'vendor').toLowerCase()} ${id ?? '?'}`;

/** What QuickBooks says of it being printed; the paper is out as soon as it no longer waits for the printer. */
export const isPrinted = (object: Record<string, unknown>): boolean =>
  (object as ChequeBody).PrintStatus !== 'NeedToPrint';

/** The number on the paper; none while it is not printed, whatever stands there. */
export const chequeNumber = (object: Record<string, unknown>): string | undefined => {
  const { DocNumber } = object as ChequeBody;
  return isPrinted(object) && DocNumber ? DocNumber : undefined;
};

/** What has become of these: those that are gone are missing in the answer. */
export const chequesRequest = (qboIds: readonly string[]): QboRequest => inPurchases('Id', qboIds);

/** All cheques with one of these numbers, of any bank account. */
export const numberedRequest = (numbers: readonly string[]): QboRequest => inPurchases('DocNumber', numbers);

const inPurchases = (field: string, values: readonly string[]): QboRequest => ({
  method: 'GET',
  path: 'query',
  query: {
    query: `select * from Purchase where ${field} in (${values.map(quote).join(', ')}) maxresults 1000`,
  },
});

/** Others of the same bank account that have been printed under the same number, in a person's words. */
export function sharing(
  object: Record<string, unknown>,
  others: readonly Record<string, unknown>[],
): string[] {
  const number = chequeNumber(object);
  if (number === undefined) return [];
  return others
    .filter(
      (other) =>
        other.Id !== object.Id &&
        other.PaymentType === 'Check' &&
        chequeNumber(other) === number &&
        refValue(other.AccountRef) === refValue(object.AccountRef),
    )
    .map((other) => cheque.read(other).summary);
}

export const cheque: Mapping<ChequeIntent> = {
  entity: 'Purchase',

  toBody(intent, link) {
    const address = addressBody(intent.address);
    const { payee, number } = intent;
    return {
      ...linkBody(link),
      // Wanted in a sparse update, too.
      PaymentType: 'Check',
      AccountRef: { value: bankOf(intent) },
      EntityRef: { value: payee.qboId, type: TYPES[payee.document] },
      TxnDate: intent.enteredOn,
      PrivateNote: noteOf(intent),
      ...(address && { RemitToAddr: address }),
      Line: drawn(intent).map(toLine),
      // Never said of one that is there: it may have been printed meanwhile, and would be printed again.
      ...(!link && { PrintStatus: 'NeedToPrint' }),
      ...(link && number !== undefined && { DocNumber: number, PrintStatus: 'PrintComplete' }),
    };
  },

  read(object) {
    const body = object as ChequeBody;
    const number = body.DocNumber ?? (isPrinted(object) ? '(no number)' : 'to be printed');
    const to = body.EntityRef?.name === undefined ? '' : ` to ${body.EntityRef.name}`;
    return {
      ...identity(object),
      mark: body.PrivateNote?.split(' ')[0],
      summary: `cheque ${number} of ${body.TxnDate ?? '?'}${to}: ${textOf(body.Line)}`,
    };
  },

  differences(intent, object) {
    const body = object as ChequeBody;
    const { payee, number } = intent;
    return compare([
      ['date', intent.enteredOn, body.TxnDate],
      ['bank account', bankOf(intent), refValue(body.AccountRef)],
      [
        'payee',
        payeeText(payee.document, payee.qboId),
        payeeText(body.EntityRef?.type, refValue(body.EntityRef)),
      ],
      ['lines', textOf(drawn(intent).map(toLine)), textOf(body.Line)],
      ...(number === undefined ? [] : [['number', number, body.DocNumber] as const]),
    ]);
  },

  allDifferences: (intent, object) => [
    ...cheque.differences(intent, object),
    ...compare([
      ['note', noteOf(intent), (object as ChequeBody).PrivateNote],
      ...(intent.printed ? [] : [['printed', 'no', isPrinted(object) ? 'yes' : 'no'] as const]),
    ]),
  ],

  unfit: (_intent, object) => (removalIn(object) === undefined ? undefined : 'it is voided'),

  lookups: (intent) => [`select * from Purchase where TxnDate = ${quote(intent.enteredOn)} maxresults 1000`],
};
