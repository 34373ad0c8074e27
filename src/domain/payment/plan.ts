import { allocate, invoicesOf, keep, keptOn, lessKept, partOf } from '../allocation.js';
import { asStored, withKept } from '../bill/counter.js';
import { foreignCurrency } from '../company.js';
import {
  billOf,
  customerKey,
  invoiceKey,
  isKept,
  live,
  ownerIdOf,
  reversalKey,
  sameIntent,
  type DocumentKey,
  type Documents,
  type PostedDocument,
} from '../document.js';
import type { JournalEntryIntent, PaymentIntent } from '../intent.js';
import { sumCents } from '../money.js';
import { tightest } from '../on-the-way.js';
import type { PaymentFacts, PaymentStep } from '../payment.js';
import { waitForBooks } from './books.js';
import { isGivenElsewhere, isUnderFormer, waitAfterLeaving, waitForCarried } from './carried.js';
import { heldInDeposit } from './deposit.js';
import { paymentIntent } from './intent.js';
import { billsToLeave, billToFollow } from './move.js';
import { lies, oursOf, postedOf } from './posted.js';
import { preflight } from './preflight.js';
import { isReversedAsItLies, reversalIntent } from './reversal.js';
import { isTakenFor, waitForRoom } from './room.js';
import { staysAsTaken } from './taken.js';
import { invoiceOf, nameOf, waitForInvoice } from './wait.js';

/** Pure and total: what remains to be written for this payment, first thing first. */
export function planPayment(seen: PaymentFacts): PaymentStep {
  if (seen.excluded) return { do: 'nothing', excluded: true };
  const early = beforeStart(seen);
  if (early) return early;
  const facts = { ...seen, documents: tightest(withKept(seen.documents), seen.onTheWay) };
  const step = planOpen(facts);
  if (step.do !== 'write') return step;
  return waitForBooks(facts, step) ?? heldInDeposit(facts, step, planOpen) ?? stored(facts, step);
}

function stored({ documents }: PaymentFacts, step: Extract<PaymentStep, { do: 'write' }>): PaymentStep {
  const { intent } = step;
  if (intent.document !== 'payment') return step;
  return { ...step, intent: { ...intent, allocations: asStored(intent.allocations, documents) } };
}

/** As of a bill: older than the firm's start and not in QuickBooks is left out, and asked about when it is changed. */
function beforeStart(facts: PaymentFacts): PaymentStep | undefined {
  const { desired, documents, skippedVersion } = facts;
  const { startOn } = facts.settings;
  const { receivedOn, version } = desired;
  if (startOn === undefined || receivedOn >= startOn || facts.adopting === true) return undefined;
  if (documents[oursOf(facts)] !== undefined) return undefined;
  const why = `it is of ${receivedOn}, before the start on ${startOn}`;
  if (skippedVersion === undefined || skippedVersion >= version) return { do: 'nothing', skipped: why };
  return { do: 'park', fault: 'payment-before-start', params: { receivedOn, startOn }, on: oursOf(facts) };
}

function planOpen(facts: PaymentFacts): PaymentStep {
  const { desired, documents } = facts;
  const [ours, reversal] = [oursOf(facts), reversalKey(desired.paymentId)];
  switch (desired.state) {
    case 'received':
      return removal(documents, reversal) ?? planReceived(facts);
    case 'deleted':
      if (isReversedAsItLies(facts)) return planReversal(facts);
      // One that may be in a deposit has to go before what is said about it goes.
      return (
        (documents[ours]?.deposit && removal(documents, ours)) ??
        removal(documents, reversal) ??
        removal(documents, ours) ??
        named(facts) ??
        waitAfterLeaving(facts) ?? { do: 'nothing' }
      );
    case 'bounced':
    case 'refunded':
      return planReturned(facts);
  }
}

/** One that is to be taken out has to be taken over first: this step is where it is looked at, and is never sent. */
function named(facts: PaymentFacts): PaymentStep | undefined {
  const ours = oursOf(facts);
  if (facts.adopting !== true || facts.documents[ours] !== undefined) return undefined;
  const customer = customerOf(facts);
  if (typeof customer !== 'string') return customer;
  return { do: 'write', key: ours, action: 'create', intent: paymentIntent(facts, customer, []) };
}

