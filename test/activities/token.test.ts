import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessToken, type TokenDeps } from '../../src/activities/token.js';
import { createKeyring } from '../../src/codec/keyring.js';
import {
  connectCompany,
  getCompany,
  lockCompany,
  markDisconnected,
  saveTokens,
} from '../../src/db/company.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { createFirm } from '../../src/db/firm.js';
import { CompanyDisconnectedError, refreshTokens, type Tokens } from '../../src/qbo/oauth.js';
import { openToken, sealTokens } from '../../src/qbo/secret.js';
import { Secret } from '../../src/secret.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { lockWaiters } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const tokenKeys = createKeyring([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
const HOUR_MS = 3_600_000;

let simulator: Simulator;
let store: TestDatabase;
/** Three processes in one: nothing is shared between them but Postgres. */
let processes: TokenDeps[];
let deps: TokenDeps;
let db: Database;
let queries: string[];
let firmId: string;
let qbo: SimulatorControl;
let firmCount = 0;

beforeAll(async () => {
  [simulator, store] = await Promise.all([startSimulator({ seed: 'empty' }), createTestDatabase()]);
  const oauth = {
    clientId: 'test-client',
    clientSecret: new Secret('test-secret'),
    redirectUri: 'http://127.0.0.1:8080/v1/oauth/callback',
    authorizeUrl: `${simulator.url}/connect/oauth2`,
    tokenUrl: `${simulator.url}/oauth2/v1/tokens/bearer`,
    revokeUrl: `${simulator.url}/v2/oauth2/tokens/revoke`,
    timeoutMs: 5000,
  };
  const open = () => openDatabase({ url: store.url, onQuery: (statement) => queries.push(statement) });
  queries = [];
  processes = [open(), open(), open()].map((each) => ({ db: each, oauth, tokenKeys }));
  deps = processes[0]!;
  ({ db } = deps);
});

beforeEach(async () => {
  firmId = `firm-${(firmCount += 1)}`;
  qbo = new SimulatorControl(simulator.url, `91300000000000${firmCount}`);
  await qbo.createCompany('empty');
  await createFirm(db, firmId, 'Hale & Partners');
  await control('DELETE', 'calls');
  queries = [];
});

afterEach(async () => {
  await qbo.clearFaults();
  await qbo.switches({ refreshGraceMs: 0 });
});

afterAll(async () => {
  await Promise.all(processes.map((each) => each.db.destroy()));
  await simulator.close();
  await store.drop();
});

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const init = { method, ...(body && { body: JSON.stringify(body) }) };
  return (await (await fetch(`${simulator.url}/_control/${path}`, init)).json()) as T;
}

/** Tokens as Intuit hands them out for this company. */
async function consented(accessEndsInMs = HOUR_MS): Promise<Tokens> {
  const answer = await control<{ access_token: string; refresh_token: string }>(
    'POST',
    `companies/${qbo.realm}/connect`,
  );
  return {
    accessToken: answer.access_token,
    accessExpiresAt: new Date(Date.now() + accessEndsInMs),
    refreshToken: answer.refresh_token,
    refreshExpiresAt: new Date(Date.now() + 100 * 24 * HOUR_MS),
  };
}

async function connect(accessEndsInMs?: number): Promise<Tokens> {
  const tokens = await consented(accessEndsInMs);
  await connectCompany(db, firmId, qbo.realm, sealTokens(tokenKeys, tokens));
  return tokens;
}

async function stored(): Promise<{ access: string; refresh: string }> {
  const { access_token, refresh_token } = await getCompany(db, firmId);
  return { access: openToken(tokenKeys, access_token!), refresh: openToken(tokenKeys, refresh_token!) };
}

async function tokenCallCount(): Promise<number> {
  const { calls } = await control<{ calls: { operation: string }[] }>('GET', 'calls');
  return calls.filter((call) => call.operation === 'token').length;
}

const onTokenCall = { match: { operation: 'token' } };

