import type { WorkflowClient } from '@temporalio/client';
import type { Database } from '../db/database.js';
import type { Route } from '../domain/progress.js';
import type { Logger } from '../log.js';
import type { Metrics } from '../metric.js';
import type { Channels } from './notice.js';
import type { QboOptions } from '../qbo/client.js';

/** Everything the activities reach the world through; fakes are made at these edges only. */
export interface Deps {
  db: Database;
  qbo: QboOptions;
  /** A token for this company of the firm; `rejected` is the one QuickBooks has just refused. */
  accessToken: (firmId: string, realmId: string, rejected?: string) => Promise<string>;
  /** For waking other aggregates. */
  workflows: WorkflowClient;
  syncQueue: string;
  route: Route;
  limits: { perMinute: number; perSecond: number; atOnce: number };
  timing: Timing;
  channels: Channels;
  log: Logger;
  metrics: Metrics;
  /** Named recovery points of the posting protocol, for tests that kill the process there. */
  checkpoint?: (name: Checkpoint) => Promise<void>;
}

/** All in milliseconds. */
export interface Timing {
  /** A slot nearer than this is waited for in process; a later one goes back to Temporal. */
  slotWaitMs: number;
  /** How long a slot is held at most: longer than any call takes. */
  slotLeaseMs: number;
  /** The longest pause of a whole company after QuickBooks said "too many requests". */
  throttlePauseMs: number;
  /** How long after the first send a request id is trusted to be replayed rather than posted again. */
  replayWindowMs: number;
  /** How long after the last send absence begins to mean something. */
  absenceMs: number;
  /** How long an outage is retried quickly before the workflow sees it. */
  outageFastMs: number;
  outageRetryMs: number;
  /** How long an outage lasts before people are told. */
  outageTellMs: number;
  /** How old the closing date may be that somebody waits behind. */
  booksRecheckMs: number;
  /** How old what we know of a cheque may be that waits for its number. */
  chequeRecheckMs: number;
  /** How long a printed cheque may be without its number before people are told. */
  chequeNumberMs: number;
  /** How long what a bookkeeper may have mended in QuickBooks is left alone before one of it is tried. */
  probeMs: number;
}

export type Checkpoint =
  'planned' | 'slot-reserved' | 'prepared' | 'answered' | 'settled' | 'released' | 'advanced' | 'told';
