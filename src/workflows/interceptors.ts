import { isCancellation, TemporalFailure } from '@temporalio/workflow';
import type {
  WorkflowInboundCallsInterceptor,
  WorkflowInterceptorsFactory,
  WorkflowInternalsInterceptor,
} from '@temporalio/workflow';
import { isUndecodable } from '../domain/undecodable.js';

const RESERVED_PREFIX = '__temporal_';

/** Begins the name under which a reserved one arrives at the handler for unknown messages. */
export const RESERVED_NAME = 'reserved name ';

/**
 * The SDK throws on a signal or update with a reserved name when a handler for unknown names is set, and the workflow
 * task fails with it for ever. It skips the inbound interceptors for these names, so they are renamed one layer
 * further out, and then refused and recorded like any other unknown name.
 */
const renameReserved: WorkflowInternalsInterceptor = {
  activate(input, next) {
    for (const { signalWorkflow, doUpdate } of input.activation.jobs ?? []) {
      if (signalWorkflow?.signalName?.startsWith(RESERVED_PREFIX)) {
        signalWorkflow.signalName = RESERVED_NAME + signalWorkflow.signalName;
      }
      if (doUpdate?.name?.startsWith(RESERVED_PREFIX)) doUpdate.name = RESERVED_NAME + doUpdate.name;
    }
    next(input);
  },
};

/**
 * A failure that nobody caught would end the run and with it the bill. Thrown as a plain error it fails the workflow
 * task instead, which Temporal repeats until a repaired worker is deployed: a bug delays a bill, it never loses one.
 */
const failTaskNotBill: WorkflowInboundCallsInterceptor = {
  async execute(input, next) {
    try {
      return await next(input);
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
      throw new Error(`A failure escaped the workflow: ${error.message}`, { cause: error });
    }
  },
};

/**
 * A worker that lacks the key of what a workflow was started with must not begin it: what it scheduled in its ignorance
 * would stay in the history. The task fails until a worker with the key is there, and is on the operators' list.
 */
const refuseUnreadable: WorkflowInboundCallsInterceptor = {
  async execute(input, next) {
    const unreadable = input.args.find(isUndecodable);
    if (unreadable) throw new Error(`What this workflow was started with: ${unreadable.$undecodable.reason}`);
    return await next(input);
  },
};

export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [failTaskNotBill, refuseUnreadable],
  internals: [renameReserved],
});
