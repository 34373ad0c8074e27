import { formatDate } from './clock.js';
import type { Switches } from './switches.js';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Calls in a sliding window. Refused calls do not count. */
class Window {
  private times: number[] = [];

  constructor(private readonly spanMs: number) {}

  hasRoom(nowMs: number, limit: number): boolean {
    const firstKept = this.times.findIndex((time) => time > nowMs - this.spanMs);
    this.times = firstKept < 0 ? [] : this.times.slice(firstKept);
    return this.times.length < limit;
  }

  take(nowMs: number): void {
    this.times.push(nowMs);
  }
}

/** What the app has read in the present month, over all companies together. */
export interface Quota {
  /** Such as `2026-11`. */
  readonly month: string;
  readonly used: number;
}

/** Intuit's published limits, where they are switched on. */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();
  private readonly inFlightByRealm = new Map<string, number>();
  private metered: Quota = { month: '', used: 0 };

  private window(kind: string, realm: string, spanMs: number): Window {
    const key = `${kind}:${realm}`;
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new Window(spanMs);
      this.windows.set(key, window);
    }
    return window;
  }

  /** A call is let through by all of its limits, or counts for none. */
  allows(realm: string, isBatch: boolean, switches: Switches, nowMs: number): boolean {
    if (!switches.rateLimits) return true;
    const limits: [Window, number][] = [
      [this.window('second', realm, SECOND_MS), switches.requestsPerSecond],
      [this.window('minute', realm, MINUTE_MS), switches.requestsPerMinute],
    ];
    if (isBatch) limits.push([this.window('batch', realm, MINUTE_MS), switches.batchesPerMinute]);
    if (!limits.every(([window, limit]) => window.hasRoom(nowMs, limit))) return false;
    for (const [window] of limits) window.take(nowMs);
    return true;
  }

  /** Notes a call's arrival. Answers how many calls of the company are now under way, that one included. */
  enter(realm: string): number {
    const inFlight = (this.inFlightByRealm.get(realm) ?? 0) + 1;
    this.inFlightByRealm.set(realm, inFlight);
    return inFlight;
  }

  leave(realm: string): void {
    this.inFlightByRealm.set(realm, (this.inFlightByRealm.get(realm) ?? 1) - 1);
  }

  /** Months begin and end in Pacific time, like everything that Intuit dates. */
  quota(nowMs: number): Quota {
    const month = formatDate(nowMs).slice(0, 7);
    return this.metered.month === month ? this.metered : { month, used: 0 };
  }

  setUsed(used: number, nowMs: number): Quota {
    this.metered = { ...this.quota(nowMs), used };
    return this.metered;
  }
}
