import { createHash } from 'node:crypto';
import {
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;
/** A database or a transaction: repositories take either, so that the caller decides about atomicity. */
export type Queryable = Database | Transaction<Schema>;

// Versions and ids of ours stay far below 2^53, so plain numbers are exact.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// A calendar day is one everywhere: as a Date it would be another one in the next time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, String);

export interface DatabaseOptions {
  url: string;
  maxConnections?: number;
  /** Milliseconds to wait for a connection before the call fails as an outage of Postgres. */
  connectTimeoutMs?: number;
  onQuery?: (sql: string) => void;
}

const IDLE_MS = 5 * 60_000;

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 20,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5000,
    // A new connection signs in and plans every statement anew, which costs as much as several bills.
    idleTimeoutMillis: IDLE_MS,
  });
  // An idle connection that dies (Postgres restarted) must not take the process with it; the next query reports it.
  pool.on('error', () => undefined);
  // The same inside a transaction, where the pool does not listen; the statement under way fails, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { onQuery } = options;
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
    ...(onQuery && { log: (event) => onQuery(event.query.sql) }),
  });
}

/** More than the program has; lists of values make new ones without end, and those are not worth keeping. */
const MOST_PREPARED = 500;

const names = new Map<string, string>();

/** Prepares each statement once per connection: parsing and planning take Postgres longer than running it. */
function preparing(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      const query = async (text: string, values: readonly unknown[]) => {
        const name = nameOf(text, values);
        const { command, rowCount, rows } = await client.query({
          text,
          values: [...values],
          ...(name !== undefined && { name }),
        });
        return { command, rowCount, rows };
      };
      return { query, release: () => client.release() } as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

/** A statement with a star is not prepared: Postgres refuses to go on with it once a migration adds a column. */
function nameOf(text: string, values: readonly unknown[]): string | undefined {
  const known = names.get(text);
  if (known !== undefined || values.length === 0 || text.includes('*') || names.size >= MOST_PREPARED)
    return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
