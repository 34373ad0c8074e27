import { allocate, invoicesOf, keep, keptOn, lessKept, partOf } from './allocation.js';
import type { Allocation, Leaves } from './allocation.js';
import { withKept } from './bill/counter.js';
import { foreignCurrency, type CompanyProfile } from './company.js';
import type { Billing, ContactSnapshot } from './contact.js';
import {
  customerKey,
  invoiceKey,
  isKept,
  live,
  ownerIdOf,
  paymentKey,
  postedAs,
  reversalKey,
  sameIntent,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type Step,
} from './document.js';
import type { FirmSettings, LockChoice } from './firm.js';
import type { AllocationIntent, JournalEntryIntent, PaymentIntent } from './intent.js';
import { takenDay } from './day.js';
import { tightest, type OnTheWay } from './on-the-way.js';
import { remap, remapKey, type Remapped } from './reference.js';
import { openPeriod, waitForBooks } from './payment/books.js';
import { heldInDeposit } from './payment/deposit.js';
import { preflight } from './payment/preflight.js';
import { invoiceOf, waitForInvoice } from './payment/wait.js';
import { billsToLeave, billToFollow } from './payment/move.js';
import { isTakenFor, waitForRoom, type Rival } from './payment/room.js';
import { isReversedAsItLies, reversalIntent } from './reversal.js';
import { sumCents } from './money.js';

/** The whole desired state of one payment of a client. */
export interface PaymentSnapshot {
  firmId: string;
  paymentId: string;
  /** Only grows; an older or equal version is ignored. */
  version: number;
  /** `bounced` and `refunded`: the money went back on `reversedOn`. `deleted`: it was entered by mistake. */
  state: 'received' | 'bounced' | 'refunded' | 'deleted';
  /** All of it; what is not allocated stays with the client. */
  amountCents: number;
  /** ISO 4217, that of the bills it pays; absent = the company's own. */
  currency?: string;
  /** Home units for one foreign unit; absent = QuickBooks' own rate of that day. */
  exchangeRate?: string;
  receivedOn: string;
  reversedOn?: string;
  /** How it was paid, e.g. `Cheque`. */
  method?: string;
  /** The payer's own number, e.g. of a cheque. */
  reference?: string;
  /** QuickBooks' id of the account it was paid into; absent = as the firm's settings say. */
  account?: string;
  client: ContactSnapshot;
  /** At most one for each bill, together at most the amount. */
  allocations: Allocation[];
}

/** What a payment's plan has to know of a bill beside what is posted of it. */
export interface PaidBill {
  number: string;
  state: 'approved' | 'void';
  /** By a person, or because it is older than the firm's start. */
  excluded: boolean;
  /** What its newest snapshot comes to. */
  totalCents: number;
  /** The bill that it was generated anew from. */
  replaces?: string;
  /** Whom it is meant for now. */
  billing?: Billing;
  /** How its matters go by settings that a person has confirmed for it. */
  newMatters?: 'memo' | 'sub-customer';
  /** It waits for this payment to make way, and leaves so much of each of its invoices to payments. */
  leaves?: Leaves;
}

/** All that a payment's plan depends on. */
export interface PaymentFacts {
  desired: PaymentSnapshot;
  excluded: boolean;
  documents: Documents;
  /** Writes of its bills, and of payments on them. */
  onTheWay?: OnTheWay;
  settings: FirmSettings;
  /** By bill id: those it is meant for, as far as they have come. */
  bills: Readonly<Record<string, PaidBill>>;
  /** By payment id: others that lie on those bills. Their documents are among the documents. */
  rivals?: Readonly<Record<string, Rival>>;
  /** The version that was left out because it is older than the firm's start. */
  skippedVersion?: number;
  /** What a person has chosen where books are closed for it; absent = as the firm's settings say. */
  lockChoice?: LockChoice;
  /** As of a bill. */
  remapped?: Remapped;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
}

export type PaymentStep = Step<PaymentIntent | JournalEntryIntent>;

/** Longest reference QuickBooks takes (its documents: PaymentRefNum, 21 characters). */
const REFERENCE_LENGTH = 21;

