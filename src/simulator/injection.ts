import type { Answer } from './answer.js';
import type { Call } from './call.js';
import { FAULT_NAMES, namedFault } from './named-fault.js';
import { type Match, fits } from './match.js';

/** What an injected fault does: answer in place of the service, or spoil the answer after the commit. */
export interface Effect {
  readonly stage: 'instead' | 'after-commit';
  readonly action: 'answer' | 'drop' | 'hang';
  readonly answer?: (nowMs: number) => Answer;
  /** Wait this long before doing anything. For a hang without an end, undefined. */
  readonly delayMs?: number;
}

export interface FaultRequest {
  readonly name: string;
  readonly match: Match;
  /** How many calls are hit; null means all of them. */
  readonly count: number | null;
  /** How many matching calls pass before the first is hit. */
  readonly skip: number;
  readonly probability: number;
  /** Parameters of the named fault: status, headers, body, ms, format, phase. */
  readonly options: Readonly<Record<string, unknown>>;
}

export class InjectedFault {
  hits = 0;
  private seen = 0;

  constructor(
    readonly id: string,
    readonly request: FaultRequest,
    readonly effect: Effect,
  ) {}

  takes(call: Call, random: () => number): boolean {
    const { match, count, skip, probability } = this.request;
    if ((count !== null && this.hits >= count) || !fits(match, call)) return false;
    this.seen += 1;
    if (this.seen <= skip || (probability < 1 && random() >= probability)) return false;
    this.hits += 1;
    return true;
  }

  describe(): Record<string, unknown> {
    return { id: this.id, ...this.request, hits: this.hits };
  }
}

/** Park–Miller: the same seed gives the same luck, so that a failing run can be repeated. */
function generator(seed: number): () => number {
  let state = Math.max(1, seed % 2_147_483_647);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export class Injection {
  private readonly faults = new Map<string, InjectedFault>();
  private nextId = 1;
  private random = generator(1);

  /** Throws when there is no fault of that name. */
  add(request: FaultRequest): InjectedFault {
    const effect = namedFault(request.name, request.options);
    if (effect === undefined) {
      throw new Error(`there is no fault ${request.name}; known are ${FAULT_NAMES.join(', ')}`);
    }
    const fault = new InjectedFault(`fault-${this.nextId++}`, request, effect);
    this.faults.set(fault.id, fault);
    return fault;
  }

  take(call: Call): InjectedFault | undefined {
    for (const fault of this.faults.values()) if (fault.takes(call, this.random)) return fault;
    return undefined;
  }

  seed(value: number): void {
    this.random = generator(value);
  }

  remove(id: string): boolean {
    return this.faults.delete(id);
  }

  list(): InjectedFault[] {
    return [...this.faults.values()];
  }

  clear(): void {
    this.faults.clear();
    this.random = generator(1);
  }
}
