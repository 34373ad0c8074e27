import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { QboObject } from '../local/simulator-control.js';
import { creditedOf, totalOf } from './pay.js';

/** Living objects of a company by our mark, wherever it stands in a note. */
export type ByMark = ReadonlyMap<string, readonly QboObject[]>;

/** QuickBooks writes "Voided" before the note of what was voided. */
export function byMark(objects: readonly QboObject[]): ByMark {
  const found = new Map<string, QboObject[]>();
  for (const object of objects) {
    const note = object.PrivateNote ?? object.Notes;
    const mark = /\b(bill|payment|contact)\/\S+/.exec(typeof note === 'string' ? note : '')?.[0];
    if (mark !== undefined) found.set(mark, [...(found.get(mark) ?? []), object]);
  }
  return found;
}

const money = (cents: number): string => (cents / 100).toFixed(2);
const amount = (value: unknown): string => Number(value ?? 0).toFixed(2);

// Both sides in words, computed from what was said and from what QuickBooks holds; not by the code that posts it.

/** The whole bill; undefined where nothing of it shall be in the books. */
export function wantedBill(bill: BillSnapshot, payments: readonly PaymentSnapshot[]): string | undefined {
  if (bill.state === 'void') return undefined;
  const { billId, number, issuedOn, lines, client } = bill;
  const paidCents = payments
    .filter(({ state }) => state === 'received')
    .flatMap(({ allocations }) => allocations)
    .filter((one) => one.billId === billId)
    .reduce((sum, { amountCents }) => sum + amountCents, 0);
  const { credits = [], writeOffs = [] } = bill;
  const notes = [
    ...credits.map(({ creditId, amountCents, appliedCents = amountCents }) => ({
      id: creditId,
      amountCents,
      appliedCents,
    })),
    ...writeOffs.map(({ writeOffId: id, amountCents }) => ({ id, amountCents, appliedCents: amountCents })),
  ].map(({ id, amountCents, appliedCents }) => `${id} ${money(amountCents)} used ${money(appliedCents)}`);
  const total = totalOf(bill);
  return [
    `${number} of ${issuedOn} to ${client.clientId} for ${money(total)} in ${lines.length} lines`,
    ...notes,
    `open ${money(total - creditedOf(bill) - paidCents)}`,
  ].join('; ');
}

/** What QuickBooks has under the marks of this bill; undefined where all of it is out of the books. */
export function foundBill(billId: string, objects: ByMark, prefixes: readonly string[]): string | undefined {
  const one = (mark: string) => objects.get(`bill/${billId}/${mark}`)?.at(0);
  const invoices = [one('invoice'), one('interest')].filter(isThere);
  const notes = ['CN', 'WO'].flatMap((id) => {
    const memo = one(`credit/${id}`);
    if (!memo) return [];
    const used = one(`application/${id}`);
    const linked = invoices.length === 0 ? 0 : usedOn(used, invoices);
    return [`${id} ${amount(memo.TotalAmt)} used ${linked.toFixed(2)}`];
  });
  const [first] = invoices;
  if (!first && notes.length === 0) return undefined;
  const total = invoices.reduce((sum, { TotalAmt }) => sum + Number(TotalAmt), 0);
  const open = invoices.reduce((sum, { Balance }) => sum + Number(Balance), 0);
  const lines = invoices.flatMap(({ Line }) =>
    (Line as { DetailType: string }[]).filter(({ DetailType }) => DetailType === 'SalesItemLineDetail'),
  );
  const number = String(first?.DocNumber);
  const prefix = prefixes.find((tried) => tried !== '' && number.startsWith(tried)) ?? '';
  return [
    `${number.slice(prefix.length)} of ${String(first?.TxnDate)} to ${clientOf(first, objects)} for ${total.toFixed(2)} in ${lines.length} lines`,
    ...notes,
    `open ${open.toFixed(2)}`,
  ].join('; ');
}

const isThere = (object: QboObject | undefined): object is QboObject =>
  object !== undefined && Number(object.TotalAmt) !== 0;

/** What a use of a credit takes off these invoices. */
function usedOn(use: QboObject | undefined, invoices: readonly QboObject[]): number {
  const lines = (use?.Line ?? []) as { Amount: number; LinkedTxn: { TxnId: string; TxnType: string }[] }[];
  return lines
    .filter(({ LinkedTxn }) =>
      LinkedTxn.some(
        ({ TxnId, TxnType }) => TxnType === 'Invoice' && invoices.some(({ Id }) => Id === TxnId),
      ),
    )
    .reduce((sum, { Amount }) => sum + Amount, 0);
}

/** Our name of the client that a document stands under, also by one of its matters. */
function clientOf(document: QboObject | undefined, objects: ByMark): string {
  const id = (document?.CustomerRef as { value: string } | undefined)?.value;
  for (const [mark, customers] of objects) {
    if (mark.startsWith('contact/') && customers.some(({ Id }) => Id === id))
      return mark.split('/')[1] ?? '?';
  }
  return '?';
}

export function wantedPayment({
  state,
  amountCents,
  receivedOn,
  allocations,
}: PaymentSnapshot): string | undefined {
  if (state === 'deleted') return undefined;
  const applied = allocations.map((part) => `${money(part.amountCents)} on ${part.billId}`);
  return `${money(amountCents)} of ${receivedOn}, ${applied.join(', ') || 'unapplied'}`;
}

export function foundPayment(paymentId: string, objects: ByMark): string | undefined {
  const payment = objects.get(`payment/${paymentId}/payment`)?.at(0);
  if (!payment) return undefined;
  const applied = new Map<string, number>();
  for (const { Amount, LinkedTxn } of payment.Line as { Amount: number; LinkedTxn: { TxnId: string }[] }[]) {
    const bill = billOf(LinkedTxn[0]?.TxnId, objects);
    applied.set(bill, (applied.get(bill) ?? 0) + Amount);
  }
  const parts = [...applied].map(([bill, sum]) => `${sum.toFixed(2)} on ${bill}`);
  return `${amount(payment.TotalAmt)} of ${String(payment.TxnDate)}, ${parts.join(', ') || 'unapplied'}`;
}

function billOf(invoiceId: string | undefined, objects: ByMark): string {
  for (const [mark, found] of objects) {
    const [, billId = '?', kind] = mark.split('/');
    const isInvoice = kind === 'invoice' || kind === 'interest';
    if (mark.startsWith('bill/') && isInvoice && found.some(({ Id }) => Id === invoiceId)) return billId;
  }
  return '?';
}
