import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoryEntry } from '../../src/db/story.js';
import { takeNumber } from '../../scripts/local/office.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { aClient } from '../support/builder.js';
import { runScript } from '../support/script.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  app = billingApp(world, () => firm);
  // Somebody in QuickBooks has used the number of B1.
  await takeNumber(firm, 'B1');
  await app.sendParked({ billId: 'B1' });
});
afterAll(async () => world.close());

const run = (name: string, ...args: string[]) => runScript(world.env, name, '--firm', firm.firmId, ...args);

const lines = <T>(stdout: string): T[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

test('list-attention says what is wrong, how often it was tried, and what may be done', async () => {
  const causes = await run('list-attention');
  expect(causes.code).toBe(0);
  expect(causes.stdout).toMatch(/number-used-bill/);
  expect(causes.stdout).toMatch(/1 parked, 0 waiting behind; the oldest since 20/);
  const items = await run('list-attention', '--items', '--cause', 'number-used-bill');
  expect(items.stdout).toMatch(/bill:firm-\w+:B1/);
  expect(items.stdout).toMatch(/allowed: +renumber, new-prefix, allow-duplicate-number, retry, exclude/);
  expect(items.stdout).toMatch(/tried 1 times in vain, sent last at 20.*, parked 1 times/);
  expect(items.stdout).toMatch(/in QuickBooks: https:.*creditmemo/);
});

test('what only waits for a sick client is counted behind it, and called in hand when nothing is wrong', async () => {
  await firm.qbo.bookkeeper('Vendor', { DisplayName: 'Grace Hopper' });
  const client = aClient({ clientId: 'C2', name: 'Grace Hopper' });
  for (const billId of ['W1', 'W2']) await app.sendWaiting({ billId, client });
  const { stdout } = await run('list-attention');
  expect(stdout).toMatch(/contact-name-elsewhere\)\n {2}1 parked, 2 waiting behind/);
  expect(stdout).toMatch(/2 in all, one for each cause/);
});

test('the story has the request, the answer with its intuit_tid, the fault, and the remedy with who and why', async () => {
  await world.client.remediate(app.ref('B1'), {
    action: 'renumber',
    number: 'B1-again',
    by: 'Kim',
    note: 'the memo is older',
  });
  await app.settled('B1');
  const told = lines<StoryEntry>((await run('story', '--id', 'B1', '--json')).stdout);
  const postings = told.filter((entry) => entry.entry === 'posting');
  expect(postings.map(({ outcome, fault }) => [outcome, fault])).toEqual([
    ['refused', 'number-used-bill'],
    ['posted', null],
  ]);
  for (const posting of postings) {
    expect(posting.intuitTid).toMatch(/\S/);
    expect(JSON.parse(posting.request)).toHaveProperty('Line');
    expect(posting.answer).toContain(posting.outcome === 'posted' ? 'B1-again' : '6140');
  }
  const fault = told.find((entry) => entry.entry === 'fault');
  expect(fault).toMatchObject({
    fault: 'number-used-bill',
    closedBy: { by: 'Kim', note: 'the memo is older' },
    evidence: { intuitTid: postings[0]!.intuitTid },
  });
  const remedy = told.find((entry) => entry.entry === 'event' && entry.kind === 'remedy');
  expect(remedy).toMatchObject({
    data: { action: 'renumber', by: 'Kim', note: 'the memo is older' },
    seen: { fault: 'number-used-bill', cause: expect.stringContaining('B1') },
  });
  const order = told.map((entry) => (entry.entry === 'event' ? entry.kind : entry.entry));
  expect(order.indexOf('posting')).toBeLessThan(order.indexOf('fault'));
  expect(order.indexOf('fault')).toBeLessThan(order.indexOf('remedy'));
  const text = (await run('story', '--id', 'B1')).stdout;
  expect(text).toMatch(/intuit_tid +\S/);
  expect(text).toMatch(/ended .*"by":"Kim"/);
});

test('the sync log is filtered, and goes on where it ended', async () => {
  const posted = await run('sync-log', '--state', 'posted', '--kind', 'bill', '--json');
  expect(lines(posted.stdout)).toMatchObject([{ state: 'posted', id: 'B1', document: 'bill/B1/invoice' }]);
  const refused = await run('sync-log', '--cause', 'number-used-bill', '--limit', '1');
  expect(refused.stdout.trim().split('\n')).toHaveLength(1);
  const after = /--after (\S+)/.exec(refused.stderr)?.[1] ?? '';
  const rest = await run('sync-log', '--cause', 'number-used-bill', '--after', after);
  expect(rest.stdout).not.toBe(refused.stdout);
  expect(rest.stdout).toContain('number-used-bill');
});

test.each([
  ['list-attention', ['--cause', 'nonsense'], 1, /must be a cause of docs\/remedies\.md/],
  ['list-attention', ['--fault', 'x'], 2, /unknown option/],
  ['sync-log', ['--to', 'tomorrow'], 1, /a day such as 2026-11-22/],
  ['story', ['--id', 'B9'], 1, /Nothing is on record about bill "B9"/],
  ['story', [], 2, /required option '--id/],
])('%s %j exits with a sentence', async (name, args, code, message) => {
  const ran = await run(name, ...args);
  expect([ran.code, ran.stderr]).toEqual([code, expect.stringMatching(message)]);
});
