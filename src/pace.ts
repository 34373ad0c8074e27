/** Lets the callers of one key through at even distances, in the order in which they came; keys do not wait for others. */
export class EvenPace {
  readonly #nextAtMs = new Map<string, number>();
  readonly #apartMs: number;

  constructor(perSecond: number) {
    this.#apartMs = 1000 / perSecond;
  }

  async turn(key: string): Promise<void> {
    const nowMs = performance.now();
    const atMs = Math.max(nowMs, this.#nextAtMs.get(key) ?? 0);
    this.#nextAtMs.set(key, atMs + this.#apartMs);
    if (atMs > nowMs) await new Promise((resolve) => setTimeout(resolve, atMs - nowMs));
  }
}
