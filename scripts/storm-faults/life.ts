import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { ConnectedFirm } from '../local/office.js';

/** A bill or a payment of a fault storm: what the billing app wants of it, and what may be shown about it. */
export interface Item<S extends BillSnapshot | PaymentSnapshot = BillSnapshot | PaymentSnapshot> {
  firm: ConnectedFirm;
  ref: AggregateRef;
  /** As it shall be, of the version that was sent last; 0 = never sent. */
  right: S;
  /** Causes that people may be shown at this time. */
  mayShow: Set<string>;
  /** And whatever comes to it later. */
  mayShowAlways: Set<string>;
  /** A person keeps it out of QuickBooks. */
  isExcluded: boolean;
  /** Its own day, and another one where a person has chosen that. */
  days: Set<string>;
  /** QuickBooks' ids of records that a person has taken for it. */
  adopted: Set<string>;
}

export interface BillItem extends Item<BillSnapshot> {
  /** Numbers that the billing app or a person has given it. */
  numbers: Set<string>;
  /** Causes that people may be shown about what is paid on it, by what has happened to it so far. */
  mayShowOfPaid: Set<string>;
  paidBy: PaymentItem[];
}

export interface PaymentItem extends Item<PaymentSnapshot> {
  bills: readonly BillItem[];
}

/** One bill, and what its client pays: on this bill, and now and then on the one before it as well. */
export interface Life {
  bill: BillItem;
  payment: PaymentItem;
}

const BILLS_PER_CLIENT = 4;

/** Lives go round the firms; those of one firm share clients, four bills each. */
export function livesOf(firms: readonly ConnectedFirm[], size: number): Life[] {
  const lives: Life[] = [];
  for (let index = 0; index < size; index += 1) {
    const place = Math.floor(index / firms.length);
    const bill = newBill(
      firms[index % firms.length]!,
      `F${index + 1}`,
      `C${Math.floor(place / BILLS_PER_CLIENT) + 1}`,
    );
    const before = place % 2 === 1 ? lives[index - firms.length]?.bill : undefined;
    const payment = newPayment(before ? [bill, before] : [bill]);
    for (const paid of payment.bills) paid.paidBy.push(payment);
    lives.push({ bill, payment });
  }
  return lives;
}

function newBill(firm: ConnectedFirm, billId: string, clientId: string): BillItem {
  const { firmId } = firm;
  return {
    firm,
    ref: { firmId, type: 'bill', id: billId },
    right: {
      firmId,
      billId,
      version: 0,
      state: 'approved',
      number: billId,
      issuedOn: '2026-11-10',
      dueOn: '2026-12-10',
      client: { clientId, version: 1, name: `Client ${clientId}` },
      matters: [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }],
      lines: [],
    },
    mayShow: new Set(),
    mayShowAlways: new Set(),
    isExcluded: false,
    days: new Set(['2026-11-10']),
    adopted: new Set(),
    numbers: new Set([billId]),
    mayShowOfPaid: new Set(),
    paidBy: [],
  };
}

function newPayment(bills: readonly [BillItem, ...BillItem[]]): PaymentItem {
  const [{ firm, right: bill }] = bills;
  const { firmId } = firm;
  const paymentId = `${bill.billId}P`;
  return {
    firm,
    ref: { firmId, type: 'payment', id: paymentId },
    right: {
      firmId,
      paymentId,
      version: 0,
      state: 'received',
      amountCents: 0,
      receivedOn: '2026-11-12',
      reference: paymentId,
      client: bill.client,
      allocations: [],
    },
    mayShow: new Set(),
    mayShowAlways: new Set(),
    isExcluded: false,
    days: new Set(['2026-11-12']),
    adopted: new Set(),
    bills,
  };
}

/** The next version, of another amount, so that there is something to write. */
export function nextBill(item: BillItem): BillSnapshot {
  const { right } = item;
  const version = right.version + 1;
  const line = { kind: 'expense', description: `Work ${version}`, date: right.issuedOn } as const;
  item.right = { ...right, version, lines: [{ ...line, amountCents: 10_000 + version }] };
  return item.right;
}

/** The same for a payment. It is a small part of each bill, and some of it stays with the client. */
export function nextPayment(item: PaymentItem): PaymentSnapshot {
  const { right, bills } = item;
  const version = right.version + 1;
  const allocations = bills.map(({ ref: { id: billId } }) => ({ billId, amountCents: 1000 + version }));
  item.right = { ...right, version, amountCents: 5000 + version, allocations };
  return item.right;
}

export const nextOf = (item: Item): BillSnapshot | PaymentSnapshot =>
  item.ref.type === 'bill' ? nextBill(item as BillItem) : nextPayment(item as PaymentItem);

/** Whether it was sent ever. */
export const isBegun = ({ right }: Item): boolean => right.version > 0;

export const centsOf = ({ lines }: BillSnapshot): number =>
  lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
