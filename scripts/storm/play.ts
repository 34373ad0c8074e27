import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { takeNumber, type ConnectedFirm } from '../local/office.js';
import { accepted } from './accepted.js';
import { beginBill, nextSnapshot, regenerated } from './bill.js';
import type { Clients } from './client.js';
import type { Life, Meddling, Paying } from './life.js';
import { EXPLAINS, meddle } from './meddle.js';
import { paymentsOf } from './pay.js';
import { untilResting } from './rest.js';
import type { Stage } from './stage.js';

/** A life that was played: what the billing app wants now, and what a person may rightly be asked about. */
export interface Played {
  firm: ConnectedFirm;
  /** The one bill, or the void one and what was generated anew from it. */
  bills: BillSnapshot[];
  payments: PaymentSnapshot[];
  /** What a bookkeeper did to it. */
  meddled: Meddling[];
  /** Faults that something in this life explains. */
  explained: Set<string>;
}

/** A bookkeeper waits no longer for a bill to settle before he puts his hands on it. */
const SETTLE_MS = 60_000;

export const billIdOf = (index: number): string => `S${index + 1}`;

/** Plays one life, move after move, as a billing app and a bookkeeper would. */
export async function play(stage: Stage, life: Life, index: number, clients: Clients): Promise<Played> {
  const firm = stage.firms[life.firm % stage.firms.length]!;
  const billId = billIdOf(index);
  const explained = new Set<string>();
  const meddled: Meddling[] = [];
  if (life.numberTaken) {
    // A name of its own: lives of one firm are played at the same time.
    await takeNumber(firm, billId, `Walk-in ${billId}`);
    explained.add('number-used-bill').add('number-used');
  }
  const bill = beginBill(life, firm.firmId, billId);
  let last: BillSnapshot | undefined;
  for (const [place, move] of life.moves.entries()) {
    if (move.do === 'meddle') {
      const ref = { firmId: firm.firmId, type: 'bill', id: billId } as const;
      const rests = await untilResting(stage, ref, bill.version, SETTLE_MS);
      if (rests && (await meddle(firm, billId, move.how))) {
        meddled.push(move.how);
        for (const key of EXPLAINS[move.how]) explained.add(key);
      }
      continue;
    }
    const older = last;
    const snapshot = nextSnapshot(bill, move.change, clients);
    last = snapshot;
    await Promise.all([send(stage, snapshot), ...(move.twice ? [send(stage, snapshot)] : [])]);
    if (move.olderAfter && older) await send(stage, older);
    await payFirst(stage, life.payments, snapshot, place);
  }
  if (!last) throw new Error('A life has one bill at least.');
  const bills = [last];
  if (life.regenerated && last.state !== 'void') {
    const { old, anew } = regenerated(last);
    bills.splice(0, 1, old, anew);
    for (const one of bills) await send(stage, one);
  }
  const payments = paymentsOf(life.payments, bills.at(-1)!, 'last');
  for (const payment of payments) await pay(stage, payment);
  return { firm, bills, payments, explained, meddled };
}

async function payFirst(stage: Stage, payings: readonly Paying[], bill: BillSnapshot, place: number) {
  for (const [which, payment] of paymentsOf(payings, bill, 'first').entries()) {
    const { after, twice } = payings[which]!;
    if (after !== place) continue;
    await Promise.all([pay(stage, payment), ...(twice ? [pay(stage, payment)] : [])]);
  }
}

const send = (stage: Stage, bill: BillSnapshot) => accepted(() => stage.client.syncBill(bill));
const pay = (stage: Stage, payment: PaymentSnapshot) => accepted(() => stage.client.syncPayment(payment));
