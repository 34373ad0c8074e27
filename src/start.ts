import type { SignalDefinition } from '@temporalio/common';
import type { WorkflowClient } from '@temporalio/client';
import type { AggregateRef } from './domain/aggregate.js';
import { startAttributes } from './workflows/search-attribute.js';
import { PRIORITY, workflowId, type AggregateInput } from './workflows/messages.js';

export interface Start<A> {
  ref: AggregateRef;
  signal: SignalDefinition<[A]>;
  message: A;
  priority?: keyof typeof PRIORITY;
  /** Shown in the Temporal UI's list: ids and numbers, no names of clients. */
  summary?: string;
}

/**
 * The only way a workflow starts: atomically started or signalled, so that Temporal itself serialises each aggregate.
 * Returns once Temporal has it; from then on it is not lost.
 */
export async function signalWithStart<A>(
  workflows: WorkflowClient,
  syncQueue: string,
  { ref, signal, message, priority = 'normal', summary }: Start<A>,
): Promise<{ workflowId: string; runId: string }> {
  const { firmId, type, id } = ref;
  const handle = await workflows.signalWithStart<(input: AggregateInput) => Promise<void>, [A]>(type, {
    workflowId: workflowId(type, firmId, id),
    taskQueue: syncQueue,
    args: [{ firmId, id, begins: true }],
    signal,
    signalArgs: [message],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: startAttributes(firmId, type),
    priority: { priorityKey: PRIORITY[priority], fairnessKey: firmId },
    ...(summary !== undefined && { staticSummary: summary }),
  });
  return { workflowId: handle.workflowId, runId: handle.signaledRunId };
}
