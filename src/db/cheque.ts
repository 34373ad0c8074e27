import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import { trustEntryKey } from '../domain/document.js';
import type { ChequeIntent } from '../domain/intent.js';
import type { TrustProblem } from '../domain/trust/rule.js';
import type { Queryable } from './database.js';
import { recordEvent } from './event.js';
import { tellNumber } from './notice.js';
import { withdrawEntries } from './trust-ledger.js';
import { saveTrustTransaction } from './trust-transaction.js';

/** Its number is known: in the story, and to the billing app where that wants to be told. */
export async function publishNumber(
  db: Queryable,
  ref: AggregateRef & { type: 'trustTransaction' },
  number: string,
): Promise<void> {
  await recordEvent(db, ref, 'printed', { document: trustEntryKey(ref.id), number });
  await tellNumber(db, ref.firmId, ref.id, number);
}

/** One whose number is not back, or with which something was wrong when QuickBooks was last asked. */
export interface WaitingCheque {
  trustTransactionId: string;
  key: string;
  qboId: string;
  intent: ChequeIntent;
  /** The document's revision; what was read of an older one says nothing. */
  revision: number;
  number?: string;
  /** For how long it has been seen as printed. */
  printedForMs?: number;
  trouble?: string;
  allowedNumber?: string;
}

/** It is in QuickBooks, to be printed, or printed under a number that a person has told us. */
export async function beginCheque(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  number: string | undefined,
): Promise<void> {
  const known = await findChequeStatus(db, { firmId, id: trustTransactionId });
  if (number !== undefined && number !== known?.number) {
    await publishNumber(db, { firmId, type: 'trustTransaction', id: trustTransactionId }, number);
  }
  // Another paper has another number.
  if (number === undefined)
    await saveTrustTransaction(db, firmId, trustTransactionId, { number_override: null });
  const told = { number: number ?? null, fault_key: null, params: '{}' };
  await db
    .insertInto('trust_cheque')
    .values({ firm_id: firmId, trust_transaction_id: trustTransactionId, ...told })
    .onConflict((conflict) =>
      conflict
        .columns(['firm_id', 'trust_transaction_id'])
        .doUpdateSet({ ...told, ...(number === undefined && { printed_at: null }), looked_at: sql`now()` }),
    )
    .execute();
}

/** Firms that have cheques of which QuickBooks is to be asked, because that was so long ago. */
export async function listFirmsWithCheques(db: Queryable, olderThanMs: number): Promise<string[]> {
  const { rows } = await sql<{ firm_id: string }>`
    select distinct firm_id from trust_cheque
    join company using (firm_id)
    join document using (firm_id)
    where ${WAITING} and company.status = 'connected'
      and looked_at <= now() - ${olderThanMs} * interval '1 millisecond'
      and document.document_key = 'trust/' || trust_transaction_id || '/entry' and ${IN_BOOKS}`.execute(db);
  return rows.map(({ firm_id: firmId }) => firmId);
}

/** The last is what a person wants to have looked at. */
const WAITING = sql`(number is null or fault_key is not null or looked_at = '-infinity')`;

const IN_BOOKS = sql`document.qbo_id is not null and document.removed is null
  and document.realm_id = company.realm_id and document.intent ->> 'document' = 'cheque'`;

/** Those of one firm, the ones that were asked about longest ago first. */
export async function listWaitingCheques(
  db: Queryable,
  firmId: string,
  most: number,
): Promise<WaitingCheque[]> {
  const { rows } = await sql<{
    id: string;
    key: string;
    qbo_id: string;
    intent: ChequeIntent;
    revision: number;
    number: string | null;
    printed_for_ms: number | null;
    fault_key: string | null;
    allowed_number: string | null;
  }>`
    select cheque.trust_transaction_id as id, document.document_key as key, document.qbo_id, document.intent,
      document.revision, cheque.number, cheque.fault_key, cheque.allowed_number,
      (extract(epoch from now() - cheque.printed_at) * 1000)::float8 as printed_for_ms
    from trust_cheque as cheque
    join company on company.firm_id = cheque.firm_id
    join document on document.firm_id = cheque.firm_id
      and document.document_key = 'trust/' || cheque.trust_transaction_id || '/entry'
    where cheque.firm_id = ${firmId} and ${WAITING} and ${IN_BOOKS}
    order by cheque.looked_at limit ${most}`.execute(db);
  return rows.map((row) => ({
    trustTransactionId: row.id,
    key: row.key,
    qboId: row.qbo_id,
    intent: row.intent,
    revision: row.revision,
    ...(row.number !== null && { number: row.number }),
    ...(row.printed_for_ms !== null && { printedForMs: row.printed_for_ms }),
    ...(row.fault_key !== null && { trouble: row.fault_key }),
    ...(row.allowed_number !== null && { allowedNumber: row.allowed_number }),
  }));
}

