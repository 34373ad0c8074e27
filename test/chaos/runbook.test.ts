import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '../../scripts/demo/stage.js';
import { freshKey } from '../../scripts/local/environment.js';
import { connectFirm } from '../../scripts/local/office.js';
import { startLocalWorld, type LocalWorld } from '../../scripts/local/world.js';
import { CounterfoilClient } from '../../src/client.js';
import { readClientConfig } from '../../src/config.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { runScript } from '../support/script.js';

/** Each chapter of docs/runbook.md, played with processes as in production: what it says is seen, and what it says helps. */
let dir: string;
let world: LocalWorld;
let stage: Stage;
let db: Database;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'counterfoil-runbook-'));
  world = await startLocalWorld({
    dir,
    headless: true,
    env: {
      COUNTERFOIL_TEMPORAL_TIMEOUT: '5s',
      COUNTERFOIL_OUTAGE_FAST: '1s',
      COUNTERFOIL_OUTAGE_RETRY: '1s',
      COUNTERFOIL_OUTAGE_TELL: '3s',
    },
  });
  stage = await Stage.open(world, 'runbook');
  db = openDatabase({ url: world.env.DATABASE_URL! });
});
afterAll(async () => {
  await stage.close();
  await db.destroy();
  await world.stop();
  await rm(dir, { recursive: true, force: true });
});

const list = async () => (await runScript(world.env, 'list-attention')).stdout;
const cleared = () => eventually(async () => expect(await list()).toMatch(/^Nothing needs a person/), 60_000);
const listed = (cause: string) =>
  eventually(async () => expect(await list()).toContain(`, ${cause})`), 60_000);
const send = (number: string) => stage.billing.syncBill(stage.bill(number));
const onlyOnce = async (number: string) => {
  await stage.settled(number);
  expect(await stage.invoiceNumbers(number)).toEqual([number]);
};

