import { sql } from 'kysely';
import { bookLines, type BookedAccount, type OwnTransaction } from '../domain/trust/reconciliation/book.js';
import type { JournalLineIntent } from '../domain/intent.js';
import type { Queryable } from './database.js';

interface Row {
  id: string;
  entered_on: string;
  is_opening: boolean;
  is_on_the_way: boolean;
  /** None of what was cancelled, or never reserved. */
  legs: OwnTransaction['legs'] | null;
  qbo_id: string | null;
  posted_on: string | null;
  lines: JournalLineIntent[] | null;
  is_adopted: boolean | null;
}

const PAGE = 5000;

/**
 * All that an account's ledgers hold, as it was posted. What was settled since `readAt` may have missed the reading of
 * QuickBooks that began then, and counts as still on its way.
 */
export async function listOwnTransactions(
  db: Queryable,
  firmId: string,
  account: BookedAccount,
  readAt: Date,
): Promise<OwnTransaction[]> {
  const found: OwnTransaction[] = [];
  const read = (after: string) => page(db, firmId, account.accountId, { after, readAt });
  for (let next: Promise<Row[]> | undefined = read(''); next;) {
    const rows: Row[] = await next;
    const last = rows.at(-1);
    // Postgres works on the next page while this one is taken over.
    next = last && rows.length === PAGE ? read(last.id) : undefined;
    for (const row of rows) if (row.legs !== null) found.push(toTransaction(row, row.legs, account));
  }
  return found;
}

function toTransaction(row: Row, legs: OwnTransaction['legs'], account: BookedAccount): OwnTransaction {
  const { qbo_id: qboId, posted_on: on, lines } = row;
  return {
    id: row.id,
    on: row.entered_on,
    isOnTheWay: row.is_on_the_way,
    isOpening: row.is_opening,
    legs,
    ...(qboId !== null && {
      posted: {
        qboId,
        on: on ?? row.entered_on,
        lines: bookLines(lines ?? [], account),
        ...(row.is_adopted && { isAdopted: true as const }),
      },
    }),
  };
}

/** The lines without their words, which would be most of what is read. */
const LINES = sql`(
  select jsonb_agg(line - 'description') from jsonb_array_elements(document.intent -> 'lines') as line)`;

async function page(
  db: Queryable,
  firmId: string,
  accountId: string,
  { after, readAt }: { after: string; readAt: Date },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with wanted as (
      select trust_transaction_id, entered_on, kind, reverses from trust_transaction
      where firm_id = ${firmId} and account_id = ${accountId} and trust_transaction_id > ${after}
      order by trust_transaction_id limit ${PAGE})
    select wanted.trust_transaction_id as id, wanted.entered_on,
      wanted.kind = 'opening-balance' or (wanted.reverses is not null and exists (
        select from trust_transaction as original
        where original.firm_id = ${firmId} and original.trust_transaction_id = wanted.reverses
          and original.kind = 'opening-balance')) as is_opening,
      entries.is_on_the_way or coalesce(document.posted_at >= ${readAt}, false) as is_on_the_way, entries.legs,
      document.qbo_id, document.intent ->> 'enteredOn' as posted_on, ${LINES} as lines,
      document.intent ? 'adopted' as is_adopted
    from wanted
    cross join lateral (
      select bool_or(state <> 'posted') as is_on_the_way,
        jsonb_agg(jsonb_build_object('clientId', client_id, 'matterId', matter_id, 'cents', cents) order by leg) as legs
      from trust_entry
      where firm_id = ${firmId} and trust_transaction_id = wanted.trust_transaction_id and state <> 'cancelled'
    ) as entries
    left join document
      on document.firm_id = ${firmId}
      and document.document_key = 'trust/' || wanted.trust_transaction_id || '/entry'
      and document.qbo_id is not null and document.removed is null
    order by id`.execute(db);
  return rows;
}
