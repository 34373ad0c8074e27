import type { AggregateRef } from '../domain/aggregate.js';
import { booksCause, companyCause } from '../domain/company.js';
import { depositCause, type Foreign, type Step } from '../domain/document.js';
import { sameJson } from '../domain/json.js';
import type { Next } from '../domain/progress.js';
import { isProfileDue } from '../db/company.js';
import type { Queryable } from '../db/database.js';
import { lockDocument } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { closeFault } from '../db/fault.js';
import { findStanding, type Standing } from '../db/standing.js';
import { forgetOtherCauses, registerWaiter } from '../db/waiter.js';
import { standingInTheWay, wakeCompany } from './company.js';
import type { Deps } from './deps.js';
import { park } from './park.js';
import type { AggregatePort } from './port.js';

const MENDED = { by: 'counterfoil', why: 'it was tried again, and is no longer so' };

/** Plans within the caller's transaction, and registers or parks where something stands in the way. */
export async function nextOf<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
): Promise<Next> {
  return await nextAfter(tx, deps, port, ref, workflowId, await port.plan(tx, ref));
}

/** As `nextOf`, for a step that was planned in this transaction; `isWorking` where the row says so already. */
export async function nextAfter<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  step: Step | undefined,
  isWorking = false,
): Promise<Next> {
  const standing = await findStanding(tx, ref);
  const excluded = step?.do === 'nothing' && step.excluded === true;
  const writable = (key: string) => writeNext(tx, deps, port, ref, workflowId, standing, key, isWorking);
  // A write with an unknown outcome comes before any plan: until it is settled nothing else is written.
  if (!excluded && standing.unsettled) return await writable('');
  if (!excluded && standing.decided !== null) return await writable('');
  // What was tried again is in the way no more; a park keeps the fault, a write leaves that to QuickBooks' answer.
  if (standing.trying && step?.do !== 'park' && step?.do !== 'write') await closeFault(tx, ref, MENDED);
  switch (step?.do) {
    case undefined:
      return { do: 'nothing' };
    case 'nothing':
      if (step.skipped !== undefined) {
        await recordEvent(tx, ref, 'skipped', { why: step.skipped });
        await port.save(tx, ref, 'skipped');
        return { do: 'nothing' };
      }
      await port.save(tx, ref, step.excluded ? 'excluded' : 'posted');
      return { do: 'nothing', ...(step.tells && { tells: step.tells }) };
    case 'park': {
      const held = step.needsCompany && (await waitForCompany(tx, port, ref, workflowId, standing));
      if (held) return held;
      // The write reads it and plans again; what still stands in the way then is parked there.
      if (step.readsProfile && (await isProfileDue(tx, ref.firmId))) {
        return await writable('');
      }
      if (step.until && !(await registerBehind(tx, port, ref, workflowId, step, step.until))) {
        return await nextOf(tx, deps, port, ref, workflowId);
      }
      await registerForMoney(tx, ref.firmId, workflowId, step);
      const { fault: faultKey, params, on: document } = step;
      const about = document === undefined ? {} : { document };
      const parking = { ref, workflowId, faultKey, params, ...about, planned: true };
      return { do: 'park', parked: await park(tx, port, parking) };
    }
    case 'wait': {
      const all = [step, ...(step.also ?? [])];
      const causes = all.map(({ on }) => on);
      for (const one of all) {
        if (await registerBehind(tx, port, ref, workflowId, step, one)) continue;
        return await nextOf(tx, deps, port, ref, workflowId);
      }
      if (step.leaves) await forgetOtherCauses(tx, { firmId: ref.firmId, workflowId }, causes);
      await port.save(tx, ref, 'waiting');
      const also = causes.slice(1);
      return { do: 'wait', on: step.on, why: `Waiting for ${step.why}.`, ...(also.length > 0 && { also }) };
    }
    case 'wait-for-money': {
      // The plan has locked the ledger, which its next news needs too: none can fall between.
      const { on: causeKey, seenRevision, until } = step;
      await registerWaiter(tx, { firmId: ref.firmId, causeKey, workflowId, seenRevision });
      if (until !== undefined) await registerWaiter(tx, { firmId: ref.firmId, causeKey: until, workflowId });
      await port.save(tx, ref, 'waiting');
      return { do: 'wait', on: causeKey, why: `Waiting for ${step.why}.` };
    }
    case 'wait-for-books':
      if (await isProfileDue(tx, ref.firmId)) return await writable('');
      return await waitBehind(tx, port, ref, workflowId, booksCause(step.closedThrough), step.why);
    case 'wait-for-deposit':
      return await waitBehind(tx, port, ref, workflowId, depositCause(step.key), step.why);
    case 'write':
      return await writable(step.key);
  }
}

/** The plan has locked the ledger, which its next news needs too: none can fall between. */
export async function registerForMoney(
  tx: Queryable,
  firmId: string,
  workflowId: string,
  { untilMoney }: Extract<Step, { do: 'park' }>,
): Promise<void> {
  if (!untilMoney) return;
  const { on: causeKey, seenRevision } = untilMoney;
  await registerWaiter(tx, { firmId, causeKey, workflowId, seenRevision });
}

async function writeNext<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  standing: Standing,
  key: string,
  isWorking: boolean,
): Promise<Next> {
  const held = await waitForCompany(tx, port, ref, workflowId, standing);
  if (held) return held;
  if (!isWorking) await port.save(tx, ref, 'working');
  return { do: 'write', key, route: deps.route };
}

/** The schedule that looks for what is mended reads the closing date from then on, or tries what lies in a deposit. */
async function waitBehind<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  on: string,
  why: string,
): Promise<Next> {
  await registerWaiter(tx, { firmId: ref.firmId, causeKey: on, workflowId });
  await port.save(tx, ref, 'waiting');
  return { do: 'wait', on, why: `Waiting for ${why}.` };
}

async function waitForCompany<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  standing: Standing,
): Promise<Next | undefined> {
  const cause = await standingInTheWay(tx, ref.firmId, standing);
  if (cause === undefined) return undefined;
  await registerWaiter(tx, { firmId: ref.firmId, causeKey: companyCause, workflowId });
  await port.save(tx, ref, 'waiting');
  return { do: 'wait', on: companyCause, why: cause };
}

/** After the commit: a crash before this is made good by the retry, which finds the same thing in the way. */
export async function wakeOthers<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  next: Next,
): Promise<void> {
  if (next.do === 'nothing') for (const on of next.tells ?? []) await port.wake?.(deps, ref, on);
  if (next.do !== 'wait') return;
  if (next.on === companyCause) await wakeCompany(deps, ref.firmId);
  else for (const on of [next.on, ...(next.also ?? [])]) await port.wake?.(deps, ref, on);
}

/**
 * Registers behind a document of another aggregate, unless planning finds another step under the lock that its writer
 * needs too: so no release can fall between.
 */
export async function registerBehind<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  step: Step,
  { on, document, of }: Foreign,
): Promise<boolean> {
  const { firmId } = ref;
  const { revision } = await lockDocument(tx, { firmId, ...of }, on, document);
  if (revision > 0 && !sameJson(await port.plan(tx, ref), step)) return false;
  const leaves = step.do === 'wait' && step.leaves ? { leaves: step.leaves } : {};
  await registerWaiter(tx, { firmId, causeKey: on, workflowId, seenRevision: revision, ...leaves });
  return true;
}
