import { ApplicationFailure } from '@temporalio/common';
import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { dataConverter } from './codec/data-converter.js';
import { measureSnapshot } from './codec/pack.js';
import { readClientConfig, type ClientConfig } from './config.js';
import type { AggregateRef } from './domain/aggregate.js';
import type { BillSnapshot } from './domain/bill.js';
import { companyCause, companyRef } from './domain/company.js';
import type { RemedyMessage } from './domain/remedy.js';
import type { PaymentSnapshot } from './domain/payment.js';
import type { TrustTransactionSnapshot } from './domain/trust-transaction.js';
import { EvenPace } from './pace.js';
import { parseBill } from './snapshot/bill.js';
import { parsePayment } from './snapshot/payment.js';
import { parseTrustTransaction } from './snapshot/trust-transaction.js';
import { SnapshotError } from './snapshot/field.js';
import { signalWithStart, type Start } from './start.js';
import {
  include,
  LOOKING,
  released,
  remediate,
  retry,
  status,
  syncBill,
  syncPayment,
  syncTrustTransaction,
  workflowId,
  type AggregateStatus,
  type PRIORITY,
  type RemedyAnswer,
} from './workflows/messages.js';

export type { BillSnapshot } from './domain/bill.js';
export type { PaymentSnapshot } from './domain/payment.js';
export type { TrustTransactionSnapshot } from './domain/trust-transaction.js';
export type { Parked, RemedyMessage } from './domain/remedy.js';
export { SnapshotError } from './snapshot/field.js';
export type { AggregateStatus, RemedyAnswer } from './workflows/messages.js';

/** Compressed; Temporal refuses payloads above 2 MiB, and histories should stay far below it. */
const MAX_SNAPSHOT_BYTES = 1024 * 1024;

/** A little more than QuickBooks takes of one company; what is sent faster only lies in the way of other firms. */
const BACKFILL_PER_SECOND = 8.5;

const DEFAULT_TIMEOUT_MS = 5000;

/** Temporal has it: from here on it is not lost, whatever dies. */
export interface Accepted {
  workflowId: string;
  runId: string;
}

/** A remedy that was not allowed; the message says why and shows one that would be. */
export class RemedyRefused extends Error {
  override readonly name = 'RemedyRefused';
}

/** What a billing app talks to. Needs a Temporal connection and nothing else: no worker, no Postgres. */
export class CounterfoilClient {
  readonly #backfillPace = new EvenPace(BACKFILL_PER_SECOND);

  constructor(
    private readonly temporal: Client,
    private readonly syncQueue: string,
    /** How long Temporal may take to answer; then it counts as away. */
    private readonly timeoutMs = DEFAULT_TIMEOUT_MS,
  ) {}

  /** Connects by the environment (TEMPORAL_*, COUNTERFOIL_PAYLOAD_KEYS) unless a configuration is given. */
  static async connect(config: ClientConfig = readClientConfig()): Promise<CounterfoilClient> {
    const connection = await Connection.connect(config.temporal.connection.reveal());
    const { namespace } = config.temporal;
    const temporal = new Client({
      connection,
      namespace,
      dataConverter: dataConverter(config.payloadKeyring),
    });
    return new CounterfoilClient(temporal, config.queues.sync, config.temporal.timeoutMs);
  }

  async close(): Promise<void> {
    await this.temporal.connection.close();
  }

  /**
   * Brings one bill in QuickBooks to the state of this snapshot: the whole desired state, with a version that only
   * grows. Sending one again is harmless. Throws SnapshotError before anything is accepted when it is no snapshot.
   * Imports say `backfill`: they give way to all others, and are accepted at 8.5 a second of one firm.
   */
  async syncBill(
    snapshot: BillSnapshot,
    options: { priority?: keyof typeof PRIORITY } = {},
  ): Promise<Accepted> {
    const bill = parseBill(snapshot);
    refuseTooLarge('bill', bill);
    if (options.priority === 'backfill') await this.#backfillPace.turn(bill.firmId);
    return await this.start({
      ref: { firmId: bill.firmId, type: 'bill', id: bill.billId },
      signal: syncBill,
      message: bill,
      summary: `Bill ${bill.number}`,
      ...options,
    });
  }

  /** The same for one payment of a client. It may come before the bills that it pays, and waits for them. */
  async syncPayment(
    snapshot: PaymentSnapshot,
    options: { priority?: keyof typeof PRIORITY } = {},
  ): Promise<Accepted> {
    const payment = parsePayment(snapshot);
    refuseTooLarge('payment', payment);
    if (options.priority === 'backfill') await this.#backfillPace.turn(payment.firmId);
    return await this.start({
      ref: { firmId: payment.firmId, type: 'payment', id: payment.paymentId },
      signal: syncPayment,
      message: payment,
      summary: `Payment ${payment.paymentId}`,
      ...options,
    });
  }

  /**
   * The same for one movement of client money. Whether the matter holds it is known once the workflow has asked: whoever
   * needs the answer in the same call sends it to the server, which reserves it first.
   */
  async syncTrustTransaction(snapshot: TrustTransactionSnapshot): Promise<Accepted> {
    const transaction = parseTrustTransaction(snapshot);
    return await this.start({
      ref: { firmId: transaction.firmId, type: 'trustTransaction', id: transaction.trustTransactionId },
      signal: syncTrustTransaction,
      message: transaction,
      summary: `Trust ${transaction.kind} ${transaction.trustTransactionId}`,
    });
  }

