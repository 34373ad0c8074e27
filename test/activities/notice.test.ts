import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverNotices, observeCauses, type Channels } from '../../src/activities/notice.js';
import { openSecret } from '../../src/channel/secret.js';
import { createKeyring } from '../../src/codec/keyring.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { closeFault, openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import { saveTrustAccount } from '../../src/db/trust-account.js';
import { saveReconciliation } from '../../src/db/trust-reconciliation.js';
import { saveStuckWorkflows } from '../../src/db/stuck-workflow.js';
import { endSubscription, listSubscriptions } from '../../src/db/subscription.js';
import { reconcile } from '../../src/domain/trust/reconciliation/reconcile.js';
import { createLogger } from '../../src/log.js';
import { Secret } from '../../src/secret.js';
import { parseSubscription } from '../../src/snapshot/subscription.js';
import { subscribe } from '../../src/subscribe.js';
import { aParking } from '../support/builder.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import {
  startMailServer,
  startWebhookReceiver,
  type MailServer,
  type WebhookReceiver,
} from '../support/receiver.js';
import { aTrustAccount } from '../support/trust.js';

const tokenKeyring = createKeyring([{ id: 'k', key: Buffer.alloc(32, 7) }]);
const log = createLogger('test', { level: 'fatal', format: 'json' });

let store: TestDatabase;
let db: Database;
let hook: WebhookReceiver;
let mail: MailServer;
let channels: Channels;
let firmId: string;
let count = 0;
let parkings = 0;

beforeAll(async () => {
  store = await createTestDatabase();
  db = openDatabase({ url: store.url });
  mail = await startMailServer();
  channels = {
    mail: { smtpUrl: new Secret(mail.url), from: 'counterfoil@example.com', publicUrl: 'https://cf.example' },
    openSecret: (sealed) => openSecret(tokenKeyring, sealed),
    giveUpMs: 3_600_000,
  };
});
beforeEach(async () => {
  firmId = `firm-${(count += 1)}`;
  hook = await startWebhookReceiver();
  await createFirm(db, firmId, 'Hale & Partners');
});
afterEach(async () => {
  for (const { subscriptionId } of await listSubscriptions(db, {}))
    await endSubscription(db, subscriptionId, 'test');
  await hook.close();
});
afterAll(async () => {
  await mail.close();
  await db.destroy();
  await store.drop();
});

const park = (id: string, fault = 'number-used-bill') => {
  const parked = aParking({
    parkId: `P-${(parkings += 1)}`,
    fault,
    cause: 'Bill of Ada Lovelace for 676.00.',
  });
  const aggregate = { firmId, type: 'bill', id } as const;
  return openFault(db, { aggregate, workflowId: `bill:${firmId}:${id}`, parked, params: {}, evidence: {} });
};
const mend = (id: string) => closeFault(db, { firmId, type: 'bill', id }, { by: 'Kim' });
const add = (over: Record<string, unknown> = {}) =>
  subscribe(
    { db, tokenKeyring, hasMail: true },
    parseSubscription({ firmId, person: 'Kim', channel: 'webhook', address: hook.url, ...over }),
  );
const deliver = (over: Partial<Parameters<typeof deliverNotices>[0]> = {}) =>
  deliverNotices({ db, channels, log, ...over });
const look = async () => {
  await observeCauses({ db });
  return await deliver();
};
const told = () =>
  hook.received.map(({ body }) => {
    const { type, data } = JSON.parse(body) as { type: string; data: { cause: string; items: number } };
    return [type, data.cause, data.items];
  });
/** A clock that a test may turn: what was put off is due now. */
const makeDue = () =>
  db
    .updateTable('notice')
    .set({ due_at: new Date(0) })
    .where('sent_at', 'is', null)
    .execute();

