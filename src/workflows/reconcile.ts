import { proxyActivities } from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/index.js';

const patient = proxyActivities<PlanningActivities>({
  startToCloseTimeout: '2h',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1m', backoffCoefficient: 2, maximumAttempts: 5 },
});

/** Runs by a schedule, more often than daily: what could not be reconciled is due again, what was is not. */
export async function reconcile(): Promise<void> {
  await patient.reconcileDue();
}
