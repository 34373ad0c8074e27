import type { ConnectedFirm } from '../local/office.js';
import type { QboObject } from '../local/simulator-control.js';
import { centsOf, type BillItem, type Item, type Life, type PaymentItem } from './life.js';
import type { Office } from './office.js';

/** What QuickBooks holds of a firm in the end, as far as it is to be judged. */
export interface Books {
  /** Without those in closed books that were taken back in open ones. */
  invoices: readonly QboObject[];
  /** Those were taken back, by our own name of their bill. */
  takenBack: ReadonlyMap<string, string>;
  payments: readonly QboObject[];
  lives: readonly Life[];
}

export async function readBooks({ firmId, qbo }: ConnectedFirm, lives: readonly Life[]): Promise<Books> {
  const takenBack = new Map<string, string>();
  for (const { PrivateNote } of await qbo.objects('CreditMemo')) {
    const [, billId, qboId] = /^bill\/(\S+)\/counter\/(\d+)$/.exec(String(PrivateNote)) ?? [];
    if (billId !== undefined && qboId !== undefined) takenBack.set(qboId, billId);
  }
  const invoices = (await qbo.objects('Invoice')).filter(
    ({ Id, TotalAmt }) => Number(TotalAmt) > 0 && !takenBack.has(Id),
  );
  const payments = (await qbo.objects('Payment')).filter(({ TotalAmt }) => Number(TotalAmt) > 0);
  return { invoices, takenBack, payments, lives: lives.filter(({ bill }) => bill.firm.firmId === firmId) };
}

/** The records of one bill or payment: those with our mark, and what a person has taken for it. */
export function booked({ ref, adopted }: Item, objects: readonly QboObject[]): QboObject[] {
  const mark = ref.type === 'bill' ? `bill/${ref.id}/invoice` : `payment/${ref.id}/payment`;
  return objects.filter(
    ({ Id, PrivateNote }) => PrivateNote === mark || (PrivateNote === undefined && adopted.has(Id)),
  );
}

/** What a payment is used on, invoice by invoice. */
export const usedOn = ({ Line }: QboObject): { txnId: string; cents: number }[] =>
  ((Line ?? []) as { Amount: number; LinkedTxn?: { TxnId: string; TxnType: string }[] }[]).flatMap(
    ({ Amount, LinkedTxn = [] }) =>
      LinkedTxn.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => ({
        txnId: TxnId,
        cents: Math.round(Amount * 100),
      })),
  );

export const isOn = (payment: QboObject, invoices: readonly QboObject[]): boolean =>
  usedOn(payment).some(({ txnId }) => invoices.some(({ Id }) => Id === txnId));

const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

/** What is not as the billing app wants it. */
export function wrongOfBill(bill: BillItem, books: Books, { prefixes }: Office): string[] {
  const [invoice] = booked(bill, books.invoices);
  if (!invoice) return [];
  const { DocNumber, TotalAmt, TxnDate, Balance } = invoice;
  const number = String(DocNumber);
  const isOurs = prefixes.some((prefix) =>
    [...bill.numbers].some((own) => isNumber(number, `${prefix}${own}`)),
  );
  const open = openOf(bill, invoice, books);
  return [
    ...(cents(TotalAmt) === centsOf(bill.right) ? [] : [`total ${String(TotalAmt)}`]),
    ...(bill.days.has(String(TxnDate)) ? [] : [`date ${String(TxnDate)}`]),
    ...(isOurs ? [] : [`number ${number}`]),
    ...(open === undefined || open === cents(Balance)
      ? []
      : [`balance ${String(Balance)} for ${open / 100}`]),
  ];
}

/** What stays in closed books keeps its number, and what comes in its place has a sign behind it. */
const isNumber = (number: string, own: string): boolean =>
  number.replace(/-R\d+$/, '') === own || number === own;

/** What shall be open of it; undefined where a payment that is kept out may lie on it still. */
function openOf(bill: BillItem, { Id }: QboObject, { payments, lives }: Books): number | undefined {
  const paying = lives
    .map(({ payment }) => payment)
    .filter(({ bills, right }) => bills.includes(bill) && right.version > 0);
  if (paying.some(({ isExcluded }) => isExcluded)) return undefined;
  const ours = paying
    .flatMap(({ right }) => right.allocations)
    .filter(({ billId }) => billId === bill.ref.id);
  const byHand = payments.filter(({ PrivateNote }) => PrivateNote === undefined).flatMap(usedOn);
  return [
    ...ours.map(({ amountCents }) => amountCents),
    ...byHand.filter(({ txnId }) => txnId === Id).map((use) => use.cents),
  ].reduce((open, used) => open - used, centsOf(bill.right));
}

export function wrongOfPayment(payment: PaymentItem, books: Books): string[] {
  const [found] = booked(payment, books.payments);
  if (!found) return [];
  const { TotalAmt, TxnDate } = found;
  const { amountCents, allocations } = payment.right;
  const uses = usedOn(found);
  const wrongUses = payment.bills.flatMap((bill) => {
    const ids = new Set(booked(bill, books.invoices).map(({ Id }) => Id));
    const used = uses
      .filter(({ txnId }) => ids.has(txnId) || books.takenBack.get(txnId) === bill.ref.id)
      .reduce((sum, use) => sum + use.cents, 0);
    const meant = allocations.find(({ billId }) => billId === bill.ref.id)?.amountCents ?? 0;
    return used === meant || bill.isExcluded
      ? []
      : [`use of ${used / 100} for ${meant / 100} on ${bill.ref.id}`];
  });
  return [
    ...(cents(TotalAmt) === amountCents ? [] : [`total ${String(TotalAmt)}`]),
    ...(payment.days.has(String(TxnDate)) ? [] : [`date ${String(TxnDate)}`]),
    ...wrongUses,
  ];
}
