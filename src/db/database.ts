import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;
/** A database or a transaction: repositories take either, so that the caller decides about atomicity. */
export type Queryable = Database | Transaction<Schema>;

// Versions and ids of ours stay far below 2^53, so plain numbers are exact.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DatabaseOptions {
  url: string;
  maxConnections?: number;
  /** Milliseconds to wait for a connection before the call fails as an outage of Postgres. */
  connectTimeoutMs?: number;
  onQuery?: (sql: string) => void;
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 20,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5000,
  });
  // An idle connection that dies (Postgres restarted) must not take the process with it; the next query reports it.
  pool.on('error', () => undefined);
  // The same inside a transaction, where the pool does not listen; the statement under way fails, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { onQuery } = options;
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    ...(onQuery && { log: (event) => onQuery(event.query.sql) }),
  });
}
