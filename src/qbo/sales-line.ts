import type { SalesLineIntent } from '../domain/intent.js';
import { fromThousandths, toCents, toDecimal } from './decimal.js';
import { refValue } from './mapping.js';

/** A line of an invoice or a credit memo. */
export interface LineBody {
  DetailType?: string;
  Amount?: unknown;
  Description?: string;
  SalesItemLineDetail?: {
    ItemRef?: unknown;
    ServiceDate?: string;
    Qty?: unknown;
    UnitPrice?: unknown;
    ClassRef?: unknown;
    TaxCodeRef?: unknown;
  };
}

const SALES_LINE = 'SalesItemLineDetail';

export function toSalesLine(line: SalesLineIntent): LineBody {
  return {
    DetailType: SALES_LINE,
    Amount: toDecimal(line.amountCents),
    Description: line.description,
    SalesItemLineDetail: {
      ItemRef: { value: line.itemId },
      ...(line.quantityThousandths !== undefined && { Qty: fromThousandths(line.quantityThousandths) }),
      ...(line.unitPriceCents !== undefined && { UnitPrice: toDecimal(line.unitPriceCents) }),
      ...(line.unitPrice !== undefined && { UnitPrice: Number(line.unitPrice) }),
      ...(line.servedOn !== undefined && { ServiceDate: line.servedOn }),
      ...(line.classQboId !== undefined && { ClassRef: { value: line.classQboId } }),
      ...(line.taxCodeId !== undefined && { TaxCodeRef: { value: line.taxCodeId } }),
    },
  };
}

/** Ours and theirs as comparable text; subtotals and what else QuickBooks adds is left out. */
export function sameLines(intended: readonly SalesLineIntent[], found: readonly LineBody[] = []) {
  const theirs = found.filter(({ DetailType }) => DetailType === SALES_LINE);
  return {
    ours: intended.map((line) => JSON.stringify(lineOf(toSalesLine(line), line))).join(),
    theirs: theirs.map((line, index) => JSON.stringify(lineOf(line, intended[index]))).join(),
  };
}

/** What of a line is ours; QuickBooks fills in the rest, also quantity, price and tax code where we sent none. */
const lineOf = (
  { Amount, Description, SalesItemLineDetail: detail }: LineBody,
  ours: SalesLineIntent | undefined,
) => [
  toCents(Amount),
  Description,
  refValue(detail?.ItemRef),
  detail?.ServiceDate,
  ...(ours?.quantityThousandths === undefined ? [] : [Number(detail?.Qty), Number(detail?.UnitPrice)]),
  ...(ours?.classQboId === undefined ? [] : [refValue(detail?.ClassRef)]),
  ...(ours?.taxCodeId === undefined ? [] : [refValue(detail?.TaxCodeRef)]),
];
