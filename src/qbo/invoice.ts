import type { InvoiceIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents } from './decimal.js';
import { compare, createdAt, currencyBody, quote, refValue, taxBody, type Mapping } from './mapping.js';
import { sameLines, toSalesLine, type LineBody } from './sales-line.js';

interface InvoiceBody {
  Id?: string;
  SyncToken?: string;
  DocNumber?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  CustomerRef?: { value?: unknown; name?: string };
  PrivateNote?: string;
  DueDate?: string;
  CustomerMemo?: { value?: string };
  Line?: LineBody[];
}

export const invoice: Mapping<InvoiceIntent> = {
  entity: 'Invoice',

  toBody: (intent, link) => ({
    ...(link && { Id: link.qboId, SyncToken: link.syncToken, sparse: true }),
    DocNumber: intent.number,
    TxnDate: intent.issuedOn,
    DueDate: intent.dueOn,
    CustomerRef: { value: intent.customerQboId },
    CustomerMemo: { value: intent.memo },
    PrivateNote: intent.mark,
    // In a sparse update the list replaces the whole one.
    Line: intent.lines.map(toSalesLine),
    ...taxBody(intent),
    ...currencyBody(intent),
  }),

  read(object) {
    const body = object as InvoiceBody;
    const total = formatCents(toCents(body.TotalAmt));
    return {
      qboId: body.Id ?? '',
      syncToken: body.SyncToken ?? '',
      mark: body.PrivateNote,
      createdAt: createdAt(object),
      summary: `invoice ${body.DocNumber ?? '(no number)'} of ${body.TxnDate ?? '?'}, ${total}, ${body.CustomerRef?.name ?? '?'}`,
    };
  },

  differences(intent, object) {
    const body = object as InvoiceBody;
    return compare([
      ['number', intent.number, body.DocNumber],
      ['customer', intent.customerQboId, refValue(body.CustomerRef)],
      ['date', intent.issuedOn, body.TxnDate],
      ['total', formatCents(intent.totalCents), formatCents(toCents(body.TotalAmt))],
    ]);
  },

  allDifferences(intent, object) {
    const body = object as InvoiceBody;
    const { ours, theirs } = sameLines(intent.lines, body.Line);
    return [
      ...invoice.differences(intent, object),
      ...compare([
        ['due date', intent.dueOn, body.DueDate],
        ['memo', intent.memo, body.CustomerMemo?.value ?? ''],
        ['note', intent.mark, body.PrivateNote],
        ['lines', ours, theirs],
      ]),
    ];
  },

  lookups: (intent) => [
    `select * from Invoice where DocNumber = ${quote(intent.number)}`,
    `select * from Invoice where CustomerRef = ${quote(intent.customerQboId)} and TxnDate = ${quote(intent.issuedOn)} maxresults 1000`,
  ],
};