/** Pure and total: what remains to be written for this payment, first thing first. */
export function planPayment(seen: PaymentFacts): PaymentStep {
  if (seen.excluded) return { do: 'nothing', excluded: true };
  const early = beforeStart(seen);
  if (early) return early;
  const facts = { ...seen, documents: tightest(withKept(seen.documents), seen.onTheWay) };
  const step = planOpen(facts);
  if (step.do !== 'write') return step;
  return waitForBooks(facts, step) ?? heldInDeposit(facts, step, planOpen) ?? step;
}

/** As of a bill: older than the firm's start and not in QuickBooks is left out, and asked about when it is changed. */
function beforeStart({
  desired,
  documents,
  settings,
  skippedVersion,
}: PaymentFacts): PaymentStep | undefined {
  const { startOn } = settings;
  const { paymentId, receivedOn, version } = desired;
  if (startOn === undefined || receivedOn >= startOn) return undefined;
  if (documents[paymentKey(paymentId)] !== undefined) return undefined;
  const why = `it is of ${receivedOn}, before the start on ${startOn}`;
  if (skippedVersion === undefined || skippedVersion >= version) return { do: 'nothing', skipped: why };
  return { do: 'park', fault: 'payment-before-start', params: { receivedOn, startOn } };
}

function planOpen(facts: PaymentFacts): PaymentStep {
  const { desired, documents } = facts;
  const [ours, reversal] = [paymentKey(desired.paymentId), reversalKey(desired.paymentId)];
  switch (desired.state) {
    case 'received':
      return removal(documents, reversal) ?? planReceived(facts);
    case 'deleted':
      if (isReversedAsItLies(facts)) return planReversal(facts);
      // One that may be in a deposit has to go before what is said about it goes.
      return (
        (documents[ours]?.deposit && removal(documents, ours)) ??
        removal(documents, reversal) ??
        removal(documents, ours) ?? { do: 'nothing' }
      );
    case 'bounced':
    case 'refunded':
      return planReturned(facts);
  }
}

