const POLL_MS = 50;

/** Waits until a condition holds, and answers whether it did in time; `everyMs` is how often it is looked at. */
export async function within(
  timeoutMs: number,
  holds: () => Promise<boolean>,
  everyMs = POLL_MS,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
