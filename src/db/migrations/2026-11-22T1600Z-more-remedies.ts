import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Ids of QuickBooks that a person has put in place of others, for what is posted already and keeps its terms.
  await sql`
    alter table bill
      drop column duplicate_number,
      add column duplicate_numbers text[] not null default '{}',
      add column remapped jsonb not null default '{}'`.execute(db);
  await sql`alter table payment add column remapped jsonb not null default '{}'`.execute(db);
}
