import { sql } from 'kysely';
import type { Queryable } from './database.js';

export interface RateLimits {
  perMinute: number;
  perSecond: number;
  /** Calls in flight at the same time. */
  atOnce: number;
}

export interface SlotAsk {
  realmId: string;
  /** Names one call in flight; two calls at the same time need two names. */
  holder: string;
  limits: RateLimits;
  /** How long the place stays taken when the holder dies: the longest a call may last, with a margin. */
  leaseMs: number;
  /** For simulated time only; otherwise the database's clock, which all workers share. */
  at?: Date;
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
 * Asks for permission to call QuickBooks, in one round trip. `waitMs` 0: go now, the place is taken until `releaseSlot`
 * or for `leaseMs`. Otherwise a slot is reserved that many milliseconds from now: ask again then, with the same holder.
 * Asking earlier tells the remaining wait; a reservation nobody comes for lapses `leaseMs` after its instant.
 */
export async function reserveSlot(db: Queryable, ask: SlotAsk): Promise<{ waitMs: number }> {
  const { spacingUs, burst } = pace(ask.limits);
  const { rows } = await sql<{ wait_ms: number }>`
    select reserve_slot(
      ${ask.realmId}, ${ask.holder},
      ${spacingUs}::integer * interval '1 microsecond', ${burst}::integer, ${ask.limits.atOnce}::integer,
      ${ask.leaseMs}::integer * interval '1 millisecond', ${ask.at ?? null}::timestamptz
    ) as wait_ms`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('reserve_slot answered no row');
  return { waitMs: row.wait_ms };
}

/** Gives the place back: after the call, or when a reservation is not wanted any more. Harmless when repeated. */
export async function releaseSlot(db: Queryable, slot: { realmId: string; holder: string }): Promise<void> {
  await db
    .deleteFrom('slot')
    .where('realm_id', '=', slot.realmId)
    .where('holder', '=', slot.holder)
    .execute();
}

/** After a 429: nobody starts for `pauseMs`; reserved slots move behind the pause in their order. Pauses do not add up. */
export async function pauseRealm(
  db: Queryable,
  pause: { realmId: string; pauseMs: number; at?: Date },
): Promise<void> {
  await sql`
    select pause_realm(
      ${pause.realmId}, ${pause.pauseMs}::integer * interval '1 millisecond', ${pause.at ?? null}::timestamptz
    )`.execute(db);
}
