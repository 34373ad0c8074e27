import type { AggregateRef } from '../domain/aggregate.js';
import { formatCents } from '../domain/money.js';
import { planPayment, type PaymentSnapshot } from '../domain/payment.js';
import type { Incoming, Next } from '../domain/progress.js';
import { advanceTokens } from '../db/document.js';
import { acceptPayment, lockPaymentFacts, savePayment } from '../db/payment.js';
import { parsePayment } from '../snapshot/payment.js';
import { advance } from './advance.js';
import { wakeClient, wakeClientIfBehind } from './contact.js';
import type { Deps } from './deps.js';
import { overrule } from './overrule.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'payment', id });

export const paymentPort: AggregatePort<PaymentSnapshot> = {
  documentType: 'payment',
  remedies: ['retry', 'recreate', 'move-date', 'wait', 'exclude'],

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
    if (message.action === 'move-date') await savePayment(db, firmId, id, { lock_choice: 'reverse' });
    if (message.action === 'wait') await savePayment(db, firmId, id, { lock_choice: 'wait' });
    await overrule(db, ref, message);
  },

  save: (db, { firmId, id }, state) => savePayment(db, firmId, id, { state }),

  async name(db, { firmId, id }) {
    const facts = await lockPaymentFacts(db, firmId, id);
    if (!facts) return { document: `payment ${id}`, client: '' };
    const { reference = id, amountCents, client } = facts.desired;
    return { document: `payment ${reference} of ${formatCents(amountCents)}`, client: client.name };
  },

  /** A new payment moves the token of each invoice that it pays by one, so that its bill's next edit needs no read. */
  async posted(db, { firm_id: firmId, action, intent, first_sent_at: sentAt }) {
    if (intent.document !== 'payment' || action !== 'create' || !sentAt) return;
    const keys = intent.allocations.map(({ invoiceKey }) => invoiceKey);
    if (keys.length > 0) await advanceTokens(db, firmId, keys, sentAt);
  },

  heard: (deps, { firmId }, { client }, next) => wakeClientIfBehind(deps, firmId, { client }, next),

  /** The client's own workflow brings it to QuickBooks; a bill that is waited for comes by its own. */
  async wake(deps, { firmId, id }, on) {
    if (!on.startsWith('contact/')) return;
    const facts = await lockPaymentFacts(deps.db, firmId, id);
    if (facts) await wakeClient(deps, firmId, facts.desired.client);
  },
};

export const advancePayment = (
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<PaymentSnapshot> },
): Promise<Next> => advance(deps, paymentPort, refOf(input), input);

export const writePayment = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, paymentPort, refOf(input), input);
