import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { openDesk } from './desk.js';
import { planning } from './effects.js';
import { syncCompany, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** What stops a whole company is parked here once; when it is lifted, all that waited for it goes on by itself. */
export async function company({ firmId, id, carried }: AggregateInput): Promise<void> {
  const desk = openDesk<never>(syncCompany, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    advance: (incoming) => planning((local) => local.advanceCompany({ firmId, id, workflowId, incoming })),
    write: () => Promise.reject(new Error('A company has no document of its own to write.')),
    again: (kept) => continueAsNew<typeof company>({ firmId, id, carried: kept }),
  });
}