describe('one message for a cause', () => {
  test('and not for each of its bills, and one when it is over', async () => {
    await add();
    for (const id of ['B1', 'B2', 'B3']) await park(id);
    await look();
    await park('B4');
    await look();
    expect(told()).toEqual([['cause.opened', 'number-used-bill', 3]]);
    for (const id of ['B1', 'B2', 'B3']) await mend(id);
    await look();
    await look();
    expect(told()).toHaveLength(1);
    await mend('B4');
    await look();
    await look();
    await look();
    expect(told().slice(1)).toEqual([['cause.over', 'number-used-bill', 0]]);
    await park('B5');
    await look();
    expect(told().slice(2)).toEqual([['cause.opened', 'number-used-bill', 1]]);
  });

  test('and each cause has its own; a retry that is refused again is neither an end nor a beginning', async () => {
    await add();
    await park('B1');
    await park('B2', 'no-lines');
    await look();
    expect(
      told()
        .map(([, cause]) => cause)
        .sort(),
    ).toEqual(['no-lines', 'number-used-bill']);
    await mend('B1');
    await look();
    await park('B1');
    await look();
    await look();
    expect(told()).toHaveLength(2);
  });

  test('and it is not over while a bill that was parked for it is still being tried', async () => {
    await add();
    await park('B1');
    const state = (value: 'working' | 'posted') =>
      db.updateTable('bill').set({ state: value }).where('firm_id', '=', firmId).execute();
    const snapshot = JSON.stringify({});
    await db
      .insertInto('bill')
      .values({ firm_id: firmId, bill_id: 'B1', client_id: 'C1', version: 1, snapshot })
      .execute();
    await look();
    await mend('B1');
    for (let looks = 0; looks < 3; looks += 1) await look();
    expect(told()).toHaveLength(1);
    await state('posted');
    await look();
    await look();
    expect(told().at(-1)).toEqual(['cause.over', 'number-used-bill', 0]);
  });

  test('also for a workflow that is stuck', async () => {
    await add({ causes: ['workflow-stuck'] });
    const ref = { firmId, type: 'bill', id: 'B1' } as const;
    const workflowId = `bill:${firmId}:B1`;
    await saveStuckWorkflows(db, [{ ref, workflowId, problem: 'It fails.' }]);
    await look();
    await saveStuckWorkflows(db, []);
    await look();
    await look();
    expect(told().map(([type]) => type)).toEqual(['cause.opened', 'cause.over']);
  });

  test('also for client money that is apart', async () => {
    await add({ causes: ['client-money-parted'] });
    await saveTrustAccount(db, firmId, aTrustAccount());
    const find = async (openingBankCents: number): Promise<void> => {
      const books = { openingBankCents, openingOwedCents: 0, entries: [], names: {} };
      const result = reconcile({ account: aTrustAccount(), on: '2026-11-20', own: [], books });
      await saveReconciliation(db, { firmId, result, jurisdiction: 'aba-model' });
    };
    await find(100);
    await look();
    await find(200);
    await look();
    await find(0);
    await look();
    await look();
    expect(told().map(([type]) => type)).toEqual(['cause.opened', 'cause.over']);
    const { data } = JSON.parse(hook.received[0]!.body) as { data: Record<string, string> };
    expect([data.text, data.remedy]).toEqual([
      expect.stringContaining('QuickBooks has 1.00 in the bank'),
      expect.stringContaining('npm run reconcile'),
    ]);
  });
});

describe('a subscription', () => {
  test('hears of its own causes and its own firm only, and who comes late of what stands', async () => {
    await park('B1');
    await park('B2', 'no-lines');
    await look();
    await add({ causes: ['no-lines'] });
    await look();
    expect(told()).toEqual([['cause.opened', 'no-lines', 1]]);
    const other = await startWebhookReceiver();
    firmId = `firm-${(count += 1)}`;
    await createFirm(db, firmId, 'Another firm');
    await add({ address: other.url });
    await look();
    expect(other.received).toEqual([]);
    await other.close();
  });

  test('that has ended hears nothing more, not even what was on its way', async () => {
    const { subscriptionId } = await add();
    await park('B1');
    await observeCauses({ db });
    expect(await endSubscription(db, subscriptionId, 'Kim')).toBe(true);
    expect(await endSubscription(db, subscriptionId, 'Kim')).toBe(false);
    await look();
    expect(told()).toEqual([]);
  });

  test('is there once for an address, and keeps its secret sealed', async () => {
    const { secret } = await add();
    await expect(add()).rejects.toThrow(/subscribed already/);
    const row = await db
      .selectFrom('subscription')
      .selectAll()
      .where('firm_id', '=', firmId)
      .executeTakeFirst();
    expect(row?.secret).not.toContain(secret!.slice(8));
    expect(await listSubscriptions(db, { firm: firmId })).toMatchObject([
      { person: 'Kim', address: hook.url },
    ]);
  });
});

