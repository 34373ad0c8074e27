import type { AggregateRef, AggregateState } from '../domain/aggregate.js';
import type { Acceptance } from '../db/acceptance.js';
import type { Queryable } from '../db/database.js';
import type { PostingRow } from '../db/posting.js';
import type { DocumentKey, Step, WriteStep } from '../domain/document.js';
import type { DocumentType } from '../domain/fault/entry.js';
import type { Intent } from '../domain/intent.js';
import type { Next } from '../domain/progress.js';
import type { RemedyMessage, RemedyName } from '../domain/remedy.js';
import type { Deps } from './deps.js';
import type { Decided } from './posting/decided.js';
import type { Settled } from './posting/settle.js';

/** What one kind of aggregate adds to the protocol that is the same for all. One file per noun implements it. */
export interface AggregatePort<S> {
  /** The remedies that this aggregate can carry out; a fault offers no others. */
  remedies: readonly RemedyName[];
  /** Throws what the schema says when the snapshot is not one. */
  parse(snapshot: unknown, ref: AggregateRef): S;
  accept(db: Queryable, ref: AggregateRef, snapshot: S): Promise<Acceptance>;
  /** Once a snapshot was taken in, and what is next is known: what others have to hear of it. */
  heard?(deps: Deps, ref: AggregateRef, snapshot: S, next: Next): Promise<void>;
  /** Locks the aggregate and says what is next; undefined when it was never accepted. */
  plan(db: Queryable, ref: AggregateRef): Promise<Step | undefined>;
  /** Carries out what the remedy means beyond planning again. */
  remedy(db: Queryable, ref: AggregateRef, message: RemedyMessage): Promise<void>;
  save(db: Queryable, ref: AggregateRef, state: AggregateState): Promise<void>;
  /** What was parked is tried again on everybody's behalf: what was seen before is doubted. */
  retried?(db: Queryable, ref: AggregateRef): Promise<void>;
  /** For a person, e.g. "bill 1042". */
  name(db: Queryable, ref: AggregateRef): Promise<{ document: string; client: string }>;
  documentType: DocumentType;
  /** In the transaction that settles a write which was carried out as it was meant: what else is known by it. */
  posted?(db: Queryable, posting: PostingRow): Promise<void>;
  /**
   * In the transaction that freezes a write, before it does: locks what of others the plan relies on. True where that
   * may have changed before it was locked, so that it has to be planned once more.
   */
  hold?(db: Queryable, ref: AggregateRef, step: WriteStep): Promise<boolean>;
  /** In the transaction that freezes a write, before anything is sent. */
  prepared?(db: Queryable, ref: AggregateRef, posting: PostingRow): Promise<void>;
  /** In the transaction that settles one which QuickBooks certainly did not carry out. */
  declined?(db: Queryable, ref: AggregateRef, posting: PostingRow): Promise<void>;
  /** In the transaction in which a record of QuickBooks is taken for this document. */
  adopted?(db: Queryable, ref: AggregateRef, key: DocumentKey): Promise<void>;
  /** Of a record that is to be adopted: what is kept of it in place of what is meant, or why it can never be taken. */
  found?(
    decided: Decided<S>,
    object: Record<string, unknown>,
  ): Promise<Intent | { unfit: string } | undefined>;
  /** What was decided about a document is done in a way of its own; undefined where it is done as for all others. */
  decide?(decided: Decided<S>): Promise<Settled | undefined>;
  /**
   * A write met a change that is not ours: true when it was put on record, so that planning knows better, and nobody has
   * to be asked.
   */
  seen?(
    db: Queryable,
    ref: AggregateRef,
    key: DocumentKey,
    object: Record<string, unknown>,
  ): Promise<boolean>;
  /** Wakes the aggregate that has to write this document first, where that has to be told. */
  wake?(deps: Deps, ref: AggregateRef, on: DocumentKey): Promise<void>;
}

export interface AdvanceInput {
  firmId: string;
  id: string;
  workflowId: string;
}
