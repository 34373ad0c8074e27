import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAttention, listCauses } from '../../src/db/attention.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import { CursorError, type Page } from '../../src/db/page.js';
import { readStory } from '../../src/db/story.js';
import { listSyncLog } from '../../src/db/sync-log.js';
import { countInHand, listUnposted } from '../../src/db/unposted.js';
import { companyCause, companyRef } from '../../src/domain/company.js';
import { registerWaiter } from '../../src/db/waiter.js';
import { aParking } from '../support/builder.js';
import { scannedBy } from '../support/explain.js';
import { fillDatabase } from '../support/filled.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let store: TestDatabase;
let db: Database;
beforeAll(async () => {
  store = await createTestDatabase();
  db = openDatabase({ url: store.url });
  await fillDatabase(db);
});
afterAll(async () => {
  await db.destroy();
  await store.drop();
});

const FIRM = 'full';

/** All pages, and how many there were. */
async function everything<T>(read: (paging: { after?: string }) => Promise<Page<T>>) {
  const items: T[] = [];
  let pages = 0;
  for (let after: string | undefined; pages === 0 || after !== undefined; pages += 1) {
    const page = await read(after === undefined ? {} : { after });
    items.push(...page.items);
    after = page.next;
  }
  return { items, pages };
}

describe('what needs a person', () => {
  test('is one row for each cause, with the oldest in front', async () => {
    const { items } = await listCauses(db, { firm: FIRM });
    expect(items).toEqual([
      {
        firmId: FIRM,
        cause: 'number-used-bill',
        items: 40,
        behind: 0,
        since: expect.any(String),
        text: 'The number is used.',
        remedy: 'Give another.',
        allowed: ['renumber', 'retry'],
      },
    ]);
    const stuck = await listCauses(db, { cause: 'workflow-stuck', limit: 200 });
    expect(stuck.items).toHaveLength(99);
    expect(stuck.items[0]).toMatchObject({ items: 1, allowed: [], text: 'It fails.' });
    const parted = await listCauses(db, { firm: 'firm-7', cause: 'client-money-parted' });
    expect(parted.items).toMatchObject([{ items: 1, behind: 0, allowed: [], text: 'They part.' }]);
  });

  test('counts what waits behind a cause, and behind that', async () => {
    await createFirm(db, 'chain', 'Chain');
    const ref = { firmId: 'chain', type: 'contact', id: 'C1' } as const;
    const parked = aParking({ parkId: 'P-chain', fault: 'contact-name-taken' });
    await openFault(db, { aggregate: ref, workflowId: 'contact:chain:C1', parked, params: {}, evidence: {} });
    const documents = [
      ['contact/C1/customer', 'customer', 'contact', 'C1'],
      ['bill/B1/invoice', 'invoice', 'bill', 'B1'],
    ] as const;
    for (const [document_key, document_type, aggregate_type, aggregate_id] of documents) {
      const row = { firm_id: 'chain', document_key, document_type, aggregate_type, aggregate_id };
      await db.insertInto('document').values(row).execute();
    }
    const wait = (causeKey: string, workflowId: string) =>
      registerWaiter(db, { firmId: 'chain', causeKey, workflowId });
    await wait('contact/C1/customer', 'bill:chain:B1');
    await wait('contact/C1/customer', 'bill:chain:B2');
    await wait('bill/B1/invoice', 'payment:chain:P1');
    expect((await listCauses(db, { firm: 'chain' })).items).toMatchObject([
      { cause: 'contact-name-taken', items: 1, behind: 3 },
    ]);
    expect((await listAttention(db, { firm: 'chain' })).items).toMatchObject([{ id: 'C1', behind: 3 }]);
  });

  test('is told item by item, with how often it was tried', async () => {
    const { items } = await listAttention(db, { firm: FIRM, cause: 'number-used-bill', limit: 200 });
    expect(items).toHaveLength(40);
    expect(items[0]!.id).toBe('B40');
    expect(items.at(-1)).toMatchObject({
      id: 'B1',
      parkId: 'P-B1',
      tries: 2,
      timesParked: 1,
      lastTriedAt: expect.any(String),
      allowed: ['renumber', 'retry'],
    });
  });

  test('is read page by page, each item once', async () => {
    const { items, pages } = await everything((paging) =>
      listAttention(db, { firm: FIRM, limit: 7, ...paging }),
    );
    expect(pages).toBe(6);
    expect(new Set(items.map(({ id }) => id)).size).toBe(40);
    const causes = await everything((paging) => listCauses(db, { limit: 9, ...paging }));
    expect(new Set(causes.items.map(({ firmId, cause }) => `${firmId} ${cause}`)).size).toBe(
      causes.items.length,
    );
    expect(causes.items.length).toBeGreaterThan(100);
  });

  test.each(['', 'rubbish', 'WyJhIl0', Buffer.from('["2026","x"]').toString('base64url')])(
    'a cursor that is none, "%s", is refused',
    async (after) => {
      await expect(listAttention(db, { after })).rejects.toThrow(CursorError);
    },
  );
});

test('what a stopped company holds up is one row, with all that waits', async () => {
  const parked = aParking({ parkId: 'P-company', fault: 'connection-revoked' });
  await openFault(db, {
    aggregate: companyRef('firm-1'),
    workflowId: 'company:firm-1:firm-1',
    parked,
    params: {},
    evidence: {},
  });
  expect((await listCauses(db, { firm: 'firm-1' })).items).toMatchObject([
    { cause: 'connection-revoked', items: 1, behind: 20 },
  ]);
});

test('what is not in QuickBooks is listed with the cause it comes down to', async () => {
  const { items } = await everything((paging) => listUnposted(db, { firm: FIRM, ...paging }));
  expect(items).toHaveLength(50);
  expect(items.filter(({ needsPerson }) => needsPerson)).toHaveLength(40);
  expect(items.find(({ id }) => id === 'B41')).toMatchObject({
    state: 'waiting',
    cause: 'waiting',
    waitingFor: companyCause,
  });
  expect(await countInHand(db, { firm: FIRM })).toMatchObject([{ cause: 'waiting', items: 10 }]);
});

describe('no list reads a table from end to end:', () => {
  const ref = { firmId: FIRM, type: 'bill', id: 'B7' } as const;
  test.each<[string, (db: Database) => Promise<unknown>]>([
    ['causes of all firms', (one) => listCauses(one, {})],
    ['causes of a firm', (one) => listCauses(one, { firm: FIRM })],
    ['items of all firms', (one) => listAttention(one, {})],
    ['items of a cause', (one) => listAttention(one, { firm: FIRM, cause: 'number-used-bill' })],
    ['what is unposted', (one) => listUnposted(one, { firm: FIRM })],
    ['what is in hand', (one) => countInHand(one, { firm: FIRM })],
    ['the log of a firm', (one) => listSyncLog(one, { firm: FIRM })],
    ['the log by state', (one) => listSyncLog(one, { firm: FIRM, state: 'parked' })],
    ['the log by cause', (one) => listSyncLog(one, { firm: FIRM, cause: 'number-used-bill' })],
    ['the log of a day', (one) => listSyncLog(one, { firm: FIRM, from: '2026-01-01', until: '2026-01-02' })],
    ['a story', (one) => readStory(one, ref)],
  ])('%s', async (_title, ask) => {
    expect(await scannedBy(store.url, ask)).toEqual([]);
  });

  test('where one is read so, it is seen', async () => {
    const scanned = await scannedBy(store.url, (one) => one.selectFrom('bill').selectAll().execute());
    expect(scanned).toEqual(['bill']);
  });
});
