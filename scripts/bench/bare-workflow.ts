import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

export const NUDGE = 'nudge';

const nudge = defineSignal(NUDGE);

/** The least that a workflow of one activity can be: what any sync over Temporal pays before it does anything. */
export async function bare(activityQueue: string): Promise<void> {
  setHandler(nudge, () => undefined);
  const { doNothing } = proxyActivities<{ doNothing(): Promise<void> }>({
    taskQueue: activityQueue,
    startToCloseTimeout: '30s',
  });
  await doNothing();
}
