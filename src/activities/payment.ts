import type { AggregateRef } from '../domain/aggregate.js';
import { billOf, invoiceKey, isCounterUse, paymentKey, type WriteStep } from '../domain/document.js';
import { formatCents } from '../domain/money.js';
import type { PaymentSnapshot } from '../domain/payment.js';
import { billsOnTheMove } from '../domain/payment/move.js';
import { planPayment } from '../domain/payment/plan.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { RemedyMessage } from '../domain/remedy.js';
import type { Queryable } from '../db/database.js';
import { shareBills } from '../db/bill.js';
import { doubtDeposit, keepInDeposit, moveRevision, saveDecision } from '../db/document.js';
import { findOpenFault } from '../db/fault.js';
import { acceptPayment, lockPaymentFacts, savePayment } from '../db/payment.js';
import type { PostingRow } from '../db/posting.js';
import { parsePayment } from '../snapshot/payment.js';
import { advance } from './advance.js';
import { begin, type BeginInput } from './begin.js';
import { wakeClient, wakeClientIfBehind } from './contact.js';
import type { Deps } from './deps.js';
import { overrule } from './overrule.js';
import { adoptOld, asFound } from './payment-adoption.js';
import { rouse } from './release.js';
import { remapReference } from './remap.js';
import { LOCK_CHOICE } from './lock-choice.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'payment', id });

export const paymentPort: AggregatePort<PaymentSnapshot> = {
  documentType: 'payment',
  remedies: [
    'retry',
    'adopt',
    'recreate',
    'reactivate',
    'remap',
    'clear-link',
    'resync',
    'void-there',
    'reverse-in-open-period',
    'move-date',
    'wait',
    'exclude',
  ],

  parse(snapshot, ref) {
    const payment = parsePayment(snapshot);
    if (payment.firmId === ref.firmId && payment.paymentId === ref.id) return payment;
    throw new Error(
      `This snapshot is of payment ${payment.paymentId} of firm ${payment.firmId}, not of ${ref.id} of ${ref.firmId}.`,
    );
  },

  accept: (db, _ref, snapshot) => acceptPayment(db, snapshot),

  async plan(db, { firmId, id }) {
    const facts = await lockPaymentFacts(db, firmId, id);
    return facts && planPayment(facts);
  },

  async remedy(db, ref, message) {
    const { firmId, id } = ref;
    if (message.action === 'exclude') await savePayment(db, firmId, id, { excluded: true });
    const lockChoice = LOCK_CHOICE[message.action];
    if (lockChoice) await savePayment(db, firmId, id, { lock_choice: lockChoice });
    if (message.action === 'reverse-in-open-period') await keepInDeposit(db, firmId, paymentKey(id));
    if (message.action === 'retry') await paymentPort.retried?.(db, ref);
    if (message.action === 'resync') await resyncInvoices(db, ref, message);
    if (message.action === 'adopt') await adoptOld(db, ref, message);
    if (message.action === 'remap') await remapReference(db, ref, message);
    await overrule(db, ref, message);
  },

  retried: (db, { firmId, id }) => doubtDeposit(db, firmId, paymentKey(id)),

  save: (db, { firmId, id }, state) => savePayment(db, firmId, id, { state }),

  async name(db, { firmId, id }) {
    const facts = await lockPaymentFacts(db, firmId, id);
    if (!facts) return { document: `payment ${id}`, client: '' };
    const { reference = id, amountCents, client } = facts.desired;
    return { document: `payment ${reference} of ${formatCents(amountCents)}`, client: client.name };
  },

  hold: holdBills,
  declined: tellDeclined,
  found: asFound,

  heard: (deps, { firmId }, { client }, next) => wakeClientIfBehind(deps, firmId, { client }, next),

  /** The client's own workflow brings it to QuickBooks; a bill that is waited for comes by its own. */
  async wake(deps, { firmId, id }, on) {
    const facts = await lockPaymentFacts(deps.db, firmId, id);
    if (!facts) return;
    if (on.startsWith('contact/')) await wakeClient(deps, firmId, facts.desired.client);
    // Only the bill itself can look for its invoice, take it to its new client, take it back around what stays, or give
    // back what was carried on to it.
    else if (
      facts.documents[on]?.decided ||
      isCounterUse(on) ||
      billsOnTheMove(facts).includes(billOf(on)) ||
      (on.startsWith('bill/') && facts.documents[paymentKey(id)]?.deposit)
    ) {
      await rouse(deps, { firmId, type: 'bill', id: billOf(on) }, on, `Bill ${billOf(on)}`);
    }
  },
};

/** A bill sees a payment that is on its way to it, or the payment sees the bill's newest word: never neither. */
export async function holdBills(
  db: Queryable,
  { firmId }: AggregateRef,
  { intent }: WriteStep,
): Promise<boolean> {
  if (intent.document !== 'payment' || intent.allocations.length === 0) return false;
  await shareBills(
    db,
    firmId,
    intent.allocations.map(({ invoiceKey }) => billOf(invoiceKey)),
  );
  return true;
}

/** A bill may wait for a payment that was on its way to it and has not come. */
export async function tellDeclined(
  db: Queryable,
  ref: AggregateRef,
  { document_key: key, intent }: Pick<PostingRow, 'document_key' | 'intent'>,
): Promise<void> {
  if (intent.document === 'payment') await moveRevision(db, ref, key, 'payment');
}

const BEHIND_BILL = new Set([
  'applied-transaction-deleted',
  'applied-to-other-customer',
  'transaction-not-linkable',
]);

/** Something is wrong with an invoice that the payment belongs to: its bill looks for it, and the payment waits. */
async function resyncInvoices(db: Queryable, ref: AggregateRef, { by, note }: RemedyMessage): Promise<void> {
  const open = await findOpenFault(db, ref);
  const facts =
    open && BEHIND_BILL.has(open.fault) ? await lockPaymentFacts(db, ref.firmId, ref.id) : undefined;
  const who = { ...(by !== undefined && { by }), ...(note !== undefined && { note }) };
  for (const { billId } of facts?.desired.allocations ?? []) {
    await saveDecision(db, ref.firmId, invoiceKey(billId), { action: 'resync', ...who });
  }
}

export const beginPayment = (deps: Deps, input: BeginInput<PaymentSnapshot>): Promise<Next> =>
  begin(deps, paymentPort, refOf(input), input);

export const advancePayment = (
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<PaymentSnapshot> },
): Promise<Next> => advance(deps, paymentPort, refOf(input), input);

export const writePayment = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, paymentPort, refOf(input), input);
