import { sql } from 'kysely';
import {
  shortfall,
  takenOut,
  type DaySum,
  type LedgerKey,
  type Leg,
  type Shortfall,
} from '../domain/trust/ledger.js';
import type { Queryable } from './database.js';
import { TODAY } from './day.js';
import type { TrustEntryState } from './schema.js';

/** A leg as it is on record. */
export interface TrustEntry extends Leg {
  leg: number;
  state: TrustEntryState;
  overdrawId?: string;
}

/** A ledger with its row locked. */
export interface LockedLedger {
  key: LedgerKey;
  revision: number;
  days: DaySum[];
  /** How far a person has let it be below zero. */
  overdrawCents: number;
  /** The next day on which more of what QuickBooks holds of it clears. */
  clearsOn?: string;
}

/** What stands in the way, and where. */
export interface Short extends Shortfall {
  key: LedgerKey;
}

const text = ({ accountId, clientId, matterId }: LedgerKey): string => `${accountId}/${clientId}/${matterId}`;

/**
 * Locks ledgers, making them first where they are missing; always in one order, so that crossing transfers can wait. For
 * the transaction that asks, where one is named, their days also say what those who asked before leave to it.
 */
export async function lockLedgers(
  db: Queryable,
  firmId: string,
  keys: readonly LedgerKey[],
  asker = '',
): Promise<LockedLedger[]> {
  if (keys.length === 0) return [];
  const wanted = JSON.stringify([...new Map(keys.map((key) => [text(key), key])).values()]);
  const ledgers = sql`
    jsonb_to_recordset(${wanted}::jsonb) as wanted ("accountId" text, "clientId" text, "matterId" text)`;
  await sql`
    insert into trust_balance (firm_id, account_id, client_id, matter_id)
    select ${firmId}, "accountId", "clientId", "matterId" from ${ledgers} order by 2, 3, 4
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ key: LedgerKey; revision: number; overdraw_cents: number }>`
    select jsonb_build_object('accountId', account_id, 'clientId', client_id, 'matterId', matter_id) as key, revision, overdraw_cents
    from trust_balance
    where firm_id = ${firmId} and (account_id, client_id, matter_id) in (
      select "accountId", "clientId", "matterId" from ${ledgers})
    order by account_id, client_id, matter_id
    for update`.execute(db);
  // Read by a statement of its own: one that had to wait for the lock would not see what was written meanwhile.
  const sums = await sql<{ ledger: string; days: DaySum[]; clears_on: string | null }>`
    select ledger, jsonb_agg(day order by day ->> 'on') as days, min(clears_on) as clears_on
    from (
      select account_id || '/' || client_id || '/' || matter_id as ledger, jsonb_build_object(
        'on', entered_on::text,
        'acceptedCents', sum(cents),
        'postedCents', coalesce(sum(cents) filter (where ${COUNTS}), 0),
        'clearedCents', coalesce(sum(cents) filter (
          where ${COUNTS} and (cents < 0 or clears_on is null or clears_on <= ${TODAY} or ${BOUNCED})), 0),
        'spareCents', coalesce(sum(cents) filter (
          where ${COUNTS} or ${FROM_OUTSIDE} or (cents < 0 and entry_id < asked.place)), 0)) as day,
        min(clears_on) filter (
          where state = 'posted' and cents > 0 and clears_on > ${TODAY} and not ${BOUNCED}) as clears_on
      from trust_entry
      cross join (
        select coalesce(min(entry_id), 0) as place from trust_entry
        where firm_id = ${firmId} and trust_transaction_id = ${asker}) as asked
      where firm_id = ${firmId} and state <> 'cancelled' and (account_id, client_id, matter_id) in (
        select "accountId", "clientId", "matterId" from ${ledgers})
      group by account_id, client_id, matter_id, entered_on) as of_day
    group by ledger`.execute(db);
  const found = new Map(sums.rows.map((row) => [row.ledger, row]));
  return rows.map(({ key, revision, overdraw_cents: overdrawCents }) => {
    const sum = found.get(text(key));
    const clearsOn = sum?.clears_on ?? undefined;
    return {
      key,
      revision,
      overdrawCents,
      days: sum?.days ?? [],
      ...(clearsOn !== undefined && { clearsOn }),
    };
  });
}

/** What QuickBooks holds at the least: money in once it is posted, money out from before it is sent. */
const COUNTS = sql`(state = 'posted' or (state = 'sent' and cents < 0))`;

/** It will never clear; what takes it back is there beside it, and the two come to nothing. */
const BOUNCED = sql`exists (
  select from trust_transaction as reversal
  join trust_entry as taken using (firm_id, trust_transaction_id)
  where reversal.firm_id = trust_entry.firm_id and reversal.takes_back = trust_entry.trust_transaction_id
    and taken.state in ('sent', 'posted'))`;

/** It waits for no other one of the firm's transactions. */
const FROM_OUTSIDE = sql`exists (
  select from trust_transaction as of_entry
  where of_entry.firm_id = trust_entry.firm_id and of_entry.trust_transaction_id = trust_entry.trust_transaction_id
    and of_entry.kind in ('deposit', 'interest', 'opening-balance'))`;

export async function listEntries(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
): Promise<TrustEntry[]> {
  const rows = await db
    .selectFrom('trust_entry')
    .selectAll()
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .where('state', '<>', 'cancelled')
    .orderBy('leg')
    .execute();
  return rows.map((row) => ({
    leg: row.leg,
    accountId: row.account_id,
    clientId: row.client_id,
    matterId: row.matter_id,
    cents: row.cents,
    on: row.entered_on,
    state: row.state,
    ...(row.clears_on !== null && { clearsOn: row.clears_on }),
    ...(row.overdraw_id !== null && { overdrawId: row.overdraw_id }),
  }));
}

/** An overdraw that a second person has recorded, because it happened at the bank already. */
export interface Overdraw {
  overdrawId: string;
  enteredBy?: string;
  recordedBy: string;
  note?: string;
}

/**
 * Takes the legs of a transaction into the ledgers, in the place of those that it had reserved, or says which one stands
 * in the way and changes nothing. Only for a transaction of which nothing may be in QuickBooks yet.
 */
export async function reserveEntries(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  legs: readonly Leg[],
  overdraw?: Overdraw,
): Promise<Short | undefined> {
  const former = await listEntries(db, firmId, trustTransactionId);
  const ledgers = await lockLedgers(db, firmId, [...former, ...legs]);
  const change = [...former.map((leg) => ({ ...leg, cents: -leg.cents })), ...legs];
  // What it had reserved itself is no cover for it.
  const short = overdraw ? shortOf(without(ledgers, former), legs) : shortOf(ledgers, change);
  if (short && !overdraw) return short;
  if (short && overdraw)
    await recordOverdraw(db, firmId, trustTransactionId, short, overdraw, former.length > 0);
  await db
    .deleteFrom('trust_entry')
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .execute();
  await addAccepted(db, firmId, change, former.length > 0);
  await db
    .insertInto('trust_entry')
    .values(
      legs.map((leg, index) => ({
        firm_id: firmId,
        trust_transaction_id: trustTransactionId,
        leg: index,
        account_id: leg.accountId,
        client_id: leg.clientId,
        matter_id: leg.matterId,
        cents: leg.cents,
        entered_on: leg.on,
        clears_on: leg.clearsOn ?? null,
        overdraw_id: (short && overdraw?.overdrawId) ?? null,
      })),
    )
    .execute();
  return undefined;
}

const without = (ledgers: readonly LockedLedger[], legs: readonly Leg[]): LockedLedger[] =>
  ledgers.map((ledger) => ({
    ...ledger,
    days: [...ledger.days, ...takenOut(legs.filter((leg) => text(leg) === text(ledger.key)))],
  }));

/** What would stand in the way of a change of what is accepted. */
export function shortOf(ledgers: readonly LockedLedger[], change: readonly Leg[]): Short | undefined {
  for (const { key, days } of ledgers) {
    const own = change.filter((leg) => text(leg) === text(key));
    const short = shortfall(days, own, 'acceptedCents');
    if (short) return { ...short, key };
  }
  return undefined;
}

async function recordOverdraw(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  { key, worstCents }: Short,
  { overdrawId, enteredBy, recordedBy, note }: Overdraw,
  isReserved: boolean,
): Promise<void> {
  // What was reserved before may be what somebody else's overdraw covers already.
  const addedCents = isReserved ? 0 : worstCents;
  await db
    .insertInto('trust_overdraw')
    .values({
      overdraw_id: overdrawId,
      firm_id: firmId,
      trust_transaction_id: trustTransactionId,
      cents: worstCents,
      entered_by: enteredBy ?? null,
      recorded_by: recordedBy,
      note: note ?? null,
    })
    .execute();
  await db
    .updateTable('trust_balance')
    // Whoever waits for this money learns that it is gone.
    .set({
      overdraw_cents: sql`greatest(overdraw_cents + ${addedCents}, ${worstCents})`,
      revision: sql`revision + 1`,
      updated_at: sql`now()`,
    })
    .where('firm_id', '=', firmId)
    .where('account_id', '=', key.accountId)
    .where('client_id', '=', key.clientId)
    .where('matter_id', '=', key.matterId)
    .execute();
}

/** What is given up may be what others stood behind: that is news to them. */
async function addAccepted(
  db: Queryable,
  firmId: string,
  change: readonly Leg[],
  givesUp = true,
): Promise<void> {
  await sql`
    update trust_balance
    set accepted_cents = accepted_cents + change.cents, updated_at = now(),
        revision = revision + case when ${givesUp}::boolean then 1 else 0 end
    from (
      select "accountId", "clientId", "matterId", sum(cents) as cents
      from jsonb_to_recordset(${JSON.stringify(change)}::jsonb)
        as leg ("accountId" text, "clientId" text, "matterId" text, cents bigint)
      group by 1, 2, 3) as change
    where firm_id = ${firmId} and account_id = change."accountId" and client_id = change."clientId"
      and matter_id = change."matterId"`.execute(db);
}

/** QuickBooks may have it from now on: what goes out counts as gone, what comes in does not count as there. */
export const sendEntries = (db: Queryable, firmId: string, trustTransactionId: string): Promise<void> =>
  move(db, firmId, trustTransactionId, ['reserved'], 'sent');

/** QuickBooks has it. */
export const postEntries = (db: Queryable, firmId: string, trustTransactionId: string): Promise<void> =>
  move(db, firmId, trustTransactionId, ['reserved', 'sent'], 'posted');

/** QuickBooks certainly does not have it: what was taken for it is given back, and stays reserved. */
export const returnEntries = (db: Queryable, firmId: string, trustTransactionId: string): Promise<void> =>
  move(db, firmId, trustTransactionId, ['sent'], 'reserved');

async function move(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  from: TrustEntryState[],
  to: 'reserved' | 'sent' | 'posted',
): Promise<void> {
  const entries = await listEntries(db, firmId, trustTransactionId);
  const moved = entries.filter(({ state }) => from.includes(state));
  if (moved.length === 0) return;
  await lockLedgers(db, firmId, moved);
  const changes = moved.map((leg) => ({ ...leg, cents: counted(leg, to) - counted(leg, leg.state) }));
  await db
    .updateTable('trust_entry')
    .set({ state: to, ...(to === 'posted' && { posted_at: sql`now()` }) })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .where('state', 'in', from)
    .execute();
  await addPosted(db, firmId, changes);
}

const counted = ({ cents }: Leg, state: TrustEntryState): number =>
  state === 'posted' || (state === 'sent' && cents < 0) ? cents : 0;

/** What lets more be drawn is news to who waits; and an overdraw that was made good allows no other one. */
async function addPosted(db: Queryable, firmId: string, changes: readonly Leg[]): Promise<void> {
  await sql`
    update trust_balance
    set posted_cents = posted_cents + change.cents, updated_at = now(),
        revision = revision + case when change.cents > 0 then 1 else 0 end,
        overdraw_cents = case when change.cents > 0 and not exists (
            select from trust_entry as entry
            where entry.firm_id = trust_balance.firm_id and entry.account_id = trust_balance.account_id
              and entry.client_id = trust_balance.client_id and entry.matter_id = trust_balance.matter_id
              and entry.overdraw_id is not null and entry.state in ('reserved', 'sent'))
          then least(overdraw_cents, greatest(0, -accepted_cents, -(posted_cents + change.cents)))
          else overdraw_cents end
    from (
      select "accountId", "clientId", "matterId", sum(cents) as cents
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        as leg ("accountId" text, "clientId" text, "matterId" text, cents bigint)
      group by 1, 2, 3) as change
    where trust_balance.firm_id = ${firmId} and trust_balance.account_id = change."accountId"
      and trust_balance.client_id = change."clientId" and trust_balance.matter_id = change."matterId"`.execute(
    db,
  );
}

/** Gives up what is reserved, unless others rely on it: then says which ledger would fall short. */
export async function cancelEntries(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
): Promise<Short | undefined> {
  const reserved = (await listEntries(db, firmId, trustTransactionId)).filter(
    ({ state }) => state === 'reserved',
  );
  const ledgers = await lockLedgers(db, firmId, reserved);
  const change = reserved.map((leg) => ({ ...leg, cents: -leg.cents }));
  const short = shortOf(ledgers, change);
  if (short) return short;
  await db
    .updateTable('trust_entry')
    .set({ state: 'cancelled', cancelled_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', '=', trustTransactionId)
    .where('state', '=', 'reserved')
    .execute();
  await addAccepted(db, firmId, change);
  return undefined;
}

/** Takes transactions out of the ledgers that come to nothing together and of which QuickBooks has nothing. */
export async function withdrawEntries(db: Queryable, firmId: string, ids: readonly string[]): Promise<void> {
  const entries = (await Promise.all(ids.map((id) => listEntries(db, firmId, id)))).flat();
  await lockLedgers(db, firmId, entries);
  await db
    .updateTable('trust_entry')
    .set({ state: 'cancelled', cancelled_at: sql`now()` })
    .where('firm_id', '=', firmId)
    .where('trust_transaction_id', 'in', ids)
    .execute();
  const gone = (leg: TrustEntry, cents: number) => ({ ...leg, cents: 0 - cents });
  await addAccepted(
    db,
    firmId,
    entries.map((leg) => gone(leg, leg.cents)),
  );
  await addPosted(
    db,
    firmId,
    entries.map((leg) => gone(leg, counted(leg, leg.state))),
  );
}

/** The bank says another day; who waits for it looks again. */
export async function saveClearing(
  db: Queryable,
  firmId: string,
  trustTransactionId: string,
  clearsOn: string,
): Promise<void> {
  await lockLedgers(db, firmId, await listEntries(db, firmId, trustTransactionId));
  await sql`
    with moved as (
      update trust_entry set clears_on = ${clearsOn}
      where firm_id = ${firmId} and trust_transaction_id = ${trustTransactionId} and state <> 'cancelled'
      returning account_id, client_id, matter_id)
    update trust_balance as balance set revision = revision + 1, updated_at = now()
    from moved
    where balance.firm_id = ${firmId} and balance.account_id = moved.account_id
      and balance.client_id = moved.client_id and balance.matter_id = moved.matter_id`.execute(db);
}
