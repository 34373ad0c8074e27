import { ServiceError } from '@temporalio/client';

const TRIES = 10;

/** What Temporal did not take in time is sent again, as a billing app does; that is harmless. */
export async function accepted(call: () => Promise<unknown>): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (!(error instanceof ServiceError) || left === 0) throw error;
    }
  }
}
