import { ScheduleAlreadyRunning, type Client } from '@temporalio/client';

/** How long a waiter may sit unnoticed when the signal that should have woken it got lost. */
const EVERY = '1 minute';

/** Makes sure that the sweep is scheduled; one schedule per queue, whoever of the workers starts first. */
export async function ensureSweep(client: Client, syncQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: `sweep:${syncQueue}`,
      spec: { intervals: [{ every: EVERY }] },
      policies: { overlap: 'SKIP', catchupWindow: EVERY },
      action: {
        type: 'startWorkflow',
        workflowType: 'sweep',
        workflowId: `sweep:${syncQueue}`,
        taskQueue: syncQueue,
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
