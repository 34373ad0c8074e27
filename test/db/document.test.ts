import { beforeEach, describe, expect, test } from 'vitest';
import type { Database, Queryable } from '../../src/db/database.js';
import {
  beginGeneration,
  findPosted,
  lockDocument,
  saveLink,
  saveRemoval,
  saveSyncToken,
} from '../../src/db/document.js';
import { createFirm } from '../../src/db/firm.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { customerKey } from '../../src/domain/document.js';
import type { CustomerIntent } from '../../src/domain/intent.js';
import { useDatabase } from '../support/database.js';

let db: Database;
let firmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  firmId = `firm-${(firmCount += 1)}`;
  await createFirm(db, firmId, 'Hale & Partners');
});

const intent = (id: string): CustomerIntent => ({
  document: 'customer',
  name: `Client ${id}`,
  mark: customerKey(id),
});
const ref = (id: string): AggregateRef => ({ firmId, type: 'contact', id });
const lock = (id: string, queryable: Queryable = db) =>
  lockDocument(queryable, ref(id), customerKey(id), 'customer');
const link = (id: string, qboId: string, realmId = `${firmId}-realm`) =>
  saveLink(db, firmId, customerKey(id), intent(id), {
    realmId,
    qboType: 'Customer',
    qboId,
    syncToken: '0',
  });

describe('a removal', () => {
  test('keeps the link, and is over when the document is posted again', async () => {
    await lock('C1');
    await link('C1', '58');
    await saveRemoval(db, firmId, customerKey('C1'), 'voided', '7');
    expect(await findPosted(db, firmId, customerKey('C1'))).toMatchObject({
      qboId: '58',
      syncToken: '7',
      removed: 'voided',
    });
    await link('C1', '59');
    expect(await findPosted(db, firmId, customerKey('C1'))).not.toHaveProperty('removed');
    expect((await lock('C1')).revision).toBe(3);
  });
});

describe('locking a document', () => {
  test('makes its row where it is missing, and leaves alone what is there', async () => {
    expect(await lock('C1')).toMatchObject({ generation: 0, qbo_id: null, revision: 0 });
    await link('C1', '58');
    const first = await lock('C1');
    expect(first).toMatchObject({ qbo_id: '58', revision: 1 });
    expect(await lock('C1')).toEqual(first);
  });

  test('holds the row until the transaction ends', async () => {
    await lock('C1');
    const free = () =>
      db.selectFrom('document').select('document_key').where('firm_id', '=', firmId).forUpdate().skipLocked();
    await db.transaction().execute(async (tx) => {
      await lock('C1', tx);
      expect(await free().execute()).toEqual([]);
    });
    expect(await free().execute()).toHaveLength(1);
  });

  test('lets ten who come at once count ten generations, none twice', async () => {
    const count = () =>
      db.transaction().execute(async (tx) => {
        const ref = { firmId, type: 'contact', id: 'C1' } as const;
        return (await beginGeneration(tx, ref, customerKey('C1'), 'customer')).generation;
      });
    const counted = await Promise.all(Array.from({ length: 10 }, count));
    expect(counted.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('a link', () => {
  const unique = { constraint: 'document_link_unique' };

  test('is what was posted, and a newer token of theirs does not touch what we meant', async () => {
    await lock('C1');
    expect(await findPosted(db, firmId, customerKey('C1'))).toBeUndefined();
    await link('C1', '58');
    await saveSyncToken(db, firmId, customerKey('C1'), '4');
    expect(await findPosted(db, firmId, customerKey('C1'))).toEqual({
      intent: intent('C1'),
      realmId: `${firmId}-realm`,
      qboId: '58',
      syncToken: '4',
    });
  });

  test('keeps the instant of the first posting', async () => {
    const postedAt = () =>
      db.selectFrom('document').select('posted_at').where('firm_id', '=', firmId).executeTakeFirstOrThrow();
    await lock('C1');
    await link('C1', '58');
    const first = await postedAt();
    await link('C1', '58');
    expect(await postedAt()).toEqual(first);
  });

  test('is unique both ways: two of ours are never one of theirs', async () => {
    await Promise.all([lock('C1'), lock('C2')]);
    await link('C1', '58');
    await expect(link('C2', '58')).rejects.toMatchObject(unique);
    await createFirm(db, `${firmId}-b`, 'Others');
    const key = customerKey('C9');
    await lockDocument(db, { firmId: `${firmId}-b`, type: 'contact', id: 'C9' }, key, 'customer');
    const taken = { realmId: `${firmId}-realm`, qboType: 'Customer', qboId: '58', syncToken: '0' };
    await expect(saveLink(db, `${firmId}-b`, key, intent('C9'), taken)).rejects.toMatchObject(unique);
  });

  test('is another one in another company, and for another type', async () => {
    await Promise.all([lock('C1'), lock('C2'), lock('C3')]);
    await link('C1', '58');
    await link('C2', '58', `${firmId}-other`);
    const vendor = { realmId: `${firmId}-realm`, qboType: 'Vendor', qboId: '58', syncToken: '0' };
    await saveLink(db, firmId, customerKey('C3'), intent('C3'), vendor);
    expect(await findPosted(db, firmId, customerKey('C3'))).toMatchObject({ qboId: '58' });
  });
});
