import { sql, type Kysely } from 'kysely';

/** What a person has taken as it was found stays different from what is meant, until it is written by us. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document
      -- Sentences, as differences are told to people.
      add column accepted jsonb`.execute(db);
}