function planReceived(seen: PaymentFacts): PaymentStep {
  const { documents, bills } = seen;
  const kept = keptOn(documents, paymentKey(seen.desired.paymentId));
  const allocations = lessKept(seen.desired.allocations, kept, (billId) => bills[billId]?.replaces);
  const facts = { ...seen, desired: { ...seen.desired, allocations } };
  const { desired } = facts;
  const keptCents = (billId: string) => partOf(kept, billId);
  const absent = allocations.find(
    ({ billId, amountCents }) => !stands(documents, billId) && amountCents > keptCents(billId),
  );
  const leaving = billsToLeave(facts);
  if (leaving.length > 0) return release(facts, leaving) ?? { do: 'nothing' };
  // Taken off first what it is no longer meant for: the bill that it waits for may wait for just that.
  if (absent) return release(facts) ?? waitForBill(facts, absent.billId);
  const moving = billToFollow(facts);
  if (moving !== undefined) {
    const name = facts.bills[moving]?.number ?? moving;
    return release(facts) ?? waitForInvoice(moving, `bill ${name} to go to its new client or matter`);
  }
  const fault = preflight(facts) ?? waitForRoom(facts);
  if (fault) return fault;
  const customer = customerOf(facts);
  if (typeof customer !== 'string') return customer;
  const parts = allocate(
    allocations,
    documents,
    paymentKey(desired.paymentId),
    (billId) => facts.bills[billId]?.leaves ?? (isTakenFor(facts, billId) ? {} : undefined),
  );
  const short = allocations.find(
    ({ billId, amountCents }) =>
      facts.bills[billId]?.leaves !== undefined && partOf(parts, billId) < amountCents,
  );
  if (short) {
    const name = facts.bills[short.billId]?.number ?? short.billId;
    return release(facts) ?? waitForInvoice(short.billId, `bill ${name} to have room for it in QuickBooks`);
  }
  // What lies on an invoice in closed books cannot be had a second time.
  if (kept.length > 0 && sumCents(parts.map((one) => one.amountCents)) > desired.amountCents) {
    return { do: 'park', fault: 'payment-kept', params: {} };
  }
  const intent = paymentIntent(facts, customer, parts);
  const step = written(facts, paymentKey(desired.paymentId), intent);
  return step ? (waitForCustomer(facts, step) ?? step) : { do: 'nothing' };
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
  const { desired, documents } = facts;
  const key = paymentKey(desired.paymentId);
  const customer = live(postedAs<PaymentIntent>(documents, key))?.intent.customerQboId ?? customerOf(facts);
  if (typeof customer !== 'string') return customer;
  return written(facts, key, paymentIntent(facts, customer, keptOn(documents, key))) ?? planReversal(facts);
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
function release(
  { desired, documents }: PaymentFacts,
  leaving: readonly string[] = [],
): PaymentStep | undefined {
  const key = paymentKey(desired.paymentId);
  const present = live(postedAs<PaymentIntent>(documents, key));
  if (!present) return undefined;
  const stays = desired.allocations.filter(({ billId }) => !leaving.includes(billId));
  const allocations = keep(present.intent.allocations, stays);
  const intent: PaymentIntent = { ...present.intent, allocations };
  if (sameIntent(present.intent, intent)) return undefined;
  const { differs: _settled, ...meant } = intent;
  return { do: 'write', key, action: 'update', intent: meant };
}

function waitForBill({ bills }: PaymentFacts, billId: string): PaymentStep {
  const bill = bills[billId];
  const name = `bill ${bill?.number ?? billId}`;
  if (bill?.excluded === true || bill?.state === 'void') {
    return { do: 'park', fault: 'applied-bill-missing', params: { bill: name }, until: invoiceOf(billId) };
  }
  return waitForInvoice(billId, `${name} to be in QuickBooks`);
}

/** That of the invoices where they have one in common, else the client's own. */
function customerOf(facts: PaymentFacts): string | PaymentStep {
  const { desired, documents } = facts;
  const posted = live(postedAs<PaymentIntent>(documents, paymentKey(desired.paymentId)))?.intent;
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

function paymentIntent(
  facts: PaymentFacts,
  customerQboId: string,
  allocations: AllocationIntent[],
): PaymentIntent {
  const { desired } = facts;
  const key = paymentKey(desired.paymentId);
  const present = live(postedAs<PaymentIntent>(facts.documents, key));
  const held = present && { ...present.intent, on: present.intent.receivedOn };
  const { on: receivedOn, ...moved } = takenDay(desired.receivedOn, held, openPeriod(facts));
  const { remapped = {} } = facts;
  const terms = remap(present?.intent.terms ?? termsOf(facts.settings), remapped);
  const currency = foreignCurrency(desired.currency, facts.profile);
  const { account } = desired;
  const accountId =
    account === undefined
      ? terms.depositAccountId
      : (remapped[remapKey({ list: 'Account', id: account })] ?? account);
  const methodId = desired.method === undefined ? undefined : terms.paymentMethods?.[desired.method];
  return {
    document: 'payment',
    customerQboId,
    receivedOn,
    ...moved,
    amountCents: desired.amountCents,
    allocations,
    terms,
    mark: key,
    ...(currency !== undefined && { currency }),
    ...(currency !== undefined &&
      desired.exchangeRate !== undefined && { exchangeRate: desired.exchangeRate }),
    // The end tells references apart; the whole of it stands in the note.
    ...(desired.reference !== undefined && { reference: desired.reference.slice(-REFERENCE_LENGTH).trim() }),
    ...(methodId !== undefined && { methodId }),
    ...(accountId !== undefined && { accountId }),
    ...noteOf(desired, methodId),
    ...(present?.intent.heldInId !== undefined && { heldInId: present.intent.heldInId }),
  };
}

/** Settings that an edit of a posted payment keeps. */
const termsOf = ({ depositAccountId, paymentMethods }: FirmSettings): PaymentIntent['terms'] => ({
  ...(depositAccountId !== undefined && { depositAccountId }),
  ...(paymentMethods !== undefined && { paymentMethods }),
});

/** What has no field of its own in QuickBooks: a method that is not on its list, a reference that is too long. */
function noteOf(
  { method, reference = '' }: PaymentSnapshot,
  methodId: string | undefined,
): { memo?: string } {
  const words = [
    ...(method !== undefined && methodId === undefined ? [method] : []),
    ...(reference.length > REFERENCE_LENGTH ? [reference] : []),
  ];
  return words.length === 0 ? {} : { memo: words.join(', ') };
}
