import { sql, type Kysely } from 'kysely';

/** A message may be about a cheque and not about a cause. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notice
      alter column episode_id drop not null,
      drop constraint notice_kind_check,
      add constraint notice_kind_check check (kind in ('opened', 'over', 'printed')),
      add constraint notice_of_episode check ((episode_id is null) = (kind = 'printed'))`.execute(db);
}
