import type { RemedyMessage, Parked } from './remedy.js';
import type { DocumentKey } from './document.js';

/** What a workflow hands to its first activity: everything that came in since the last time. */
export interface Incoming<S> {
  snapshot?: S;
  remedies: RemedyMessage[];
  refused: { name: string; reason: string; at: string }[];
  /** Only put the refused messages on record; nothing else changed. */
  onlyRecord?: true;
}

/** What an activity tells its workflow to do next. */
export type Next =
  /** `tells`: documents of others whose owners had to hear of it. */
  | { do: 'nothing'; note?: string; tells?: DocumentKey[] }
  | { do: 'write'; key: DocumentKey; route: Route }
  /** `on` is a document key of another aggregate, or `company`; `also` are others whose news it looks at, too. */
  | { do: 'wait'; on: string; why: string; also?: DocumentKey[] }
  | { do: 'park'; parked: Parked };

/** Where a write runs and how long it may take. Configuration, handed to the workflow as recorded data. */
export interface Route {
  queue: string;
  timeoutMs: number;
  /** Missed beats tell Temporal within seconds that a worker is dead, in place of the whole timeout. */
  heartbeatMs: number;
}

/** Of the activity that a run begins with, which has to be scheduled before any other could tell it a route. */
export const BEGINNING = { timeoutMs: 300_000, heartbeatMs: 5_000 } as const;

/** Waiting for QuickBooks itself: nobody's fault, nobody's job, until it has lasted too long. */
export interface Outage {
  /** ISO instant of the first unreachable answer. */
  since: string;
  retryAfterMs: number;
  why: string;
  /** Set once the outage has lasted so long that people are told. */
  parked?: Parked;
}

/** The types of failure that activities send and workflows read. */
export const FAILURE = {
  /** Not yet our turn at QuickBooks; retried by Temporal at the instant given, never seen by a workflow. */
  deferred: 'deferred',
  /** QuickBooks cannot be reached for longer than the fast phase; the workflow goes on slowly. */
  outage: 'qbo-outage',
  /** Ours: Postgres or Temporal cannot be reached. Retried by Temporal until it can. */
  infrastructure: 'infrastructure',
} as const;
