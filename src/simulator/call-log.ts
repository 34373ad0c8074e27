import { type Call, describe } from './call.js';

/** A call as the log shows it; what else came with it is forgotten once it is answered. */
export type LoggedCall = Omit<ReturnType<typeof describe>, 'body'> & { body: string | undefined };

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

/** Calls are small and their bodies need not be: the oldest bodies go first when all together are longer than this. */
const BODIES_LENGTH = 32 * 1024 * 1024;

/** How far the log may outgrow its limit before it is cut, because cutting it costs as much as it is long. */
const SLACK = 1.1;

/** What was asked of the simulator, and what it would have cost. */
export class CallLog {
  private calls: LoggedCall[] = [];
  /** Of the bodies that are still there, and where the oldest of them is. */
  private bodiesLength = 0;
  private firstWithBody = 0;
  private countsByRealm = new Map<string, Counts>();
  private nextSeq = 1;

  takeSeq(): number {
    return this.nextSeq++;
  }

  add(call: Call, limit: number): void {
    this.calls.push(describe(call));
    this.bodiesLength += call.body.length;
    while (this.bodiesLength > BODIES_LENGTH && this.firstWithBody < this.calls.length) this.dropOldestBody();
    if (this.calls.length > limit * SLACK) this.cut(limit);
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

  private dropOldestBody(): void {
    const oldest = this.calls[this.firstWithBody];
    if (oldest !== undefined) {
      this.bodiesLength -= oldest.body?.length ?? 0;
      oldest.body = undefined;
    }
    this.firstWithBody += 1;
  }

  private cut(limit: number): void {
    const gone = this.calls.length - limit;
    while (this.firstWithBody < gone) this.dropOldestBody();
    this.calls = this.calls.slice(gone);
    this.firstWithBody -= gone;
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
    this.bodiesLength = 0;
    this.firstWithBody = 0;
    this.countsByRealm = new Map();
  }
}
