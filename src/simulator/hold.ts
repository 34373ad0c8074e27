import type { Call } from './call.js';
import { type Match, fits } from './match.js';

export type HoldPhase = 'before-commit' | 'after-commit';
export type Outcome = 'continue' | 'drop';

interface Waiter {
  readonly caught: number;
  readonly resolve: () => void;
}

/** Calls that were stopped on their way, until somebody lets them go on. */
export class Hold {
  readonly caught: number[] = [];
  private left: number;
  private outcome: Outcome | undefined;
  private readonly stopped: ((outcome: Outcome) => void)[] = [];
  private waiters: Waiter[] = [];

  constructor(
    readonly id: string,
    readonly match: Match,
    readonly phase: HoldPhase,
    count: number,
  ) {
    this.left = count;
  }

  get isReleased(): boolean {
    return this.outcome !== undefined;
  }

  takes(call: Call, phase: HoldPhase): boolean {
    return this.outcome === undefined && this.left > 0 && phase === this.phase && fits(this.match, call);
  }

  stop(call: Call): Promise<Outcome> {
    this.left -= 1;
    this.caught.push(call.seq);
    this.waiters = this.waiters.filter((waiter) => {
      if (waiter.caught > this.caught.length) return true;
      waiter.resolve();
      return false;
    });
    return new Promise((resolve) => this.stopped.push(resolve));
  }

  /** Resolves once so many calls have been caught. */
  async untilCaught(count: number): Promise<void> {
    if (this.caught.length >= count || this.outcome !== undefined) return;
    await new Promise<void>((resolve) => this.waiters.push({ caught: count, resolve }));
  }

  /** Lets everything go on that was stopped; from now on nothing is stopped any more. */
  release(outcome: Outcome): void {
    this.outcome = outcome;
    for (const go of this.stopped.splice(0)) go(outcome);
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  describe(): Record<string, unknown> {
    return {
      id: this.id,
      phase: this.phase,
      match: this.match,
      caught: this.caught,
      waiting: this.stopped.length,
      released: this.isReleased,
    };
  }
}

export class Holds {
  private readonly byId = new Map<string, Hold>();
  private nextId = 1;

  add(match: Match, phase: HoldPhase, count: number): Hold {
    const hold = new Hold(`hold-${this.nextId++}`, match, phase, count);
    this.byId.set(hold.id, hold);
    return hold;
  }

  get(id: string): Hold | undefined {
    return this.byId.get(id);
  }

  find(call: Call, phase: HoldPhase): Hold | undefined {
    for (const hold of this.byId.values()) if (hold.takes(call, phase)) return hold;
    return undefined;
  }

  list(): Hold[] {
    return [...this.byId.values()];
  }

  releaseAll(outcome: Outcome): void {
    for (const hold of this.byId.values()) hold.release(outcome);
    this.byId.clear();
  }
}
