import { sql } from 'kysely';
import type { LedgerLine } from '../domain/trust/client-ledger.js';
import type { TrustKind } from '../domain/trust-transaction.js';
import type { Queryable } from './database.js';

export interface LedgerFilter {
  accountId: string;
  clientId?: string;
  matterId?: string;
  from?: string;
  to?: string;
}

interface Row {
  entered_on: string;
  client_id: string;
  matter_id: string;
  trust_transaction_id: string;
  kind: TrustKind;
  number: string | null;
  qbo_id: string | null;
  words: string | null;
  cents: number;
}

/** What moved on the ledgers of an account in the days from one to another, each included. */
export async function listLedgerLines(
  db: Queryable,
  firmId: string,
  filter: LedgerFilter,
): Promise<LedgerLine[]> {
  const { from, to } = filter;
  const conditions = [
    ...ofLedgers(firmId, filter),
    ...(from === undefined ? [] : [sql`entry.entered_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`entry.entered_on <= ${to}`]),
  ];
  const { rows } = await sql<Row>`
    select entry.entered_on, entry.client_id, entry.matter_id, entry.trust_transaction_id, moved.kind, entry.cents,
      coalesce(cheque.number, document.intent ->> 'number') as number, document.qbo_id,
      coalesce(document.intent ->> 'memo', moved.snapshot ->> 'purpose') as words
    from trust_entry as entry
    join trust_transaction as moved
      on moved.firm_id = entry.firm_id and moved.trust_transaction_id = entry.trust_transaction_id
    left join document
      on document.firm_id = entry.firm_id and document.qbo_id is not null and document.removed is null
      and document.document_key = 'trust/' || entry.trust_transaction_id || '/entry'
    left join trust_cheque as cheque
      on cheque.firm_id = entry.firm_id and cheque.trust_transaction_id = entry.trust_transaction_id
    where ${sql.join(conditions, sql` and `)}`.execute(db);
  return rows.map((row) => ({
    on: row.entered_on,
    clientId: row.client_id,
    matterId: row.matter_id,
    trustTransactionId: row.trust_transaction_id,
    kind: row.kind,
    ...(row.qbo_id !== null && { qboId: row.qbo_id, number: row.number ?? '' }),
    words: row.words ?? '',
    inCents: Math.max(row.cents, 0),
    outCents: Math.max(-row.cents, 0),
  }));
}

/** What each ledger held before a day. */
export async function ledgerOpenings(
  db: Queryable,
  firmId: string,
  filter: LedgerFilter & { from: string },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ ledger: string; cents: number }>`
    select client_id || '/' || matter_id as ledger, sum(cents)::bigint as cents
    from trust_entry as entry
    where ${sql.join(ofLedgers(firmId, filter), sql` and `)} and entry.entered_on < ${filter.from}
    group by 1`.execute(db);
  return new Map(rows.map(({ ledger, cents }) => [ledger, cents]));
}

const ofLedgers = (firmId: string, { accountId, clientId, matterId }: LedgerFilter) => [
  sql`entry.firm_id = ${firmId} and entry.account_id = ${accountId} and entry.state <> 'cancelled'`,
  ...(clientId === undefined ? [] : [sql`entry.client_id = ${clientId}`]),
  ...(matterId === undefined ? [] : [sql`entry.matter_id = ${matterId}`]),
];
