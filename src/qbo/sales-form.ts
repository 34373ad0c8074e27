import type { CreditMemoIntent, InvoiceIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents } from './decimal.js';
import {
  compare,
  currencyBody,
  identity,
  linkBody,
  ofCustomerOn,
  quote,
  refValue,
  taxBody,
  type Mapping,
} from './mapping.js';
import { sameLines, toSalesLine, type LineBody } from './sales-line.js';

interface SalesFormBody {
  DocNumber?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  CustomerRef?: { value?: unknown; name?: string };
  PrivateNote?: string;
  CustomerMemo?: { value?: string };
  Line?: LineBody[];
}

/** What an invoice and a credit memo have in common: QuickBooks keeps both as a sales form. */
export const salesForm = <I extends InvoiceIntent | CreditMemoIntent>(
  entity: string,
  name: string,
): Omit<Mapping<I>, 'entity'> => {
  const differences = (intent: I, object: Record<string, unknown>): string[] => {
    const body = object as SalesFormBody;
    return compare([
      // One that was left to QuickBooks to number has whatever number it gave.
      ['number', intent.number, intent.number === '' ? '' : body.DocNumber],
      ['customer', intent.customerQboId, refValue(body.CustomerRef)],
      ['date', intent.issuedOn, body.TxnDate],
      ['total', formatCents(intent.totalCents), formatCents(toCents(body.TotalAmt))],
    ]);
  };
  return {
    toBody: (intent, link) => ({
      ...linkBody(link),
      ...(intent.number !== '' && { DocNumber: intent.number }),
      TxnDate: intent.issuedOn,
      CustomerRef: { value: intent.customerQboId },
      CustomerMemo: { value: intent.memo },
      PrivateNote: intent.mark,
      // In a sparse update the list replaces the whole one.
      Line: intent.lines.map(toSalesLine),
      ...taxBody(intent),
      ...currencyBody(intent),
    }),

    read(object) {
      const body = object as SalesFormBody;
      const total = formatCents(toCents(body.TotalAmt));
      return {
        ...identity(object),
        mark: body.PrivateNote,
        summary: `${name} ${body.DocNumber ?? '(no number)'} of ${body.TxnDate ?? '?'}, ${total}, ${body.CustomerRef?.name ?? '?'}`,
      };
    },

    differences,

    allDifferences(intent, object) {
      const body = object as SalesFormBody;
      const { ours, theirs } = sameLines(intent.lines, body.Line);
      return [
        ...differences(intent, object),
        ...compare([
          ['memo', intent.memo, body.CustomerMemo?.value ?? ''],
          ['note', intent.mark, body.PrivateNote],
          ['lines', ours, theirs],
        ]),
      ];
    },

    lookups: (intent) => [
      ...(intent.number === '' ? [] : [`select * from ${entity} where DocNumber = ${quote(intent.number)}`]),
      ofCustomerOn(entity, intent.customerQboId, intent.issuedOn),
    ],
  };
};