  /**
   * Decides about what is parked, or takes back an exclusion, and answers at once. Throws RemedyRefused with the reason
   * when it is not allowed.
   */
  async remediate(ref: AggregateRef, message: RemedyMessage): Promise<RemedyAnswer> {
    if (message.action === 'include') return await this.include(ref, message);
    return await this.decide(ref, message, TIMES_OVERTAKEN);
  }

  private async decide(ref: AggregateRef, message: RemedyMessage, times: number): Promise<RemedyAnswer> {
    try {
      return await this.within(() => this.handle(ref).executeUpdate(remediate, { args: [message] }));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw ended(ref, error, times < TIMES_OVERTAKEN);
      // It was about to end, or something else had just arrived, and nobody says whether this was taken in.
      if (isOvertaken(error) && times > 0) return await this.decide(ref, message, times - 1);
      if (isLookedAt(error) && times > 0) {
        await pause(LOOK_MS);
        return await this.decide(ref, message, times - 1);
      }
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      throw new RemedyRefused(error.cause?.message ?? error.message, { cause: error });
    }
  }

  /** What was excluded is in flight no more, so that this has to start it. */
  private async include(ref: AggregateRef, message: RemedyMessage): Promise<RemedyAnswer> {
    const summary = `${ref.type} ${ref.id}, included again`;
    const { workflowId: id } = await this.start({
      ref,
      signal: include,
      message,
      priority: 'interactive',
      summary,
    });
    return { parkId: '', accepted: `Accepted. ${id} goes on, if it was excluded.` };
  }

  /** Tries again what is parked. Answers as soon as Temporal has the wish; one that is not allowed is recorded. */
  async retry(ref: AggregateRef, message?: Omit<RemedyMessage, 'action'>): Promise<void> {
    try {
      await this.within(() => this.handle(ref).signal(retry, { ...message, action: 'retry' }));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw ended(ref, error, false);
      throw error;
    }
  }

  /** The live state of one aggregate. Lists come from Postgres, not from here. */
  async status(ref: AggregateRef): Promise<AggregateStatus> {
    return await this.within(() => this.handle(ref).query(status));
  }

  /** The firm's company is connected again: whatever waits for it goes on. */
  async companyConnected(firmId: string): Promise<void> {
    await this.start({
      ref: companyRef(firmId),
      signal: released,
      message: { key: companyCause },
      priority: 'interactive',
      summary: `QuickBooks company of ${firmId}`,
    });
  }

  /** The firm's settings have changed: what had been parked for want of them is tried again. */
  async settingsChanged(firmId: string): Promise<void> {
    await this.within(() =>
      this.temporal.workflow.start('mend', {
        workflowId: `mend:${this.syncQueue}:${firmId}`,
        taskQueue: this.syncQueue,
        args: [{ firmId }],
        // One that is under way may have looked already; the schedule looks again within a minute.
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
  }

  /** True once all that was accepted is carried out, false while it is in flight or parked, undefined if never seen. */
  async isSettled(ref: AggregateRef): Promise<boolean | undefined> {
    try {
      const { status: live } = await this.within(() => this.handle(ref).describe());
      return live.name !== 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** Throws when Temporal does not answer. */
  async ping(): Promise<void> {
    await this.within(() => this.temporal.workflowService.getSystemInfo({}));
  }

  private async start<A>(start: Start<A>): Promise<Accepted> {
    return await this.within(() => signalWithStart(this.temporal.workflow, this.syncQueue, start));
  }

  /** By itself the SDK would try for half a minute, and whoever called would be gone by then. */
  private async within<T>(ask: () => Promise<T>): Promise<T> {
    return await this.temporal.connection.withDeadline(Date.now() + this.timeoutMs, ask);
  }

  private handle({ firmId, type, id }: AggregateRef) {
    return this.temporal.workflow.getHandle(workflowId(type, firmId, id));
  }
}

const TIMES_OVERTAKEN = 10;
/** A look at what is parked takes some tens of milliseconds, where QuickBooks is not asked. */
const LOOK_MS = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Of gRPC. */
const FAILED_PRECONDITION = 9;

/** Temporal's answer where the task that was to take an update in was given up for a newer one. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof ServiceError &&
  isGrpcServiceError(error.cause) &&
  (error.cause.code as number) === FAILED_PRECONDITION;

/** Something else has just had it look again at what is parked. */
const isLookedAt = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === LOOKING;

const ended = (
  { firmId, type, id }: AggregateRef,
  cause: WorkflowNotFoundError,
  justNow: boolean,
): RemedyRefused =>
  new RemedyRefused(
    justNow
      ? `${type} ${id} of ${firmId} has ended this very moment. Whether that was by this decision stands in its story.`
      : `${type} ${id} of ${firmId} is neither in flight nor parked, so there is nothing to remedy. What was excluded is taken back by {"action":"include"}.`,
    { cause },
  );

function refuseTooLarge(kind: 'bill' | 'payment', snapshot: BillSnapshot | PaymentSnapshot): void {
  // UTF-8 takes three bytes at most for each unit of UTF-16: nearly every snapshot is small enough as it is.
  if (3 * JSON.stringify(snapshot).length <= MAX_SNAPSHOT_BYTES) return;
  const bytes = measureSnapshot(snapshot);
  if (bytes <= MAX_SNAPSHOT_BYTES) return;
  const rule = `at most ${MAX_SNAPSHOT_BYTES} bytes after compression; shorten descriptions or split the ${kind}`;
  throw new SnapshotError(kind, [{ field: '', rule, value: `${bytes} bytes` }]);
}
