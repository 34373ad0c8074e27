import { beforeEach, describe, expect, test } from 'vitest';
import {
  connectCompany,
  findCompany,
  getCompany,
  isUnreachable,
  lockCompany,
  markDisconnected,
  recordUnreachable,
  claimProfile,
  expireProfile,
  isProfileDue,
  saveProfile,
} from '../../src/db/company.js';
import { DEFAULT_PROFILE, companyRef } from '../../src/domain/company.js';
import { endCall } from '../../src/db/call.js';
import type { Database } from '../../src/db/database.js';
import { createFirm, findFirm, saveSettings } from '../../src/db/firm.js';
import { createOauthState, takeOauthState } from '../../src/db/oauth-state.js';
import { lockWaiters, useDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

const tokens = {
  accessToken: Buffer.from('access'),
  accessExpiresAt: new Date('2026-11-22T08:00:00Z'),
  refreshToken: Buffer.from('refresh'),
  refreshExpiresAt: new Date('2027-03-01T08:00:00Z'),
};

let db: Database;
let queries: string[] = [];
let firmId: string;
let realmId: string;
let firmCount = 0;

useDatabase(
  (opened) => (db = opened),
  () => ({ onQuery: (statement) => queries.push(statement) }),
);

beforeEach(async () => {
  firmId = `firm-${(firmCount += 1)}`;
  realmId = `realm-${firmCount}`;
  await createFirm(db, firmId, 'Hale & Partners');
});

describe('a company', () => {
  test('is unknown until it is connected', async () => {
    expect(await findCompany(db, firmId)).toBeUndefined();
    await expect(getCompany(db, firmId)).rejects.toThrow('was never connected');
  });

  test('keeps its epoch when it connects again, for request ids are made of it', async () => {
    const first = await connectCompany(db, firmId, realmId, tokens);
    await markDisconnected(db, firmId);
    await recordUnreachable(db, firmId);
    const again = await connectCompany(db, firmId, realmId, tokens);
    expect(again.epoch).toBe(first.epoch);
    expect(again).toMatchObject({ status: 'connected', unreachable_since: null, ...sealed });
    expect(again.connected_at.getTime()).toBeGreaterThan(first.connected_at.getTime());
  });

  test('has another epoch than the one before it, and than after a purge', async () => {
    const epochs = new Set<string>();
    for (const realm of [realmId, `${realmId}-b`, realmId]) {
      epochs.add((await connectCompany(db, firmId, realm, tokens)).epoch);
    }
    await db.deleteFrom('company').where('firm_id', '=', firmId).execute();
    epochs.add((await connectCompany(db, firmId, realmId, tokens)).epoch);
    expect(epochs.size).toBe(4);
  });

  test('belongs to one firm at a time', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    await createFirm(db, `${firmId}-b`, 'Others');
    await expect(connectCompany(db, `${firmId}-b`, realmId, tokens)).rejects.toMatchObject({
      constraint: 'company_realm_unique',
    });
  });

  test('keeps its profile, which is read anew once when it is due', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    expect(await claimProfile(db, firmId)).toBe(true);
    expect(await claimProfile(db, firmId)).toBe(false);
    await saveProfile(db, firmId, DEFAULT_PROFILE);
    expect((await getCompany(db, firmId)).preferences).toEqual(DEFAULT_PROFILE);
    expect(await isProfileDue(db, firmId)).toBe(false);
    await expireProfile(db, firmId, new Date(Date.now() - 60_000));
    expect(await isProfileDue(db, firmId)).toBe(false);
    await expireProfile(db, firmId, new Date(Date.now() + 60_000));
    expect(await isProfileDue(db, firmId)).toBe(true);
  });
});

const sealed = { access_token: tokens.accessToken, refresh_token: tokens.refreshToken };

