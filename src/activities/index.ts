import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { advanceBill, beginBill, writeBill } from './bill.js';
import { advanceCompany } from './company.js';
import { advanceContact, beginContact, writeContact } from './contact.js';
import type { Deps } from './deps.js';
import { infrastructureFailure, isInfrastructure } from './failure.js';
import { mend } from './mend.js';
import { advancePayment, beginPayment, writePayment } from './payment.js';
import { deliverNotices, observeCauses } from './notice.js';
import { reconcileDue } from './reconcile-due.js';
import { sweepStuck } from './stuck-workflow.js';
import { sweepWaiters } from './sweep.js';
import { advanceTimekeeper, writeTimekeeper } from './timekeeper.js';
import {
  advanceTrustTransaction,
  beginTrustTransaction,
  writeTrustTransaction,
} from './trust-transaction.js';

/** Taking in and planning: short, local where Postgres is well. Registered on both queues. */
export const createPlanningActivities = (deps: Deps) =>
  translated({
    advanceBill: bind(deps, advanceBill),
    advanceContact: bind(deps, advanceContact),
    advancePayment: bind(deps, advancePayment),
    advanceTimekeeper: bind(deps, advanceTimekeeper),
    advanceTrustTransaction: bind(deps, advanceTrustTransaction),
    advanceCompany: bind(deps, advanceCompany),
    beginBill: beating(telling(bind(deps, beginBill))),
    beginContact: beating(telling(bind(deps, beginContact))),
    beginPayment: beating(telling(bind(deps, beginPayment))),
    beginTrustTransaction: beating(telling(bind(deps, beginTrustTransaction))),
    sweepWaiters: () => sweepWaiters(deps),
    sweepStuck: () => sweepStuck(deps),
    observeCauses: () => observeCauses(deps),
    deliverNotices: beating(() => deliverNotices(deps)),
    mend: beating(bind(deps, mend)),
    reconcileDue: beating(() => reconcileDue(deps)),
  });

/** One write to QuickBooks each. */
export const createActivities = (deps: Deps) =>
  translated({
    writeBill: beating(bind(deps, writeBill)),
    writeContact: beating(bind(deps, writeContact)),
    writePayment: beating(bind(deps, writePayment)),
    writeTimekeeper: beating(bind(deps, writeTimekeeper)),
    writeTrustTransaction: beating(bind(deps, writeTrustTransaction)),
  });

export type PlanningActivities = ReturnType<typeof createPlanningActivities>;
export type Activities = ReturnType<typeof createActivities>;

type Effect<I, R> = (input: I) => Promise<R>;

const bind =
  <I, R>(deps: Deps, effect: (deps: Deps, input: I) => Promise<R>): Effect<I, R> =>
  (input) =>
    effect(deps, input);

const BEAT_MS = 1000;

/** Beats every second, so that Temporal knows within seconds that a worker died in the middle of a write. */
const beating =
  <I extends unknown[], R>(effect: (...input: I) => Promise<R>): ((...input: I) => Promise<R>) =>
  async (...input) => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), BEAT_MS);
    try {
      return await effect(...input);
    } finally {
      clearInterval(beat);
    }
  };

/** Says whether an earlier attempt has begun. */
const telling =
  <I extends object, R>(effect: Effect<I & { retried?: boolean }, R>): Effect<I, R> =>
  (input) =>
    effect(Context.current().info.attempt > 1 ? { ...input, retried: true } : input);

/** What Postgres or Temporal could not do is retried; anything else that is not a failure of ours is a bug. */
function translated<A extends Record<string, Effect<never, unknown>>>(activities: A): A {
  const wrap =
    (effect: Effect<never, unknown>): Effect<never, unknown> =>
    async (input) => {
      try {
        return await effect(input);
      } catch (error) {
        if (error instanceof ApplicationFailure || !isInfrastructure(error)) throw error;
        throw infrastructureFailure(error);
      }
    };
  return Object.fromEntries(Object.entries(activities).map(([name, effect]) => [name, wrap(effect)])) as A;
}
