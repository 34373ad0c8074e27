import type { CounterfoilClient } from '../../src/client.js';
import type { ConnectedFirm } from '../local/office.js';

/** What a storm plays with. The command and the tests each bring their own. */
export interface Stage {
  client: CounterfoilClient;
  firms: ConnectedFirm[];
  /** SIGKILL, at whatever instant, and a new worker. */
  killWorker(): Promise<void>;
  progress(line: string): void;
}

const POLL_MS = 100;

/** Waits until a condition holds, and answers whether it did in time. */
export async function within(timeoutMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return true;
}
