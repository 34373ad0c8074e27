import { sql } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import type { BillFacts, BillSnapshot } from '../domain/bill.js';
import type { FirmSettings, LockChoice } from '../domain/firm.js';
import type { DocumentKey } from '../domain/document.js';
import { profileOf } from './company.js';
import type { Database, Queryable } from './database.js';
import { accept, type Acceptance } from './acceptance.js';
import { documentsWhere } from './document.js';
import { onTheWayWhere, paymentsTo } from './on-the-way.js';
import { paymentsOn } from './paid-bill.js';

/** Keeps the newest snapshot of a bill. */
export async function acceptBill(db: Queryable, snapshot: BillSnapshot): Promise<Acceptance> {
  const { firmId, billId, version, client } = snapshot;
  const json = JSON.stringify(snapshot);
  const write = sql`
    insert into bill (firm_id, bill_id, version, snapshot, client_id)
    values (${firmId}, ${billId}, ${version}, ${json}, ${client.clientId})
    on conflict (firm_id, bill_id) do update
      set version = excluded.version, snapshot = excluded.snapshot, client_id = excluded.client_id, accepted_at = now(),
          updated_at = now(), state = 'working', lock_choice = null,
          number_override = case when bill.snapshot->>'number' = excluded.snapshot->>'number' then bill.number_override end
      where bill.version < excluded.version`;
  return await accept(db, { ref: { firmId, type: 'bill', id: billId }, version, json, write });
}

/** All that the plan of a bill depends on, with the bill's row locked; undefined for a bill never accepted. */
export async function lockBillFacts(
  db: Queryable,
  firmId: string,
  billId: string,
): Promise<BillFacts | undefined> {
  const row = await selectFacts(db, firmId)
    .where('bill.bill_id', '=', billId)
    .forUpdate('bill')
    .executeTakeFirst();
  if (!row) return undefined;
  const { replaces } = row.snapshot;
  return factsOf(row, replaces === undefined ? undefined : await lockReplaced(db, firmId, replaces));
}

/** One bill as it stands, with what its plan depends on. */
export interface StandingBill {
  state: AggregateState;
  /** A key of the catalogue, where it is parked. */
  fault?: string;
  facts: BillFacts;
}

/** A firm's bills by their ids, those after `after`; nothing is locked. */
export async function listBillFacts(
  db: Queryable,
  firmId: string,
  { after, limit }: { after: string; limit: number },
): Promise<StandingBill[]> {
  const rows = await selectFacts(db, firmId)
    .select(['bill.state', OPEN_FAULT.as('fault'), REPLACED.as('replaced')])
    .where('bill.bill_id', '>', after)
    .orderBy('bill.bill_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    state: row.state,
    facts: factsOf(row, row.replaced ?? undefined),
    ...(row.fault !== null && { fault: row.fault }),
  }));
}

const selectFacts = (db: Queryable, firmId: string) =>
  db
    .selectFrom('bill')
    .innerJoin('firm', 'firm.firm_id', 'bill.firm_id')
    .leftJoin('company', 'company.firm_id', 'bill.firm_id')
    .select([
      'bill.snapshot',
      'bill.number_override',
      'bill.excluded',
      'bill.skipped_version',
      'bill.lock_choice',
      'bill.duplicate_numbers',
      'bill.new_terms',
      'bill.remapped',
      'firm.settings',
      'company.preferences',
    ])
    .select(documentsWhere(BILL_DOCUMENTS).as('documents'))
    .select(onTheWayWhere(PAYMENTS_TO_IT).as('on_the_way'))
    .select(EXCLUDED_PAYMENTS.as('excluded_payments'))
    .select(ADOPTING.as('adopting'))
    .where('bill.firm_id', '=', firmId);

type FactsRow = Awaited<ReturnType<ReturnType<typeof selectFacts>['executeTakeFirstOrThrow']>>;

const factsOf = (row: FactsRow, replaced: BillFacts['replaced']): BillFacts => ({
  desired: row.snapshot,
  excluded: row.excluded,
  settings: row.settings,
  documents: row.documents,
  ...(row.excluded_payments.length > 0 && { excludedPayments: row.excluded_payments }),
  ...(Object.keys(row.on_the_way).length > 0 && { onTheWay: row.on_the_way }),
  profile: profileOf(row.preferences),
  ...(Object.keys(row.remapped).length > 0 && { remapped: row.remapped }),
  ...(row.adopting && { adopting: true }),
  ...(replaced && { replaced }),
  ...(row.duplicate_numbers.length > 0 && { duplicateNumbers: row.duplicate_numbers }),
  ...(row.new_terms !== null && { newTerms: row.new_terms }),
  ...(row.lock_choice !== null && { lockChoice: row.lock_choice }),
  ...(row.skipped_version !== null && { skippedVersion: row.skipped_version }),
  ...(row.number_override !== null && { numberOverride: row.number_override }),
});

const OPEN_FAULT = sql<string | null>`(
  select fault_key from fault
  where fault.firm_id = bill.firm_id and fault.aggregate_type = 'bill' and fault.aggregate_id = bill.bill_id
    and fault.closed_at is null)`;

const REPLACED = sql<BillFacts['replaced'] | null>`(
  select jsonb_build_object('state', old.snapshot ->> 'state', 'excluded', old.excluded)
  from bill as old
  where old.firm_id = bill.firm_id and old.bill_id = bill.snapshot ->> 'replaces')`;

/** Whether a person has decided about its invoice what QuickBooks has yet to be asked for. */
const ADOPTING = sql<boolean>`exists (
  select from document as decided
  where decided.firm_id = bill.firm_id and decided.document_key = 'bill/' || bill.bill_id || '/invoice'
    and decided.decision is not null)`;

