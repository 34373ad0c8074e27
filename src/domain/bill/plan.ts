import type { BillFacts } from '../bill.js';
import { billedTo } from '../contact.js';
import { classKey, invoiceKey, live, type Step } from '../document.js';
import type { FirmSettings } from '../firm.js';
import { roadOf } from '../books.js';
import { takeBack, waitForBooks } from './books.js';
import { billNumber, chargesOf } from './charge.js';
import { creditsOf } from './credit.js';
import { countersIn, withKept } from './counter.js';
import { nextGrowth, nextWrite, type BillIntent } from './order.js';
import { tightest } from '../on-the-way.js';
import { carriedOut } from './paper.js';
import { leftBehind, waitForPayments } from './payment.js';
import { preflight } from './preflight.js';
import { termsOf } from './terms.js';
import { noWishes, wishesOf, type Wishes } from './wish.js';

export type BillStep = Step<BillIntent>;
type Wait = Extract<BillStep, { do: 'wait' }>;
type Write = Extract<BillStep, { do: 'write' }>;

/** Pure and total: what remains to be written for this bill, first thing first. */
export function planBill(seen: BillFacts): BillStep {
  const facts = { ...seen, documents: tightest(withKept(seen.documents), seen.onTheWay) };
  const { desired, documents } = facts;
  if (facts.excluded) return { do: 'nothing', excluded: true };
  const early = beforeStart(facts);
  if (early) return early;
  const agreed = termsOf(facts);
  const wishes = desired.state === 'void' ? noWishes(facts) : wished(facts, agreed);
  if ('do' in wishes) return wishes;
  const back = takeBack(facts, wishes);
  if (back) return endsParked(back, facts) ?? back;
  const waits = waitForPayments(facts, wishes);
  // What a payment is to make way to has to be there first.
  const step = waits ? nextGrowth(wishes, documents) : nextWrite(wishes, documents, desired.billId);
  if (!step) return waits ?? { do: 'nothing', ...leftBehind(facts) };
  const stop = waitForBooks(step, facts, wishes);
  return stop ? withReversal(stop, seen) : step;
}

/** A credit in closed books can be taken back with its invoice, or not: that is offered only where it leads to the end. */
function withReversal(stop: BillStep, seen: BillFacts): BillStep {
  if (stop.do !== 'park' || stop.fault !== 'closed-period-credit' || roadOf(seen) === 'reverse') return stop;
  const isPossible = planBill({ ...seen, lockChoice: 'reverse' }).do === 'write';
  return isPossible ? { ...stop, fault: 'closed-period-credit-correction' } : stop;
}

/** What shall be in the books, or why that cannot be said yet. */
function wished(facts: BillFacts, agreed: FirmSettings): Wishes | BillStep {
  const { desired, documents, profile } = facts;
  const charges = chargesOf(facts, agreed);
  const credits = creditsOf(desired, billNumber(facts, agreed), agreed, documents);
  const fault = preflight(facts, agreed, charges, credits);
  if (fault) return fault;
  const billed = billedTo(desired, agreed, profile);
  const customer = live(documents[billed]);
  if (customer === undefined) {
    const { clientId, name } = desired.client;
    const of = { type: 'contact', id: clientId } as const;
    return { do: 'wait', on: billed, document: 'customer', of, why: `client ${name} to be in QuickBooks` };
  }
  return (
    waitForClass(facts, agreed) ??
    waitForReplaced(facts) ??
    wishesOf(facts, agreed, charges, credits, customer.qboId)
  );
}

/** Older than the firm's start with QuickBooks, and not in it: left out, and asked about when it is changed later. */
function beforeStart(facts: BillFacts): BillStep | undefined {
  const { desired, documents, settings, skippedVersion } = facts;
  const { startOn } = settings;
  const { billId, issuedOn, version } = desired;
  if (startOn === undefined || issuedOn >= startOn || facts.adopting === true) return undefined;
  if (Object.keys(documents).some((key) => key.startsWith(`bill/${billId}/`))) return undefined;
  const why = `it is of ${issuedOn}, before the start on ${startOn}`;
  if (skippedVersion === undefined || skippedVersion >= version) return { do: 'nothing', skipped: why };
  return { do: 'park', fault: 'before-start', params: { issuedOn, startOn }, on: invoiceKey(billId) };
}

/** A class is made by its timekeeper's own workflow; where the company has none on lines, none is sent. */
function waitForClass({ desired, documents, profile }: BillFacts, agreed: FirmSettings): Wait | undefined {
  if (agreed.classes !== 'timekeeper' || profile?.classTracking !== 'line') return undefined;
  for (const line of desired.lines) {
    if (line.kind !== 'time' || line.timekeeperId === undefined) continue;
    const on = classKey(line.timekeeperId);
    if (live(documents[on])) continue;
    const of = { type: 'timekeeper', id: line.timekeeperId } as const;
    const why = `the class of ${line.timekeeper} to be in QuickBooks`;
    return { do: 'wait', on, document: 'class', of, why };
  }
  return undefined;
}

/** The bill that this one was generated anew from has to be out of the books first, or both would be in them. */
function waitForReplaced({ desired, documents, replaced }: BillFacts): Wait | undefined {
  const { replaces, billId } = desired;
  if (replaces === undefined || live(documents[invoiceKey(billId)])) return undefined;
  const takenBack = countersIn(documents, replaces).flatMap(({ key, useKey }) => [key, useKey]);
  const left = Object.entries(documents).find(
    ([key, posted]) => key.startsWith(`bill/${replaces}/`) && live(posted) && !takenBack.includes(key),
  );
  const of = { type: 'bill', id: replaces } as const;
  if (left) {
    const [on, { intent }] = left;
    const why = `bill ${replaces}, which this one replaces, to be out of QuickBooks`;
    return { do: 'wait', on, document: intent.document, of, why };
  }
  if (replaced?.state === 'void' || replaced?.excluded === true) return undefined;
  const why = `bill ${replaces}, which this one replaces, to be void`;
  return { do: 'wait', on: invoiceKey(replaces), document: 'invoice', of, why };
}

/** On paper, to the end: what is taken back must not stop half way at a credit note that cannot be. */
function endsParked(first: Write, facts: BillFacts): BillStep | undefined {
  let { documents } = facts;
  let step: BillStep = first;
  while (step.do === 'write') {
    documents = carriedOut(documents, step);
    step = planBill({ ...facts, documents });
  }
  return step.do === 'park' ? step : undefined;
}
