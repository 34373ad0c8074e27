import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectCompany } from '../../src/db/company.js';
import type { Database } from '../../src/db/database.js';
import { createFirm } from '../../src/db/firm.js';
import { bookSlot, releaseSlot, throttleRealm, type RateLimits } from '../../src/db/limiter.js';
import { useDatabase } from '../support/database.js';

const DEFAULT: RateLimits = { perMinute: 485, perSecond: 9, atOnce: 8 };
/** With room for three at once. */
const BURSTY: RateLimits = { perMinute: 480, perSecond: 10, atOnce: 8 };
/** How long before its instant a slot is granted. */
const LEAD_MS = 500;
const START = Date.UTC(2026, 10, 22);
const LEASE_MS = 60_000;

let db: Database;
let firmCount = 0;

useDatabase(
  (opened) => (db = opened),
  () => ({ maxConnections: 50 }),
);

/** A firm with a company of its own; one name serves for both. */
async function connectedFirm(): Promise<string> {
  const id = `firm-${(firmCount += 1)}`;
  const [at, token] = [new Date(), Buffer.from('sealed')];
  await createFirm(db, id, id);
  const tokens = { accessToken: token, accessExpiresAt: at, refreshToken: token, refreshExpiresAt: at };
  await connectCompany(db, id, id, tokens);
  return id;
}

/** One company at simulated instants, in milliseconds from the start. */
async function company(limits: RateLimits = BURSTY, leaseMs = LEASE_MS) {
  const realmId = await connectedFirm();
  const book = async (holder: string, atMs: number) => {
    const booking = await bookSlot(db, {
      firmId: realmId,
      holder,
      limits,
      leaseMs,
      at: new Date(START + atMs),
    });
    if (!booking) return expect.fail('The firm is not connected.');
    return booking;
  };
  return {
    realmId,
    book,
    /** How long from now the call may begin, granted or promised. */
    ask: async (holder: string, atMs: number) => {
      const { granted, waitMs } = await book(holder, atMs);
      return granted ? { inMs: waitMs } : { againInMs: waitMs };
    },
    release: (holder: string) => releaseSlot(db, { realmId, holder }),
    throttle: async (atMs: number, toldMs?: number) => {
      const throttling = { realmId, longestMs: 60_000, toldMs, at: new Date(START + atMs) };
      return (await throttleRealm(db, throttling)).pauseMs;
    },
  };
}

