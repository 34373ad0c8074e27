import { sql } from 'kysely';
import type { AggregateState } from '../domain/aggregate.js';
import { trustEntryKey, type Decision, type Documents } from '../domain/document.js';
import type { FirmSettings } from '../domain/firm.js';
import type { CompanyProfile } from '../domain/company.js';
import { sameJson } from '../domain/json.js';
import type { OnTheWay } from '../domain/on-the-way.js';
import type { PaidBill } from '../domain/payment.js';
import { payeeOf } from '../domain/payee.js';
import type { TrustAccount } from '../domain/trust-account.js';
import type { Adoption } from '../domain/trust/adoption/record.js';
import type { Original, TrustProblem } from '../domain/trust/rule.js';
import { sameMoney, type TrustTransactionSnapshot } from '../domain/trust-transaction.js';
import { accept, type Acceptance } from './acceptance.js';
import { profileOf } from './company.js';
import type { Queryable } from './database.js';
import { documentsWhere, dropDecision } from './document.js';
import { onTheWayWhere, toBills } from './on-the-way.js';
import { billsPaid, paidBills, paymentsOn } from './paid-bill.js';
import { openedCents } from './trust-account.js';
import { listEntries, type TrustEntry } from './trust-ledger.js';

const MONEY_FIXED =
  'This transaction is in QuickBooks or may be: its kind, account, date, amount, client and matter cannot be changed any more, nor whom a cheque is drawn to, nor which record of QuickBooks it is. Take it back by a reversal that names it, and enter it anew.';

/** Keeps the newest snapshot of a trust transaction. What is money in it is fixed once QuickBooks may have it. */
export async function acceptTrustTransaction(
  db: Queryable,
  snapshot: TrustTransactionSnapshot,
): Promise<Acceptance> {
  const { firmId, trustTransactionId: id, version, kind, accountId, date, client, to } = snapshot;
  const known = await lockSnapshot(db, firmId, id);
  const isNewer = known !== undefined && known.snapshot.version < version;
  if (isNewer && !(sameMoney(known.snapshot, snapshot) && adoptsTheSame(known.snapshot, snapshot))) {
    const entries = await listEntries(db, firmId, id);
    const isFixed = known.withdrawn || entries.some(({ state }) => state !== 'reserved');
    if (isFixed) return { refused: MONEY_FIXED };
  }
  // What the older version named is not looked at any more.
  if (isNewer && known.snapshot.adopts) await dropDecision(db, firmId, trustEntryKey(id));
  const json = JSON.stringify(snapshot);
  const write = sql`
    insert into trust_transaction (firm_id, trust_transaction_id, version, snapshot, account_id, kind, entered_on,
      client_id, to_client_id, bill_id, reverses, payee_id)
    values (${firmId}, ${id}, ${version}, ${json}, ${accountId}, ${kind}, ${date},
      ${client.clientId}, ${to?.client.clientId ?? null}, ${snapshot.billId ?? null}, ${snapshot.reverses ?? null},
      ${payeeOf(snapshot)?.clientId ?? null})
    on conflict (firm_id, trust_transaction_id) do update
      set version = excluded.version, snapshot = excluded.snapshot, account_id = excluded.account_id,
          kind = excluded.kind, entered_on = excluded.entered_on, client_id = excluded.client_id,
          to_client_id = excluded.to_client_id, bill_id = excluded.bill_id, reverses = excluded.reverses, payee_id = excluded.payee_id,
          state = 'working', lock_choice = null, post_anew = false, updated_at = now()
      where trust_transaction.version < excluded.version`;
  return await accept(db, { ref: { firmId, type: 'trustTransaction', id }, version, json, write });
}

/** Once it is in QuickBooks nothing has to be said of it any more; but nothing else either. */
const adoptsTheSame = (known: TrustTransactionSnapshot, { adopts }: TrustTransactionSnapshot): boolean =>
  adopts === undefined || sameJson(known.adopts, adopts);

async function lockSnapshot(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
): Promise<{ snapshot: TrustTransactionSnapshot; withdrawn: boolean } | undefined> {
  return await db
    .selectFrom('trust_transaction')
    .select(['snapshot', 'withdrawn'])
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .forUpdate()
    .executeTakeFirst();
}