test('a webhook is signed so that a library of others accepts it, and nothing that was changed', async () => {
  const { secret } = await add();
  await park('B1');
  await look();
  const [{ headers, body, id }] = hook.received as [WebhookReceiver['received'][number]];
  const signed = headers as Record<string, string>;
  expect(new Webhook(secret!).verify(body, signed)).toMatchObject({
    type: 'cause.opened',
    timestamp: expect.stringMatching(/^20.*Z$/),
    data: {
      firmId,
      cause: 'number-used-bill',
      items: 1,
      title: expect.any(String),
      text: expect.any(String),
    },
  });
  expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(() => new Webhook(secret!).verify(`${body} `, signed)).toThrow();
  expect(() => new Webhook('whsec_c2VjcmV0IG9mIG90aGVycw==').verify(body, signed)).toThrow();
});

test('an e-mail names in its subject no client and no amount, and says in its text what to do', async () => {
  await add({ channel: 'email', address: 'kim@example.com' });
  await park('B1');
  await look();
  const { to, raw } = mail.letters.at(-1)!;
  const [head = '', text = ''] = raw.split(/\r\n\r\n(.*)/s);
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1];
  expect(to).toBe('kim@example.com');
  expect(subject).toContain(firmId);
  expect(subject).not.toMatch(/Lovelace|676/);
  expect(head).toMatch(/^Message-ID: <msg_[0-9a-f]{32}@counterfoil>/m);
  expect(text).toMatch(/Bill of Ada Lovelace/);
  expect(text).toMatch(/Give it another/);
  await mend('B1');
  await look();
  await look();
  expect(mail.letters.at(-1)!.raw).toMatch(/^Subject: .*over/m);
});

describe('what cannot be delivered', () => {
  const ids = () => hook.received.map(({ id }) => id);

  test('is tried again later, under the same id, and the subscription is shown until it works', async () => {
    await add();
    await park('B1');
    hook.answer(500);
    expect(await look()).toEqual({ sent: 0, failed: 1 });
    expect(await look()).toEqual({ sent: 0, failed: 0 });
    for (let tries = 0; tries < 2; tries += 1) {
      await makeDue();
      await look();
    }
    expect(new Set(ids()).size).toBe(1);
    const [failing] = await listSubscriptions(db, { firm: firmId, failing: 3 });
    expect(failing?.failing).toMatchObject({ times: 3, why: 'It answers 500.' });
    hook.answer(204);
    await makeDue();
    expect(await look()).toEqual({ sent: 1, failed: 0 });
    expect(await listSubscriptions(db, { firm: firmId, failing: 1 })).toEqual([]);
  });

  test('holds back the news of its end', async () => {
    await add();
    await park('B1');
    hook.answer(503);
    await look();
    await mend('B1');
    await look();
    await look();
    hook.answer(200);
    await makeDue();
    await look();
    expect(told().map(([type]) => type)).toEqual(['cause.opened', 'cause.opened', 'cause.over']);
  });

  test.each([
    ['after the time that is configured', 500],
    ['at once when the receiver says that it is gone', 410],
  ])('is given up %s', async (_title, status) => {
    await add();
    await park('B1');
    hook.answer(status);
    await observeCauses({ db });
    await deliver({ channels: { ...channels, giveUpMs: status === 410 ? 3_600_000 : 0 } });
    hook.answer(200);
    await makeDue();
    await look();
    expect(hook.received).toHaveLength(1);
    expect(await listSubscriptions(db, { firm: firmId, failing: 1 })).toHaveLength(1);
  });

  test('is no redirect that is followed, and no mail server that is full or away', async () => {
    await add();
    await add({ channel: 'email', address: 'full@example.com' });
    await park('B1');
    hook.answer(302);
    mail.refuse(true);
    expect(await look()).toEqual({ sent: 0, failed: 2 });
    mail.refuse(false);
    const why = async () =>
      (await listSubscriptions(db, { firm: firmId, failing: 1 })).map((one) => one.failing?.why);
    expect((await why()).sort()).toEqual([
      'It answers 302.',
      'The mail server does not take it (it answers 452).',
    ]);
    await makeDue();
    const away = { ...channels, mail: { ...channels.mail!, smtpUrl: new Secret('smtp://127.0.0.1:1') } };
    await deliver({ channels: away });
    expect((await why()).sort().at(-1)).toBe('The mail server does not take it (ESOCKET).');
  });

  test('a process that dies after it was delivered delivers it again, under the same id', async () => {
    await add();
    await park('B1');
    await observeCauses({ db });
    const dies = deliver({ checkpoint: () => Promise.reject(new Error('dead')) });
    await expect(dies).rejects.toThrow('dead');
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    await makeDue();
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(ids()).toHaveLength(2);
    expect(new Set(ids()).size).toBe(1);
  });
});
