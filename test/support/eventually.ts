import { vi } from 'vitest';

/** Waits until the assertion holds, or fails with what it said last. */
export const eventually = <T>(assertion: () => Promise<T>, timeoutMs = 30_000): Promise<T> =>
  vi.waitFor(assertion, { timeout: timeoutMs, interval: 50 });
