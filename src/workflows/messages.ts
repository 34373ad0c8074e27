import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { AGGREGATE_TYPES } from '../domain/aggregate.js';
import type { AggregateRef, AggregateState, AggregateType } from '../domain/aggregate.js';
import type { BillSnapshot } from '../domain/bill.js';
import type { ContactSnapshot } from '../domain/contact.js';
import type { PaymentSnapshot } from '../domain/payment.js';
import type { Parked, RemedyMessage } from '../domain/remedy.js';
import type { TimekeeperSnapshot } from '../domain/timekeeper.js';
import type { TrustTransactionSnapshot } from '../domain/trust-transaction.js';

/** Names here are wire contracts: add new ones, never rename. */
export const SYNC_SIGNAL = 'sync';
export const RETRY_SIGNAL = 'retry';
export const RELEASED_SIGNAL = 'released';
export const REMEDIATE_UPDATE = 'remediate';
export const STATUS_QUERY = 'status';

/** A whole snapshot of the aggregate. Also what starts a workflow. */
export const syncBill = defineSignal<[BillSnapshot]>(SYNC_SIGNAL);
export const syncPayment = defineSignal<[PaymentSnapshot]>(SYNC_SIGNAL);
export const syncTrustTransaction = defineSignal<[TrustTransactionSnapshot]>(SYNC_SIGNAL);
export const syncContact = defineSignal<[ContactSnapshot]>(SYNC_SIGNAL);
export const syncTimekeeper = defineSignal<[TimekeeperSnapshot]>(SYNC_SIGNAL);

/** A company takes no snapshots; it is told by `released` to look at its fault. */
export const syncCompany = defineSignal<[never]>(SYNC_SIGNAL);

/** Try again what was refused. A signal, so that the CLI can send it to a whole query of workflows at once. */
export const retry = defineSignal<[RemedyMessage?]>(RETRY_SIGNAL);

/** The same signal, for what was excluded: it has ended and is started by this. */
export const include = defineSignal<[RemedyMessage]>(RETRY_SIGNAL);

/** What this workflow waited for is settled: look again. */
export const released = defineSignal<[{ key: string }]>(RELEASED_SIGNAL);

/** A person's decision about a parked workflow; answers at once whether it is allowed. */
export const remediate = defineUpdate<RemedyAnswer, [RemedyMessage]>(REMEDIATE_UPDATE);

export const status = defineQuery<AggregateStatus>(STATUS_QUERY);

export interface RemedyAnswer {
  accepted: string;
  parkId: string;
}

export interface AggregateStatus {
  state: AggregateState;
  /** Newest version seen by this run. */
  version?: number;
  parked?: Parked;
  waitingFor?: string;
  /** Messages that were not understood, newest last, at most twenty. */
  refused: RefusedMessage[];
}

export interface RefusedMessage {
  name: string;
  reason: string;
  /** ISO instant. */
  at: string;
}

export interface AggregateInput {
  firmId: string;
  /** billId, clientId, … */
  id: string;
  /** Set for every run that was started since there is an activity which takes in, plans and writes. */
  begins?: true;
  carried?: Carried;
}

/** What continue-as-new hands on. Plain JSON: a Map or Date would arrive empty. */
export interface Carried {
  version?: number;
  snapshot?: unknown;
  remedies: RemedyMessage[];
  parked?: Parked;
}

/** `bill:{firmId}:{billId}`: Temporal itself serialises all that happens to one aggregate. */
export const workflowId = (type: AggregateType, firmId: string, id: string): string =>
  `${type}:${firmId}:${id}`;

const WORKFLOW_ID = new RegExp(`^(${AGGREGATE_TYPES.join('|')}):([^:]+):([^:]+)$`);

/** What a workflow is about, by its id; undefined for those of our own schedules. */
export function readWorkflowId(text: string): AggregateRef | undefined {
  const [, type, firmId, id] = WORKFLOW_ID.exec(text) ?? [];
  if (firmId === undefined || id === undefined) return undefined;
  return { type: type as AggregateType, firmId, id };
}

/** Lower runs first. A person or a single bill is never behind a backfill. */
export const PRIORITY = { interactive: 2, normal: 3, backfill: 5 } as const;

/** The type of a refusal while it is just being looked at again: what was parked may be so in a moment, and may not. */
export const LOOKING = 'looked-at-again';