/** The firm's row cannot be written, as when Postgres goes away between the renewal and the commit. */
async function refuseWrites(): Promise<() => Promise<void>> {
  await sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`.execute(
    db,
  );
  await sql`create trigger refuse before update on company for each row execute function refuse()`.execute(
    db,
  );
  return async () => {
    await sql`drop function refuse() cascade`.execute(db);
  };
}

describe('a token that is still good', () => {
  test('is used without asking anybody, and from memory the second time', async () => {
    const { accessToken: token } = await connect();
    expect(await accessToken(deps, firmId)).toBe(token);
    queries = [];
    expect(await accessToken(deps, firmId)).toBe(token);
    expect(queries).toEqual([]);
    expect(await tokenCallCount()).toBe(0);
  });

  test('of an earlier company is not used for the present one', async () => {
    await connect();
    await accessToken(deps, firmId);
    qbo = qbo.of(`${qbo.realm}9`);
    await qbo.createCompany('empty');
    const { accessToken: token } = await connect();
    expect(await accessToken(deps, firmId, { realmId: qbo.realm })).toBe(token);
    expect(await tokenCallCount()).toBe(0);
  });

  test('rests sealed', async () => {
    const { accessToken: token, refreshToken } = await connect();
    const { access_token, refresh_token } = await getCompany(db, firmId);
    expect(access_token!.includes(token)).toBe(false);
    expect(refresh_token!.includes(refreshToken)).toBe(false);
  });
});

describe('a token that ends within a minute', () => {
  test('is renewed, and the new one is stored', async () => {
    const old = await connect(59_000);
    const token = await accessToken(deps, firmId);
    expect(token).not.toBe(old.accessToken);
    const { access, refresh } = await stored();
    expect(access).toBe(token);
    expect(refresh).not.toBe(old.refreshToken);
    expect((await getCompany(db, firmId)).access_expires_at!.getTime()).toBeGreaterThan(
      Date.now() + 3_500_000,
    );
  });

  test('is renewed once, however many ask in however many processes', async () => {
    await connect(0);
    const tenTimes = <T>(act: (each: TokenDeps) => Promise<T>) =>
      processes.flatMap((each) => Array.from({ length: 10 }, () => act(each)));
    // Connections that are open already let all ask in the same instant.
    await Promise.all(tenTimes((each) => sql`select 1`.execute(each.db)));
    const asked = tenTimes((each) => accessToken(each, firmId));
    const tokens = new Set(await Promise.all(asked));
    // One waiter a process: a crowd of them would leave no connection to Postgres for anybody else.
    expect(queries.filter((query) => query.endsWith('for update')).length).toBeLessThanOrEqual(3);
    expect([...tokens]).toEqual([(await stored()).access]);
    expect(await tokenCallCount()).toBe(1);
  });

  test('is not used before its successor is stored', async () => {
    await connect(0);
    const allowWrites = await refuseWrites();
    await expect(accessToken(deps, firmId)).rejects.toThrow('no room');
    await allowWrites();
    const token = await accessToken(deps, firmId);
    expect((await stored()).access).toBe(token);
    // The successor was not forgotten: asking again with the spent token would have ended the connection.
    expect(await tokenCallCount()).toBe(1);
  });

  test('is renewed from the successor that could not be stored when that has ended, too', async () => {
    const { refreshToken } = await connect(0);
    const successor = await refreshTokens(deps.oauth, refreshToken);
    const body = JSON.stringify({
      access_token: successor.accessToken,
      expires_in: 30,
      refresh_token: successor.refreshToken,
      x_refresh_token_expires_in: 8_726_400,
    });
    await control('POST', 'faults', { name: 'literal', ...onTokenCall, status: 200, body });
    const allowWrites = await refuseWrites();
    await expect(accessToken(deps, firmId)).rejects.toThrow('no room');
    await allowWrites();
    const token = await accessToken(deps, firmId);
    expect(token).not.toBe(successor.accessToken);
    expect((await stored()).access).toBe(token);
  });
});

describe('a token that QuickBooks refuses', () => {
  test('is renewed although it looks good', async () => {
    const { accessToken: rejected } = await connect();
    await accessToken(deps, firmId);
    const token = await accessToken(deps, firmId, { rejected });
    expect(token).not.toBe(rejected);
    expect((await stored()).access).toBe(token);
  });

  test('is renewed once for all who met the refusal', async () => {
    const { accessToken: rejected } = await connect();
    const asked = processes.flatMap((each) =>
      Array.from({ length: 10 }, () => accessToken(each, firmId, { rejected })),
    );
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(await tokenCallCount()).toBe(1);
  });

  test('is not renewed when somebody has stored another one', async () => {
    const { accessToken: rejected } = await connect();
    await accessToken(deps, firmId);
    const { accessToken: theirs } = await connect();
    expect(await accessToken(deps, firmId, { rejected })).toBe(theirs);
    expect(await tokenCallCount()).toBe(0);
  });
});

describe('a renewal whose answer was lost', () => {
  const lost = { name: 'commit-then-drop', ...onTokenCall };

  test('is an outage, and the token before it gets one more try', async () => {
    const { refreshToken } = await connect(0);
    await qbo.switches({ refreshGraceMs: 24 * HOUR_MS });
    await control('POST', 'faults', lost);
    await expect(accessToken(deps, firmId)).rejects.toMatchObject({
      name: 'OauthError',
      kind: 'unreachable',
    });
    expect((await stored()).refresh).toBe(refreshToken);
    expect(await accessToken(deps, firmId)).toBe((await stored()).access);
  });

  test('because the process died is made up for by the next one', async () => {
    const { refreshToken } = await connect(0);
    await qbo.switches({ refreshGraceMs: 24 * HOUR_MS });
    await refreshTokens(deps.oauth, refreshToken);
    expect(await accessToken(processes[1]!, firmId)).toBe((await stored()).access);
  });

  test('ends the connection when Intuit gives no grace, after a second try', async () => {
    const { refreshToken } = await connect(0);
    await refreshTokens(deps.oauth, refreshToken);
    await expect(accessToken(deps, firmId)).rejects.toThrow(CompanyDisconnectedError);
    expect(await tokenCallCount()).toBe(1 + 2);
  });
});

describe('a dead connection', () => {
  test('is told from an outage, with the reason', async () => {
    await connect(0);
    await qbo.company('disconnect', { reason: 'user-removed' });
    const dead = accessToken(deps, firmId);
    await expect(dead).rejects.toThrow(CompanyDisconnectedError);
    await expect(dead).rejects.toThrow('User is not a member of the specified Realm');
  });

  test('is not asked about when it is known', async () => {
    await connect();
    await markDisconnected(db, firmId);
    await expect(accessToken(deps, firmId)).rejects.toThrow(CompanyDisconnectedError);
    await expect(accessToken(deps, 'firm-unknown')).rejects.toThrow(CompanyDisconnectedError);
    expect(await tokenCallCount()).toBe(0);
  });

  test('is not declared when somebody connects again meanwhile', async () => {
    await connect(0);
    await qbo.company('disconnect');
    const { id } = await control<{ id: string }>('POST', 'holds', onTokenCall);
    const asked = accessToken(deps, firmId);
    await control('GET', `holds/${id}?wait=true&caught=1&timeoutMs=20000`);
    const again = await consented();
    const reconnected = connectCompany(processes[1]!.db, firmId, qbo.realm, sealTokens(tokenKeys, again));
    await eventually(async () => expect(await lockWaiters(processes[2]!.db)).toBe(1));
    await control('POST', `holds/${id}/release`);
    expect(await asked).toBe(again.accessToken);
    await reconnected;
  });

  test('is not declared because our own credentials are wrong', async () => {
    await connect(0);
    const wrong = { ...deps, oauth: { ...deps.oauth, clientSecret: new Secret('wrong') } };
    await expect(accessToken(wrong, firmId)).rejects.toMatchObject({
      kind: 'rejected',
      error: 'invalid_client',
    });
  });
});

describe('an outage', () => {
  test('of the token endpoint leaves the connection as it is', async () => {
    const { refreshToken } = await connect(0);
    await control('POST', 'faults', { name: 'service-unavailable', ...onTokenCall });
    await expect(accessToken(deps, firmId)).rejects.toMatchObject({ kind: 'unreachable' });
    expect((await stored()).refresh).toBe(refreshToken);
    expect(await accessToken(deps, firmId)).toBe((await stored()).access);
  });

  test('does not let a frozen process hold the others for ever', async () => {
    await connect(0);
    const quick = { ...deps, oauth: { ...deps.oauth, timeoutMs: 100 } };
    await processes[1]!.db.transaction().execute(async (tx) => {
      await lockCompany(tx, firmId);
      await expect(accessToken(quick, firmId)).rejects.toMatchObject({ kind: 'unreachable' });
    });
    expect(await accessToken(deps, firmId)).toBe((await stored()).access);
  });

  test('holds no transaction open while a good token is at hand', async () => {
    const tokens = await connect();
    await processes[1]!.db.transaction().execute(async (tx) => {
      await lockCompany(tx, firmId);
      await saveTokens(tx, firmId, sealTokens(tokenKeys, tokens));
      expect(await accessToken(deps, firmId)).toBe(tokens.accessToken);
    });
  });
});
