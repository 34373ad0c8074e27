import { proxyActivities } from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/index.js';

const patient = proxyActivities<PlanningActivities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** Runs by a schedule for all firms, and for one firm at once when its settings have changed. */
export async function mend(input: { firmId?: string } = {}): Promise<void> {
  await patient.mend(input);
}
