import { sql } from 'kysely';
import type { Keyring } from '../codec/keyring.js';
import { findCompany, lockCompany, saveTokens, type CompanyRow } from '../db/company.js';
import type { Database, Queryable } from '../db/database.js';
import {
  CompanyDisconnectedError,
  OauthError,
  refreshTokens,
  tokenCallMs,
  type OauthConfig,
  type Tokens,
} from '../qbo/oauth.js';
import { openToken, sealTokens } from '../qbo/secret.js';

export interface TokenDeps {
  db: Database;
  oauth: OauthConfig;
  tokenKeys: Keyring;
}

export interface TokenOptions {
  /** The token that QuickBooks has just refused, although it looked valid. */
  rejected?: string;
  /** The company that the call is for: after a change of companies the cached token of the old one is not used. */
  realmId?: string;
}

interface Usable {
  token: string;
  realmId: string;
  expiresAtMs: number;
}

interface Memory {
  usable: Map<string, Usable>;
  /** One renewal per firm at a time in this process, or each waiter would hold a connection to Postgres. */
  renewals: Map<string, Promise<Usable>>;
  /** Tokens that Postgres could not take, by the refresh token that they replace. */
  unsaved: Map<string, Unsaved>;
}

interface Unsaved {
  replaces: string;
  tokens: Tokens;
}

const memories = new WeakMap<Database, Memory>();

/** A token that expires within this time is not begun with. */
const MARGIN_MS = 60_000;

/** As activities and the server ask for one: of this company alone, and not the one that QuickBooks has just refused. */
export const accessTokens =
  (deps: TokenDeps) =>
  (firmId: string, realmId: string, rejected?: string): Promise<string> =>
    accessToken(deps, firmId, { realmId, ...(rejected !== undefined && { rejected }) });

/**
 * An access token for the firm's company, renewed when needed by one process alone and stored before anybody uses it.
 * Throws `CompanyDisconnectedError`, and `OauthError` of kind `unreachable` when Intuit cannot be asked.
 */
export async function accessToken(
  deps: TokenDeps,
  firmId: string,
  options: TokenOptions = {},
): Promise<string> {
  const memory = memoryOf(deps.db);
  const known = memory.usable.get(firmId);
  if (known && isUsable(known, options)) return known.token;
  for (let running = memory.renewals.get(firmId); running; running = memory.renewals.get(firmId)) {
    const renewed = await running;
    if (isUsable(renewed, options)) return renewed.token;
  }
  const renewal = renew(deps, memory, firmId, options).finally(() => memory.renewals.delete(firmId));
  memory.renewals.set(firmId, renewal);
  const usable = await renewal;
  memory.usable.set(firmId, usable);
  return usable.token;
}

function memoryOf(db: Database): Memory {
  const memory = memories.get(db) ?? { usable: new Map(), renewals: new Map(), unsaved: new Map() };
  memories.set(db, memory);
  return memory;
}

const isUsable = ({ token, realmId, expiresAtMs }: Usable, options: TokenOptions): boolean =>
  token !== options.rejected &&
  (options.realmId === undefined || options.realmId === realmId) &&
  expiresAtMs - MARGIN_MS > Date.now();

async function renew(
  deps: TokenDeps,
  memory: Memory,
  firmId: string,
  options: TokenOptions,
): Promise<Usable> {
  const stored = stillUsable(deps, connected(await findCompany(deps.db, firmId)), options);
  if (stored) return stored;
  try {
    return await renewAlone(deps, memory, firmId, options);
  } catch (error) {
    if (!isDead(error)) throw error;
  }
  // Somebody may have connected again meanwhile; if not, the token gets the one more try that a lost answer is owed.
  try {
    return await renewAlone(deps, memory, firmId, options);
  } catch (error) {
    if (isDead(error)) throw new CompanyDisconnectedError(error.message, { cause: error });
    throw error;
  }
}

const isDead = (error: unknown): error is OauthError =>
  error instanceof OauthError && error.error === 'invalid_grant';

type Connected = CompanyRow & { refresh_token: Buffer };

function connected(company: CompanyRow | undefined): Connected {
  const refreshToken = company?.refresh_token;
  if (company?.status === 'connected' && refreshToken) return { ...company, refresh_token: refreshToken };
  throw new CompanyDisconnectedError('The firm is not connected to QuickBooks.');
}

/** Whatever company the row names is the firm's company now, so only the refused token is held against it. */
function stillUsable(
  { tokenKeys }: TokenDeps,
  company: Connected,
  { rejected }: TokenOptions,
): Usable | undefined {
  const { realm_id: realmId, access_token, access_expires_at } = company;
  if (!access_token || !access_expires_at) return undefined;
  const usable = {
    token: openToken(tokenKeys, access_token),
    realmId,
    expiresAtMs: access_expires_at.getTime(),
  };
  return isUsable(usable, rejected === undefined ? {} : { rejected }) ? usable : undefined;
}

/**
 * The one place where a transaction stays open during HTTP: the row's lock makes the renewal single-flight over all
 * processes. If the process dies between Intuit's rotation and the commit, the row still holds the token before it,
 * which Intuit honours for a while; the next call tries it.
 */
async function renewAlone(
  deps: TokenDeps,
  memory: Memory,
  firmId: string,
  options: TokenOptions,
): Promise<Usable> {
  const renewed = await deps.db.transaction().execute(async (tx) => {
    const company = connected(await lockPatiently(tx, firmId, 1.5 * tokenCallMs(deps.oauth)));
    const stored = stillUsable(deps, company, options);
    if (stored) return stored;
    const current = openToken(deps.tokenKeys, company.refresh_token);
    const tokens = await exchange(deps.oauth, current, memory.unsaved.get(firmId), options);
    memory.unsaved.set(firmId, { replaces: current, tokens });
    await saveTokens(tx, firmId, sealTokens(deps.tokenKeys, tokens));
    const { accessToken: token, accessExpiresAt } = tokens;
    return { token, realmId: company.realm_id, expiresAtMs: accessExpiresAt.getTime() };
  });
  memory.unsaved.delete(firmId);
  return renewed;
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Frees the row even when this process is frozen, and does not queue for ever behind one that is. */
async function lockPatiently(
  tx: Queryable,
  firmId: string,
  patienceMs: number,
): Promise<CompanyRow | undefined> {
  const limit = `${Math.ceil(patienceMs)}ms`;
  await sql`
    select set_config('idle_in_transaction_session_timeout', ${limit}, true),
           set_config('lock_timeout', ${limit}, true)`.execute(tx);
  try {
    return await lockCompany(tx, firmId);
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    const description = 'another process is still renewing the token';
    throw new OauthError('unreachable', { description });
  }
}

async function exchange(
  oauth: OauthConfig,
  current: string,
  unsaved: Unsaved | undefined,
  { rejected }: TokenOptions,
): Promise<Tokens> {
  if (unsaved?.replaces !== current) return await refreshTokens(oauth, current);
  const { tokens } = unsaved;
  const isFresh = tokens.accessExpiresAt.getTime() - MARGIN_MS > Date.now();
  if (isFresh && tokens.accessToken !== rejected) return tokens;
  return await refreshTokens(oauth, tokens.refreshToken);
}
