const POLL_MS = 50;

/** Waits until a condition holds, and answers whether it did in time. */
export async function within(timeoutMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return true;
}