/** The most grants in any window that is open at its end. */
function mostWithin(windowMs: number, grants: readonly number[]): number {
  let first = 0;
  let most = 0;
  grants.forEach((grant, index) => {
    while (grant - (grants[first] ?? grant) >= windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

interface Crowd {
  holders: number;
  seconds: number;
  limits: RateLimits;
  callMs: () => number;
  /** How long after the instant it was told a holder comes back. */
  lateMs: () => number;
  /** How long after its slot's instant a call arrives at QuickBooks. */
  jitterMs?: () => number;
}

interface Outcome {
  grants: { atMs: number; askedMs: number }[];
  arrivals: number[];
  mostAtOnce: number;
  askCount: number;
}

/** Holders that call, release and ask again; all that are due at one instant come at the same time. */
async function simulate(crowd: Crowd): Promise<Outcome> {
  const { book, release } = await company(crowd.limits);
  const agenda = new Map<number, (() => Promise<void>)[]>();
  const outcome: Outcome = { grants: [], arrivals: [], mostAtOnce: 0, askCount: 0 };
  let calling = 0;
  const later = (atMs: number, act: () => Promise<void>): void => {
    agenda.set(atMs, [...(agenda.get(atMs) ?? []), act]);
  };
  const call = (holder: string, atMs: number) => async (): Promise<void> => {
    calling += 1;
    outcome.mostAtOnce = Math.max(outcome.mostAtOnce, calling);
    outcome.arrivals.push(atMs + (crowd.jitterMs?.() ?? 0));
    const endMs = atMs + 1 + crowd.callMs();
    later(endMs, async () => {
      calling -= 1;
      await release(holder);
      later(endMs + 1, come(holder, endMs + 1, endMs + 1));
    });
    return Promise.resolve();
  };
  const come = (holder: string, atMs: number, askedMs: number) => async (): Promise<void> => {
    const { granted, waitMs } = await book(holder, atMs);
    outcome.askCount += 1;
    if (!granted) {
      const nextMs = atMs + waitMs + crowd.lateMs();
      later(nextMs, come(holder, nextMs, askedMs));
      return;
    }
    outcome.grants.push({ atMs: atMs + waitMs, askedMs });
    later(atMs + waitMs, call(holder, atMs + waitMs));
  };
  for (let index = 0; index < crowd.holders; index += 1) later(0, come(`holder-${index}`, 0, 0));
  for (;;) {
    const nowMs = Math.min(...agenda.keys());
    if (nowMs >= crowd.seconds * 1000) {
      outcome.arrivals.sort((one, other) => one - other);
      return outcome;
    }
    const due = agenda.get(nowMs) ?? [];
    agenda.delete(nowMs);
    await Promise.all(due.map((act) => act()));
  }
}

/** Repeatable randomness: a failure can be looked at again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 16_807) % 2_147_483_647;
    return state % below;
  };
}

describe('fifty holders at once', () => {
  const random = dice(7);
  const usual = { holders: 50, seconds: 75, limits: DEFAULT };
  const crowds: [string, Crowd][] = [
    ['on time', { ...usual, callMs: () => 300, lateMs: () => 0 }],
    ['a little late', { ...usual, callMs: () => 100 + random(500), lateMs: () => random(40) }],
    ['as late as is allowed for', { ...usual, callMs: () => 100, lateMs: () => random(LEAD_MS - 130) }],
    ['some far too late', { ...usual, callMs: () => 100, lateMs: () => (random(10) === 0 ? 3000 : 0) }],
    ['with bursts', { ...usual, limits: BURSTY, callMs: () => 200, lateMs: () => random(40) }],
  ];

  test.each(crowds)('%s, never exceed a limit and use 98 percent of it', async (_name, crowd) => {
    const { grants, arrivals, mostAtOnce, askCount } = await simulate(crowd);
    const instants = grants.map((grant) => grant.atMs).sort((one, other) => one - other);
    expect(mostWithin(1000, instants)).toBeLessThanOrEqual(crowd.limits.perSecond);
    expect(mostWithin(60_000, instants)).toBeLessThanOrEqual(crowd.limits.perMinute);
    expect(mostAtOnce).toBeLessThanOrEqual(crowd.limits.atOnce);
    expect(arrivals.length).toBeGreaterThanOrEqual(0.98 * crowd.limits.perMinute * (crowd.seconds / 60));
    expect(askCount / grants.length).toBeLessThan(3.5);
  });

  test("stay below Intuit's ten in a second when calls arrive up to 200 ms after their instant", async () => {
    const late = { callMs: () => 250, lateMs: () => random(40), jitterMs: () => random(200) };
    const { arrivals } = await simulate({ ...usual, ...late });
    expect(mostWithin(1000, arrivals)).toBeLessThanOrEqual(10);
    expect(arrivals.length).toBeGreaterThan(475 * (usual.seconds / 60));
  });

  test('are served in the order of asking, give or take those who come within the lead', async () => {
    const { grants } = await simulate({
      ...usual,
      seconds: 30,
      callMs: () => 300,
      lateMs: () => random(20),
    });
    const overtakers = grants.map(
      ({ askedMs }, index) => grants.slice(0, index).filter((earlier) => earlier.askedMs > askedMs).length,
    );
    expect(Math.max(...overtakers)).toBeLessThanOrEqual(3);
  });

  test('fill all places when calls are so slow that places are what is short', async () => {
    const { grants, mostAtOnce, askCount } = await simulate({
      ...usual,
      callMs: () => 1500 + random(1000),
      lateMs: () => random(20),
    });
    expect(mostAtOnce).toBe(DEFAULT.atOnce);
    expect(grants.length).toBeGreaterThan(0.95 * (75 / 2) * DEFAULT.atOnce);
    expect(askCount / grants.length).toBeLessThan(10);
    const fairWaitMs = (50 / DEFAULT.atOnce) * 2000;
    expect(Math.max(...grants.map((grant) => grant.atMs - grant.askedMs))).toBeLessThan(1.5 * fairWaitMs);
  });

  test("hold on the database's clock too, each on a connection of its own", async () => {
    const firmId = await connectedFirm();
    const limits: RateLimits = { perMinute: 12_000, perSecond: 200, atOnce: 8 };
    const grants: number[] = [];
    let mostAtOnce = 0;
    const work = async (holder: string): Promise<void> => {
      for (let call = 0; call < 6; call += 1) {
        while (!(await bookSlot(db, { firmId, holder, limits, leaseMs: LEASE_MS }))?.granted);
        const leases = await db
          .selectFrom('slot')
          .select(['holder', 'starts_at'])
          .where('realm_id', '=', firmId)
          .where(sql<boolean>`granted_at is not null`)
          .execute();
        mostAtOnce = Math.max(mostAtOnce, leases.length);
        grants.push(leases.find((lease) => lease.holder === holder)!.starts_at.getTime());
        await releaseSlot(db, { realmId: firmId, holder });
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => work(`worker-${index}`)));
    grants.sort((left, right) => left - right);
    expect(grants).toHaveLength(300);
    expect(mostAtOnce).toBeLessThanOrEqual(limits.atOnce);
    // The driver cuts instants to whole milliseconds, which may put one more grant into a window.
    expect(mostWithin(1000, grants)).toBeLessThanOrEqual(limits.perSecond + 1);
  });
});

describe('a slot', () => {
  test('that begins soon is granted ahead, and nobody else gets its instant', async () => {
    const { ask } = await company();
    for (const holder of ['a', 'b', 'c']) expect(await ask(holder, 0)).toEqual({ inMs: 0 });
    expect(await ask('d', 0)).toEqual({ inMs: 126 });
    expect(await ask('e', 0)).toEqual({ inMs: 252 });
    expect(await ask('f', 300)).toEqual({ inMs: 77 });
  });

  test('further away is promised, to be asked for before it begins', async () => {
    const { ask } = await company();
    for (const holder of ['a', 'b', 'c', 'd', 'e', 'f']) await ask(holder, 0);
    expect(await ask('g', 0)).toEqual({ againInMs: 503 - LEAD_MS });
    expect(await ask('h', 0)).toEqual({ againInMs: 628 - LEAD_MS });
    expect(await ask('h', 100)).toEqual({ againInMs: 28 });
    expect(await ask('g', 400)).toEqual({ inMs: 103 });
    expect(await ask('h', 401)).toEqual({ inMs: 227 });
  });

  test('is not had by a firm that is not connected', async () => {
    const ask = { firmId: 'nobody', holder: 'a', limits: DEFAULT, leaseMs: LEASE_MS };
    expect(await bookSlot(db, ask)).toBeUndefined();
  });
});

describe('a reservation', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'];

  test('that nobody comes for does not hold up the next ones', async () => {
    const { ask, release } = await company();
    for (const holder of [...six, 'dead-1', 'dead-2', 'dead-3']) await ask(holder, 0);
    for (const holder of six) await release(holder);
    expect(await ask('alive', 0)).toEqual({ againInMs: 879 - LEAD_MS });
    expect(await ask('alive', 379)).toEqual({ inMs: 124 });
    expect(await ask('newcomer', 1200)).toEqual({ inMs: 0 });
  });

  test('given back early makes room for who asks next', async () => {
    const { ask, release } = await company();
    for (const holder of [...six, 'g', 'h']) await ask(holder, 0);
    await release('h');
    expect(await ask('i', 0)).toEqual({ againInMs: 628 - LEAD_MS });
  });

  test('lapses when nobody comes for a lease after its slot', async () => {
    const { ask, realmId } = await company();
    for (const holder of [...six, 'gone']) await ask(holder, 0);
    await ask('other', LEASE_MS + 600);
    const left = await db.selectFrom('slot').select('holder').where('realm_id', '=', realmId).execute();
    expect(left).toEqual([{ holder: 'other' }]);
  });

  test('keeps its place while all places are taken, and has the first that comes free', async () => {
    const { ask, release } = await company({ ...BURSTY, atOnce: 2 });
    await ask('a', 0);
    await ask('b', 0);
    expect(await ask('c', 400)).toEqual({ againInMs: 200 });
    await release('a');
    expect(await ask('c', 600)).toEqual({ inMs: 0 });
  });
});

describe('a free place', () => {
  test('is left to the first in line for a moment, not given to whoever asks as it comes free', async () => {
    const { ask, release } = await company({ ...BURSTY, atOnce: 1 });
    await ask('calling', 0);
    expect(await ask('first', 500)).toEqual({ againInMs: 500 });
    await release('calling');
    expect(await ask('newcomer', 1010)).toHaveProperty('againInMs');
    expect(await ask('first', 1020)).toEqual({ inMs: 0 });
  });
});

describe('a lease', () => {
  test('of a dead holder gives its place back when it ends', async () => {
    const { ask } = await company({ ...BURSTY, atOnce: 1 }, 5000);
    expect(await ask('dead', 0)).toEqual({ inMs: 0 });
    expect(await ask('next', 4900)).toHaveProperty('againInMs');
    expect(await ask('next', 8000)).toEqual({ inMs: 0 });
  });

  test('ends when its holder asks again', async () => {
    const { ask } = await company({ ...BURSTY, atOnce: 1 });
    expect(await ask('a', 0)).toEqual({ inMs: 0 });
    expect(await ask('a', 500)).toEqual({ inMs: 0 });
  });

  test('of one company does not touch another', async () => {
    const one = await company({ ...BURSTY, atOnce: 1 });
    const other = await company({ ...BURSTY, atOnce: 1 });
    expect(await one.ask('a', 0)).toEqual({ inMs: 0 });
    expect(await other.ask('a', 0)).toEqual({ inMs: 0 });
  });
});

describe('a pause', () => {
  test('is short after one refusal, doubles with each that follows, and ends in the long one', async () => {
    const { throttle } = await company();
    const pauses: number[] = [];
    for (let nowMs = 0; pauses.length < 8; nowMs += pauses.at(-1)! + 1000) pauses.push(await throttle(nowMs));
    expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test('is short again after a minute of peace', async () => {
    const { throttle } = await company();
    for (const atMs of [0, 3000, 8000]) await throttle(atMs);
    expect(await throttle(8000 + 8000 + 60_000)).toBe(2000);
  });

  test('does not grow by the calls that were on their way when it began', async () => {
    const { throttle } = await company();
    expect(await throttle(0)).toBe(2000);
    expect(await throttle(10)).toBe(1990);
    expect(await throttle(1500)).toBe(500);
    expect(await throttle(2100)).toBe(4000);
  });

  test('is as long as QuickBooks asks for, where it does', async () => {
    const { throttle } = await company();
    expect(await throttle(0, 45_000)).toBe(45_000);
    expect(await throttle(1000, 120_000)).toBe(120_000);
    expect(await throttle(2000, 1000)).toBe(119_000);
  });

  test('moves reserved slots behind it, in their order and apart', async () => {
    const { ask, throttle } = await company();
    for (const holder of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) await ask(holder, 0);
    await throttle(1, 60_000);
    expect(await ask('g', 3)).toEqual({ againInMs: 60_000 });
    expect(await ask('h', 128)).toEqual({ againInMs: 60_000 });
    expect(await ask('new', 300)).toHaveProperty('againInMs');
    expect(await ask('g', 60_003)).toEqual({ inMs: 0 });
    expect(await ask('h', 60_128)).toEqual({ inMs: 0 });
    expect(await ask('i', 60_254)).toEqual({ inMs: 0 });
  });

  test('is not followed by a burst', async () => {
    const { ask, throttle } = await company();
    await throttle(0, 60_000);
    const waits: unknown[] = [];
    for (const holder of ['a', 'b', 'c', 'd']) waits.push(await ask(holder, 59_700));
    expect(waits).toEqual([{ inMs: 300 }, { inMs: 426 }, { againInMs: 52 }, { againInMs: 177 }]);
  });
});
