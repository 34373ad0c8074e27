import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { BillSnapshot } from '../domain/bill.js';
import type { ContactSnapshot } from '../domain/contact.js';
import type { AggregateState, AggregateType } from '../domain/aggregate.js';
import type { Leaves } from '../domain/allocation.js';
import type { CompanyProfile } from '../domain/company.js';
import type { FirmSettings, LockChoice } from '../domain/firm.js';
import type { Decision, Deposit, Removal } from '../domain/document.js';
import type { PaymentSnapshot } from '../domain/payment.js';
import type { Intent } from '../domain/intent.js';
import type { TimekeeperSnapshot } from '../domain/timekeeper.js';
import type {
  AdoptedLineTable,
  AdoptedRecordTable,
  TrustChequeTable,
  TrustJournalHeadTable,
  TrustJournalTable,
  TrustReconciliationTable,
  PartedAccountTable,
  TrustSignOffTable,
} from './trust-schema.js';
import type { TrustAccount } from '../domain/trust-account.js';
import type { TrustKind, TrustTransactionSnapshot } from '../domain/trust-transaction.js';

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Json<T extends object> = JSONColumnType<T>;
type NullableJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;

export interface FirmTable {
  firm_id: string;
  name: string;
  settings: Json<FirmSettings>;
  settings_version: Generated<number>;
  created_at: Instant;
  updated_at: Instant;
}

export interface CompanyTable {
  firm_id: string;
  realm_id: string;
  epoch: string;
  status: 'connected' | 'disconnected';
  access_token: Buffer | null;
  access_expires_at: NullableInstant;
  refresh_token: Buffer | null;
  refresh_expires_at: NullableInstant;
  /** Empty until it was read for the first time. */
  preferences: ColumnType<Partial<CompanyProfile>, string | undefined, string>;
  profile_read_at: NullableInstant;
  /** From then on it is read anew before the next write. */
  profile_due_at: Instant;
  unreachable_since: NullableInstant;
  connected_at: Instant;
  updated_at: Instant;
}

export interface OauthStateTable {
  state: string;
  firm_id: string;
  created_at: Instant;
}

interface AggregateColumns {
  firm_id: string;
  version: number;
  excluded: Generated<boolean>;
  state: Generated<AggregateState>;
  created_at: Instant;
  updated_at: Instant;
}

export interface BillTable extends AggregateColumns {
  bill_id: string;
  client_id: string;
  snapshot: Json<BillSnapshot>;
  accepted_at: Instant;
  number_override: string | null;
  /** Left out at this version, because it is older than the firm's start. */
  skipped_version: ColumnType<number | null, number | null | undefined, number | null>;
  lock_choice: ColumnType<LockChoice | null, LockChoice | null | undefined, LockChoice | null>;
  /** In use already, and allowed by a person all the same. */
  duplicate_numbers: Generated<string[]>;
  /** QuickBooks' ids of what a person has put in place of others, by those. */
  remapped: ColumnType<Record<string, string>, string | undefined, string>;
  /** Settings that a person has confirmed for it although it was posted under others. */
  new_terms: NullableJson<FirmSettings>;
  /** Its workflow has yet to be told of them. */
  new_terms_due: Generated<boolean>;
}

export interface PaymentTable extends AggregateColumns {
  payment_id: string;
  client_id: string;
  bill_ids: string[];
  snapshot: Json<PaymentSnapshot>;
  skipped_version: ColumnType<number | null, number | null | undefined, number | null>;
  lock_choice: ColumnType<LockChoice | null, LockChoice | null | undefined, LockChoice | null>;
  remapped: ColumnType<Record<string, string>, string | undefined, string>;
}

export interface TrustAccountTable {
  firm_id: string;
  account_id: string;
  settings: Json<TrustAccount>;
  settings_version: Generated<number>;
  created_at: Instant;
  updated_at: Instant;
}

