import type { CreditMemoIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents } from './decimal.js';
import { compare, createdAt, currencyBody, quote, refValue, taxBody, type Mapping } from './mapping.js';
import { sameLines, toSalesLine, type LineBody } from './sales-line.js';

interface CreditMemoBody {
  Id?: string;
  SyncToken?: string;
  DocNumber?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  CustomerRef?: { value?: unknown; name?: string };
  PrivateNote?: string;
  CustomerMemo?: { value?: string };
  Line?: LineBody[];
}

export const creditMemo: Mapping<CreditMemoIntent> = {
  entity: 'CreditMemo',

  toBody: (intent, link) => ({
    ...(link && { Id: link.qboId, SyncToken: link.syncToken, sparse: true }),
    ...(intent.number !== '' && { DocNumber: intent.number }),
    TxnDate: intent.issuedOn,
    CustomerRef: { value: intent.customerQboId },
    CustomerMemo: { value: intent.memo },
    PrivateNote: intent.mark,
    Line: intent.lines.map(toSalesLine),
    ...taxBody(intent),
    ...currencyBody(intent),
  }),

  read(object) {
    const body = object as CreditMemoBody;
    const total = formatCents(toCents(body.TotalAmt));
    return {
      qboId: body.Id ?? '',
      syncToken: body.SyncToken ?? '',
      mark: body.PrivateNote,
      createdAt: createdAt(object),
      summary: `credit memo ${body.DocNumber ?? '(no number)'} of ${body.TxnDate ?? '?'}, ${total}, ${body.CustomerRef?.name ?? '?'}`,
    };
  },

  differences(intent, object) {
    const body = object as CreditMemoBody;
    return compare([
      ['number', intent.number, intent.number === '' ? '' : body.DocNumber],
      ['customer', intent.customerQboId, refValue(body.CustomerRef)],
      ['date', intent.issuedOn, body.TxnDate],
      ['total', formatCents(intent.totalCents), formatCents(toCents(body.TotalAmt))],
    ]);
  },

  allDifferences(intent, object) {
    const body = object as CreditMemoBody;
    const { ours, theirs } = sameLines(intent.lines, body.Line);
    return [
      ...creditMemo.differences(intent, object),
      ...compare([
        ['memo', intent.memo, body.CustomerMemo?.value ?? ''],
        ['note', intent.mark, body.PrivateNote],
        ['lines', ours, theirs],
      ]),
    ];
  },

  lookups: (intent) => [
    ...(intent.number === '' ? [] : [`select * from CreditMemo where DocNumber = ${quote(intent.number)}`]),
    `select * from CreditMemo where CustomerRef = ${quote(intent.customerQboId)} and TxnDate = ${quote(intent.issuedOn)} maxresults 1000`,
  ],
};
