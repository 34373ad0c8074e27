import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { QboObject } from '../local/simulator-control.js';
import { totalOf } from './pay.js';
import { isAsked, restAll, type Played, type Rest } from './play.js';
import type { Stage } from './stage.js';

export interface Verdict {
  posted: number;
  parked: number;
  duplicates: number;
  lost: number;
  unexplained: number;
  /** What is wrong, a sentence each. */
  complaints: string[];
}

/** One bill or payment: what was said of it last, what QuickBooks holds of it, and how it rests. */
interface Case {
  ref: AggregateRef;
  status: Rest;
  /** All that carry its mark. */
  found: readonly QboObject[];
  /** Undefined where nothing of it shall be in the books. */
  wanted: string | undefined;
  describe: (object: QboObject) => string;
  explained: ReadonlySet<string>;
  /** What it waits for is parked itself. */
  mayWait: boolean;
}

/** Asks QuickBooks itself against what the billing app said last; our own tables are not believed. */
export async function judge(stage: Stage, played: readonly Played[]): Promise<Verdict> {
  const verdict: Verdict = { posted: 0, parked: 0, duplicates: 0, lost: 0, unexplained: 0, complaints: [] };
  // First everything comes to rest: what was posted after QuickBooks was asked would look lost.
  const resting = await Promise.all(played.map((life) => restOf(stage, life)));
  for (const firm of stage.firms) {
    const invoices = byMark(await firm.qbo.objects('Invoice'));
    const payments = byMark(await firm.qbo.objects('Payment'));
    for (const life of resting.filter((one) => one.firm === firm)) {
      for (const one of casesOf(life, invoices, payments)) judgeOne(one, verdict);
    }
    for (const transaction of await firm.qbo.unbalanced()) {
      verdict.unexplained += 1;
      verdict.complaints.push(`${firm.firmId}: the books do not balance at ${transaction}`);
    }
  }
  return verdict;
}

const refOf = (type: 'bill' | 'payment', firmId: string, id: string): AggregateRef => ({ firmId, type, id });

async function restOf(stage: Stage, life: Played) {
  const { firmId, billId } = life.bill;
  const refs = [
    refOf('bill', firmId, billId),
    ...life.payments.map(({ paymentId }) => refOf('payment', firmId, paymentId)),
  ];
  const [billStatus, ...paymentStatus] = await restAll(stage, refs, life.explained);
  return { ...life, billStatus, paymentStatus };
}

type Rested = Awaited<ReturnType<typeof restOf>>;
type ByMark = ReadonlyMap<string, readonly QboObject[]>;

/** QuickBooks writes "Voided" before the note of what was voided. */
function byMark(objects: readonly QboObject[]): ByMark {
  const found = new Map<string, QboObject[]>();
  for (const object of objects) {
    const mark = /(bill|payment)\/\S+/.exec(String(object.PrivateNote))?.[0] ?? '';
    found.set(mark, [...(found.get(mark) ?? []), object]);
  }
  return found;
}

function casesOf(life: Rested, invoices: ByMark, payments: ByMark): Case[] {
  const { bill, explained } = life;
  const { firmId, billId } = bill;
  const found = invoices.get(`bill/${billId}/invoice`) ?? [];
  const [invoice] = found;
  return [
    {
      ref: refOf('bill', firmId, billId),
      status: life.billStatus,
      found,
      wanted: bill.state === 'void' ? undefined : wishedBill(bill),
      describe: describeInvoice,
      explained,
      mayWait: life.paymentStatus.some(isAsked),
    },
    ...life.payments.map((payment, index): Case => ({
      ref: refOf('payment', firmId, payment.paymentId),
      status: life.paymentStatus[index],
      found: payments.get(`payment/${payment.paymentId}/payment`) ?? [],
      wanted: payment.state === 'deleted' ? undefined : wishedPayment(payment, invoice?.Id),
      describe: describePayment,
      explained,
      mayWait: isAsked(life.billStatus),
    })),
  ];
}

function judgeOne(
  { ref, status, found, wanted, describe, explained, mayWait }: Case,
  verdict: Verdict,
): void {
  const complain = (of: 'duplicates' | 'lost' | 'unexplained', what: string) => {
    verdict[of] += 1;
    verdict.complaints.push(`${ref.firmId} ${ref.type} ${ref.id}: ${what}`);
  };
  if (found.length > 1) complain('duplicates', `${found.length} of them`);
  if (status === 'no answer') {
    complain('lost', 'nobody answers for it');
    return;
  }
  if (status !== undefined) {
    const { state, parked, waitingFor } = status;
    if (state === 'needs-attention' && explained.has(parked?.fault ?? '')) verdict.parked += 1;
    else if (state === 'waiting' && mayWait) verdict.parked += 1;
    else if (state !== 'needs-attention')
      complain('lost', `neither posted nor parked: ${waitingFor ?? state}`);
    else complain('unexplained', `parked for ${parked?.fault ?? 'nothing'}: ${parked?.cause ?? ''}`);
    return;
  }
  const [object] = found;
  const present = object === undefined || Number(object.TotalAmt) === 0 ? undefined : describe(object);
  if (present === wanted) verdict.posted += 1;
  // A bookkeeper took its invoice away, which a person is being asked about.
  else if (mayWait && explained.size > 0) verdict.parked += 1;
  else
    complain(
      present === undefined ? 'lost' : 'unexplained',
      `wanted ${wanted ?? 'nothing'}, found ${present ?? 'nothing'}`,
    );
}

// Computed from what was said, not by the code that posts it.

const wishedBill = (bill: BillSnapshot): string =>
  `${bill.number} of ${bill.issuedOn} for ${(totalOf(bill) / 100).toFixed(2)} in ${bill.lines.length} lines`;

function describeInvoice({ DocNumber, TxnDate, TotalAmt, Line }: QboObject): string {
  const lines = (Line as { DetailType: string }[]).filter(
    ({ DetailType }) => DetailType === 'SalesItemLineDetail',
  );
  return `${String(DocNumber)} of ${String(TxnDate)} for ${Number(TotalAmt).toFixed(2)} in ${lines.length} lines`;
}

function wishedPayment({ amountCents, receivedOn, allocations }: PaymentSnapshot, invoiceId = '?'): string {
  const applied = allocations.map((part) => `${(part.amountCents / 100).toFixed(2)} on ${invoiceId}`);
  return `${(amountCents / 100).toFixed(2)} of ${receivedOn}, ${applied.join(', ') || 'unapplied'}`;
}

function describePayment({ TotalAmt, TxnDate, Line }: QboObject): string {
  const applied = (Line as { Amount: number; LinkedTxn: { TxnId: string }[] }[]).map(
    ({ Amount, LinkedTxn }) => `${Amount.toFixed(2)} on ${LinkedTxn.map(({ TxnId }) => TxnId).join()}`,
  );
  return `${Number(TotalAmt).toFixed(2)} of ${String(TxnDate)}, ${applied.join(', ') || 'unapplied'}`;
}

export const summary = ({ posted, parked, duplicates, lost, unexplained }: Verdict): string =>
  `posted ${posted} parked ${parked} duplicates ${duplicates} lost ${lost} unexplained ${unexplained}`;
