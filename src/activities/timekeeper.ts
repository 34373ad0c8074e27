import type { AggregateRef } from '../domain/aggregate.js';
import type { BillSnapshot } from '../domain/bill.js';
import { classKey, type DocumentKey } from '../domain/document.js';
import type { Incoming, Next } from '../domain/progress.js';
import { planTimekeeper, type TimekeeperSnapshot } from '../domain/timekeeper.js';
import { forgetRemoved, recheckRemoved } from '../db/document.js';
import { acceptTimekeeper, lockTimekeeperFacts, saveTimekeeper } from '../db/timekeeper.js';
import { parseTimekeeper } from '../snapshot/timekeeper.js';
import { signalWithStart } from '../start.js';
import { syncTimekeeper } from '../workflows/messages.js';
import { advance } from './advance.js';
import type { Deps } from './deps.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { releaseWaiters } from './release.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'timekeeper', id });

export const timekeeperPort: AggregatePort<TimekeeperSnapshot> = {
  documentType: 'class',
  remedies: ['retry', 'adopt', 'reactivate', 'recreate'],

  parse(snapshot, ref) {
    const timekeeper = parseTimekeeper(snapshot);
    if (timekeeper.timekeeperId === ref.id) return timekeeper;
    throw new Error(`This snapshot is of timekeeper ${timekeeper.timekeeperId}, not of ${ref.id}.`);
  },

  accept: (db, { firmId }, snapshot) => acceptTimekeeper(db, firmId, snapshot),

  async plan(db, { firmId, id }) {
    const facts = await lockTimekeeperFacts(db, firmId, id);
    return facts && planTimekeeper(facts);
  },

  async remedy(db, ref, { action }) {
    if (action === 'recreate') await forgetRemoved(db, ref);
    if (action === 'retry') await recheckRemoved(db, ref);
  },

  save: (db, { firmId, id }, state) => saveTimekeeper(db, firmId, id, state),

  async name(db, { firmId, id }) {
    const facts = await lockTimekeeperFacts(db, firmId, id);
    return { document: `the class of ${facts?.desired.name ?? id}`, client: '' };
  },
};

/** A bill waits for the class of one of its timekeepers: that one's own workflow makes it, once for all bills. */
export async function wakeTimekeeper(
  { workflows, syncQueue }: Pick<Deps, 'workflows' | 'syncQueue'>,
  { firmId, lines }: Pick<BillSnapshot, 'firmId' | 'lines'>,
  on: DocumentKey,
): Promise<void> {
  for (const line of lines) {
    if (line.kind !== 'time' || line.timekeeperId === undefined) continue;
    const { timekeeperId, timekeeper: name } = line;
    if (classKey(timekeeperId) !== on) continue;
    await signalWithStart(workflows, syncQueue, {
      ref: { firmId, type: 'timekeeper', id: timekeeperId },
      signal: syncTimekeeper,
      message: { timekeeperId, version: 1, name },
      summary: `Timekeeper ${timekeeperId}`,
    });
    return;
  }
}

export async function advanceTimekeeper(
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<TimekeeperSnapshot> },
): Promise<Next> {
  const next = await advance(deps, timekeeperPort, refOf(input), input);
  // Where classes were switched off meanwhile, there is none to wait for.
  if (next.do === 'nothing') await releaseWaiters(deps, input.firmId, classKey(input.id));
  return next;
}

export const writeTimekeeper = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, timekeeperPort, refOf(input), input);
