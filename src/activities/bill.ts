import type { AggregateRef } from '../domain/aggregate.js';
import type { BillSnapshot } from '../domain/bill.js';
import { planBill } from '../domain/bill/plan.js';
import { billOf, invoiceKey, payerOf } from '../domain/document.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { RemedyMessage } from '../domain/remedy.js';
import { acceptBill, allowDuplicate, lockBillFacts, saveBill } from '../db/bill.js';
import type { Queryable } from '../db/database.js';
import { moveRevision } from '../db/document.js';
import { findOpenFault, findRefusedIntent } from '../db/fault.js';
import { saveSettings } from '../db/firm.js';
import { parseBill } from '../snapshot/bill.js';
import { advance } from './advance.js';
import { begin, type BeginInput } from './begin.js';
import { wakeClient, wakeClientIfBehind } from './contact.js';
import type { Deps } from './deps.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { overrule } from './overrule.js';
import { LOCK_CHOICE } from './lock-choice.js';
import { keepAdoption } from './take-in.js';
import { releaseWaiters, rouse } from './release.js';
import { remapReference } from './remap.js';
import { wakeTimekeeper } from './timekeeper.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'bill', id });

export const billPort: AggregatePort<BillSnapshot> = {
  documentType: 'invoice',
  remedies: [
    'retry',
    'renumber',
    'new-prefix',
    'allow-duplicate-number',
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
    const bill = parseBill(snapshot);
    if (bill.firmId === ref.firmId && bill.billId === ref.id) return bill;
    throw new Error(
      `This snapshot is of bill ${bill.billId} of firm ${bill.firmId}, not of ${ref.id} of ${ref.firmId}.`,
    );
  },

  async accept(db, ref, snapshot) {
    const acceptance = await acceptBill(db, snapshot);
    // What replaces it, and what pays it, waits for its invoice, which may never have been posted.
    if (acceptance === 'accepted' && snapshot.state === 'void') await moveInvoice(db, ref);
    return acceptance;
  },

  async plan(db, { firmId, id }) {
    const facts = await lockBillFacts(db, firmId, id);
    return facts && planBill(facts);
  },

  /** Its row is locked by now, and payments to it wait for that: what was sent before is seen by another look. */
  hold: (_db, _ref, { action, intent }) =>
    Promise.resolve(intent.document === 'invoice' && action !== 'create'),

  /** What pays an invoice that is taken back looks at that, and nothing was written to the invoice itself. */
  async posted(db, { firm_id: firmId, intent }) {
    if (intent.document !== 'credit-memo' || !intent.counters) return;
    const { key } = intent.counters;
    await moveRevision(db, { firmId, type: 'bill', id: billOf(key) }, key, 'invoice');
  },

  async remedy(db, ref, message) {
    const { firmId, id } = ref;
    if (message.action === 'renumber')
      await saveBill(db, firmId, id, { number_override: message.number ?? '' });
    if (message.action === 'exclude') await saveBill(db, firmId, id, { excluded: true });
    const lockChoice = LOCK_CHOICE[message.action];
    if (lockChoice) await saveBill(db, firmId, id, { lock_choice: lockChoice });
    if (message.action === 'new-prefix')
      await saveSettings(db, firmId, { prefix: message.prefix ?? '' }, message.by);
    if (message.action === 'adopt') await adoptOld(db, ref, message);
    if (message.action === 'allow-duplicate-number') await allowRefused(db, ref);
    if (message.action === 'remap') await remapReference(db, ref, message);
    await overrule(db, ref, message);
  },

  save: (db, { firmId, id }, state) => saveBill(db, firmId, id, { state }),

  async name(db, { firmId, id }) {
    const facts = await lockBillFacts(db, firmId, id);
    return { document: `bill ${facts?.desired.number ?? id}`, client: facts?.desired.client.name ?? '' };
  },

  async heard(deps, { firmId, id }, snapshot, next) {
    // What replaces this bill waits for its being void, also where no document tells of that.
    if (snapshot.state === 'void') await releaseWaiters(deps, firmId, invoiceKey(id));
    await wakeClientIfBehind(deps, firmId, snapshot, next);
  },

  /**
   * Client and timekeepers are brought to QuickBooks by workflows of their own, once for all of their bills. A payment
   * makes way for its bill where it can do that by itself.
   */
  async wake(deps, { firmId, id }, on) {
    const facts = await lockBillFacts(deps.db, firmId, id);
    if (!facts) return;
    if (on.startsWith('contact/')) await wakeClient(deps, firmId, facts.desired.client);
    if (on.startsWith('timekeeper/')) await wakeTimekeeper(deps, facts.desired, on);
    if (/^(?:payment|trust)\//.test(on)) await rouse(deps, { firmId, ...payerOf(on) }, on);
  },
};

/** The number that QuickBooks has just refused, whichever document of the bill it is of. */
async function allowRefused(db: Queryable, ref: AggregateRef): Promise<void> {
  const intent = await findRefusedIntent(db, ref);
  if (intent === undefined || !('number' in intent)) return;
  await allowDuplicate(db, ref.firmId, ref.id, intent.number);
}

const moveInvoice = (db: Queryable, ref: AggregateRef): Promise<void> =>
  moveRevision(db, ref, invoiceKey(ref.id), 'invoice');

/** What somebody entered by hand before the start: nothing is known of it here but what the person says. */
async function adoptOld(db: Queryable, ref: AggregateRef, message: RemedyMessage) {
  const open = await findOpenFault(db, ref);
  if (open?.fault !== 'before-start' || message.qboId === undefined) return;
  await keepAdoption(db, ref, invoiceKey(ref.id), 'invoice', message, open);
}

export const beginBill = (deps: Deps, input: BeginInput<BillSnapshot>): Promise<Next> =>
  begin(deps, billPort, refOf(input), input);

export const advanceBill = (
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<BillSnapshot> },
): Promise<Next> => advance(deps, billPort, refOf(input), input);

export const writeBill = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, billPort, refOf(input), input);
