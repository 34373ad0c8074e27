import { isCancellation, proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow';
import type { Activities, PlanningActivities } from '../activities/index.js';
import { BEGINNING, type Route } from '../domain/progress.js';

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' } as const;

const local = proxyLocalActivities<PlanningActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
});

// An outage of Postgres is waited out by an ordinary activity: retried local ones would bloat the history.
const patient = proxyActivities<PlanningActivities>({
  startToCloseTimeout: '30s',
  retry: RETRY,
});

/** Takes in and plans: within the workflow task where possible, as a patient activity where Postgres is away. */
export async function planning<R>(call: (activities: PlanningActivities) => Promise<R>): Promise<R> {
  try {
    return await call(local);
  } catch (error) {
    // A local activity's failure comes as it is, not wrapped as an ordinary activity's does.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return await call(patient);
  }
}

/** Taking in, planning and the first write: on the workflow's own queue, so that Temporal may hand it over at once. */
export const beginning = (firmId: string): PlanningActivities =>
  proxyActivities<PlanningActivities>({
    startToCloseTimeout: BEGINNING.timeoutMs,
    heartbeatTimeout: BEGINNING.heartbeatMs,
    retry: RETRY,
    priority: { fairnessKey: firmId },
  });

/** One write to QuickBooks. Attempts are not counted: the activity itself tells an outage from a turn not yet come. */
export function writing(firmId: string, { queue, timeoutMs, heartbeatMs }: Route): Activities {
  return proxyActivities<Activities>({
    taskQueue: queue,
    startToCloseTimeout: timeoutMs,
    heartbeatTimeout: heartbeatMs,
    retry: RETRY,
    priority: { fairnessKey: firmId },
  });
}