async function ask(method: 'GET' | 'POST', path: string, body?: unknown) {
  const startedAt = performance.now();
  const response = await fetch(`${world.serverUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${world.env.COUNTERFOIL_API_TOKEN!}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer, tookMs: performance.now() - startedAt };
}

test('QuickBooks is down', async () => {
  await world.simulator.kill();
  await send('Q1');
  await listed('qbo-unreachable');
  const { rows } = await sql`select firm_id from company where unreachable_since is not null`.execute(db);
  expect(rows).toHaveLength(1);
  await world.simulator.restart();
  await onlyOnce('Q1');
  await cleared();
}, 180_000);

test('Temporal is down', async () => {
  await world.temporal.kill();
  const ready = await ask('GET', '/readyz');
  expect([ready.status, ready.answer.away]).toEqual([503, ['temporal']]);
  const refused = await ask('POST', '/v1/bills', stage.bill('T1'));
  expect([refused.status, refused.answer.error]).toEqual([503, 'temporal-unreachable']);
  console.log(`refused after ${Math.round(refused.tookMs)} ms`);
  expect(refused.tookMs).toBeLessThan(9000);
  expect(await list()).toMatch(/^Nothing needs a person/);
  await world.temporal.restart();
  await eventually(async () => expect((await ask('GET', '/readyz')).status).toBe(200));
  expect((await ask('POST', '/v1/bills', stage.bill('T1'))).status).toBe(202);
  await onlyOnce('T1');
}, 180_000);

test('Postgres is down', async () => {
  await world.postgres.kill();
  const ready = await ask('GET', '/readyz');
  expect([ready.status, ready.answer.away]).toEqual([503, ['postgres']]);
  const lists = await ask('GET', '/v1/attention');
  expect([lists.status, lists.answer.error]).toEqual([503, 'postgres-unreachable']);
  expect((await ask('POST', '/v1/bills', stage.bill('P1'))).status).toBe(202);
  await world.postgres.restart();
  await onlyOnce('P1');
  expect((await ask('GET', '/readyz')).status).toBe(200);
}, 180_000);

test('a company’s tokens are dead', async () => {
  await stage.qbo.company('disconnect');
  await stage.qbo.company('expire-tokens');
  await send('C1');
  await listed('connection-revoked');
  const office = { serverUrl: world.serverUrl, apiToken: world.env.COUNTERFOIL_API_TOKEN! };
  await connectFirm({ ...office, qbo: stage.qbo }, stage.firm.firmId, {});
  await onlyOnce('C1');
  await cleared();
}, 180_000);

beforeAll(async () => {
  await send('known');
  await stage.settled('known');
});

/** A bill of a client that QuickBooks has already, so that it waits for nothing else. */
const sendKnown = async (number: string) => {
  const { client } = stage.bill('known');
  await stage.billing.syncBill(stage.bill(number, { client }));
};

test('the limiter is blocked', async () => {
  await sql`update rate set blocked_until = now() + interval '1 hour'`.execute(db);
  await sendKnown('L1');
  const id = `bill:${stage.firm.firmId}:L1`;
  const pending = async () => {
    const json = await stage.cli('workflow', 'describe', '--workflow-id', id, '--output', 'json');
    return JSON.parse(json) as { pendingActivities?: { activityId: string; attempt?: number }[] };
  };
  const activityId = await eventually(async () => {
    const [activity] = (await pending()).pendingActivities ?? [];
    expect(activity?.attempt).toBeGreaterThan(1);
    return activity!.activityId;
  }, 60_000);
  await sql`update rate set blocked_until = null where blocked_until > now() + interval '10 minutes'`.execute(
    db,
  );
  await sql`delete from slot`.execute(db);
  await stage.cli('activity', 'reset', '--workflow-id', id, '--activity-id', activityId);
  await onlyOnce('L1');
}, 180_000);

test('before a deploy, all histories replay', async () => {
  const { code, stdout } = await runScript(world.env, 'replay-histories', '--live');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\d+ replayed, 0 broken/)]);
}, 180_000);

test('a worker lacks a key', async () => {
  const { COUNTERFOIL_PAYLOAD_KEYS: payloadKeys, COUNTERFOIL_TOKEN_KEYS: tokenKeys } = world.env;
  const restartWith = async (changed: Record<string, string | undefined>) => {
    Object.assign(world.env, changed);
    await world.worker.restart();
  };
  await restartWith({ COUNTERFOIL_PAYLOAD_KEYS: `other:${freshKey()}` });
  await sendKnown('K1');
  const shown = () => stage.cli('workflow', 'show', '--workflow-id', `bill:${stage.firm.firmId}:K1`);
  await eventually(async () => expect(await shown()).toContain('WorkflowTaskFailed'), 60_000);
  await restartWith({ COUNTERFOIL_PAYLOAD_KEYS: payloadKeys });
  await onlyOnce('K1');

  await restartWith({ COUNTERFOIL_TOKEN_KEYS: `other:${freshKey()}` });
  await sendKnown('K2');
  await listed('internal-error');
  expect(await list()).toContain('Key "local" is not configured.');
  await restartWith({ COUNTERFOIL_TOKEN_KEYS: tokenKeys });
  await runScript(world.env, 'retry', '--fault', 'internal-error', '--by', 'Kim');
  await onlyOnce('K2');
  await cleared();

  await stage.takeNumber('K3');
  await sendKnown('K3');
  await stage.parked('K3');
  await restartWith({ COUNTERFOIL_PAYLOAD_KEYS: `new:${freshKey()}` });
  const id = `bill:${stage.firm.firmId}:K3`;
  await stage.cli('workflow', 'terminate', '--workflow-id', id, '--reason', 'its key is lost');
  const billing = await CounterfoilClient.connect(readClientConfig(world.env));
  const { client } = stage.bill('known');
  await billing.syncBill(stage.bill('K3', { client }));
  await eventually(async () => expect((await billing.status(stage.ref('K3'))).state).toBe('needs-attention'));
  await billing.remediate(stage.ref('K3'), { action: 'renumber', number: 'K3-again' });
  await settledOf(billing, stage.ref('K3'));
  await billing.close();
  expect(await stage.invoiceNumbers('K3')).toEqual(['K3-again']);
  await restartWith({ COUNTERFOIL_PAYLOAD_KEYS: payloadKeys });
}, 360_000);
