import { type Call, describe } from './call.js';

/** A call as the log shows it; what else came with it is forgotten once it is answered. */
export type LoggedCall = ReturnType<typeof describe>;

export interface Counts {
  calls: number;
  writes: number;
  reads: number;
  metered: number;
  committed: number;
  replayed: number;
  /** Calls by `Entity.operation`, such as `Invoice.create`. */
  byOperation: Record<string, number>;
  /** The same, of those that changed the company. */
  committedByOperation: Record<string, number>;
  byStatus: Record<string, number>;
}

function emptyCounts(): Counts {
  return {
    calls: 0,
    writes: 0,
    reads: 0,
    metered: 0,
    committed: 0,
    replayed: 0,
    byOperation: {},
    committedByOperation: {},
    byStatus: {},
  };
}

const WRITES = new Set(['batch', 'create', 'delete', 'send', 'update', 'upload', 'void']);

function count(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1;
}

/** What was asked of the simulator, and what it would have cost. */
export class CallLog {
  private calls: LoggedCall[] = [];
  private countsByRealm = new Map<string, Counts>();
  private nextSeq = 1;

  takeSeq(): number {
    return this.nextSeq++;
  }

  add(call: Call, limit: number): void {
    this.calls.push(describe(call));
    if (this.calls.length > limit * 2) this.calls = this.calls.slice(-limit);
    const counts = this.counts(call.realm ?? '');
    counts.calls += 1;
    if (WRITES.has(call.operation)) counts.writes += 1;
    else counts.reads += 1;
    if (call.metered) counts.metered += 1;
    if (call.replayed) counts.replayed += 1;
    const key = call.entity === undefined ? call.operation : `${call.entity}.${call.operation}`;
    count(counts.byOperation, key);
    count(counts.byStatus, String(call.status));
    if (!call.committed) return;
    counts.committed += 1;
    count(counts.committedByOperation, key);
  }

  counts(realm: string): Counts {
    let counts = this.countsByRealm.get(realm);
    if (counts === undefined) {
      counts = emptyCounts();
      this.countsByRealm.set(realm, counts);
    }
    return counts;
  }

  list(realm: string | undefined, since: number): LoggedCall[] {
    return this.calls.filter((call) => call.seq > since && (realm === undefined || call.realm === realm));
  }

  clear(): void {
    this.calls = [];
    this.countsByRealm = new Map();
  }
}
