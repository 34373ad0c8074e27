import type { WorkflowInterceptorsFactory, WorkflowInternalsInterceptor } from '@temporalio/workflow';

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

export const interceptors: WorkflowInterceptorsFactory = () => ({ internals: [renameReserved] });