describe('the clock of an outage', () => {
  const updates = () => queries.filter((query) => query.startsWith('update')).length;

  test('starts at the first unreachable answer and is written once', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    const since = await recordUnreachable(db, firmId);
    expect((await getCompany(db, firmId)).unreachable_since).toEqual(since);
    queries = [];
    expect(await recordUnreachable(db, firmId)).toEqual(since);
    expect(updates()).toBe(0);
  });

  test('starts once for all who meet the outage at the same time', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    const tenTimes = <T>(act: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, act));
    // Connections that are open already let all come in the same instant.
    await tenTimes(() => getCompany(db, firmId));
    const told = await tenTimes(() => recordUnreachable(db, firmId));
    expect(new Set(told.map((since) => since.getTime())).size).toBe(1);
  });

  test('is read past whoever renews the tokens', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    const since = await recordUnreachable(db, firmId);
    await db.transaction().execute(async (tx) => {
      await lockCompany(tx, firmId);
      expect(await recordUnreachable(db, firmId)).toEqual(since);
    });
  });

  test('ends at the first good answer, and starts anew with the next outage', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    const first = await recordUnreachable(db, firmId);
    await endCall(db, { firmId, realmId, holder: 'bill' }, companyRef(firmId));
    expect((await getCompany(db, firmId)).unreachable_since).toBeNull();
    expect((await recordUnreachable(db, firmId)).getTime()).toBeGreaterThan(first.getTime());
  });

  test('does not end between being seen and being told of', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    await recordUnreachable(db, firmId);
    let ended: ReturnType<typeof endCall> | undefined;
    await db.transaction().execute(async (tx) => {
      expect(await isUnreachable(tx, firmId)).toBe(true);
      ended = endCall(db, { firmId, realmId, holder: 'bill' }, companyRef(firmId));
      await eventually(async () => expect(await lockWaiters(db)).toBe(1));
    });
    expect(await ended).toMatchObject({ endedOutage: true });
    expect(await db.transaction().execute((tx) => isUnreachable(tx, firmId))).toBe(false);
  });

  test('costs no new row while all is well', async () => {
    await connectCompany(db, firmId, realmId, tokens);
    const version = () =>
      db
        .selectFrom('company')
        .select((row) => row.ref('xmin' as 'epoch').as('version'))
        .where('firm_id', '=', firmId)
        .executeTakeFirst();
    const before = await version();
    await endCall(db, { firmId, realmId, holder: 'bill' }, companyRef(firmId));
    expect(await version()).toEqual(before);
  });
});

describe('settings', () => {
  test('change in part, with the event that says who changed what', async () => {
    await saveSettings(db, firmId, { prefix: 'CF-', items: { time: '1' } }, 'ada');
    await saveSettings(db, firmId, { prefix: 'X-' }, 'ben');
    const firm = await findFirm(db, firmId);
    expect(firm).toMatchObject({ settings: { prefix: 'X-', items: { time: '1' } }, settings_version: 3 });
    const events = await db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('firm_id', '=', firmId)
      .orderBy('event_id')
      .execute();
    expect(events.map((event) => event.kind)).toEqual(['settings', 'settings']);
    expect(events[1]!.data).toMatchObject({ by: 'ben', before: { prefix: 'CF-' }, after: { prefix: 'X-' } });
  });

  test('of two who change them at once are both kept', async () => {
    const changes = [{ prefix: 'A-' }, { items: { time: '7' } }];
    await Promise.all(
      changes.map((change) => db.transaction().execute((tx) => saveSettings(tx, firmId, change))),
    );
    expect((await findFirm(db, firmId))?.settings).toEqual({ prefix: 'A-', items: { time: '7' } });
  });

  test('outlive a new name of the firm', async () => {
    await saveSettings(db, firmId, { prefix: 'CF-' });
    expect(await createFirm(db, firmId, 'Hale, Reed & Partners')).toMatchObject({
      name: 'Hale, Reed & Partners',
      settings: { prefix: 'CF-' },
    });
  });
});

describe('the state of a consent', () => {
  const age = (state: string, minutes: number) =>
    db
      .updateTable('oauth_state')
      .set({ created_at: new Date(Date.now() - minutes * 60_000) })
      .where('state', '=', state)
      .execute();

  test('is its firm once', async () => {
    const state = await createOauthState(db, firmId);
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(await takeOauthState(db, state)).toBe(firmId);
    expect(await takeOauthState(db, state)).toBeUndefined();
  });

  test('lapses after ten minutes, and is swept out by whoever comes next', async () => {
    const [old, fresh] = [await createOauthState(db, firmId), await createOauthState(db, firmId)];
    await age(old, 11);
    await age(fresh, 9);
    expect(await takeOauthState(db, 'unknown')).toBeUndefined();
    const left = await db.selectFrom('oauth_state').select('state').execute();
    expect(left).toEqual([{ state: fresh }]);
    expect(await takeOauthState(db, fresh)).toBe(firmId);
  });

  test('is not its firm when it is presented too late', async () => {
    const state = await createOauthState(db, firmId);
    await age(state, 11);
    expect(await takeOauthState(db, state)).toBeUndefined();
  });
});
