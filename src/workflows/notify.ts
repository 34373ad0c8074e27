import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/index.js';
import { planning } from './effects.js';

const delivering = proxyActivities<Pick<PlanningActivities, 'deliverNotices'>>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});

const looking = proxyActivities<Pick<PlanningActivities, 'sweepStuck'>>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 1 },
});

/** Runs by a schedule: tells people what needs them, and looks for workflows that are stuck. */
export async function notify(): Promise<void> {
  await planning((local) => local.observeCauses());
  await delivering.deliverNotices();
  try {
    await looking.sweepStuck();
  } catch (error) {
    // Temporal's lists can be away by themselves, and people are to be told all the same: the next run looks again.
    if (!(error instanceof ActivityFailure)) throw error;
  }
}
