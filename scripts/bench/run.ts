import type { WorkflowClient } from '@temporalio/client';

/** One accepted run, of a bill or of the bare workflow. */
export interface Run {
  workflowId: string;
  runId: string;
}

export interface Timed {
  /** How long the call took after which nothing is lost any more. */
  acceptMs: number;
  /** From that call's return until the workflow's completion was seen. */
  doneMs: number;
}

/** Far above anything healthy: a run that takes longer is parked or stuck, and the benchmark says which. */
const SETTLE_TIMEOUT_MS = 300_000;

/** The one stopwatch, for both things that are compared. */
export async function timed(workflows: WorkflowClient, start: () => Promise<Run>): Promise<Timed> {
  const begunAt = performance.now();
  const run = await start();
  const acceptedAt = performance.now();
  await completion(workflows, run);
  return { acceptMs: acceptedAt - begunAt, doneMs: performance.now() - acceptedAt };
}

/** Waits on Temporal's long poll. Throws when the run does not end in time. */
export async function completion(workflows: WorkflowClient, { workflowId, runId }: Run): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${workflowId} has not ended within ${SETTLE_TIMEOUT_MS} ms.`));
    }, SETTLE_TIMEOUT_MS);
  });
  try {
    await Promise.race([workflows.getHandle(workflowId, runId).result(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps `inFlight` of them going until `count` were begun. Resolves when the last one has ended. */
export async function inParallel(
  count: number,
  inFlight: number,
  one: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
}
