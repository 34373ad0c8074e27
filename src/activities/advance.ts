import type { AggregateRef } from '../domain/aggregate.js';
import type { Step } from '../domain/document.js';
import { entryByKey } from '../domain/fault/catalogue.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { Parked, RemedyMessage } from '../domain/remedy.js';
import { expireProfile } from '../db/company.js';
import type { Queryable } from '../db/database.js';
import { recordEvent } from '../db/event.js';
import { closeFault, findOpenFault, footingOf } from '../db/fault.js';
import { escaped } from './bug.js';
import type { Deps } from './deps.js';
import { nextAfter, registerBehind, registerForMoney, wakeOthers } from './plan.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { releasePosted } from './release.js';
import { takeIn } from './take-in.js';

/** Puts on record what came in and plans what is next; a bug on the way is parked for a person to see. */
export async function advance<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  input: AdvanceInput & { incoming: Incoming<S> },
): Promise<Next> {
  try {
    const advanced = await deps.db.transaction().execute((tx) => recordAndPlan(tx, deps, port, ref, input));
    await announce(deps, port, ref, advanced);
    return advanced.next;
  } catch (error) {
    const outcome = await escaped(deps, port, ref, input.workflowId, error);
    return 'parked' in outcome ? { do: 'park', parked: outcome.parked } : outcome.next;
  }
}

export interface Advanced<S> {
  next: Next;
  /** What planning said, where it was asked. */
  step?: Step | undefined;
  /** The snapshot, where one came that could be understood. */
  heard?: S | undefined;
  /** Others that wait for it have to look again. */
  frees?: boolean;
}

/** In one transaction, so that a crash leaves either all of it or nothing. */
export async function recordAndPlan<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { workflowId, incoming }: AdvanceInput & { incoming: Incoming<S> },
): Promise<Advanced<S>> {
  for (const refused of incoming.refused) await recordEvent(tx, ref, 'message-refused', { ...refused });
  if (incoming.onlyRecord) return { next: { do: 'nothing' } };
  const open = await findOpenFault(tx, ref);
  const { changed, accepted, frees, snapshot: heard } = await takeIn(tx, port, ref, incoming, open);
  // Only news reopens the question: the same snapshot sent again must not post what was refused.
  const footing = open && (await footingOf(tx, open));
  const tried = footing?.trying === true && !changed;
  if (
    open &&
    !changed &&
    !tried &&
    !(footing?.planned && (await isLifted(tx, port, ref, workflowId, open)))
  ) {
    return { next: { do: 'park', parked: open }, heard };
  }
  if (open && !tried) await closeFault(tx, ref, changed ? closedBy(incoming.remedies) : LIFTED);
  if (open && entryByKey(open.fault)?.readsProfile) await expireProfile(tx, ref.firmId, new Date(open.since));
  if (tried) await port.retried?.(tx, ref);
  const step = await port.plan(tx, ref);
  return { next: await nextAfter(tx, deps, port, ref, workflowId, step, accepted), step, heard, frees };
}

/** After the commit, all of it repeatable: a retry finds the same and says it again. */
export async function announce<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { next, step, heard, frees }: Advanced<S>,
): Promise<void> {
  await wakeOthers(deps, port, ref, next);
  if (frees || (step?.do === 'nothing' && step.frees)) await releasePosted(deps, ref);
  if (heard !== undefined) await port.heard?.(deps, ref, heard, next);
  await deps.checkpoint?.('advanced');
}

const LIFTED = { by: 'counterfoil', why: 'it is no longer so' };

/** What planning found, planning may take back: a bill that was too small for its payment has grown. */
async function isLifted<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  open: Parked,
): Promise<boolean> {
  const step = await port.plan(tx, ref);
  if (step?.do !== 'park' || step.fault !== open.fault) return true;
  await registerForMoney(tx, ref.firmId, workflowId, step);
  return step.until !== undefined && !(await registerBehind(tx, port, ref, workflowId, step, step.until));
}

function closedBy(remedies: readonly RemedyMessage[]): Record<string, unknown> {
  const remedy = remedies.at(-1);
  return remedy ? { ...remedy } : { by: 'billing app', why: 'a newer snapshot' };
}
