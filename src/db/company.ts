import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Updateable } from 'kysely';
import type { Queryable } from './database.js';
import type { CompanyTable } from './schema.js';

export type CompanyRow = Selectable<CompanyTable>;

/** Tokens as they are kept: encrypted by the caller. */
export interface SealedTokens {
  accessToken: Buffer;
  accessExpiresAt: Date;
  refreshToken: Buffer;
  refreshExpiresAt: Date;
}

export async function findCompany(db: Queryable, firmId: string): Promise<CompanyRow | undefined> {
  return await db.selectFrom('company').selectAll().where('firm_id', '=', firmId).executeTakeFirst();
}

/** Throws when the firm was never connected. */
export async function getCompany(db: Queryable, firmId: string): Promise<CompanyRow> {
  const company = await findCompany(db, firmId);
  if (!company) throw new Error(`Firm "${firmId}" was never connected to a company.`);
  return company;
}

/** Which firm holds a company, connected or not: its books are never written by two. */
export async function findCompanyByRealm(db: Queryable, realmId: string): Promise<CompanyRow | undefined> {
  return await db.selectFrom('company').selectAll().where('realm_id', '=', realmId).executeTakeFirst();
}

/** The company's row, locked: whoever refreshes its tokens does so alone. */
export async function lockCompany(db: Queryable, firmId: string): Promise<CompanyRow | undefined> {
  return await db
    .selectFrom('company')
    .selectAll()
    .where('firm_id', '=', firmId)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Connects a firm to a company. The epoch stays while the company stays the same, because request ids are made of it
 * and a write whose answer was lost has to be recognised after a reconnect; another company gets another one.
 */
export async function connectCompany(
  db: Queryable,
  firmId: string,
  realmId: string,
  tokens: SealedTokens,
): Promise<CompanyRow> {
  const epoch = randomBytes(8).toString('hex');
  const columns = { realm_id: realmId, status: 'connected', ...tokenColumns(tokens) } as const;
  return await db
    .insertInto('company')
    .values({ firm_id: firmId, epoch, ...columns })
    .onConflict((conflict) =>
      conflict.column('firm_id').doUpdateSet({
        ...columns,
        epoch: sql`case when company.realm_id = excluded.realm_id then company.epoch else excluded.epoch end`,
        unreachable_since: null,
        connected_at: sql`now()`,
        updated_at: sql`now()`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

const tokenColumns = (tokens: SealedTokens) => ({
  access_token: tokens.accessToken,
  access_expires_at: tokens.accessExpiresAt,
  refresh_token: tokens.refreshToken,
  refresh_expires_at: tokens.refreshExpiresAt,
});

export async function saveTokens(db: Queryable, firmId: string, tokens: SealedTokens): Promise<void> {
  await change(db, firmId, tokenColumns(tokens));
}

export async function markDisconnected(db: Queryable, firmId: string): Promise<void> {
  await change(db, firmId, { status: 'disconnected' });
}

export async function savePreferences(
  db: Queryable,
  firmId: string,
  preferences: Record<string, unknown>,
): Promise<void> {
  await change(db, firmId, { preferences: JSON.stringify(preferences) });
}

/** The first unreachable answer since the last good one: the clock for telling a person, shared by all bills. */
export async function recordUnreachable(db: Queryable, firmId: string): Promise<Date> {
  // Read first: the row may be locked by whoever renews its tokens, which in an outage takes its time.
  const { unreachable_since: since } = await getCompany(db, firmId);
  if (since) return since;
  const marked = await db
    .updateTable('company')
    .set({ unreachable_since: sql<Date>`coalesce(unreachable_since, now())` })
    .where('firm_id', '=', firmId)
    .returning(sql<Date>`unreachable_since`.as('since'))
    .executeTakeFirstOrThrow();
  return marked.since;
}

/** Writes only when an outage was on record. */
/** QuickBooks answered, so an outage is over for every bill of the company; true when there was one. */
export async function recordReachable(db: Queryable, firmId: string): Promise<boolean> {
  const ended = await db
    .updateTable('company')
    .set({ unreachable_since: null })
    .where('firm_id', '=', firmId)
    .where('unreachable_since', 'is not', null)
    .returning('firm_id')
    .executeTakeFirst();
  return ended !== undefined;
}

async function change(db: Queryable, firmId: string, columns: Updateable<CompanyTable>): Promise<void> {
  await db
    .updateTable('company')
    .set({ ...columns, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .execute();
}