/** All that is on record about a trust transaction, but for the ledgers that it draws upon. */
export interface TrustRecord {
  desired: TrustTransactionSnapshot;
  excluded: boolean;
  entries: TrustEntry[];
  documents: Documents;
  settings: FirmSettings;
  profile: CompanyProfile;
  /** Absent: the firm has not set this account up. */
  account?: TrustAccount;
  /** What a reversal takes back. */
  original?: Original;
  /** The transaction that takes this one back. */
  reversedBy?: string;
  bills: Record<string, PaidBill>;
  /** Writes of its bill, and of other payments on it. */
  onTheWay?: OnTheWay;
  /** What the opening balances of its account come to in QuickBooks. */
  openedCents: number;
  /** QuickBooks' ids of the bank accounts of all trust accounts of the firm. */
  trustBanks: string[];
  numberOverride?: string;
  /** A record of QuickBooks that is to be taken for it. */
  adopting?: Adoption;
  lockChoice?: 'wait';
  /** What is wrong with its cheque, as QuickBooks was last seen. */
  chequeTrouble?: TrustProblem;
  allowedNumber?: string;
  withdrawn?: true;
}

/** With the transaction's row locked; undefined for one never accepted. */
export async function lockTrustRecord(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
): Promise<TrustRecord | undefined> {
  const row = await selectRecord(db, firmId, trustTransactionId).executeTakeFirst();
  if (!row) return undefined;
  const { desired, excluded, settings, documents, bills, trust_banks: trustBanks } = row;
  const original =
    desired.reverses === undefined ? undefined : await findRecorded(db, firmId, desired.reverses);
  const adopting = adoptingIn(row);
  return {
    desired,
    excluded,
    entries: await listEntries(db, firmId, trustTransactionId),
    documents,
    settings,
    bills,
    ...(Object.keys(row.on_the_way).length > 0 && { onTheWay: row.on_the_way }),
    trustBanks,
    openedCents: row.opened_cents,
    profile: profileOf(row.preferences),
    ...(row.account !== null && { account: row.account }),
    ...(original && { original }),
    ...(row.reversed_by !== null && { reversedBy: row.reversed_by }),
    ...(row.number_override !== null && { numberOverride: row.number_override }),
    ...(adopting && { adopting }),
    ...(row.lock_choice !== null && { lockChoice: row.lock_choice }),
    ...(row.fault_key !== null && { chequeTrouble: { fault: row.fault_key, params: row.params ?? {} } }),
    ...(row.allowed_number !== null && { allowedNumber: row.allowed_number }),
    ...(row.withdrawn && { withdrawn: true as const }),
  };
}

/** What a person has named comes before what the billing app did. */
function adoptingIn({
  desired,
  post_anew: isPostedAnew,
  adopting,
}: {
  desired: TrustTransactionSnapshot;
  post_anew: boolean;
  adopting: Decision | null;
}): Adoption | undefined {
  if (adopting?.qboId === undefined) return isPostedAnew ? undefined : desired.adopts;
  const { qboId: id, qboType: type = 'JournalEntry', qboLine: line } = adopting;
  return { type, id, ...(line !== undefined && { line }) };
}

const selectRecord = (db: Queryable, firmId: string, trustTransactionId: string) =>
  db
    .selectFrom('trust_transaction')
    .innerJoin('firm', 'firm.firm_id', 'trust_transaction.firm_id')
    .leftJoin('company', 'company.firm_id', 'trust_transaction.firm_id')
    .leftJoin('trust_account', (on) =>
      on
        .onRef('trust_account.firm_id', '=', 'trust_transaction.firm_id')
        .onRef('trust_account.account_id', '=', 'trust_transaction.account_id'),
    )
    .leftJoin('trust_cheque', (on) =>
      on
        .onRef('trust_cheque.firm_id', '=', 'trust_transaction.firm_id')
        .onRef('trust_cheque.trust_transaction_id', '=', 'trust_transaction.trust_transaction_id'),
    )
    .select([
      'trust_transaction.snapshot as desired',
      'trust_transaction.excluded',
      'trust_transaction.withdrawn',
      'trust_transaction.post_anew',
      'trust_cheque.fault_key',
      'trust_cheque.params',
      'trust_cheque.allowed_number',
      'trust_transaction.number_override',
      'trust_transaction.lock_choice',
      'firm.settings',
      'company.preferences',
      'trust_account.settings as account',
    ])
    .select([
      documentsWhere(TRUST_DOCUMENTS).as('documents'),
      REVERSED_BY.as('reversed_by'),
      paidBills(sql`paid.bill_id = any(${BILLS})`, sql`trust_transaction.firm_id`, PAYMENT_KEY).as('bills'),
      onTheWayWhere(toBills(BILLS, PAYMENT_KEY)).as('on_the_way'),
      ADOPTING.as('adopting'),
      TRUST_BANKS.as('trust_banks'),
      OPENED.as('opened_cents'),
    ])
    .where('trust_transaction.firm_id', '=', firmId)
    .where('trust_transaction.trust_transaction_id', '=', trustTransactionId)
    .forUpdate('trust_transaction');

