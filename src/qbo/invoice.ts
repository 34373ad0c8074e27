import type { InvoiceIntent, InvoiceLineIntent } from '../domain/document.js';
import { formatCents } from '../domain/money.js';
import { fromThousandths, toCents, toDecimal } from './decimal.js';
import { compare, createdAt, quote, refValue, type Mapping } from './mapping.js';

interface InvoiceBody {
  Id?: string;
  SyncToken?: string;
  DocNumber?: string;
  TxnDate?: string;
  TotalAmt?: unknown;
  CustomerRef?: { value?: unknown; name?: string };
  PrivateNote?: string;
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
    Line: intent.lines.map(toLine),
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

  lookups: (intent) => [
    `select * from Invoice where DocNumber = ${quote(intent.number)}`,
    `select * from Invoice where CustomerRef = ${quote(intent.customerQboId)} and TxnDate = ${quote(intent.issuedOn)} maxresults 1000`,
  ],
};

function toLine(line: InvoiceLineIntent): Record<string, unknown> {
  return {
    DetailType: 'SalesItemLineDetail',
    Amount: toDecimal(line.amountCents),
    Description: line.description,
    SalesItemLineDetail: {
      ItemRef: { value: line.itemId },
      ...(line.quantityThousandths !== undefined && { Qty: fromThousandths(line.quantityThousandths) }),
      ...(line.unitPriceCents !== undefined && { UnitPrice: toDecimal(line.unitPriceCents) }),
      ...(line.servedOn !== undefined && { ServiceDate: line.servedOn }),
    },
  };
}
