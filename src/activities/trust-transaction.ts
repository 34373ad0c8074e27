import { randomUUID } from 'node:crypto';
import type { AggregateRef } from '../domain/aggregate.js';
import { isCounterUse, ownerIdOf, trustEntryKey, vendorKey } from '../domain/document.js';
import { payeeOf } from '../domain/payee.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { RemedyMessage } from '../domain/remedy.js';
import { hasFeePayment } from '../domain/trust/fee.js';
import { OPENING } from '../domain/trust/ledger.js';
import type { TrustStep } from '../domain/trust/facts.js';
import { isLedgerOnly, planTrust } from '../domain/trust/plan.js';
import { nameOf } from '../domain/trust/rule.js';
import type { TrustTransactionSnapshot } from '../domain/trust-transaction.js';
import type { Queryable } from '../db/database.js';
import { beginCheque, withdrawCheque } from '../db/cheque.js';
import { findPosted } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { findOpenFault } from '../db/fault.js';
import { lockTrustAccount } from '../db/trust-account.js';
import { cancelEntries, lockLedgers, postEntries, returnEntries, sendEntries } from '../db/trust-ledger.js';
import { reserve } from '../db/trust-reservation.js';
import {
  acceptTrustTransaction,
  beginVersion,
  lockTrustRecord,
  saveTrustTransaction,
  type TrustRecord,
} from '../db/trust-transaction.js';
import { parseTrustTransaction } from '../snapshot/trust-transaction.js';
import { advance } from './advance.js';
import { begin, type BeginInput } from './begin.js';
import { decideCheque, wasPrinted } from './cheque.js';
import { wakeClient, wakeClientIfBehind } from './contact.js';
import type { Deps } from './deps.js';
import { overrule } from './overrule.js';
import { holdBills, tellDeclined } from './payment.js';
import { releasePosted, rouse } from './release.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { adoptEntry, decideAdoption, intendAdoption } from './trust-adoption.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'trustTransaction', id });