function planReceived(seen: PaymentFacts): PaymentStep {
  if (staysAsTaken(seen)) return { do: 'nothing' };
  const { desired, documents, bills } = seen;
  const kept = keptOn(documents, oursOf(seen));
  if (isGivenElsewhere(seen, kept)) return { do: 'park', fault: 'payment-kept', params: {} };
  const allocations = lessKept(desired.allocations, kept, (billId) => bills[billId]?.replaces);
  const facts = { ...seen, desired: { ...desired, allocations } };
  const way = makeWay(facts);
  if (way) return way;
  if (isUnderFormer(seen, kept)) return { do: 'park', fault: 'payment-kept', params: {} };
  return preflight(facts) ?? waitForRoom(facts) ?? apply(facts);
}

/** What it leaves before anything else, and which bills it has to wait for. */
function makeWay(facts: PaymentFacts): PaymentStep | undefined {
  const { desired, documents } = facts;
  // Somebody has had an invoice that it lies on looked for: it may be gone, and nothing can be taken off any of them then.
  const looked = lies(facts).find(({ invoiceKey: key }) => documents[key]?.decided === true);
  if (looked) return waitForBill(facts, billOf(looked.invoiceKey));
  const leaving = billsToLeave(facts);
  if (leaving.length > 0) return release(facts, leaving) ?? { do: 'nothing' };
  const kept = keptOn(documents, oursOf(facts));
  const absent = desired.allocations.find(
    ({ billId, amountCents }) => !stands(documents, billId) && amountCents > partOf(kept, billId),
  );
  // Taken off first what it is no longer meant for: the bill that it waits for may wait for just that.
  if (absent) return release(facts) ?? waitForBill(facts, absent.billId);
  const moving = billToFollow(facts);
  if (moving === undefined) return undefined;
  const why = `${nameOf(facts, moving)} to go to its new client or matter`;
  return release(facts) ?? waitForInvoice(moving, why);
}

/** On its bills, as far as they have room for it. */
function apply(facts: PaymentFacts): PaymentStep {
  const { desired, documents, bills } = facts;
  const ours = oursOf(facts);
  const customer = customerOf(facts);
  if (typeof customer !== 'string') return customer;
  const parts = allocate(
    desired.allocations,
    documents,
    ours,
    (billId) => bills[billId]?.leaves ?? (isTakenFor(facts, billId) ? {} : undefined),
  );
  const short = desired.allocations.find(
    ({ billId, amountCents }) => bills[billId]?.leaves !== undefined && partOf(parts, billId) < amountCents,
  );
  if (short) {
    const why = `${nameOf(facts, short.billId)} to have room for it in QuickBooks`;
    return release(facts) ?? waitForInvoice(short.billId, why);
  }
  const carried = waitForCarried(facts, parts);
  if (carried) return release(facts) ?? carried;
  // What lies on an invoice that stays cannot be had a second time.
  const isKeptOn = keptOn(documents, ours).length > 0;
  if (isKeptOn && sumCents(parts.map(({ amountCents }) => amountCents)) > desired.amountCents) {
    return { do: 'park', fault: 'payment-kept', params: {} };
  }
  const step = written(facts, ours, paymentIntent(facts, customer, parts));
  return step ? (waitForCustomer(facts, step) ?? underFormer(facts, step) ?? step) : { do: 'nothing' };
}

/** A bill that is excluded stays under the customer that its client has left; who stands for the client by now takes its place. */
function underFormer(
  { desired, documents, bills }: PaymentFacts,
  step: PaymentStep,
): PaymentStep | undefined {
  if (step.do !== 'write' || step.action !== 'create' || step.intent.document !== 'payment') return undefined;
  const { customerQboId } = step.intent;
  const isKnown = Object.values(documents).some(
    ({ intent, qboId }) => intent.document === 'customer' && qboId === customerQboId,
  );
  const excluded = desired.allocations.find(({ billId }) => bills[billId]?.excluded);
  if (isKnown || !excluded) return undefined;
  return { do: 'park', fault: 'applied-to-other-customer', params: {}, until: invoiceOf(excluded.billId) };
}

