import { sql } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import type { ContactFacts, ContactSnapshot } from '../domain/contact.js';
import { profileOf } from './company.js';
import type { Queryable } from './database.js';
import { documentsWhere, type Acceptance } from './document.js';

/** Keeps the newest snapshot of a client; see acceptBill for what the answers mean. */
export async function acceptContact(
  db: Queryable,
  firmId: string,
  snapshot: ContactSnapshot,
): Promise<Acceptance> {
  const { clientId, version } = snapshot;
  const json = JSON.stringify(snapshot);
  const written = await sql`
    insert into contact (firm_id, client_id, version, snapshot) values (${firmId}, ${clientId}, ${version}, ${json})
    on conflict (firm_id, client_id) do update
      set version = excluded.version, snapshot = excluded.snapshot, updated_at = now()
      where contact.version < excluded.version
    returning version`.execute(db);
  if (written.rows.length > 0) return 'accepted';
  const { same } = await db
    .selectFrom('contact')
    .select(sql<boolean>`version <> ${version} or snapshot = ${json}::jsonb`.as('same'))
    .where('firm_id', '=', firmId)
    .where('client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  return same ? 'known' : 'contradiction';
}

/** Newest version of a client that is on record; 0 for one never seen. */
export async function contactVersion(db: Queryable, firmId: string, clientId: string): Promise<number> {
  const row = await db
    .selectFrom('contact')
    .select('version')
    .where('firm_id', '=', firmId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function lockContactFacts(
  db: Queryable,
  firmId: string,
  clientId: string,
): Promise<ContactFacts | undefined> {
  const row = await db
    .selectFrom('contact')
    .leftJoin('company', 'company.firm_id', 'contact.firm_id')
    .select(['contact.snapshot', 'contact.excluded', 'company.preferences'])
    .select(
      documentsWhere(sql`found.aggregate_type = 'contact' and found.aggregate_id = contact.client_id`).as(
        'documents',
      ),
    )
    .where('contact.firm_id', '=', firmId)
    .where('contact.client_id', '=', clientId)
    .forUpdate('contact')
    .executeTakeFirst();
  return (
    row && {
      desired: row.snapshot,
      excluded: row.excluded,
      documents: row.documents,
      profile: profileOf(row.preferences),
    }
  );
}

export async function saveContact(
  db: Queryable,
  firmId: string,
  clientId: string,
  change: { state?: AggregateState; excluded?: boolean },
): Promise<void> {
  await db
    .updateTable('contact')
    .set({ ...change, updated_at: new Date() })
    .where('firm_id', '=', firmId)
    .where('client_id', '=', clientId)
    .execute();
}
