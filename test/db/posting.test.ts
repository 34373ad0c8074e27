import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { lockDocument } from '../../src/db/document.js';
import { createFirm } from '../../src/db/firm.js';
import {
  insertPosting,
  saveUnanswered,
  settlePosting,
  takeOverUnsettled,
  type NewPosting,
} from '../../src/db/posting.js';
import { findStanding } from '../../src/db/standing.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { customerKey } from '../../src/domain/document.js';
import { useDatabase } from '../support/database.js';

const key = customerKey('C1');

let db: Database;
let ref: AggregateRef;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  ref = { firmId: `firm-${(firmCount += 1)}`, type: 'contact', id: 'C1' };
  await createFirm(db, ref.firmId, 'Hale & Partners');
  await lockDocument(db, ref, key, 'customer');
});

const insert = (over: Partial<NewPosting> = {}) =>
  insertPosting(db, {
    firmId: ref.firmId,
    key,
    generation: 1,
    action: 'create',
    requestId: `${ref.firmId}-1`,
    realmId: `${ref.firmId}-realm`,
    intent: { document: 'customer', name: 'Ada Lovelace', mark: key },
    body: '{"DisplayName":"Ada Lovelace"}',
    lease: 'first',
    ...over,
  });
const next = { generation: 2, requestId: 'next' };
const row = () =>
  db.selectFrom('posting').selectAll().where('firm_id', '=', ref.firmId).executeTakeFirstOrThrow();

describe('a posting', () => {
  test('is frozen, and counts as sent and unanswered from the start', async () => {
    const posting = await insert();
    expect(posting).toMatchObject({ outcome: 'unsettled', attempt_count: 1, settled_at: null });
    expect(posting.body).toBe('{"DisplayName":"Ada Lovelace"}');
    expect(posting.unanswered_at).toEqual(posting.first_sent_at);
    expect(posting.unanswered_at).toBeInstanceOf(Date);
  });

  test('stands alone while its outcome is unknown, and makes room once it is', async () => {
    const first = await insert();
    expect((await findStanding(db, ref)).unsettled).toBe(true);
    await expect(insert({ ...next, requestId: `${ref.firmId}-2` })).rejects.toMatchObject({
      constraint: 'posting_one_unsettled',
    });
    expect(await settlePosting(db, first, { outcome: 'refused' })).toBe(true);
    expect((await findStanding(db, ref)).unsettled).toBe(false);
    await insert({ ...next, requestId: `${ref.firmId}-2` });
    expect((await findStanding(db, ref)).unsettled).toBe(true);
  });

  test('stands in the way of its own aggregate only', async () => {
    await insert();
    expect((await findStanding(db, { ...ref, id: 'C2' })).unsettled).toBe(false);
    expect((await findStanding(db, { ...ref, type: 'bill' })).unsettled).toBe(false);
    expect(await takeOverUnsettled(db, { ...ref, id: 'C2' }, 'second')).toBeUndefined();
  });

  test('has a request id and a generation that were never used before', async () => {
    await settlePosting(db, await insert(), { outcome: 'absent' });
    await expect(insert({ generation: 2 })).rejects.toMatchObject({
      constraint: 'posting_request_id_key',
    });
    await expect(insert({ requestId: `${ref.firmId}-2` })).rejects.toMatchObject({
      constraint: 'posting_firm_id_document_key_generation_key',
    });
    await expect(insert({ generation: 2, requestId: 'x'.repeat(37) })).rejects.toMatchObject({
      constraint: 'posting_request_id_check',
    });
  });
});

describe('taking over', () => {
  test('gives a new lease and the same bytes, and tells when the last one was left unanswered', async () => {
    const first = await insert();
    const taken = await takeOverUnsettled(db, ref, 'second');
    expect(taken).toMatchObject({
      posting_id: first.posting_id,
      request_id: first.request_id,
      body: first.body,
      lease: 'second',
      attempt_count: 2,
      previously_unanswered_at: first.unanswered_at,
    });
  });

  test('is refused where nothing is open', async () => {
    expect(await takeOverUnsettled(db, ref, 'second')).toBeUndefined();
    await settlePosting(db, await insert(), { outcome: 'posted' });
    expect(await takeOverUnsettled(db, ref, 'second')).toBeUndefined();
  });

  test('leaves nothing to record for who held it before', async () => {
    const first = await insert();
    const taken = await takeOverUnsettled(db, ref, 'second');
    expect(await settlePosting(db, first, { outcome: 'posted', httpStatus: 200 })).toBe(false);
    expect(await row()).toMatchObject({ outcome: 'unsettled', http_status: null });
    expect(await settlePosting(db, taken!, { outcome: 'absent' })).toBe(true);
  });

  test('by several at once leaves one lease that settles', async () => {
    await insert();
    const leases = ['a', 'b', 'c', 'd'];
    const taken = await Promise.all(leases.map((lease) => takeOverUnsettled(db, ref, lease)));
    const settled = await Promise.all(
      taken.map((posting) => settlePosting(db, posting!, { outcome: 'posted' })),
    );
    expect(settled.filter(Boolean)).toHaveLength(1);
    expect((await row()).attempt_count).toBe(5);
  });
});

describe('settling', () => {
  test('keeps what they answered, once', async () => {
    const posting = await insert();
    const answer = {
      httpStatus: 400,
      intuitTid: 'tid-1',
      answer: '{"Fault":{}}',
      faultKey: 'name-used',
    };
    await settlePosting(db, posting, { outcome: 'refused', ...answer });
    expect(await settlePosting(db, posting, { outcome: 'posted' })).toBe(false);
    const settled = await row();
    expect(settled).toMatchObject({ outcome: 'refused', http_status: 400, intuit_tid: 'tid-1' });
    expect(settled).toMatchObject({ answer: '{"Fault":{}}', fault_key: 'name-used' });
    expect(settled.settled_at).toBeInstanceOf(Date);
  });
});

describe('the mark of an unanswered send', () => {
  test('is set before a send and put back to what it was', async () => {
    const { posting_id } = await insert();
    await saveUnanswered(db, posting_id, null);
    expect((await row()).unanswered_at).toBeNull();
    await saveUnanswered(db, posting_id, 'now');
    const taken = await takeOverUnsettled(db, ref, 'second');
    expect(taken?.previously_unanswered_at).toBeInstanceOf(Date);
    const before = new Date('2026-11-22T08:00:00.123Z');
    await saveUnanswered(db, posting_id, before);
    expect((await row()).unanswered_at).toEqual(before);
  });
});