export const trustTransactionPort: AggregatePort<TrustTransactionSnapshot> = {
  documentType: 'journal-entry',
  remedies: [
    'retry',
    'adopt',
    'reactivate',
    'recreate',
    'renumber',
    'allow-duplicate-number',
    'wait',
    'record-overdraw',
    'exclude',
  ],

  parse(snapshot, ref) {
    const transaction = parseTrustTransaction(snapshot);
    if (transaction.firmId === ref.firmId && transaction.trustTransactionId === ref.id) return transaction;
    throw new Error(
      `This snapshot is of ${transaction.trustTransactionId} of firm ${transaction.firmId}, not of ${ref.id} of ${ref.firmId}.`,
    );
  },

  async accept(db, { firmId, id }, snapshot) {
    const acceptance = await acceptTrustTransaction(db, snapshot);
    const isNews = await beginVersion(db, firmId, id, snapshot.version);
    return acceptance === 'known' && isNews ? 'accepted' : acceptance;
  },

  plan: async (db, { firmId, id }) => {
    const record = await lockTrustRecord(db, firmId, id);
    if (!record) return undefined;
    const step = await plan(db, record);
    await intendAdoption(db, { firmId, type: 'trustTransaction', id }, step, record.desired.enteredBy);
    return step;
  },

  async remedy(db, ref, message) {
    const { firmId, id } = ref;
    if (message.action === 'exclude') await exclude(db, ref);
    if (message.action === 'wait') await saveTrustTransaction(db, firmId, id, { lock_choice: 'wait' });
    if (message.action === 'renumber' && message.number !== undefined) {
      await saveTrustTransaction(db, firmId, id, { number_override: message.number });
    }
    if (message.action === 'record-overdraw') await recordOverdraw(db, ref, message);
    const { action } = message;
    if (action === 'adopt') await adoptEntry(db, ref, message);
    if (action === 'recreate') await saveTrustTransaction(db, firmId, id, { post_anew: true });
    await decideCheque(db, ref, message);
    await overrule(db, ref, message);
  },

  save: (db, { firmId, id }, state) => saveTrustTransaction(db, firmId, id, { state }),

  async name(db, { firmId, id }) {
    const record = await lockTrustRecord(db, firmId, id);
    if (!record) return { document: `trust transaction ${id}`, client: '' };
    return { document: nameOf(record.desired), client: record.desired.client.name };
  },

  hold: holdBills,

  decide: decideAdoption,

  /** What goes out counts as gone before QuickBooks can have it. */
  async prepared(db, { firmId, id }, posting) {
    if (posting.document_key === trustEntryKey(id) && posting.action === 'create') {
      await sendEntries(db, firmId, id);
    }
  },

  async declined(db, { firmId, id }, posting) {
    await tellDeclined(db, { firmId, type: 'trustTransaction', id }, posting);
    if (posting.document_key !== trustEntryKey(id) || posting.action !== 'create') return;
    await lockTrustRecord(db, firmId, id);
    await returnEntries(db, firmId, id);
  },

  async posted(db, posting) {
    const { firm_id: firmId, document_key: key, intent } = posting;
    const id = ownerIdOf(key);
    const isTold =
      posting.action === 'create' || (intent.document === 'cheque' && intent.number !== undefined);
    if (intent.document === 'cheque' && isTold) await beginCheque(db, firmId, id, intent.number);
    if (key === trustEntryKey(id)) await settle(db, firmId, id);
  },

  async adopted(db, { firmId, id }, key) {
    if (key !== trustEntryKey(id)) return;
    await settle(db, firmId, id);
    const posted = await findPosted(db, firmId, key);
    if (posted?.intent.document === 'cheque') await beginCheque(db, firmId, id, undefined);
  },

  /** It was printed while we meant to change it or to take it back: what is meant is worked out anew. */
  async seen(db, { firmId, id }, key, object) {
    const posted = await findPosted(db, firmId, key);
    return posted?.intent.document === 'cheque' && (await wasPrinted(db, firmId, id, posted.intent, object));
  },

  /** What clears earlier than was said lets others go on; and a cheque that is gone is no trouble once it is taken back. */
  async heard(deps, ref, { client, matter, reverses }, next) {
    await releasePosted(deps, ref);
    if (reverses !== undefined && (await findOpenFault(deps.db, { ...ref, id: reverses }))) {
      await rouse(deps, { ...ref, id: reverses }, trustEntryKey(ref.id));
    }
    await wakeClientIfBehind(deps, ref.firmId, { client, matters: [matter] }, next);
  },

  /** A client's or payee's own workflow brings it to QuickBooks; what is taken back takes its own part out first. */
  async wake(deps, { firmId, id }, on) {
    const [noun, original = ''] = on.split('/');
    // It has ended by then, and looks again at what it was told.
    if (noun === 'trust' && original !== id) {
      await rouse(deps, { firmId, type: 'trustTransaction', id: original }, on);
    }
    if (isCounterUse(on)) await rouse(deps, { firmId, type: 'bill', id: original }, on);
    if (noun !== 'contact') return;
    const record = await lockTrustRecord(deps.db, firmId, id);
    if (!record) return;
    const { client, to } = record.desired;
    const waitedFor = [client, ...(to ? [to.client] : [])].find(({ clientId }) =>
      on.startsWith(`contact/${clientId}/`),
    );
    const payee = payeeOf(record.desired);
    if (waitedFor) await wakeClient(deps, firmId, waitedFor);
    else if (payee && on === vendorKey(payee.clientId)) await wakeClient(deps, firmId, payee);
  },
};

/** Reserves the money first, and locks what it draws from last: only where nothing else stands in the way. */
async function plan(db: Queryable, record: TrustRecord): Promise<TrustStep> {
  const { firmId, trustTransactionId: id } = record.desired;
  const problem = record.excluded ? undefined : await reserve(db, record);
  const reserved = (await lockTrustRecord(db, firmId, id)) ?? record;
  const facts = { ...reserved, ...(problem && { problem }) };
  const step = planTrust(facts);
  if (step.do === 'nothing' && !step.excluded && !problem && isLedgerOnly(facts)) {
    await postEntries(db, firmId, id);
  }
  if (step.do === 'nothing' && step.frees) {
    await withdrawCheque(db, firmId, id, record.desired.reverses ?? '');
  }
  if (step.do === 'wait-for-money' && step.on.startsWith(OPENING)) {
    // Under the lock that settling an opening needs too: so no release can fall between.
    await lockTrustAccount(db, firmId, record.desired.accountId);
    return planTrust({ ...facts, ...(await lockTrustRecord(db, firmId, id)) });
  }
  if (step.do !== 'write' || step.action !== 'create') return step;
  const drawn = facts.entries.filter(({ cents, state }) => cents < 0 && state === 'reserved');
  if (drawn.length === 0) return step;
  return planTrust({ ...facts, ledgers: await lockLedgers(db, firmId, drawn, id) });
}