const OWN_AND_REPLACED = sql`array_remove(array[bill.bill_id, bill.snapshot ->> 'replaces'], null)`;

/** Its own and those of the bill that it replaces, its client's, its timekeepers', and payments on the invoices of both. */
const BILL_DOCUMENTS = sql`
  (found.aggregate_type = 'bill' and found.aggregate_id = any(${OWN_AND_REPLACED}))
  or (found.aggregate_type = 'contact' and found.aggregate_id = bill.client_id)
  or (found.aggregate_type = 'timekeeper' and bill.snapshot -> 'lines'
      @> jsonb_build_array(jsonb_build_object('timekeeperId', found.aggregate_id)))
  or found.document_key = any(${paymentsOn(sql`bill.firm_id`, OWN_AND_REPLACED)})`;

const EXCLUDED_PAYMENTS = sql<DocumentKey[]>`
  coalesce((
    select jsonb_agg(found.document_key order by found.document_key)
    from document as found
    where found.firm_id = bill.firm_id and found.document_key = any(${paymentsOn(sql`bill.firm_id`, sql`array[bill.bill_id]`)}) and (
      exists (
        select from payment
        where payment.firm_id = found.firm_id and payment.excluded
          and found.aggregate_type = 'payment' and payment.payment_id = found.aggregate_id)
      or exists (
        select from trust_transaction as fee
        where fee.firm_id = found.firm_id and fee.excluded
          and found.aggregate_type = 'trustTransaction' and fee.trust_transaction_id = found.aggregate_id))), '[]')`;

/** Has whoever changes one of these bills wait until this transaction is over; always in the same order. */
export async function shareBills(db: Queryable, firmId: string, billIds: readonly string[]): Promise<void> {
  await db
    .selectFrom('bill')
    .select('bill_id')
    .where('firm_id', '=', firmId)
    .where('bill_id', 'in', billIds)
    .orderBy('bill_id')
    .forShare()
    .execute();
}

const PAYMENTS_TO_IT = paymentsTo(sql`bill.bill_id`);

/** Locked, so that it cannot become void between this plan and its waiting for that. */
async function lockReplaced(db: Queryable, firmId: string, billId: string): Promise<BillFacts['replaced']> {
  const row = await db
    .selectFrom('bill')
    .select([sql<BillSnapshot['state']>`snapshot ->> 'state'`.as('state'), 'excluded'])
    .where('firm_id', '=', firmId)
    .where('bill_id', '=', billId)
    .forShare()
    .executeTakeFirst();
  return row;
}

/** What the plan of this bill would depend on had it just been taken in; nothing of it stays. */
export async function factsIfAccepted(db: Database, snapshot: BillSnapshot): Promise<BillFacts | undefined> {
  const { firmId, billId } = snapshot;
  const tx = await db.startTransaction().execute();
  try {
    const known = await lockBillFacts(tx, firmId, billId);
    const version = Math.max(snapshot.version, (known?.desired.version ?? 0) + 1);
    await acceptBill(tx, { ...snapshot, version });
    return await lockBillFacts(tx, firmId, billId);
  } finally {
    await tx.rollback().execute();
  }
}

/** The number may be posted although QuickBooks has it already. */
export async function allowDuplicate(
  db: Queryable,
  firmId: string,
  billId: string,
  number: string,
): Promise<void> {
  await db
    .updateTable('bill')
    .set({ duplicate_numbers: sql`array_append(array_remove(duplicate_numbers, ${number}), ${number})` })
    .where('firm_id', '=', firmId)
    .where('bill_id', '=', billId)
    .execute();
}

export async function saveBill(
  db: Queryable,
  firmId: string,
  billId: string,
  change: { state?: AggregateState; number_override?: string; excluded?: boolean; lock_choice?: LockChoice },
): Promise<void> {
  await db
    .updateTable('bill')
    .set({
      ...change,
      updated_at: new Date(),
      ...(change.state === 'skipped' && { skipped_version: sql`coalesce(skipped_version, version)` }),
    })
    .where('firm_id', '=', firmId)
    .where('bill_id', '=', billId)
    .execute();
}

/** Bills that follow changed settings although they are in QuickBooks already. Answers those of them that there are. */
export async function takeNewTerms(
  db: Queryable,
  firmId: string,
  billIds: readonly string[],
  settings: FirmSettings,
): Promise<string[]> {
  const rows = await db
    .updateTable('bill')
    .set({ new_terms: JSON.stringify(settings), new_terms_due: true })
    .where('firm_id', '=', firmId)
    .where('bill_id', 'in', billIds)
    .where('state', 'not in', ['excluded', 'skipped'])
    .returning('bill_id')
    .execute();
  return rows.map(({ bill_id: billId }) => billId).sort();
}

/** Bills whose workflows have yet to be told of new terms. */
export async function listNewTermsDue(
  db: Queryable,
  filter: { firmId?: string; limit: number },
): Promise<{ firmId: string; billId: string }[]> {
  const rows = await db
    .selectFrom('bill')
    .select(['firm_id as firmId', 'bill_id as billId'])
    .where('new_terms_due', '=', true)
    .$if(filter.firmId !== undefined, (query) => query.where('firm_id', '=', filter.firmId ?? ''))
    .orderBy('firm_id')
    .orderBy('bill_id')
    .limit(filter.limit)
    .execute();
  return rows;
}

export async function saveTermsTold(db: Queryable, firmId: string, billId: string): Promise<void> {
  await db
    .updateTable('bill')
    .set({ new_terms_due: false })
    .where('firm_id', '=', firmId)
    .where('bill_id', '=', billId)
    .execute();
}
