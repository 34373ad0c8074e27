import type { AggregateRef } from '../domain/aggregate.js';
import type { Next } from '../domain/progress.js';
import { recordReachable, type Connection } from '../db/company.js';
import { bookSlot, releaseSlot } from '../db/limiter.js';
import { nextOf, wakeOthers } from './advance.js';
import { escaped } from './bug.js';
import { endOutage } from './company.js';
import type { Deps } from './deps.js';
import { deferral, faultFailure } from './failure.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { attemptPosting } from './posting/attempt.js';
import { prepare } from './posting/prepare.js';
import { refreshProfile } from './profile.js';
import { releasePosted } from './release.js';

/** One document, written once: a slot at QuickBooks, prepare, send, settle, and whoever waited for it is woken. */
export async function write<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { workflowId }: AdvanceInput,
): Promise<Next> {
  const turn = await waitForTurn(deps, ref.firmId, workflowId);
  if (!turn) return await planAgain(deps, port, ref, workflowId);
  const slot = { realmId: turn.company.realm_id, holder: workflowId };
  try {
    await deps.checkpoint?.('slot-reserved');
    await refreshProfile(deps, turn.company);
    const next = await writeOne(deps, port, ref, workflowId, turn);
    await wakeOthers(deps, port, ref, next);
    return next;
  } catch (error) {
    const outcome = await escaped(deps, port, ref, workflowId, error);
    if ('parked' in outcome) throw faultFailure(outcome.parked);
    await wakeOthers(deps, port, ref, outcome.next);
    return outcome.next;
  } finally {
    await releaseSlot(deps.db, slot);
  }
}

async function planAgain<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
): Promise<Next> {
  const next = await deps.db.transaction().execute((tx) => nextOf(tx, deps, port, ref, workflowId));
  await wakeOthers(deps, port, ref, next);
  return next;
}

interface Turn {
  company: Connection;
  /** By the clock of `performance.now`: the call must not leave earlier. */
  startsAtMs: number;
}

/** A near slot is waited for here; a far one is kept, and Temporal comes back for it. Undefined: no company any more. */
async function waitForTurn(deps: Deps, firmId: string, holder: string): Promise<Turn | undefined> {
  const { limits, timing } = deps;
  for (;;) {
    const booking = await bookSlot(deps.db, { firmId, holder, limits, leaseMs: timing.slotLeaseMs });
    if (!booking) return undefined;
    const { company, granted, waitMs } = booking;
    deps.metrics.limiterWait(waitMs);
    if (granted) return { company, startsAtMs: performance.now() + waitMs };
    if (waitMs > timing.slotWaitMs) throw deferral('Waiting for our turn at QuickBooks.', waitMs);
    await pause(waitMs);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function writeOne<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  { company, startsAtMs }: Turn,
): Promise<Next> {
  const prepared = await prepare(deps, port, ref, workflowId, company);
  if (prepared.kind === 'next') {
    // An earlier attempt may have died between its settlement and this.
    await releasePosted(deps, ref);
    return prepared.next;
  }
  await deps.checkpoint?.('prepared');
  const waitMs = startsAtMs - performance.now();
  if (waitMs > 0) await pause(waitMs);
  const { posting } = prepared;
  const earlier = prepared.kind === 'unsettled' ? { unansweredAt: prepared.unansweredAt } : undefined;
  const settled = await attemptPosting({
    deps,
    port,
    ref,
    workflowId,
    posting,
    company,
    ...(earlier && { earlier }),
  });
  await deps.checkpoint?.('settled');
  // Whatever it said, QuickBooks spoke; this attempt may have begun before another one noted an outage.
  if (await recordReachable(deps.db, ref.firmId)) await endOutage(deps, ref.firmId);
  await releasePosted(deps, ref);
  await deps.checkpoint?.('released');
  if (settled.parked) throw faultFailure(settled.parked);
  return settled.next;
}
