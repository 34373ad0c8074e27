import { sql, type Selectable } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Decision, DocumentKey, WriteAction } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import type { Queryable } from './database.js';
import type { PostingTable } from './schema.js';

export type PostingRow = Selectable<PostingTable>;

export interface NewPosting {
  firmId: string;
  key: DocumentKey;
  generation: number;
  action: WriteAction;
  requestId: string;
  realmId: string;
  intent: Intent;
  body: string;
  lease: string;
}

/** Named one by one: a statement with a star is not prepared. */
const POSTING = [
  'posting_id',
  'firm_id',
  'document_key',
  'generation',
  'action',
  'request_id',
  'realm_id',
  'intent',
  'body',
  'outcome',
  'lease',
  'attempt_count',
  'first_sent_at',
  'unanswered_at',
  'settled_at',
  'http_status',
  'intuit_tid',
  'answer',
  'fault_key',
  'created_at',
] as const satisfies (keyof PostingTable)[];

/** Freezes what will be sent, before it is sent. Counts as sent from here on: a crash may follow at any instant. */
export async function insertPosting(db: Queryable, posting: NewPosting): Promise<PostingRow> {
  return await db
    .insertInto('posting')
    .values({
      firm_id: posting.firmId,
      document_key: posting.key,
      generation: posting.generation,
      action: posting.action,
      request_id: posting.requestId,
      realm_id: posting.realmId,
      intent: JSON.stringify(posting.intent),
      body: posting.body,
      lease: posting.lease,
      attempt_count: 1,
      first_sent_at: sql`now()`,
      unanswered_at: sql`now()`,
    })
    .returning(POSTING)
    .executeTakeFirstOrThrow();
}

/** The write of this aggregate whose outcome is not known yet, with the lease taken over by this attempt. */
export async function takeOverUnsettled(
  db: Queryable,
  { firmId, type, id }: AggregateRef,
  lease: string,
): Promise<(PostingRow & { previously_unanswered_at: Date | null; decision: Decision | null }) | undefined> {
  return await db
    .updateTable('posting')
    .from((from) =>
      from
        .selectFrom('posting as before')
        .innerJoin('document', (on) =>
          on
            .onRef('document.firm_id', '=', 'before.firm_id')
            .onRef('document.document_key', '=', 'before.document_key'),
        )
        .select([
          'before.posting_id',
          'before.unanswered_at as previously_unanswered_at',
          'document.decision',
        ])
        .where('document.firm_id', '=', firmId)
        .where('document.aggregate_type', '=', type)
        .where('document.aggregate_id', '=', id)
        .where('before.outcome', '=', 'unsettled')
        .forUpdate('before')
        .as('unsettled'),
    )
    .set({ lease, attempt_count: sql`attempt_count + 1` })
    .whereRef('posting.posting_id', '=', 'unsettled.posting_id')
    .returningAll('posting')
    .returning(['unsettled.previously_unanswered_at', 'unsettled.decision'])
    .executeTakeFirst();
}

/** Set before a send, to now; set back after an answer, to what it was before this send. */
export async function saveUnanswered(
  db: Queryable,
  postingId: number,
  at: Date | null | 'now',
): Promise<void> {
  await db
    .updateTable('posting')
    .set({ unanswered_at: at === 'now' ? sql`now()` : at })
    .where('posting_id', '=', postingId)
    .execute();
}

/** How often in a row, up to this generation, the document was refused for this although nothing had come of it. */
export async function countInVain(
  db: Queryable,
  { firm_id, document_key, generation }: Pick<PostingRow, 'firm_id' | 'document_key' | 'generation'>,
  faultKey: string,
): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    select count(*) as times from posting as vain
    where firm_id = ${firm_id} and document_key = ${document_key} and generation < ${generation}
      and generation > coalesce((
        select max(generation) from posting as other
        where other.firm_id = ${firm_id} and other.document_key = ${document_key} and other.generation < ${generation}
          and (other.outcome <> 'absent' or other.fault_key is distinct from ${faultKey})), 0)`.execute(db);
  return rows[0]?.times ?? 0;
}

/** What the document was before this write, as it was posted last. */
export async function findFormer(
  db: Queryable,
  { firm_id, document_key, generation }: Pick<PostingRow, 'firm_id' | 'document_key' | 'generation'>,
): Promise<Intent | undefined> {
  const row = await db
    .selectFrom('posting')
    .select('intent')
    .where('firm_id', '=', firm_id)
    .where('document_key', '=', document_key)
    .where('generation', '<', generation)
    .where('outcome', '=', 'posted')
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.intent;
}

export interface Settlement {
  outcome: 'posted' | 'refused' | 'absent';
  httpStatus?: number;
  intuitTid?: string | undefined;
  answer?: string;
  faultKey?: string;
}

/** What a settlement changes in the row. */
export const settledAs = ({ outcome, httpStatus, intuitTid, answer, faultKey }: Settlement) => ({
  outcome,
  settled_at: sql<Date>`now()`,
  http_status: httpStatus ?? null,
  intuit_tid: intuitTid ?? null,
  answer: answer ?? null,
  fault_key: faultKey ?? null,
});

/** False when another attempt holds the lease by now: then nothing of this attempt may be recorded. */
export async function settlePosting(
  db: Queryable,
  posting: Pick<PostingRow, 'posting_id' | 'lease'>,
  settlement: Settlement,
): Promise<boolean> {
  const settled = await db
    .updateTable('posting')
    .set(settledAs(settlement))
    .where('posting_id', '=', posting.posting_id)
    .where('lease', '=', posting.lease)
    .where('outcome', '=', 'unsettled')
    .returning('posting_id')
    .executeTakeFirst();
  return settled !== undefined;
}
