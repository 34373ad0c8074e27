import { ScheduleAlreadyRunning, type Client } from '@temporalio/client';

/** How long a waiter may sit unnoticed when the signal that should have woken it got lost. */
const SWEEP_EVERY_MS = 60_000;

/** How soon what was mended in QuickBooks or by a remedy takes along what it had stopped. */
const MEND_EVERY_MS = 60_000;

/** How soon after the end of a day client money is reconciled, or tried again where it could not be. */
const RECONCILE_EVERY_MS = 3_600_000;

/** Of the time within which people are told of a cause, what may pass before it is looked for. */
const NOTIFY_SHARE = 3;

/** Each starts the workflow of its name. */
export const SCHEDULES = ['sweep', 'mend', 'notify', 'reconcile'] as const;

/** Makes sure that all schedules run as configured; one of each per queue, whoever of the workers starts first. */
export async function ensureSchedules(
  client: Client,
  syncQueue: string,
  notifyWithinMs: number,
): Promise<void> {
  const everyMs = {
    sweep: SWEEP_EVERY_MS,
    mend: MEND_EVERY_MS,
    notify: notifyWithinMs / NOTIFY_SHARE,
    reconcile: RECONCILE_EVERY_MS,
  };
  for (const name of SCHEDULES) await ensure(client, syncQueue, name, everyMs[name]);
}

async function ensure(
  client: Client,
  taskQueue: string,
  workflowType: (typeof SCHEDULES)[number],
  everyMs: number,
): Promise<void> {
  const scheduleId = `${workflowType}:${taskQueue}`;
  const spec = { intervals: [{ every: everyMs }] };
  try {
    await client.schedule.create({
      scheduleId,
      spec,
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
      action: { type: 'startWorkflow', workflowType, workflowId: scheduleId, taskQueue },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // An earlier start may have been configured otherwise.
    await client.schedule.getHandle(scheduleId).update((before) => ({ ...before, spec }));
  }
}