export interface TrustTransactionTable extends AggregateColumns {
  trust_transaction_id: string;
  snapshot: Json<TrustTransactionSnapshot>;
  account_id: string;
  kind: TrustKind;
  /** A calendar day, as all of these tables. */
  entered_on: string;
  client_id: string;
  to_client_id: string | null;
  bill_id: string | null;
  reverses: string | null;
  /** The same, from when its money is reserved until it is left out. */
  takes_back: ColumnType<string | null, string | null | undefined, string | null>;
  number_override: ColumnType<string | null, string | null | undefined, string | null>;
  lock_choice: ColumnType<'wait' | null, 'wait' | null | undefined, 'wait' | null>;
  payee_id: ColumnType<string | null, string | null | undefined, string | null>;
  withdrawn: Generated<boolean>;
  /** A person has said that it is to be posted, whatever the billing app says that it is in QuickBooks. */
  post_anew: Generated<boolean>;
  /** The newest version that its workflow has taken in. */
  started_version: Generated<number>;
}

interface LedgerColumns {
  account_id: string;
  client_id: string;
  matter_id: string;
}

export interface TrustBalanceTable extends LedgerColumns {
  firm_id: string;
  accepted_cents: Generated<number>;
  /** What QuickBooks holds at the least. */
  posted_cents: Generated<number>;
  /** How far a person has let it be below zero. */
  overdraw_cents: Generated<number>;
  /** Counts what lets more be drawn. */
  revision: Generated<number>;
  cause_key: ColumnType<string, never, never>;
  updated_at: Instant;
}

export interface TrustEntryTable extends LedgerColumns {
  entry_id: Generated<number>;
  firm_id: string;
  trust_transaction_id: string;
  leg: number;
  /** Money in is above zero. */
  cents: number;
  entered_on: string;
  clears_on: string | null;
  /** `sent`: QuickBooks may have it by now. */
  state: Generated<TrustEntryState>;
  overdraw_id: ColumnType<string | null, string | null | undefined, string | null>;
  reserved_at: Instant;
  posted_at: NullableInstant;
  cancelled_at: NullableInstant;
}

export type TrustEntryState = 'reserved' | 'sent' | 'posted' | 'cancelled';

export interface TrustOverdrawTable {
  overdraw_id: string;
  firm_id: string;
  trust_transaction_id: string;
  cents: number;
  entered_by: string | null;
  recorded_by: string;
  note: string | null;
  recorded_at: Instant;
}

export interface ContactTable extends AggregateColumns {
  client_id: string;
  snapshot: Json<ContactSnapshot>;
}

export interface TimekeeperTable extends AggregateColumns {
  timekeeper_id: string;
  snapshot: Json<TimekeeperSnapshot>;
}

export interface DocumentTable {
  firm_id: string;
  document_key: string;
  document_type: string;
  aggregate_type: AggregateType;
  aggregate_id: string;
  generation: Generated<number>;
  intent: NullableJson<Intent>;
  realm_id: string | null;
  qbo_type: string | null;
  qbo_id: string | null;
  qbo_line: string | null;
  sync_token: string | null;
  removed: ColumnType<Removal | null, Removal | null | undefined, Removal | null>;
  /** Counts what was posted, changed and removed; who waits for such news knows which one it has seen. */
  revision: Generated<number>;
  posted_at: NullableInstant;
  updated_at: Instant;
  decision: NullableJson<Decision>;
  /** Of a payment. */
  deposit: NullableJson<Deposit>;
  /** How a record that was adopted differed from what is meant; until we write it. */
  accepted: NullableJson<string[]>;
}

export interface PostingTable {
  posting_id: Generated<number>;
  firm_id: string;
  document_key: string;
  generation: number;
  action: 'create' | 'update' | 'delete' | 'void';
  request_id: string;
  realm_id: string;
  intent: Json<Intent>;
  body: string;
  outcome: Generated<'unsettled' | 'posted' | 'refused' | 'absent'>;
  lease: string;
  attempt_count: Generated<number>;
  first_sent_at: NullableInstant;
  unanswered_at: NullableInstant;
  settled_at: NullableInstant;
  http_status: number | null;
  intuit_tid: string | null;
  answer: string | null;
  fault_key: string | null;
  created_at: Instant;
}

