import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { TimekeeperSnapshot } from '../domain/timekeeper.js';
import { openDesk } from './desk.js';
import { planning, writing } from './effects.js';
import { syncTimekeeper, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** The only writer of one timekeeper's class in QuickBooks. */
export async function timekeeper({ firmId, id, carried }: AggregateInput): Promise<void> {
  const desk = openDesk<TimekeeperSnapshot>(syncTimekeeper, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    advance: (incoming) => planning((local) => local.advanceTimekeeper({ firmId, id, workflowId, incoming })),
    write: (route) => writing(firmId, route).writeTimekeeper({ firmId, id, workflowId }),
    again: (kept) => continueAsNew<typeof timekeeper>({ firmId, id, carried: kept }),
  });
}
