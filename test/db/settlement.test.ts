import { beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { findPosted, lockDocument } from '../../src/db/document.js';
import { findOpenFault, openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import { insertPosting, takeOverUnsettled, type PostingRow } from '../../src/db/posting.js';
import { settleHeld } from '../../src/db/settlement.js';
import { findStanding } from '../../src/db/standing.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { customerKey } from '../../src/domain/document.js';
import { aParking } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

const key = customerKey('C1');
const intent = { document: 'customer', name: 'Ada Lovelace', mark: key } as const;

let db: Database;
let ref: AggregateRef;
let posting: PostingRow;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  const firmId = `firm-${(firmCount += 1)}`;
  ref = { firmId, type: 'contact', id: 'C1' };
  await createFirm(db, firmId, 'Hale & Partners');
  await lockDocument(db, ref, key, 'customer');
  const parked = aParking({ parkId: `P-${firmId}` });
  await openFault(db, {
    aggregate: ref,
    workflowId: `contact:${firmId}:C1`,
    parked,
    params: {},
    evidence: {},
  });
  posting = await insertPosting(db, {
    firmId,
    key,
    generation: 1,
    action: 'create',
    requestId: firmId,
    realmId: firmId,
    intent,
    body: '{}',
    lease: 'first',
  });
});

const settle = (by: Pick<PostingRow, 'lease'>) =>
  settleHeld(
    db,
    ref,
    { ...posting, ...by },
    { outcome: 'posted', httpStatus: 200, intuitTid: 'tid', answer: '{"Customer":{}}' },
    { intent, link: { realmId: ref.firmId, qboType: 'Customer', qboId: '58', syncToken: '0' } },
  );
const events = () =>
  db.selectFrom('event').select(['kind', 'data']).where('firm_id', '=', ref.firmId).execute();
const outcome = () =>
  db
    .selectFrom('posting')
    .select(['outcome', 'http_status', 'intuit_tid', 'answer'])
    .where('firm_id', '=', ref.firmId)
    .executeTakeFirstOrThrow();

test('a yes puts outcome, link and event on record and closes the open fault', async () => {
  expect(await findStanding(db, ref)).toMatchObject({ unsettled: true, parked: true, status: null });
  expect(await settle(posting)).toBe(true);
  expect(await outcome()).toEqual({
    outcome: 'posted',
    http_status: 200,
    intuit_tid: 'tid',
    answer: '{"Customer":{}}',
  });
  expect(await findPosted(db, ref.firmId, key)).toEqual({
    intent,
    realmId: ref.firmId,
    qboId: '58',
    syncToken: '0',
  });
  expect(await events()).toEqual([
    { kind: 'posted', data: { document: key, action: 'create', qboId: '58' } },
  ]);
  expect(await findOpenFault(db, ref)).toBeUndefined();
  expect(await findStanding(db, ref)).toMatchObject({ unsettled: false, parked: false });
});

test('a yes to an attempt that was overtaken puts nothing on record', async () => {
  await takeOverUnsettled(db, ref, 'second');
  expect(await settle(posting)).toBe(false);
  expect(await outcome()).toMatchObject({ outcome: 'unsettled', answer: null });
  expect(await findPosted(db, ref.firmId, key)).toBeUndefined();
  expect(await events()).toEqual([]);
  expect(await findOpenFault(db, ref)).toBeDefined();
});

test('a yes is put on record once', async () => {
  expect(await settle(posting)).toBe(true);
  expect(await settle(posting)).toBe(false);
  expect(await events()).toHaveLength(1);
});
