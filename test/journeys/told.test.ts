import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { billingApp } from '../support/billing-app.js';
import { aBill, aClient, otherLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import {
  startMailServer,
  startWebhookReceiver,
  type MailServer,
  type WebhookReceiver,
} from '../support/receiver.js';
import { runScript } from '../support/script.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

const WITHIN_MS = 9000;

let world: World;
let firm: TestFirm;
let hook: WebhookReceiver;
let mail: MailServer;
const app = () => billingApp(world, () => firm);

beforeAll(async () => {
  mail = await startMailServer();
  world = await createWorld({
    timing: { outageFastMs: 300, outageRetryMs: 400, outageTellMs: 2000 },
    env: {
      COUNTERFOIL_NOTIFY_WITHIN: `${WITHIN_MS}ms`,
      COUNTERFOIL_SMTP_URL: mail.url,
      COUNTERFOIL_MAIL_FROM: 'counterfoil@example.com',
    },
    schedules: true,
  });
});
afterAll(async () => {
  await world.close();
  await mail.close();
});
beforeEach(async () => {
  hook = await startWebhookReceiver();
  firm = await world.firm();
});
afterEach(async () => hook.close());

const subscribe = (over: Record<string, unknown> = {}, at = world) =>
  at.call('POST', '/v1/subscriptions', {
    firmId: firm.firmId,
    person: 'Kim',
    channel: 'webhook',
    address: hook.url,
    ...over,
  });

interface Told {
  type: string;
  timestamp: string;
  data: { cause: string; since: string };
}
const told = () => hook.received.map(({ body }) => JSON.parse(body) as Told);
const causes = () => told().map(({ type, data }) => [type, data.cause]);
const saysEventually = (expected: string[][]) =>
  eventually(async () => {
    await Promise.resolve();
    expect(causes()).toEqual(expected);
  }, 45_000);

const clientOf = (id: string) => aClient({ clientId: `C-${id}`, name: `Client ${id}` });
const unmapped = (billId: string) => ({ billId, client: clientOf(billId), lines: [otherLine()] });
const bills = (count: number) => Array.from({ length: count }, (_, index) => `B${index}`);

test('twenty bills that are refused for one cause are one message in time, and one when it is over', async () => {
  await subscribe();
  await subscribe({ channel: 'email', address: `${firm.firmId}@example.com` });
  const ids = bills(20);
  await Promise.all(ids.map((billId) => app().sendParked(unmapped(billId))));
  await saysEventually([['cause.opened', 'no-item-mapped']]);
  const { data, timestamp } = told()[0]!;
  const tookMs = Date.parse(timestamp) - Date.parse(data.since);
  console.log(`told after ${tookMs} ms, of ${WITHIN_MS} ms`);
  expect(tookMs).toBeLessThan(WITHIN_MS);

  const items = { 'flat-fee': firm.items.time };
  await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { items });
  await runScript(world.env, 'retry', '--firm', firm.firmId, '--fault', 'no-item-mapped');
  for (const id of ids) await app().settled(id);
  await saysEventually([
    ['cause.opened', 'no-item-mapped'],
    ['cause.over', 'no-item-mapped'],
  ]);
  const letters = () => mail.letters.filter(({ to }) => to === `${firm.firmId}@example.com`);
  await eventually(async () => {
    await Promise.resolve();
    expect(letters()).toHaveLength(2);
  });
  expect(
    letters()
      .map(({ raw }) => raw)
      .join(),
  ).not.toMatch(/Subject: .*Client B/);
}, 150_000);

test('a storm of 503s is nobody’s business, and an outage that lasts is told once, and its end', async () => {
  await subscribe();
  const ids = bills(10);
  await firm.qbo.fault('service-unavailable', { count: 12 });
  await Promise.all(ids.map((billId) => app().send({ billId, client: clientOf(billId) })));
  await firm.qbo.fault('service-unavailable', { count: null });
  const late = { firmId: firm.firmId, billId: 'late', number: 'late', client: clientOf('late') };
  await world.client.syncBill(aBill(late));
  await saysEventually([['cause.opened', 'qbo-unreachable']]);
  await firm.qbo.clearFaults();
  await app().settled('late');
  await saysEventually([
    ['cause.opened', 'qbo-unreachable'],
    ['cause.over', 'qbo-unreachable'],
  ]);
}, 150_000);