/** The transaction's row before its ledgers, as everywhere. */
async function settle(db: Queryable, firmId: string, id: string): Promise<void> {
  const record = await lockTrustRecord(db, firmId, id);
  if (record?.desired.kind === 'opening-balance') {
    await lockTrustAccount(db, firmId, record.desired.accountId);
  }
  await postEntries(db, firmId, id);
}

const MAY_BE_POSTED =
  'QuickBooks may have it, so it cannot be left out: settle that first, by adopting it or by trying again.';

const HALF_DONE =
  'Its money has left the trust account and is not on its bill yet: take it back by a reversal, or bring it to its bill.';

const isHalfDone = ({ desired, entries, documents }: TrustRecord): boolean =>
  desired.kind === 'fee' &&
  entries.some(({ state }) => state === 'posted') &&
  !hasFeePayment(documents, desired.trustTransactionId);

/** What is left out gives its reservation up, unless somebody relies on it. */
async function exclude(db: Queryable, ref: AggregateRef): Promise<void> {
  const { firmId, id } = ref;
  const refuse = (reason: string) => recordEvent(db, ref, 'message-refused', { name: 'exclude', reason });
  const record = await lockTrustRecord(db, firmId, id);
  if (record?.entries.some(({ state }) => state === 'sent')) {
    await refuse(MAY_BE_POSTED);
    return;
  }
  if (record && isHalfDone(record)) {
    await refuse(HALF_DONE);
    return;
  }
  const short = await cancelEntries(db, firmId, id);
  if (short) {
    const { matterId } = short.key;
    await refuse(`Matter ${matterId} would be overdrawn on ${short.on}: others rely on this money.`);
    return;
  }
  await saveTrustTransaction(db, firmId, id, { excluded: true, takes_back: null });
}

/** Only what can have happened at the bank already; what is our own doing can wait for its money. */
const CAN_HAVE_HAPPENED: readonly TrustTransactionSnapshot['kind'][] = [
  'disbursement',
  'bank-charge',
  'reversal',
];

async function recordOverdraw(
  db: Queryable,
  ref: AggregateRef,
  { by = '', note }: RemedyMessage,
): Promise<void> {
  const refuse = (reason: string) =>
    recordEvent(db, ref, 'message-refused', { name: 'record-overdraw', reason });
  const record = await lockTrustRecord(db, ref.firmId, ref.id);
  if (!record) return;
  const { kind, enteredBy } = record.desired;
  if (!CAN_HAVE_HAPPENED.includes(kind)) {
    await refuse(`A ${kind} is made here and cannot have happened at the bank already.`);
    return;
  }
  if (by === enteredBy) {
    await refuse(`${by} has entered it: an overdraw is recorded by a second person.`);
    return;
  }
  const overdrawId = `O-${randomUUID().slice(0, 8)}`;
  const problem = await reserve(db, record, {
    overdrawId,
    recordedBy: by,
    ...(enteredBy !== undefined && { enteredBy }),
    ...(note !== undefined && { note }),
  });
  if (!problem) await recordEvent(db, ref, 'overdraw-recorded', { overdrawId, by });
}

export const advanceTrustTransaction = (
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<TrustTransactionSnapshot> },
): Promise<Next> => advance(deps, trustTransactionPort, refOf(input), input);

export const beginTrustTransaction = (
  deps: Deps,
  input: BeginInput<TrustTransactionSnapshot>,
): Promise<Next> => begin(deps, trustTransactionPort, refOf(input), input);

export const writeTrustTransaction = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, trustTransactionPort, refOf(input), input);