/** QuickBooks takes nothing new of a customer who was made inactive, whom a person is asked about. */
function waitForCustomer({ desired, documents }: PaymentFacts, step: PaymentStep): PaymentStep | undefined {
  if (step.do !== 'write' || step.action !== 'create' || step.intent.document !== 'payment') return undefined;
  const { customerQboId } = step.intent;
  const inactive = Object.entries(documents).find(
    ([, { intent, qboId, removed }]) =>
      intent.document === 'customer' && qboId === customerQboId && removed !== undefined,
  );
  return inactive && waitForContact(inactive[0], desired.client.name);
}

const waitForContact = (on: DocumentKey, name: string): PaymentStep => ({
  do: 'wait',
  on,
  document: 'customer',
  of: { type: 'contact', id: ownerIdOf(on) },
  why: `client ${name} to be in QuickBooks`,
});

/** An invoice of it is in the books, and nobody has had it looked for. */
const stands = (documents: Documents, billId: string): boolean =>
  documents[invoiceKey(billId)]?.decided !== true && invoicesOf(documents, billId).length > 0;

/** The money went back: off its bills, and out of its account by an entry on the day that it went. */
function planReturned(facts: PaymentFacts): PaymentStep {
  if (isReversedAsItLies(facts)) return planReversal(facts);
  const ours = oursOf(facts);
  const customer = postedOf(facts)?.intent.customerQboId ?? customerOf(facts);
  if (typeof customer !== 'string') return customer;
  const stays = keptOn(facts.documents, ours);
  return written(facts, ours, paymentIntent(facts, customer, stays)) ?? planReversal(facts);
}

function planReversal(facts: PaymentFacts): PaymentStep {
  const reversal = reversalIntent(facts);
  if (!reversal || 'do' in reversal) return reversal ?? { do: 'nothing' };
  return written(facts, reversalKey(facts.desired.paymentId), reversal) ?? { do: 'nothing' };
}

/** A removal says what was posted, since that is what is taken out. */
function removal(documents: Documents, key: DocumentKey): PaymentStep | undefined {
  const present = live(documents[key] as PostedDocument<PaymentIntent | JournalEntryIntent> | undefined);
  return present && { do: 'write', key, action: 'delete', intent: present.intent };
}

function written(
  { documents }: PaymentFacts,
  key: DocumentKey,
  intent: PaymentIntent | JournalEntryIntent,
): PaymentStep | undefined {
  const present = live(documents[key]);
  if (present && sameIntent(present.intent, intent)) return undefined;
  return { do: 'write', key, action: present ? 'update' : 'create', intent };
}

/** All as it was posted, but for what it is no longer meant for, and for bills that it leaves for a while. */
function release(facts: PaymentFacts, leaving: readonly string[] = []): PaymentStep | undefined {
  const posted = postedOf(facts)?.intent;
  if (!posted) return undefined;
  const stays = facts.desired.allocations.filter(({ billId }) => !leaving.includes(billId));
  const intent: PaymentIntent = { ...posted, allocations: keep(posted.allocations, stays) };
  if (sameIntent(posted, intent)) return undefined;
  const { differs: _settled, takenAs: _ended, ...meant } = intent;
  return { do: 'write', key: oursOf(facts), action: 'update', intent: meant };
}

function waitForBill(facts: PaymentFacts, billId: string): PaymentStep {
  const bill = facts.bills[billId];
  const name = nameOf(facts, billId);
  if (bill?.excluded === true || bill?.state === 'void') {
    return { do: 'park', fault: 'applied-bill-missing', params: { bill: name }, until: invoiceOf(billId) };
  }
  return waitForInvoice(billId, `${name} to be in QuickBooks`);
}

/** That of the invoices where they have one in common, else the client's own. */
function customerOf(facts: PaymentFacts): string | PaymentStep {
  const { desired, documents } = facts;
  const posted = postedOf(facts)?.intent;
  // What lies on an invoice that stays holds it there.
  if (posted?.allocations.some((one) => isKept(one.invoiceKey))) return posted.customerQboId;
  const standsUnder = new Set(
    desired.allocations
      .flatMap(({ billId }) => invoicesOf(documents, billId))
      .map(({ intent }) => intent.customerQboId),
  );
  const [common] = standsUnder;
  if (standsUnder.size === 1 && common !== undefined) return common;
  const { clientId, name } = desired.client;
  const key = customerKey(clientId, foreignCurrency(desired.currency, facts.profile));
  const customer = live(documents[key]);
  return customer ? customer.qboId : waitForContact(key, name);
}