/** QuickBooks was asked about these; they are not asked about again before it is time. */
export async function markLooked(db: Queryable, firmId: string, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('trust_cheque')
    .set({ looked_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', 'in', ids)
    .execute();
}

/** Locked, unless it was written since it was listed or is about to be. */
export async function lockCheque(
  db: Queryable,
  firmId: string,
  { key, revision, qboId }: Pick<WaitingCheque, 'key' | 'revision' | 'qboId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from document
    where firm_id = ${firmId} and document_key = ${key} and revision = ${revision} and qbo_id = ${qboId}
      and removed is null and not exists (
        select from posting where posting.firm_id = document.firm_id and posting.document_key = document.document_key
          and posting.outcome = 'unsettled')
    for update`.execute(db);
  return rows.length > 0;
}

/** The paper is out. Whoever waits for the cheque has news, for it can only be taken back by an entry from now on. */
export async function savePrinted(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  /** Where nothing else was changed. */
  syncToken: string | undefined,
): Promise<void> {
  await db
    .updateTable('document')
    .set({
      intent: sql`intent || '{"printed": true}'`,
      revision: sql`revision + case when intent ? 'printed' then 0 else 1 end`,
      ...(syncToken !== undefined && { sync_token: syncToken }),
      updated_at: sql`now()`,
    })
    .where('firm_id', '=', firmId)
    .where('document_key', '=', trustEntryKey(trustTransactionId))
    .execute();
}

/** As it is shown to whoever asks; undefined where no cheque is to be printed. */
export interface ChequeStatus {
  state: 'to-be-printed' | 'printed' | 'withdrawn' | 'gone';
  number?: string;
  /** ISO instant: when we first saw that it was printed. */
  printedAt?: string;
}

export async function findChequeStatus(
  db: Queryable,
  { firmId, id }: Pick<AggregateRef, 'firmId' | 'id'>,
): Promise<ChequeStatus | undefined> {
  const row = await db
    .selectFrom('trust_transaction as own')
    .leftJoin('trust_cheque as cheque', (on) =>
      on
        .onRef('cheque.firm_id', '=', 'own.firm_id')
        .onRef('cheque.trust_transaction_id', '=', 'own.trust_transaction_id'),
    )
    .leftJoin('document', (on) =>
      on.onRef('document.firm_id', '=', 'own.firm_id').on('document_key', '=', trustEntryKey(id)),
    )
    .select(['cheque.number', 'cheque.printed_at', 'own.withdrawn', 'document.removed', 'own.snapshot'])
    .where('own.firm_id', '=', firmId)
    .where('own.trust_transaction_id', '=', id)
    .executeTakeFirst();
  if (row?.snapshot.cheque === undefined) return undefined;
  const { number, printed_at: printedAt, withdrawn, removed } = row;
  const isPrinted = number !== null || printedAt !== null;
  return {
    state: withdrawn ? 'withdrawn' : removed !== null ? 'gone' : isPrinted ? 'printed' : 'to-be-printed',
    ...(number !== null && { number }),
    ...(printedAt !== null && { printedAt: printedAt.toISOString() }),
  };
}

export interface ChequeNews {
  number?: string | undefined;
  isPrinted: boolean;
  trouble?: TrustProblem | undefined;
}

export async function saveChequeNews(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  { number, isPrinted, trouble }: ChequeNews,
): Promise<void> {
  await db
    .updateTable('trust_cheque')
    .set({
      number: number ?? null,
      printed_at: isPrinted ? sql`coalesce(printed_at, now())` : null,
      fault_key: trouble?.fault ?? null,
      params: JSON.stringify(trouble?.params ?? {}),
    })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .execute();
}

/** What a person decided takes the trouble away until QuickBooks is asked again, which is soon. */
export async function forgetTrouble(
  db: Queryable,
  { firmId, id }: AggregateRef,
  allowNumber = false,
): Promise<void> {
  await db
    .updateTable('trust_cheque')
    .set({
      fault_key: null,
      params: '{}',
      looked_at: sql`'-infinity'`,
      ...(allowNumber && {
        allowed_number: sql<string>`coalesce(number, (select number_override from trust_transaction as own
          where own.firm_id = trust_cheque.firm_id and own.trust_transaction_id = trust_cheque.trust_transaction_id))`,
      }),
    })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', id)
    .execute();
}

/** A cheque that is not in QuickBooks and the reversal that takes it back leave the ledgers together. */
export async function withdrawCheque(
  db: Queryable,
  firmId: string,
  reversal: string,
  taken: string,
): Promise<void> {
  const ids = [reversal, taken];
  await withdrawEntries(db, firmId, ids);
  await db
    .updateTable('trust_transaction')
    .set({ withdrawn: true, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', 'in', ids)
    .execute();
  await db
    .deleteFrom('trust_cheque')
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', taken)
    .execute();
  for (const id of ids) {
    const ref = { firmId, type: 'trustTransaction', id } as const;
    await recordEvent(db, ref, 'withdrawn', { cheque: taken, reversal });
  }
}