/** What a person or the billing app has said about its entry, as long as it is not carried out. */
const ADOPTING = sql<Decision | null>`(
  select said.decision from document as said
  where said.firm_id = trust_transaction.firm_id
    and said.document_key = 'trust/' || trust_transaction.trust_transaction_id || '/entry'
    and said.decision ->> 'action' = 'adopt')`;

const REVERSED_BY = sql<string | null>`(
  select reversal.trust_transaction_id from trust_transaction as reversal
  where reversal.firm_id = trust_transaction.firm_id
    and reversal.takes_back = trust_transaction.trust_transaction_id)`;

/** Of the payment by which an earned fee reaches its bill. */
const PAYMENT_KEY = sql`'trust/' || trust_transaction.trust_transaction_id || '/payment'`;

/** None for what pays no bill. */
const BILLS = billsPaid(
  sql`trust_transaction.firm_id`,
  sql`array_remove(array[trust_transaction.bill_id], null)`,
  PAYMENT_KEY,
);

/** Its own, its clients' and its payee's, those of what it takes back and of what takes it back, and those of the bill that it is applied to. */
const TRUST_DOCUMENTS = sql`
  (found.aggregate_type = 'trustTransaction'
    and found.aggregate_id in (trust_transaction.trust_transaction_id, trust_transaction.reverses, ${REVERSED_BY}))
  or (found.aggregate_type = 'contact'
    and found.aggregate_id in (trust_transaction.client_id, trust_transaction.to_client_id, trust_transaction.payee_id))
  or (found.aggregate_type = 'bill' and found.aggregate_id = any(${BILLS}))
  or found.document_key = any(${paymentsOn(sql`trust_transaction.firm_id`, BILLS)})`;

/** Only where it is to come to something. */
const OPENED = sql<number>`case when trust_account.settings ? 'openingCents' then ${openedCents(sql`trust_account`)} else 0 end`;

const TRUST_BANKS = sql<string[]>`array(
  select any_account.settings ->> 'bankAccountId' from trust_account as any_account
  where any_account.firm_id = trust_transaction.firm_id)`;

/** With its row locked: of two that would take it back, the second one sees the first. */
async function findRecorded(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
): Promise<TrustRecord['original']> {
  const row = await db
    .selectFrom('trust_transaction')
    .select(['snapshot as desired', 'excluded'])
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  // By a statement of its own: one that had to wait for the lock would not see what the other one has written.
  const reversal = await db
    .selectFrom('trust_transaction')
    .select('trust_transaction_id')
    .where('firm_id', '=', firmId)
    .where('takes_back', '=', trustTransactionId)
    .executeTakeFirst();
  return { ...row, ...(reversal && { reversedBy: reversal.trust_transaction_id }) };
}

export interface TrustChange {
  state?: AggregateState;
  excluded?: boolean;
  takes_back?: string | null;
  number_override?: string | null;
  post_anew?: boolean;
  lock_choice?: 'wait';
}

/**
 * Its workflow has taken a version in. True where that is news to it although the row has it already: the server wrote it
 * there in its caller's own call, and what stands in the way is looked at anew for it.
 */
export async function beginVersion(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  version: number,
): Promise<boolean> {
  const begun = await db
    .updateTable('trust_transaction')
    .set({ started_version: version, state: 'working', updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .where('version', '=', version)
    .where('started_version', '<', version)
    .returning('version')
    .executeTakeFirst();
  return begun !== undefined;
}

export async function saveTrustTransaction(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  change: TrustChange,
): Promise<void> {
  await db
    .updateTable('trust_transaction')
    .set({ ...change, updated_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .execute();
}

/** Accepted by the server, and not taken in by its workflow after this long: its start was lost. */
export async function listNotStarted(
  db: Queryable,
  olderThanMs: number,
): Promise<TrustTransactionSnapshot[]> {
  const rows = await db
    .selectFrom('trust_transaction')
    .select('snapshot')
    .whereRef('started_version', '<', 'version')
    .where('updated_at', '<', sql<Date>`now() - ${olderThanMs} * interval '1 millisecond'`)
    .orderBy('updated_at')
    .limit(1000)
    .execute();
  return rows.map(({ snapshot }) => snapshot);
}
