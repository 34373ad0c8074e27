import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Queryable } from './database.js';
import type { TrustJournalTable } from './trust-schema.js';

export type JournalRow = Selectable<TrustJournalTable>;

/** A row whose hash somebody has kept elsewhere, such as beside a signed reconciliation. */
export interface JournalMark {
  seq: number;
  hash: string;
}

/** `at`: the first row that does not hold. */
export type JournalVerdict = { holds: true; head: JournalMark } | { holds: false; at: number; why: string };

const NOTHING: JournalMark = { seq: 0, hash: '0'.repeat(64) };

/** SHA-256 over the hash of the row before and all that stands in this one, in hexadecimal digits. */
export const journalHash = (row: Omit<JournalRow, 'hash'>): string =>
  createHash('sha256')
    .update([row.previous_hash, row.firm_id, row.seq, row.at, row.kind, row.subject, row.body].join('\n'))
    .digest('hex');

/** Works out every hash of a firm's journal again, and compares its end with what the head says and with `mark`. */
export async function verifyTrustJournal(
  db: Queryable,
  firmId: string,
  mark?: JournalMark,
): Promise<JournalVerdict> {
  const head = await journalHead(db, firmId);
  let last: JournalMark = NOTHING;
  for (;;) {
    const rows = await page(db, firmId, last.seq);
    for (const row of rows) {
      const why = breach(row, last) ?? unlike(row, mark);
      if (why !== undefined) return { holds: false, ...why };
      last = row;
    }
    if (rows.length < PAGE) break;
  }
  if (head.seq > last.seq) return { holds: false, at: last.seq + 1, why: 'the rows from here on are gone' };
  if (mark && mark.seq > last.seq) return { holds: false, at: last.seq + 1, why: 'the marked row is gone' };
  if (head.seq < last.seq || head.hash !== last.hash) {
    return { holds: false, at: last.seq, why: 'the head of the journal says otherwise' };
  }
  return { holds: true, head: { seq: last.seq, hash: last.hash } };
}

const unlike = ({ seq, hash }: JournalRow, mark: JournalMark | undefined) =>
  mark?.seq !== seq || hash === mark.hash
    ? undefined
    : { at: seq, why: 'its hash is not the one that was kept' };

function breach(row: JournalRow, last: JournalMark): { at: number; why: string } | undefined {
  if (row.seq !== last.seq + 1) return { at: last.seq + 1, why: 'the row is gone' };
  if (journalHash(row) !== row.hash) return { at: row.seq, why: 'the row was changed' };
  if (row.previous_hash === last.hash) return undefined;
  // Its own hash was made anew, or this one's was; the one before cannot be trusted.
  return { at: Math.max(last.seq, 1), why: 'the row was changed, and its hash with it' };
}

/** Where the journal ends now; kept beside what a person signs, it proves later that nothing before was rewritten. */
export async function journalHead(db: Queryable, firmId: string): Promise<JournalMark> {
  const head = await db
    .selectFrom('trust_journal_head')
    .select(['seq', 'hash'])
    .where('firm_id', '=', firmId)
    .executeTakeFirst();
  return head ?? NOTHING;
}

export async function listJournalFirms(db: Queryable): Promise<string[]> {
  const rows = await db.selectFrom('trust_journal_head').select('firm_id').orderBy('firm_id').execute();
  return rows.map(({ firm_id: firmId }) => firmId);
}

const PAGE = 1000;

const page = (db: Queryable, firmId: string, after: number): Promise<JournalRow[]> =>
  db
    .selectFrom('trust_journal')
    .select(['firm_id', 'seq', 'at', 'kind', 'subject', 'body', 'previous_hash', 'hash'])
    .where('firm_id', '=', firmId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE)
    .execute();
