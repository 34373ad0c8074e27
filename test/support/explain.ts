import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '../../src/db/database.js';
import type { Schema } from '../../src/db/schema.js';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/**
 * Asks Postgres how it would answer each query that a function sends: the tables that it has to read from end to end,
 * because no index serves. Without the setting it also does so with tables that are small, where it is quicker.
 */
export async function scannedBy(url: string, ask: (db: Database) => Promise<unknown>): Promise<string[]> {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // Its connection is still closing when its database is dropped, and nobody asks it anything any more.
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      asked.push({ text: query.sql, values: query.parameters });
    },
  });
  try {
    await ask(db);
    const scanned: string[] = [];
    await pool.query('set enable_seqscan = off');
    for (const { text, values } of asked) {
      const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (format json) ${text}`, [
        ...values,
      ]);
      scanned.push(...scans(rows[0]!['QUERY PLAN'][0]!.Plan));
    }
    if (asked.length === 0) throw new Error('Nothing was asked.');
    return scanned;
  } finally {
    await db.destroy();
  }
}

const scans = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? '?'] : []),
  ...(plan.Plans ?? []).flatMap(scans),
];
