import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { DEFAULT_JURISDICTION, type JurisdictionKey } from '../domain/trust/jurisdiction.js';
import type { Statement } from '../domain/trust/reconciliation/book.js';
import { partedCause } from '../domain/trust/reconciliation/parted.js';
import type { Reconciliation } from '../domain/trust/reconciliation/reconcile.js';
import type { Queryable } from './database.js';
import { TODAY } from './day.js';
import { journalHead } from './trust-journal.js';

/** A reconciliation as it is kept; it cannot be changed any more, only made again. */
export interface ReconciliationRecord {
  reconciliationId: string;
  accountId: string;
  on: string;
  agrees: boolean;
  jurisdiction: JurisdictionKey;
  statement: Statement | null;
  /** Where the journal ended: `120:3f…`. */
  journalMark: string;
  madeAt: Date;
  madeBy: string | null;
  signedBy: string | null;
  signedAt: Date | null;
  note: string | null;
}

export interface NewReconciliation {
  firmId: string;
  result: Reconciliation;
  jurisdiction: JurisdictionKey;
  statement?: Statement;
  by?: string;
}

/** The last day that is over everywhere on earth. */
export async function lastWholeDay(db: Queryable): Promise<string> {
  const { rows } = await sql<{ day: string }>`select ${TODAY} - 1 as day`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('Postgres does not know what day it is.');
  return row.day;
}

export async function saveReconciliation(
  db: Queryable,
  { firmId, result, jurisdiction, statement, by }: NewReconciliation,
): Promise<ReconciliationRecord> {
  const head = await journalHead(db, firmId);
  const reconciliationId = `R-${randomUUID().slice(0, 13)}`;
  await db
    .insertInto('trust_reconciliation')
    .values({
      reconciliation_id: reconciliationId,
      firm_id: firmId,
      account_id: result.accountId,
      reconciled_on: result.on,
      jurisdiction,
      statement: statement ? JSON.stringify(statement) : null,
      result: JSON.stringify(result),
      agrees: result.agrees,
      journal_seq: head.seq,
      journal_hash: head.hash,
      made_by: by ?? null,
    })
    .execute();
  await noteParting(db, firmId, result.accountId);
  const [record] = await listReconciliations(db, firmId, { reconciliationId });
  if (!record) throw new Error(`${reconciliationId} was saved and is not there.`);
  return record;
}

/** What people are told follows the newest day, and of one day the newest result: to look at an old day ends nothing. */
async function noteParting(db: Queryable, firmId: string, accountId: string): Promise<void> {
  const { result } = await db
    .selectFrom('trust_reconciliation')
    .select('result')
    .where('firm_id', '=', firmId)
    .where('account_id', '=', accountId)
    .orderBy('reconciled_on', 'desc')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const problem = partedCause(result);
  if (problem === undefined) {
    await db
      .deleteFrom('parted_account')
      .where('firm_id', '=', firmId)
      .where('account_id', '=', accountId)
      .execute();
    return;
  }
  await db
    .insertInto('parted_account')
    .values({ firm_id: firmId, account_id: accountId, problem })
    .onConflict((conflict) =>
      conflict.columns(['firm_id', 'account_id']).doUpdateSet({ problem: sql`excluded.problem` }),
    )
    .execute();
}

/** The newest day first, and of one day the newest. */
export async function listReconciliations(
  db: Queryable,
  firmId: string,
  { accountId, reconciliationId }: { accountId?: string; reconciliationId?: string },
): Promise<ReconciliationRecord[]> {
  let query = selection(db).where('made.firm_id', '=', firmId);
  if (accountId !== undefined) query = query.where('made.account_id', '=', accountId);
  if (reconciliationId !== undefined) query = query.where('made.reconciliation_id', '=', reconciliationId);
  return await query.orderBy('reconciled_on', 'desc').orderBy('made_at', 'desc').limit(500).execute();
}

