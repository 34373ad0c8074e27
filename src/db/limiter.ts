import { sql } from 'kysely';
import type { Connection } from './company.js';
import type { Queryable } from './database.js';

export interface RateLimits {
  perMinute: number;
  perSecond: number;
  /** Calls in flight at the same time. */
  atOnce: number;
}

export interface SlotAsk {
  firmId: string;
  /** Names one call in flight; two calls at the same time need two names. */
  holder: string;
  limits: RateLimits;
  /** How long the place stays taken when the holder dies: the longest a call may last, with a margin. */
  leaseMs: number;
  /** For simulated time only; otherwise the database's clock, which all workers share. */
  at?: Date;
}

/** What was booked and has to be given back. */
export interface Slot {
  firmId: string;
  realmId: string;
  holder: string;
}

/** `granted`: the call may begin in `waitMs`, without asking again. Otherwise: ask again then, the place is kept. */
export interface Booking {
  company: Connection;
  granted: boolean;
  waitMs: number;
}

export interface Pace {
  /** Microseconds between two calls in the long run. */
  spacingUs: number;
  /** Calls that may go at once after a rest. */
  burst: number;
}

/**
 * GCRA's two numbers. In any window of w seconds it grants at most `burst - 1 + ceil(w / spacing)` calls, so the burst
 * is what one second has room for beside the steady rate, and the steady rate gives up what the burst may add.
 */
export function pace(limits: RateLimits): Pace {
  const roomInSecond = limits.perSecond - Math.ceil(limits.perMinute / 60) + 1;
  const roomInMinute = 1 + Math.floor(limits.perMinute / 50);
  const burst = Math.max(1, Math.min(roomInSecond, roomInMinute));
  const minuteUs = 60_000_000 / (limits.perMinute - burst + 1);
  return { spacingUs: Math.ceil(Math.max(minuteUs, 1_000_000 / limits.perSecond)), burst };
}

/**
 * So long before its instant a slot is granted. Who comes back for it may be late by as much and still be on time, and
 * no two calls leave the wrong distance apart because one of them had more to prepare.
 */
const LEAD_MS = 500;

/**
 * Asks for permission to call QuickBooks; undefined when the firm is not connected. A grant holds until `releaseSlot`
 * or for `leaseMs`. Who is told to come back should do so with the same holder; asking earlier tells the remaining
 * wait, and a reservation nobody comes for lapses `leaseMs` after its slot.
 */
export async function bookSlot(db: Queryable, ask: SlotAsk): Promise<Booking | undefined> {
  const { spacingUs, burst } = pace(ask.limits);
  const row = await db
    .selectFrom('company')
    .innerJoinLateral(
      sql<{ granted: boolean; wait_ms: number }>`book_slot(
        company.realm_id, ${ask.holder}, make_interval(secs => ${spacingUs / 1e6}), ${burst}, ${ask.limits.atOnce},
        make_interval(secs => ${ask.leaseMs / 1000}), make_interval(secs => ${LEAD_MS / 1000}),
        ${ask.at ?? null}::timestamptz)`.as<'booking'>('booking'),
      (join) => join.onTrue(),
    )
    .select(['company.firm_id', 'company.realm_id', 'company.epoch', 'company.profile_due_at'])
    .select(['booking.granted', 'booking.wait_ms'])
    .where('company.firm_id', '=', ask.firmId)
    .where('company.status', '=', 'connected')
    .executeTakeFirst();
  if (!row) return undefined;
  const { granted, wait_ms: waitMs, ...company } = row;
  return { company, granted, waitMs };
}

/** Gives the place back: after the call, or when a reservation is not wanted any more. Harmless when repeated. */
export async function releaseSlot(db: Queryable, slot: Pick<Slot, 'realmId' | 'holder'>): Promise<void> {
  await db
    .deleteFrom('slot')
    .where('realm_id', '=', slot.realmId)
    .where('holder', '=', slot.holder)
    .execute();
}

export interface Throttling {
  realmId: string;
  /** The longest pause, for a minute that is used up. */
  longestMs: number;
  /** What QuickBooks asked for in Retry-After. */
  toldMs?: number | undefined;
  at?: Date;
}

/** A second that was one call too full is over by then. */
const FIRST_PAUSE_MS = 2000;

/**
 * After a 429: nobody starts for the pause that is returned; reserved slots move behind it in their order. It is what
 * QuickBooks asked for, or short at first and twice as long with each 429 that follows within a minute of its end.
 */
export async function throttleRealm(db: Queryable, throttling: Throttling): Promise<{ pauseMs: number }> {
  const { realmId, longestMs, toldMs, at } = throttling;
  const { rows } = await sql<{ pause_ms: number }>`
    select throttle_realm(
      ${realmId}, make_interval(secs => ${FIRST_PAUSE_MS / 1000}), make_interval(secs => ${longestMs / 1000}),
      make_interval(secs => ${toldMs === undefined ? null : toldMs / 1000}), ${at ?? null}::timestamptz
    ) as pause_ms`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('throttle_realm answered no row');
  return { pauseMs: row.pause_ms };
}
