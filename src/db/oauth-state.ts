import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from './database.js';

/** Begins a connection: an unguessable value that Intuit sends back, so that nobody can end what another began. */
export async function createOauthState(db: Queryable, firmId: string): Promise<string> {
  const state = randomBytes(32).toString('base64url');
  await db.insertInto('oauth_state').values({ state, firm_id: firmId }).execute();
  return state;
}

/**
 * Takes a state away and answers its firm; undefined when it is unknown, used, or older than ten minutes. A state
 * works once even when what follows fails.
 */
export async function takeOauthState(db: Queryable, state: string): Promise<string | undefined> {
  const lapsed = sql<Date>`now() - interval '10 minutes'`;
  const taken = await db
    .deleteFrom('oauth_state')
    .where((where) => where.or([where('state', '=', state), where('created_at', '<=', lapsed)]))
    .returning(['state', 'firm_id', sql<boolean>`created_at > ${lapsed}`.as('is_valid')])
    .execute();
  return taken.find((row) => row.state === state && row.is_valid)?.firm_id;
}
