import type { PaymentIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents, toDecimal } from './decimal.js';
import {
  compare,
  currencyBody,
  identity,
  linkBody,
  type Mapping,
  ofCustomerOn,
  refValue,
} from './mapping.js';

export interface PaymentBody {
  TxnDate?: string;
  TotalAmt?: unknown;
  CustomerRef?: { value?: unknown; name?: string };
  DepositToAccountRef?: unknown;
  PaymentRefNum?: string;
  PaymentMethodRef?: unknown;
  PrivateNote?: string;
  CurrencyRef?: unknown;
  Line?: { Amount?: unknown; LinkedTxn?: { TxnId?: unknown; TxnType?: string }[] }[];
}

/** A part of a payment that is used on one transaction of QuickBooks'. */
export const linkedLine = (amountCents: number, type: string, qboId: string) => ({
  Amount: toDecimal(amountCents),
  LinkedTxn: [{ TxnId: qboId, TxnType: type }],
});

/** What a payment is used on, as comparable text, in no particular order. */
export const linksOf = (lines: PaymentBody['Line'] = []): string =>
  lines
    .flatMap(({ Amount, LinkedTxn = [] }) =>
      LinkedTxn.map(
        ({ TxnId, TxnType }) => `${TxnType ?? '?'} ${String(TxnId)} ${formatCents(toCents(Amount))}`,
      ),
    )
    .sort()
    .join(', ');

/** A payment as somebody entered it. */
export interface FoundPayment {
  customerQboId?: string;
  receivedOn?: string;
  amountCents: number;
  /** ISO 4217; absent where the company has one currency only. */
  currency?: string;
  reference?: string;
  accountId?: string;
  /** What it is used on; `type` as QuickBooks calls it, e.g. `CreditMemo`. */
  uses: { type: string; qboId: string; amountCents: number }[];
}

export function readPayment(object: Record<string, unknown>): FoundPayment {
  const { TxnDate, TotalAmt, PaymentRefNum, Line = [], ...refs } = object as PaymentBody;
  const [customerQboId, currency, accountId] = [
    refValue(refs.CustomerRef),
    refValue(refs.CurrencyRef),
    refValue(refs.DepositToAccountRef),
  ];
  return {
    amountCents: toCents(TotalAmt),
    ...(customerQboId !== undefined && { customerQboId }),
    ...(TxnDate !== undefined && { receivedOn: TxnDate }),
    ...(currency !== undefined && { currency }),
    ...(PaymentRefNum !== undefined && PaymentRefNum !== '' && { reference: PaymentRefNum }),
    ...(accountId !== undefined && { accountId }),
    uses: Line.flatMap(({ Amount, LinkedTxn = [] }) =>
      LinkedTxn.map(({ TxnId, TxnType = '?' }) => ({
        type: TxnType,
        qboId: String(TxnId),
        amountCents: toCents(Amount),
      })),
    ),
  };
}

const linesOf = (intent: PaymentIntent) =>
  intent.allocations.map(({ amountCents, invoiceQboId }) => linkedLine(amountCents, 'Invoice', invoiceQboId));

/** Ids hold no space, so the key ends at the first one; behind it stands what a bookkeeper may want to know. */
const noteOf = ({ mark, memo }: PaymentIntent): string => (memo === undefined ? mark : `${mark} (${memo})`);

export const payment: Mapping<PaymentIntent> = {
  entity: 'Payment',

  toBody: (intent, link) => ({
    ...linkBody(link),
    TxnDate: intent.receivedOn,
    TotalAmt: toDecimal(intent.amountCents),
    CustomerRef: { value: intent.customerQboId },
    // A sparse update leaves alone what is not sent, so a reference that was taken away is sent empty.
    ...((link !== undefined || intent.reference !== undefined) && { PaymentRefNum: intent.reference ?? '' }),
    ...(intent.methodId !== undefined && { PaymentMethodRef: { value: intent.methodId } }),
    ...(intent.accountId !== undefined && { DepositToAccountRef: { value: intent.accountId } }),
    PrivateNote: noteOf(intent),
    Line: linesOf(intent),
    ...currencyBody(intent),
  }),

  read(object) {
    const body = object as PaymentBody;
    const total = formatCents(toCents(body.TotalAmt));
    return {
      ...identity(object),
      mark: body.PrivateNote?.split(' ')[0],
      summary: `payment ${body.PaymentRefNum ?? '(no reference)'} of ${body.TxnDate ?? '?'}, ${total}, ${body.CustomerRef?.name ?? '?'}`,
    };
  },

  differences(intent, object) {
    const body = object as PaymentBody;
    return compare([
      ['customer', intent.customerQboId, refValue(body.CustomerRef)],
      ['date', intent.receivedOn, body.TxnDate],
      ['amount', formatCents(intent.amountCents), formatCents(toCents(body.TotalAmt))],
      ['applied to', linksOf(linesOf(intent)), linksOf(body.Line)],
    ]);
  },

  allDifferences(intent, object) {
    const body = object as PaymentBody;
    return [
      ...payment.differences(intent, object),
      ...compare([
        ['note', noteOf(intent), body.PrivateNote],
        ['reference', intent.reference ?? '', body.PaymentRefNum ?? ''],
        ...(intent.accountId === undefined
          ? []
          : ([['account', intent.accountId, refValue(body.DepositToAccountRef)]] as [
              string,
              unknown,
              unknown,
            ][])),
      ]),
    ];
  },

  held: (intent, object) => {
    const heldInId = refValue((object as PaymentBody).DepositToAccountRef);
    return heldInId === undefined ? intent : { ...intent, heldInId };
  },

  lookups: (intent) => [ofCustomerOn('Payment', intent.customerQboId, intent.receivedOn)],
};
