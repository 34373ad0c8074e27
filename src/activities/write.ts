import type { AggregateRef } from '../domain/aggregate.js';
import type { Next } from '../domain/progress.js';
import type { Connection } from '../db/company.js';
import { endCall } from '../db/call.js';
import { bookSlot, releaseSlot, type Booking, type Slot } from '../db/limiter.js';
import { nextOf, wakeOthers } from './plan.js';
import { escaped } from './bug.js';
import { endOutage, wakeCompany } from './company.js';
import type { Deps } from './deps.js';
import { deferral, faultFailure } from './failure.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { attemptPosting } from './posting/attempt.js';
import { carryOut } from './posting/decide.js';
import { prepare, type Prepared } from './posting/prepare.js';
import type { Attempt } from './posting/settle.js';
import { refreshProfile } from './profile.js';
import { release, releasePosted } from './release.js';

/** One document, written once: a slot at QuickBooks, prepare, send, settle, and whoever waited for it is woken. */
export async function write<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { workflowId }: AdvanceInput,
): Promise<Next> {
  const turn = await waitForTurn(deps, ref.firmId, workflowId);
  if (!turn) return await planAgain(deps, port, ref, workflowId);
  return await inTurn(deps, port, ref, workflowId, turn, async () => {
    await deps.checkpoint?.('slot-reserved');
    await refreshProfile(deps, turn.company);
    return await prepare(deps, port, ref, workflowId, turn.company);
  });
}

/** Sends and settles what is prepared, when its instant has come; the slot is given back whatever happens. */
export async function inTurn<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  turn: Turn,
  preparing: () => Promise<Prepared>,
): Promise<Next> {
  try {
    const next = await writeOne(deps, port, ref, workflowId, turn, await preparing());
    await wakeOthers(deps, port, ref, next);
    return next;
  } catch (error) {
    await releaseSlot(deps.db, turn.slot);
    const outcome = await escaped(deps, port, ref, workflowId, error);
    if ('parked' in outcome) throw faultFailure(outcome.parked);
    await wakeOthers(deps, port, ref, outcome.next);
    return outcome.next;
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

export interface Turn {
  company: Connection;
  slot: Slot;
  /** By the clock of `performance.now`: the call must not leave earlier. */
  startsAtMs: number;
}

/** A near slot is waited for here; a far one is kept, and Temporal comes back for it. Undefined: no company any more. */
async function waitForTurn(deps: Deps, firmId: string, holder: string): Promise<Turn | undefined> {
  const { limits, timing } = deps;
  for (;;) {
    const booking = await bookSlot(deps.db, { firmId, holder, limits, leaseMs: timing.slotLeaseMs });
    if (!booking) return undefined;
    const { waitMs } = booking;
    deps.metrics.limiterWait(waitMs);
    if (booking.granted) return turnOf(booking, holder);
    if (waitMs > timing.slotWaitMs) throw deferral('Waiting for our turn at QuickBooks.', waitMs);
    await pause(waitMs);
  }
}

export const turnOf = ({ company, waitMs }: Booking, holder: string): Turn => ({
  company,
  slot: { firmId: company.firm_id, realmId: company.realm_id, holder },
  startsAtMs: performance.now() + waitMs,
});

/** Beyond this a call might arrive among the next ones, as eleven of them in a second. */
const LATEST_MS = 150;

/** Waits for the instant that was granted, and where it was missed for another one; false: no company any more. */
async function comeInTime(deps: Deps, firmId: string, holder: string, turn: Turn): Promise<boolean> {
  const earlyMs = turn.startsAtMs - performance.now();
  if (earlyMs > 0) await pause(earlyMs);
  if (performance.now() - turn.startsAtMs <= LATEST_MS) return true;
  const another = await waitForTurn(deps, firmId, holder);
  return another !== undefined && (await comeInTime(deps, firmId, holder, another));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function writeOne<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  turn: Turn,
  prepared: Prepared,
): Promise<Next> {
  const { company, slot } = turn;
  if (prepared.kind === 'next') {
    await releaseSlot(deps.db, slot);
    // An earlier attempt may have died between its settlement and this.
    await releasePosted(deps, ref);
    return prepared.next;
  }
  await deps.checkpoint?.('prepared');
  if (!(await comeInTime(deps, ref.firmId, workflowId, turn)))
    return await planAgain(deps, port, ref, workflowId);
  const settled =
    prepared.kind === 'decided'
      ? await carryOut({ deps, port, ref, workflowId, company, ...prepared })
      : await attemptPosting(attemptOf({ deps, port, ref, workflowId, company }, prepared));
  await deps.checkpoint?.('settled');
  // Whatever it said, QuickBooks spoke; this attempt may have begun before another one noted an outage.
  const { endedOutage, lifted, waiters } = await endCall(deps.db, slot, ref);
  if (endedOutage) await endOutage(deps, ref.firmId);
  if (lifted) await wakeCompany(deps, ref.firmId);
  for (const waiter of waiters) await release(deps, waiter);
  await deps.checkpoint?.('released');
  if (settled.parked) throw faultFailure(settled.parked);
  return settled.next;
}

const attemptOf = <S>(
  context: Omit<Attempt<S>, 'posting' | 'earlier'>,
  prepared: Extract<Prepared, { kind: 'fresh' | 'unsettled' }>,
): Attempt<S> => ({
  ...context,
  posting: prepared.posting,
  ...(prepared.kind === 'unsettled' && { earlier: { unansweredAt: prepared.unansweredAt } }),
});
