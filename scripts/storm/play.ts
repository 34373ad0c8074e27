import { QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import type { AggregateStatus } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { takeNumber, type ConnectedFirm } from '../local/office.js';
import type { QboObject } from '../local/simulator-control.js';
import { snapshotsOf, type Life, type Meddling } from './life.js';
import { paymentsOf } from './pay.js';
import { within } from '../local/within.js';
import type { Stage } from './stage.js';

/** A life that was played: what the billing app wants now, and what a person may rightly be asked about. */
export interface Played {
  firm: ConnectedFirm;
  bill: BillSnapshot;
  payments: PaymentSnapshot[];
  /** Faults that something in this life explains. */
  explained: Set<string>;
}

/** Longer than any outage, and than absence takes to count, for client and bill; what takes longer is judged as it is. */
const SETTLE_MS = 270_000;

export const billIdOf = (index: number): string => `S${index + 1}`;

/** Plays one life, move after move, as a billing app and a bookkeeper would. */
export async function play(stage: Stage, life: Life, index: number): Promise<Played> {
  const firm = stage.firms[life.firm % stage.firms.length]!;
  const billId = billIdOf(index);
  const snapshots = snapshotsOf(life, firm.firmId, billId);
  const explained = new Set<string>();
  if (life.numberTaken) {
    // A name of its own: lives of one firm are played at the same time.
    await takeNumber(firm, billId, `Walk-in ${billId}`);
    explained.add('number-used-bill').add('number-used');
  }
  let sent = 0;
  for (const [place, move] of life.moves.entries()) {
    if (move.do === 'meddle') {
      await restBill(stage, { firmId: firm.firmId, type: 'bill', id: billId });
      if (await meddle(firm, billId, move.how)) for (const key of EXPLAINS[move.how]) explained.add(key);
      continue;
    }
    const snapshot = snapshots[sent++]!;
    const older = snapshots[sent - 2];
    await Promise.all([
      stage.client.syncBill(snapshot),
      ...(move.twice ? [stage.client.syncBill(snapshot)] : []),
    ]);
    if (move.olderAfter && older) await stage.client.syncBill(older);
    for (const [which, payment] of paymentsOf(life.payments, snapshot, 'first').entries()) {
      const { after, twice } = life.payments[which]!;
      if (after === place) await pay(stage, payment, twice);
    }
  }
  const bill = snapshots.at(-1)!;
  const payments = paymentsOf(life.payments, bill, 'last');
  for (const payment of payments) await pay(stage, payment, false);
  return { firm, bill, payments, explained };
}

async function pay({ client }: Stage, payment: PaymentSnapshot, twice: boolean): Promise<void> {
  await Promise.all([client.syncPayment(payment), ...(twice ? [client.syncPayment(payment)] : [])]);
}

/** Undefined once it is settled. */
export type Rest = AggregateStatus | 'no answer' | undefined;

export const isAsked = (status: Rest): boolean =>
  status !== undefined && status !== 'no answer' && status.state === 'needs-attention';

/**
 * How all of these rest: settled, waiting for a person about what is explained, or for another of them that a person is
 * asked about, which may take for ever. Other questions may be lifted by what is still on its way: what they are when
 * that does not come true in time.
 */
export async function restAll(
  stage: Stage,
  refs: readonly AggregateRef[],
  explained: ReadonlySet<string>,
): Promise<Rest[]> {
  const mayStay = (status: Rest) =>
    status !== undefined &&
    status !== 'no answer' &&
    isAsked(status) &&
    explained.has(status.parked?.fault ?? '');
  let statuses: Rest[] = [];
  await within(SETTLE_MS, async () => {
    statuses = await Promise.all(refs.map((ref) => statusOf(stage, ref)));
    const asked = statuses.some(mayStay);
    return statuses.every((one) => one === undefined || mayStay(one) || (asked && isBehind(one)));
  });
  return statuses;
}

const isBehind = (status: Rest): boolean =>
  status !== undefined &&
  status !== 'no answer' &&
  /to be taken off bill|to be in QuickBooks|to come to/.test(status.waitingFor ?? '');

/** Settled, asked about, or behind a payment that is changed by the last word of all. */
async function restBill(stage: Stage, ref: AggregateRef): Promise<void> {
  await within(SETTLE_MS, async () => {
    const status = await statusOf(stage, ref);
    return status === undefined || isAsked(status) || isBehind(status);
  });
}

async function statusOf({ client }: Stage, ref: AggregateRef): Promise<Rest> {
  try {
    return (await client.isSettled(ref)) === true ? undefined : await client.status(ref);
  } catch (error) {
    // A worker that was just killed answers no query.
    if (error instanceof ServiceError || error instanceof QueryNotRegisteredError) return 'no answer';
    throw error;
  }
}

/** What a person may be asked about after it, on the bill itself and on what was paid of it. */
const EXPLAINS: Record<Meddling, readonly string[]> = {
  'ship-date': [],
  amount: ['changed-in-quickbooks', 'over-applied'],
  void: ['changed-in-quickbooks', 'over-applied'],
  delete: ['document-deleted', 'linked-object-missing', 'applied-transaction-deleted', 'reference-deleted'],
};

/** True when there was something to meddle with. */
async function meddle(firm: ConnectedFirm, billId: string, how: Meddling): Promise<boolean> {
  const invoice = (await invoicesOf(firm, billId)).find(({ TotalAmt }) => Number(TotalAmt) > 0);
  if (!invoice) return false;
  const { Id } = invoice;
  if (how === 'delete' || how === 'void') await firm.qbo.bookkeeper('Invoice', { Id }, how);
  if (how === 'ship-date') await firm.qbo.bookkeeper('Invoice', { Id, ShipDate: '2026-11-20' });
  if (how === 'amount') await firm.qbo.bookkeeper('Invoice', { Id, Line: [line(firm, 1)] });
  return true;
}

const line = (firm: ConnectedFirm, amount: number) => ({
  DetailType: 'SalesItemLineDetail',
  Amount: amount,
  SalesItemLineDetail: { ItemRef: { value: firm.items.time } },
});

/** By our mark, wherever the note was added to. */
export async function invoicesOf(firm: ConnectedFirm, billId: string): Promise<QboObject[]> {
  const mark = new RegExp(`bill/${billId}/invoice$`);
  return (await firm.qbo.objects('Invoice')).filter(({ PrivateNote }) => mark.test(String(PrivateNote)));
}
