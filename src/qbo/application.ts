import type { ApplicationIntent } from '../domain/intent.js';
import { formatCents, sumCents } from '../domain/money.js';
import type { QboRequest } from './client.js';
import { toCents } from './decimal.js';
import {
  compare,
  currencyBody,
  identity,
  linkBody,
  type Mapping,
  ofCustomerOn,
  quote,
  refValue,
} from './mapping.js';
import { queryRequest } from './query.js';
import { linkedLine, linksOf, type PaymentBody } from './payment.js';

/** One that is used on nothing any more links nothing. */
function linesOf({ allocations, creditQboId }: ApplicationIntent) {
  const cents = sumCents(allocations.map(({ amountCents }) => amountCents));
  return [
    ...allocations.map(({ amountCents, invoiceQboId }) => linkedLine(amountCents, 'Invoice', invoiceQboId)),
    ...(cents === 0 ? [] : [linkedLine(cents, 'CreditMemo', creditQboId)]),
  ];
}

/** QuickBooks has no record of its own for this: a payment of nothing links credit memo and invoices. */
export const application: Mapping<ApplicationIntent> = {
  entity: 'Payment',

  toBody: (intent, link) => ({
    ...linkBody(link),
    TxnDate: intent.appliedOn,
    TotalAmt: 0,
    CustomerRef: { value: intent.customerQboId },
    PrivateNote: intent.mark,
    Line: linesOf(intent),
    ...currencyBody(intent),
  }),

  read(object) {
    const body = object as PaymentBody;
    return {
      ...identity(object),
      mark: body.PrivateNote,
      summary: `credit used on ${linksOf(body.Line)}, ${body.TxnDate ?? '?'}, ${body.CustomerRef?.name ?? '?'}`,
    };
  },

  differences(intent, object) {
    const body = object as PaymentBody;
    return compare([
      ['customer', intent.customerQboId, refValue(body.CustomerRef)],
      ['amount', formatCents(0), formatCents(toCents(body.TotalAmt))],
      ['applied to', linksOf(linesOf(intent)), linksOf(body.Line)],
    ]);
  },

  allDifferences(intent, object) {
    const body = object as PaymentBody;
    return [
      ...application.differences(intent, object),
      ...compare([
        ['date', intent.appliedOn, body.TxnDate],
        ['note', intent.mark, body.PrivateNote],
      ]),
    ];
  },

  lookups: (intent) => [ofCustomerOn('Payment', intent.customerQboId, intent.appliedOn)],
};

/** Every payment of nothing of the customer: one of them may use our credit memo already. */
export const usesRequest = ({ customerQboId }: ApplicationIntent): QboRequest =>
  queryRequest(
    `select * from Payment where CustomerRef = ${quote(customerQboId)} and TotalAmt = '0' maxresults 1000`,
  );

/** Whether a payment uses up the credit memo that this is about. */
export const usedBy = ({ creditQboId }: ApplicationIntent, object: Record<string, unknown>): boolean =>
  ((object as PaymentBody).Line ?? []).some(({ LinkedTxn = [] }) =>
    LinkedTxn.some(({ TxnId, TxnType }) => TxnType === 'CreditMemo' && String(TxnId) === creditQboId),
  );
