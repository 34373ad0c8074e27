import type { ColumnType, Generated } from 'kysely';
import type { JurisdictionKey } from '../domain/trust/jurisdiction.js';
import type { Statement } from '../domain/trust/reconciliation/book.js';
import type { Reconciliation } from '../domain/trust/reconciliation/reconcile.js';

/** The tables by which client money is proved, as far as our own statements use them. */

export interface TrustChequeTable {
  firm_id: string;
  trust_transaction_id: string;
  number: string | null;
  printed_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  fault_key: ColumnType<string | null, string | null | undefined, string | null>;
  params: ColumnType<Record<string, string>, string | undefined, string>;
  allowed_number: ColumnType<string | null, string | null | undefined, string | null>;
  looked_at: ColumnType<Date, Date | undefined, Date>;
}

/** A record of QuickBooks that transactions of ours stand in, and those of its lines that are one transaction's alone. */
export interface AdoptedRecordTable {
  realm_id: string;
  qbo_type: string;
  qbo_id: string;
  total_cents: number;
  taken_cents: number;
}

export interface AdoptedLineTable {
  realm_id: string;
  qbo_type: string;
  qbo_id: string;
  line: string;
  firm_id: string;
  document_key: string;
  cents: number;
}

/** Written by triggers alone. */
export interface TrustJournalTable {
  firm_id: string;
  seq: number;
  at: string;
  kind: string;
  /** The transaction, document or account that it tells of. */
  subject: string;
  body: string;
  previous_hash: string;
  hash: string;
}

export interface TrustJournalHeadTable {
  firm_id: string;
  seq: number;
  hash: string;
}
export interface TrustReconciliationTable {
  reconciliation_id: string;
  firm_id: string;
  account_id: string;
  /** A calendar day. */
  reconciled_on: string;
  jurisdiction: JurisdictionKey;
  statement: ColumnType<Statement | null, string | null, never>;
  result: ColumnType<Reconciliation, string, never>;
  agrees: boolean;
  journal_seq: number;
  journal_hash: string;
  made_by: string | null;
  made_at: Generated<Date>;
}

/** Accounts whose newest reconciliation found QuickBooks and our ledgers apart. */
export interface PartedAccountTable {
  firm_id: string;
  account_id: string;
  /** Sentences for a person. */
  problem: string;
  since: Generated<Date>;
}

export interface TrustSignOffTable {
  reconciliation_id: string;
  firm_id: string;
  signed_by: string;
  note: string | null;
  signed_at: Generated<Date>;
}