const selection = (db: Queryable) =>
  db
    .selectFrom('trust_reconciliation as made')
    .leftJoin('trust_sign_off as signed', 'signed.reconciliation_id', 'made.reconciliation_id')
    .select([
      'made.reconciliation_id as reconciliationId',
      'account_id as accountId',
      'reconciled_on as on',
      'agrees',
      'jurisdiction',
      'statement',
      sql<string>`journal_seq || ':' || journal_hash`.as('journalMark'),
      'made_at as madeAt',
      'made_by as madeBy',
      'signed_by as signedBy',
      'signed_at as signedAt',
      'note',
    ]);

export async function findReconciliation(
  db: Queryable,
  firmId: string,
  reconciliationId: string,
): Promise<{ record: ReconciliationRecord; result: Reconciliation } | undefined> {
  const [record] = await listReconciliations(db, firmId, { reconciliationId });
  if (!record) return undefined;
  const { result } = await db
    .selectFrom('trust_reconciliation')
    .select('result')
    .where('reconciliation_id', '=', reconciliationId)
    .executeTakeFirstOrThrow();
  return { record, result };
}

/** The newest day up to which all agreed: what parts now has happened since, or was dated back. */
export async function lastAgreedOn(
  db: Queryable,
  firmId: string,
  accountId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('trust_reconciliation')
    .select('reconciled_on')
    .where('firm_id', '=', firmId)
    .where('account_id', '=', accountId)
    .where('agrees', '=', true)
    .orderBy('reconciled_on', 'desc')
    .executeTakeFirst();
  return row?.reconciled_on;
}

/** Accounts of which the last whole day was not reconciled yet, with the rules that they were reconciled by before. */
export async function listAccountsDue(
  db: Queryable,
): Promise<{ firmId: string; accountId: string; jurisdiction: JurisdictionKey }[]> {
  const { rows } = await sql<{ firmId: string; accountId: string; jurisdiction: JurisdictionKey | null }>`
    select account.firm_id as "firmId", account.account_id as "accountId", (
      select before.jurisdiction from trust_reconciliation as before
      where before.firm_id = account.firm_id and before.account_id = account.account_id
      order by before.made_at desc limit 1) as jurisdiction
    from trust_account as account
    where (account.settings ->> 'startOn')::date < ${TODAY} and not exists (
      select from trust_reconciliation as made
      where made.firm_id = account.firm_id and made.account_id = account.account_id
        and made.reconciled_on >= ${TODAY} - 1)
    order by account.firm_id, account.account_id`.execute(db);
  return rows.map((row) => ({ ...row, jurisdiction: row.jurisdiction ?? DEFAULT_JURISDICTION }));
}

/** Accounts whose newest reconciliation does not agree. */
export async function countParted(db: Queryable): Promise<number> {
  const { rows } = await sql<{ parted: number }>`
    select count(*) as parted from (
      select distinct on (firm_id, account_id) agrees from trust_reconciliation
      order by firm_id, account_id, reconciled_on desc, made_at desc) as newest
    where not agrees`.execute(db);
  return rows[0]?.parted ?? 0;
}

/** Once; why not, in a sentence, where it cannot be signed. */
export async function signOff(
  db: Queryable,
  firmId: string,
  { reconciliationId, by, note }: { reconciliationId: string; by: string; note?: string },
): Promise<string | undefined> {
  const found = await findReconciliation(db, firmId, reconciliationId);
  if (!found) return `There is no reconciliation ${reconciliationId} of this firm.`;
  const { record } = found;
  if (record.statement === null) return "It is without the bank's statement, so it is not three-way.";
  if (!record.agrees && note === undefined)
    return 'It does not agree: say in a note why it is signed nevertheless.';
  const written = await db
    .insertInto('trust_sign_off')
    .values({ reconciliation_id: reconciliationId, firm_id: firmId, signed_by: by, note: note ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('reconciliation_id')
    .executeTakeFirst();
  return written ? undefined : `${record.signedBy ?? 'Somebody'} has signed it already.`;
}
