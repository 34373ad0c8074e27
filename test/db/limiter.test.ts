import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { pace, pauseRealm, releaseSlot, reserveSlot, type RateLimits } from '../../src/db/limiter.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const DEFAULT: RateLimits = { perMinute: 480, perSecond: 10, atOnce: 8 };
const START = Date.UTC(2026, 10, 22);
const LEASE_MS = 60_000;

let store: TestDatabase;
let db: Database;
let realmCount = 0;

beforeAll(async () => {
  store = await createTestDatabase();
  db = openDatabase({ url: store.url, maxConnections: 50 });
});

afterAll(async () => {
  await db.destroy();
  await store.drop();
});

const newRealm = (): string => `realm-${(realmCount += 1)}`;

/** One company at simulated instants, in milliseconds from the start. */
function company(limits: RateLimits = DEFAULT, leaseMs = LEASE_MS) {
  const realmId = newRealm();
  return {
    realmId,
    ask: async (holder: string, atMs: number) =>
      (await reserveSlot(db, { realmId, holder, limits, leaseMs, at: new Date(START + atMs) })).waitMs,
    release: (holder: string) => releaseSlot(db, { realmId, holder }),
    pause: (pauseMs: number, atMs: number) =>
      pauseRealm(db, { realmId, pauseMs, at: new Date(START + atMs) }),
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
  /** How long after its instant a holder comes back. */
  lateMs: () => number;
}

interface Outcome {
  grants: { atMs: number; askedMs: number }[];
  mostAtOnce: number;
  askCount: number;
}

/** Holders that call, release and ask again; all that are due at one instant come at the same time. */
async function simulate(crowd: Crowd): Promise<Outcome> {
  const { ask, release } = company(crowd.limits);
  const agenda = new Map<number, (() => Promise<void>)[]>();
  const outcome: Outcome = { grants: [], mostAtOnce: 0, askCount: 0 };
  let calling = 0;
  const later = (atMs: number, act: () => Promise<void>): void => {
    agenda.set(atMs, [...(agenda.get(atMs) ?? []), act]);
  };
  const come = (holder: string, atMs: number, askedMs: number) => async (): Promise<void> => {
    const waitMs = await ask(holder, atMs);
    outcome.askCount += 1;
    if (waitMs > 0) {
      const nextMs = atMs + waitMs + crowd.lateMs();
      later(nextMs, come(holder, nextMs, askedMs));
      return;
    }
    outcome.grants.push({ atMs, askedMs });
    calling += 1;
    outcome.mostAtOnce = Math.max(outcome.mostAtOnce, calling);
    const endMs = atMs + 1 + crowd.callMs();
    later(endMs, async () => {
      calling -= 1;
      await release(holder);
      later(endMs + 1, come(holder, endMs + 1, endMs + 1));
    });
  };
  for (let index = 0; index < crowd.holders; index += 1) later(0, come(`holder-${index}`, 0, 0));
  for (;;) {
    const nowMs = Math.min(...agenda.keys());
    if (nowMs >= crowd.seconds * 1000) return outcome;
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

describe('pace', () => {
  const limits = fc.record({
    perMinute: fc.integer({ min: 1, max: 6000 }),
    perSecond: fc.integer({ min: 1, max: 100 }),
    atOnce: fc.constant(1),
  });

  test('of the default limits gives up half a percent for a burst of three', () => {
    expect(pace(DEFAULT)).toEqual({ spacingUs: 125_524, burst: 3 });
  });

  test('never allows more than either limit, whatever the limits', () => {
    fc.assert(
      fc.property(limits, (given) => {
        const { spacingUs, burst } = pace(given);
        const most = (windowUs: number) => burst - 1 + Math.ceil(windowUs / spacingUs);
        return most(1_000_000) <= given.perSecond && most(60_000_000) <= given.perMinute;
      }),
    );
  });

  test('keeps 95 % of the tighter limit, whatever the limits', () => {
    fc.assert(
      fc.property(limits, (given) => {
        const perMinute = 60_000_000 / pace(given).spacingUs;
        return perMinute >= 0.95 * Math.min(given.perMinute, given.perSecond * 60);
      }),
    );
  });
});

describe('fifty holders at once', () => {
  const random = dice(7);
  const usual = { holders: 50, seconds: 75, limits: DEFAULT };
  const noBurst = { ...DEFAULT, perMinute: 600 };
  const crowds: [string, Crowd][] = [
    ['on time', { ...usual, callMs: () => 300, lateMs: () => 0 }],
    ['a little late', { ...usual, callMs: () => 100 + random(900), lateMs: () => random(40) }],
    ['some far too late', { ...usual, callMs: () => 100, lateMs: () => (random(10) === 0 ? 3000 : 0) }],
    ['no room for a burst', { ...usual, limits: noBurst, callMs: () => 200, lateMs: () => random(5) }],
  ];

  test.each(crowds)('%s, never exceed a limit and use 95 percent of it', async (_name, crowd) => {
    const { grants, mostAtOnce, askCount } = await simulate(crowd);
    const instants = grants.map((grant) => grant.atMs);
    expect(mostWithin(1000, instants)).toBeLessThanOrEqual(crowd.limits.perSecond);
    expect(mostWithin(60_000, instants)).toBeLessThanOrEqual(crowd.limits.perMinute);
    expect(mostAtOnce).toBeLessThanOrEqual(crowd.limits.atOnce);
    expect(grants.length).toBeGreaterThanOrEqual(0.95 * crowd.limits.perMinute * (crowd.seconds / 60));
    expect(askCount / grants.length).toBeLessThan(3.5);
  });

  test('are served in the order of asking, give or take a burst', async () => {
    const { grants } = await simulate({
      ...usual,
      seconds: 30,
      callMs: () => 300,
      lateMs: () => random(20),
    });
    const overtakers = grants.map(
      ({ askedMs }, index) => grants.slice(0, index).filter((earlier) => earlier.askedMs > askedMs).length,
    );
    expect(Math.max(...overtakers)).toBeLessThanOrEqual(pace(DEFAULT).burst);
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
    const realmId = newRealm();
    const limits: RateLimits = { perMinute: 12_000, perSecond: 200, atOnce: 8 };
    const grants: number[] = [];
    let mostAtOnce = 0;
    const work = async (holder: string): Promise<void> => {
      for (let call = 0; call < 6; call += 1) {
        while ((await reserveSlot(db, { realmId, holder, limits, leaseMs: LEASE_MS })).waitMs > 0);
        const leases = await db
          .selectFrom('slot')
          .select(['holder', 'starts_at'])
          .where('realm_id', '=', realmId)
          .where(sql<boolean>`granted_at is not null`)
          .execute();
        mostAtOnce = Math.max(mostAtOnce, leases.length);
        grants.push(leases.find((lease) => lease.holder === holder)!.starts_at.getTime());
        await releaseSlot(db, { realmId, holder });
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

describe('a reservation', () => {
  test('is told the remaining wait when it comes early and goes at its instant', async () => {
    const { ask } = company();
    for (const holder of ['a', 'b', 'c']) expect(await ask(holder, 0)).toBe(0);
    expect(await ask('d', 0)).toBe(126);
    expect(await ask('e', 0)).toBe(252);
    expect(await ask('d', 100)).toBe(26);
    expect(await ask('e', 252)).toBe(0);
    expect(await ask('d', 260)).toBe(0);
  });

  test('that nobody comes for does not hold up the next ones', async () => {
    const { ask } = company();
    for (const holder of ['a', 'b', 'c', 'dead-1', 'dead-2', 'dead-3']) await ask(holder, 0);
    const waitMs = await ask('alive', 0);
    expect(waitMs).toBe(503);
    expect(await ask('alive', waitMs)).toBe(0);
    expect(await ask('newcomer', 1000)).toBe(0);
  });

  test('given back early makes room for who asks next', async () => {
    const { ask, release } = company();
    for (const holder of ['a', 'b', 'c', 'd', 'e']) await ask(holder, 0);
    await release('e');
    expect(await ask('f', 0)).toBe(252);
  });

  test('lapses when nobody comes for a lease after its instant', async () => {
    const { ask, realmId } = company();
    for (const holder of ['a', 'b', 'c', 'gone']) await ask(holder, 0);
    await ask('other', LEASE_MS + 200);
    const left = await db.selectFrom('slot').select('holder').where('realm_id', '=', realmId).execute();
    expect(left).toEqual([{ holder: 'other' }]);
  });

  test('keeps its place while all places are taken, and has the first that comes free', async () => {
    const { ask, release } = company({ ...DEFAULT, atOnce: 2 });
    await ask('a', 0);
    await ask('b', 0);
    const waitMs = await ask('c', 400);
    expect(waitMs).toBe(200);
    await release('a');
    expect(await ask('c', 400 + waitMs)).toBe(0);
  });
});

describe('a free place', () => {
  test('is left to the first in line for a moment, not given to whoever asks as it comes free', async () => {
    const { ask, release } = company({ ...DEFAULT, atOnce: 1 });
    await ask('calling', 0);
    expect(await ask('first', 500)).toBe(500);
    await release('calling');
    expect(await ask('newcomer', 1010)).toBeGreaterThan(0);
    expect(await ask('first', 1020)).toBe(0);
  });
});

describe('a lease', () => {
  test('of a dead holder gives its place back when it ends', async () => {
    const { ask } = company({ ...DEFAULT, atOnce: 1 }, 5000);
    expect(await ask('dead', 0)).toBe(0);
    expect(await ask('next', 4900)).toBeGreaterThan(0);
    expect(await ask('next', 8000)).toBe(0);
  });

  test('ends when its holder asks again', async () => {
    const { ask } = company({ ...DEFAULT, atOnce: 1 });
    expect(await ask('a', 0)).toBe(0);
    expect(await ask('a', 500)).toBe(0);
  });

  test('of one company does not touch another', async () => {
    const one = company({ ...DEFAULT, atOnce: 1 });
    const other = company({ ...DEFAULT, atOnce: 1 });
    expect(await one.ask('a', 0)).toBe(0);
    expect(await other.ask('a', 0)).toBe(0);
  });
});

describe('a pause', () => {
  test('moves reserved slots behind it, in their order and apart', async () => {
    const { ask, pause } = company();
    for (const holder of ['a', 'b', 'c', 'd', 'e', 'f']) await ask(holder, 0);
    await pause(60_000, 10);
    expect(await ask('d', 126)).toBe(60_000);
    expect(await ask('e', 252)).toBe(60_000);
    expect(await ask('new', 300)).toBeGreaterThan(60_000);
    expect(await ask('d', 60_126)).toBe(0);
    expect(await ask('e', 60_126)).toBe(126);
    expect(await ask('e', 60_252)).toBe(0);
    expect(await ask('f', 60_377)).toBe(0);
  });

  test('is not followed by a burst', async () => {
    const { ask, pause } = company();
    await pause(60_000, 0);
    const waits: number[] = [];
    for (const holder of ['a', 'b', 'c', 'd']) waits.push(await ask(holder, 1000));
    expect(waits).toEqual([59_000, 59_126, 59_252, 59_377]);
  });

  test('told twice is the longer one, not the sum', async () => {
    const { ask, pause } = company();
    await pause(60_000, 0);
    await pause(60_000, 5000);
    await pause(1000, 6000);
    expect(await ask('a', 6000)).toBe(59_000);
  });
});
