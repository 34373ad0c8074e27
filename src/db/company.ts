import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Updateable } from 'kysely';
import { DEFAULT_PROFILE, type CompanyProfile } from '../domain/company.js';
import type { Queryable } from './database.js';
import type { DocumentKey } from '../domain/document.js';
import type { CompanyTable } from './schema.js';

export type CompanyRow = Selectable<CompanyTable>;

/** The company that a firm's documents go to now. */
export type Connection = Pick<CompanyRow, 'firm_id' | 'realm_id' | 'epoch' | 'profile_due_at'>;

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

/** Keeps what was read just now; it is good for a day. */
export async function saveProfile(db: Queryable, firmId: string, profile: CompanyProfile): Promise<void> {
  await db
    .updateTable('company')
    .set({
      preferences: JSON.stringify(profile),
      profile_read_at: sql`now()`,
      profile_due_at: sql`now() + interval '1 day'`,
    })
    .where('firm_id', '=', firmId)
    .execute();
}

/** What is kept of a company's settings, with the defaults where there is no company yet. */
export const profileOf = (kept: Partial<CompanyProfile> | null): CompanyProfile => ({
  ...DEFAULT_PROFILE,
  ...kept,
});

/** True for the one caller that shall read the profile now; should that fail, it is due again in ten minutes. */
export async function claimProfile(db: Queryable, firmId: string): Promise<boolean> {
  const claimed = await db
    .updateTable('company')
    .set({ profile_due_at: sql`now() + interval '10 minutes'` })
    .where('firm_id', '=', firmId)
    .where('profile_due_at', '<=', sql<Date>`now()`)
    .returning('firm_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

export async function isProfileDue(db: Queryable, firmId: string): Promise<boolean> {
  const row = await db
    .selectFrom('company')
    .select(sql<boolean>`profile_due_at <= now()`.as('due'))
    .where('firm_id', '=', firmId)
    .executeTakeFirst();
  return row?.due ?? false;
}

/**
 * Something says that the settings may be others by now. `since` is when it began to stand in the way: of many bills
 * that are tried again at once, only the first has them read anew.
 */
export async function expireProfile(db: Queryable, firmId: string, since: Date): Promise<void> {
  await db
    .updateTable('company')
    .set({ profile_due_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where(
      sql<boolean>`not coalesce(profile_read_at > ${since} and profile_read_at > now() - interval '10 seconds', false)`,
    )
    .execute();
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

/** Held until the transaction ends: an answer that ends the outage comes after it, and sees what was made of it. */
export async function isUnreachable(tx: Queryable, firmId: string): Promise<boolean> {
  const company = await tx
    .selectFrom('company')
    .select('unreachable_since')
    .where('firm_id', '=', firmId)
    .forShare()
    .executeTakeFirst();
  return company !== undefined && company.unreachable_since !== null;
}

/**
 * QuickBooks says that books are closed which we took for open: has the closing date read anew. False when that has
 * explained nothing for this document before, or could not be done a moment ago, so that nobody goes round in circles.
 */
export async function suspectProfile(db: Queryable, firmId: string, key: DocumentKey): Promise<boolean> {
  const expired = await db
    .updateTable('company')
    .set({ profile_due_at: sql`least(profile_due_at, now())` })
    .where('firm_id', '=', firmId)
    .where(
      sql<boolean>`not exists (
        select from posting
        where posting.firm_id = company.firm_id and posting.document_key = ${key} and posting.outcome = 'refused'
          and starts_with(posting.fault_key, 'closed-period')
          and posting.settled_at between now() - interval '1 hour' and company.profile_read_at)`,
    )
    .where(sql<boolean>`profile_due_at not between now() and now() + interval '10 minutes'`)
    .returning('firm_id')
    .executeTakeFirst();
  return expired !== undefined;
}

async function change(db: Queryable, firmId: string, columns: Updateable<CompanyTable>): Promise<void> {
  await db
    .updateTable('company')
    .set({ ...columns, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .execute();
}
