import type { Operation } from './operation.js';

/** One request as it arrived, and what became of it. */
export interface Call {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly params: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The body as JSON, which is what it was unless it came as XML. */
  readonly content: string;
  readonly tid: string;
  readonly realm: string | undefined;
  readonly entity: string | undefined;
  /** A data operation, or `token`, `revoke`, `authorize`, `userinfo` at the identity service. */
  readonly operation: string;
  readonly data: Operation | undefined;
  /** How many calls of the company were under way when it came, itself included. */
  readonly inFlight: number;
  status: number;
  /** True when the answer came from the memory of its request id. */
  replayed: boolean;
  /** True when it changed the company; a replay or an update without a difference did not. */
  committed: boolean;
  /** What Intuit would count against the app's quota. */
  metered: boolean;
  /** The code of the first refusal in its answer, where the service itself refused it. */
  code: string | undefined;
  /** The injected fault or hold that hit this call. */
  fault: string | undefined;
}

const READS = new Set(['batch', 'cdc', 'pdf', 'query', 'read', 'report']);

/** Reads are metered and writes are not; a batch counts as a read as soon as it holds a query. */
export function isRead(call: Call): boolean {
  if (call.data === undefined || !READS.has(call.operation)) return false;
  return call.operation !== 'batch' || call.content.includes('"Query"');
}

/** Only what succeeds is counted. */
export function isMetered(call: Call): boolean {
  return isRead(call) && call.status > 0 && call.status < 300;
}

/** What the log keeps and shows of a call. */
export function describe(call: Call) {
  return {
    seq: call.seq,
    at: call.at,
    realm: call.realm,
    method: call.method,
    path: call.path,
    query: call.query,
    entity: call.entity,
    operation: call.operation,
    requestid: call.params.get('requestid') ?? undefined,
    status: call.status,
    replayed: call.replayed,
    committed: call.committed,
    metered: call.metered,
    code: call.code,
    fault: call.fault,
    intuit_tid: call.tid,
    body: call.body,
  };
}
