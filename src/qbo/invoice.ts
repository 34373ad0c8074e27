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
  DueDate?: string;
  CustomerMemo?: { value?: string };
  Line?: LineBody[];
}

interface LineBody {
  DetailType?: string;
  Amount?: unknown;
  Description?: string;
  SalesItemLineDetail?: { ItemRef?: unknown; ServiceDate?: string; Qty?: unknown; UnitPrice?: unknown };
}

const SALES_LINE = 'SalesItemLineDetail';

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

  allDifferences(intent, object) {
    const body = object as InvoiceBody;
    const ours = intent.lines.map((line) => JSON.stringify(lineOf(toLine(line), line)));
    const theirs = (body.Line ?? []).filter(({ DetailType }) => DetailType === SALES_LINE);
    const found = theirs.map((line, index) => JSON.stringify(lineOf(line, intent.lines[index])));
    return [
      ...invoice.differences(intent, object),
      ...compare([
        ['due date', intent.dueOn, body.DueDate],
        ['memo', intent.memo, body.CustomerMemo?.value ?? ''],
        ['note', intent.mark, body.PrivateNote],
        ['lines', ours.join(), found.join()],
      ]),
    ];
  },

  lookups: (intent) => [
    `select * from Invoice where DocNumber = ${quote(intent.number)}`,
    `select * from Invoice where CustomerRef = ${quote(intent.customerQboId)} and TxnDate = ${quote(intent.issuedOn)} maxresults 1000`,
  ],
};

/** What of a line is ours; QuickBooks fills in the rest, also quantity and price where we sent none. */
const lineOf = (
  { Amount, Description, SalesItemLineDetail: detail }: LineBody,
  ours: InvoiceLineIntent | undefined,
) => [
  toCents(Amount),
  Description,
  refValue(detail?.ItemRef),
  detail?.ServiceDate,
  ...(ours?.quantityThousandths === undefined ? [] : [Number(detail?.Qty), toCents(detail?.UnitPrice)]),
];

function toLine(line: InvoiceLineIntent): LineBody {
  return {
    DetailType: SALES_LINE,
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
