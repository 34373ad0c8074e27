import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { migrateToLatest } from '../../src/db/migrate.js';

export interface NamedDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

/** A migrated database to clone from; migrating once and copying is far quicker than migrating for each test file. */
export async function createTemplateDatabase(adminUrl: string): Promise<NamedDatabase> {
  const database = await createDatabase(adminUrl, 'template', 'template1');
  await migrateToLatest(database.url);
  return database;
}

/** A database with a name that nobody else has, copied from `template`. */
export async function createDatabase(
  adminUrl: string,
  purpose: string,
  template: string,
): Promise<NamedDatabase> {
  const name = `counterfoil_${purpose}_${randomUUID().replaceAll('-', '')}`;
  await execute(adminUrl, `create database ${name} template ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: () => execute(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