export interface FaultTable {
  park_id: string;
  firm_id: string;
  aggregate_type: AggregateType;
  aggregate_id: string;
  workflow_id: string;
  document_key: string | null;
  posting_id: number | null;
  fault_key: string;
  cause: string;
  remedy: string;
  allowed: string[];
  planned: Generated<boolean>;
  params: ColumnType<Record<string, string>, string | undefined, string>;
  evidence: ColumnType<Record<string, unknown>, string | undefined, string>;
  opened_at: Instant;
  closed_at: NullableInstant;
  closed_by: NullableJson<Record<string, unknown>>;
  /** Set while it is tried again by itself; it does not stand in the way then. */
  trying_since: NullableInstant;
  /** The workflow that tries; of all that a company's fault stops it is one. */
  trying_by: string | null;
  /** When that failed last. */
  tried_at: NullableInstant;
  tried_as: ColumnType<
    'probe' | 'release' | null,
    'probe' | 'release' | null | undefined,
    'probe' | 'release' | null
  >;
}

export interface EventTable {
  event_id: Generated<number>;
  firm_id: string;
  aggregate_type: AggregateType;
  aggregate_id: string;
  kind: string;
  data: ColumnType<Record<string, unknown>, string | undefined, string>;
  at: Instant;
}

export interface WaiterTable {
  firm_id: string;
  cause_key: string;
  workflow_id: string;
  /** The document's revision when it was looked at last; 0 for a company. */
  seen_revision: Generated<number>;
  /** Of a bill that waits for a payment: by invoice, how much of it payments may have. */
  leaves: Json<Leaves> | null;
  created_at: Instant;
}

/** One row per company: the theoretical arrival time of GCRA and the shared pause after a 429. */
export interface RateTable {
  realm_id: string;
  next_slot_at: Instant;
  blocked_until: NullableInstant;
  /** An interval; only the functions in Postgres use it. */
  last_pause: string | null;
}

/** A reserved slot for one call; it expires, so that a dead worker gives its place back. */
export interface SlotTable {
  realm_id: string;
  holder: string;
  starts_at: Instant;
  expires_at: Instant;
  /** The order in the line. */
  place: Generated<number>;
  granted_at: NullableInstant;
}

export interface StuckWorkflowTable {
  workflow_id: string;
  firm_id: string;
  aggregate_type: AggregateType;
  aggregate_id: string;
  /** As Temporal tells it. */
  problem: string;
  since: Instant;
}

export interface SubscriptionTable {
  subscription_id: string;
  firm_id: string;
  person: string;
  channel: 'email' | 'webhook';
  address: string;
  secret: string | null;
  causes: string[] | null;
  failures: Generated<number>;
  failing_since: NullableInstant;
  failure: ColumnType<string | null, string | null | undefined, string | null>;
  created_at: Instant;
  ended_at: NullableInstant;
  ended_by: ColumnType<string | null, string | null | undefined, string | null>;
}

/** A time during which a cause holds items of a firm up. */
export interface EpisodeTable {
  episode_id: Generated<number>;
  firm_id: string;
  cause: string;
  started_at: Instant;
  quiet_since: NullableInstant;
  over_at: NullableInstant;
}

export interface NoticeTable {
  notice_id: string;
  subscription_id: string;
  /** Null where it is about no cause. */
  episode_id: number | null;
  kind: 'opened' | 'over' | 'printed';
  body: Json<object>;
  created_at: Instant;
  due_at: Instant;
  attempt_count: Generated<number>;
  sent_at: NullableInstant;
  given_up_at: NullableInstant;
}

export interface Schema {
  firm: FirmTable;
  company: CompanyTable;
  oauth_state: OauthStateTable;
  bill: BillTable;
  contact: ContactTable;
  timekeeper: TimekeeperTable;
  payment: PaymentTable;
  trust_account: TrustAccountTable;
  trust_transaction: TrustTransactionTable;
  trust_balance: TrustBalanceTable;
  trust_entry: TrustEntryTable;
  trust_overdraw: TrustOverdrawTable;
  trust_cheque: TrustChequeTable;
  adopted_record: AdoptedRecordTable;
  adopted_line: AdoptedLineTable;
  trust_journal: TrustJournalTable;
  trust_journal_head: TrustJournalHeadTable;
  trust_reconciliation: TrustReconciliationTable;
  trust_sign_off: TrustSignOffTable;
  parted_account: PartedAccountTable;
  document: DocumentTable;
  posting: PostingTable;
  fault: FaultTable;
  event: EventTable;
  waiter: WaiterTable;
  rate: RateTable;
  slot: SlotTable;
  stuck_workflow: StuckWorkflowTable;
  subscription: SubscriptionTable;
  episode: EpisodeTable;
  notice: NoticeTable;
}
