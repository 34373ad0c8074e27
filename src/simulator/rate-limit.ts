import type { Switches } from './switches.js';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Calls in a sliding window. Refused calls do not count. */
class Window {
  private times: number[] = [];

  take(nowMs: number, limit: number, spanMs: number): boolean {
    const firstKept = this.times.findIndex((time) => time > nowMs - spanMs);
    this.times = firstKept < 0 ? [] : this.times.slice(firstKept);
    if (this.times.length >= limit) return false;
    this.times.push(nowMs);
    return true;
  }
}

/** Intuit's published limits per company, where they are switched on. */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();

  private window(key: string): Window {
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new Window();
      this.windows.set(key, window);
    }
    return window;
  }

  allows(realm: string, isBatch: boolean, switches: Switches, nowMs: number): boolean {
    if (!switches.rateLimits) return true;
    if (!this.window(`second:${realm}`).take(nowMs, switches.requestsPerSecond, SECOND_MS)) return false;
    if (isBatch && !this.window(`batch:${realm}`).take(nowMs, switches.batchesPerMinute, MINUTE_MS))
      return false;
    return this.window(`minute:${realm}`).take(nowMs, switches.requestsPerMinute, MINUTE_MS);
  }
}
