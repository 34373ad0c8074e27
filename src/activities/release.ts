import { WorkflowNotFoundError } from '@temporalio/client';
import type { AggregateRef } from '../domain/aggregate.js';
import { listReleasable, listWaiters, removeWaiter, type Registration } from '../db/waiter.js';
import { signalWithStart } from '../start.js';
import { released, workflowId } from '../workflows/messages.js';
import type { Deps } from './deps.js';

type Wakes = Pick<Deps, 'db' | 'workflows'>;

/** Wakes all who waited for a cause that was lifted, first come first. */
export async function releaseWaiters(deps: Wakes, firmId: string, causeKey: string): Promise<void> {
  for (const waiter of await listWaiters(deps.db, firmId, causeKey)) await release(deps, waiter);
}

/**
 * Wakes all others who waited for a document of this aggregate that is posted by now, whoever posted it and whenever. Not
 * itself, where its own news is what it waited for: it is awake, and may be about to end.
 */
export async function releasePosted(deps: Wakes, ref: AggregateRef): Promise<void> {
  const own = workflowId(ref.type, ref.firmId, ref.id);
  for (const waiter of await listReleasable(deps.db, ref)) {
    if (waiter.workflowId !== own) await release(deps, waiter);
  }
}

/** Signals first, then forgets: a crash between repeats the signal, which is harmless. */
export async function release(deps: Wakes, waiter: Registration): Promise<void> {
  await wake(deps, waiter.workflowId, waiter.causeKey);
  await removeWaiter(deps.db, waiter);
}

/** Has an aggregate look again, also one whose workflow has ended: something is so that it does not know. */
export async function rouse(
  { workflows, syncQueue }: Pick<Deps, 'workflows' | 'syncQueue'>,
  ref: AggregateRef,
  key: string,
  summary?: string,
): Promise<void> {
  const more = summary === undefined ? {} : { summary };
  await signalWithStart(workflows, syncQueue, { ref, signal: released, message: { key }, ...more });
}

/** Has a workflow look again at what it waits for. */
export async function wake(
  { workflows }: Pick<Deps, 'workflows'>,
  workflowId: string,
  key: string,
): Promise<void> {
  try {
    await workflows.getHandle(workflowId).signal(released, { key });
  } catch (error) {
    // A workflow that has ended waits for nothing any more.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
