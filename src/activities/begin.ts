import type { AggregateRef } from '../domain/aggregate.js';
import { BEGINNING, type Incoming, type Next } from '../domain/progress.js';
import type { Queryable } from '../db/database.js';
import { bookSlot } from '../db/limiter.js';
import { advance, announce, recordAndPlan, type Advanced } from './advance.js';
import { escaped } from './bug.js';
import type { Deps } from './deps.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { freeze, isHeld, type Prepared } from './posting/prepare.js';
import { inTurn, turnOf, write, type Turn } from './write.js';

export type BeginInput<S> = AdvanceInput & {
  incoming: Incoming<S>;
  /** An earlier attempt of this activity may have come to any point. */
  retried?: boolean;
};

interface Begun<S> extends Advanced<S> {
  /** Set when it is our turn at QuickBooks at once. */
  ready?: { turn: Turn; prepared: Prepared };
}

/**
 * Takes in a snapshot, plans, and makes the first write, as `advance` and `write` do after one another, but with one
 * activity in place of two and one transaction in place of two. Repeatable, because a snapshot is: no remedies here.
 */
export async function begin<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  input: BeginInput<S>,
): Promise<Next> {
  // A write that may take longer than this activity has is left to one with a route of its own.
  if (deps.route.timeoutMs > BEGINNING.timeoutMs) return await advance(deps, port, ref, input);
  if (input.retried) {
    // What the earlier attempt left behind, a slot or those who wait for what it settled, is the write's to take care of.
    await advance(deps, port, ref, input);
    return await write(deps, port, ref, input);
  }
  const begun = await takeInAndPrepare(deps, port, ref, input);
  if (begun.next.do !== 'write') return begun.next;
  if (begun.ready === undefined) return await write(deps, port, ref, input);
  const { turn, prepared } = begun.ready;
  return await inTurn(deps, port, ref, input.workflowId, turn, () => Promise.resolve(prepared));
}

async function takeInAndPrepare<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  input: BeginInput<S>,
): Promise<Begun<S>> {
  try {
    const begun = await deps.db.transaction().execute(async (tx) => {
      const advanced = await recordAndPlan(tx, deps, port, ref, input);
      return { ...advanced, ...(await readyFor(tx, deps, port, ref, input.workflowId, advanced)) };
    });
    await announce(deps, port, ref, begun);
    return begun;
  } catch (error) {
    const outcome = await escaped(deps, port, ref, input.workflowId, error);
    return { next: 'parked' in outcome ? { do: 'park', parked: outcome.parked } : outcome.next };
  }
}

/** Booked in the same transaction, and only for what is certain to be written: a slot is never spent on a question. */
async function readyFor<S>(
  tx: Queryable,
  { limits, timing, metrics }: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  holder: string,
  { next, step }: Advanced<S>,
): Promise<Pick<Begun<S>, 'ready'>> {
  if (next.do !== 'write' || step?.do !== 'write' || next.key !== step.key) return {};
  if (!(await isHeld(tx, port, ref, step))) return {};
  const booking = await bookSlot(tx, { firmId: ref.firmId, holder, limits, leaseMs: timing.slotLeaseMs });
  if (!booking?.granted || booking.company.profile_due_at <= new Date()) return {};
  metrics.limiterWait(booking.waitMs);
  const prepared = await freeze(tx, port, ref, step, booking.company);
  return { ready: { turn: turnOf(booking, holder), prepared } };
}
