import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { recordEvent } from '../../src/db/event.js';
import { saveTrustAccount } from '../../src/db/trust-account.js';
import {
  journalHash,
  journalHead,
  listJournalFirms,
  verifyTrustJournal,
  type JournalRow,
} from '../../src/db/trust-journal.js';
import { acceptTrustTransaction } from '../../src/db/trust-transaction.js';
import { useDatabase } from '../support/database.js';
import { aTrustAccount, aTrustTransaction } from '../support/trust.js';

let db: Database;
let firmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));
beforeEach(() => {
  firmId = `firm-${(firmCount += 1)}`;
});

const accept = (id: string, version = 1) =>
  acceptTrustTransaction(db, aTrustTransaction({ firmId, trustTransactionId: id, version }));
const rows = async (): Promise<JournalRow[]> =>
  await db.selectFrom('trust_journal').selectAll().where('firm_id', '=', firmId).orderBy('seq').execute();
const told = async () => (await rows()).map(({ kind, subject }) => `${kind} ${subject}`);
const verdict = () => verifyTrustJournal(db, firmId);

/** As somebody who may do anything with the database. */
const tamper = (statement: string) =>
  db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql.raw(statement).execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });
const where = (seq: number) => `where firm_id = '${firmId}' and seq = ${seq}`;

/** Five rows or more: two for each of three transactions. */
const threeDeposits = async () => {
  for (const id of ['T1', 'T2', 'T3']) await accept(id);
};

describe('the journal', () => {
  test('tells of every intent with the event beside it, each row with the hash of the one before', async () => {
    await threeDeposits();
    expect(await told()).toEqual(['T1', 'T2', 'T3'].flatMap((id) => [`intent ${id}`, `event ${id}`]));
    const [first, second] = await rows();
    expect(first?.previous_hash).toBe('0'.repeat(64));
    expect(second?.previous_hash).toBe(first?.hash);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ amountCents: 50_000, enteredBy: 'pat' });
    expect(await verdict()).toEqual({ holds: true, head: await journalHead(db, firmId) });
    expect(await listJournalFirms(db)).toContain(firmId);
  });

  test('tells of a newer version, and not of the same again', async () => {
    await accept('T1');
    await accept('T1');
    await accept('T1', 2);
    expect((await told()).filter((row) => row === 'intent T1')).toHaveLength(2);
  });

  test('tells of accounts and of what people decide, and of nobody else’s events', async () => {
    await accept('T1');
    await saveTrustAccount(db, firmId, aTrustAccount());
    await recordEvent(db, { firmId, type: 'trustTransaction', id: 'T1' }, 'remedy', { by: 'kim' });
    await recordEvent(db, { firmId, type: 'bill', id: 'B1' }, 'remedy', { by: 'kim' });
    expect((await told()).slice(2)).toEqual(['account IOLTA', 'event T1']);
    expect(JSON.parse((await rows()).at(-1)?.body ?? '')).toEqual({ kind: 'remedy', data: { by: 'kim' } });
  });

  test('tells of what was sent and what was answered, whole', async () => {
    await accept('T1');
    await db
      .insertInto('document')
      .values({
        firm_id: firmId,
        document_key: 'trust/T1/entry',
        document_type: 'journal-entry',
        aggregate_type: 'trustTransaction',
        aggregate_id: 'T1',
      })
      .execute();
    const posting = await db
      .insertInto('posting')
      .values({
        firm_id: firmId,
        document_key: 'trust/T1/entry',
        generation: 1,
        action: 'create',
        request_id: 'r'.repeat(32),
        realm_id: '1',
        intent: '{}',
        body: '{"Line":[]}',
        lease: '6f2d8c1e-0000-4000-8000-000000000000',
        attempt_count: 1,
        first_sent_at: new Date(),
      })
      .returning('posting_id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('posting')
      .set({ outcome: 'posted', answer: '{"JournalEntry":{}}', settled_at: new Date() })
      .where('posting_id', '=', posting.posting_id)
      .execute();
    expect((await told()).slice(2)).toEqual(['sent trust/T1/entry', 'answer trust/T1/entry']);
    const [sent, answer] = (await rows()).slice(2).map(({ body }) => JSON.parse(body) as object);
    expect(sent).toMatchObject({ body: '{"Line":[]}', requestId: 'r'.repeat(32) });
    expect(answer).toMatchObject({ outcome: 'posted', answer: '{"JournalEntry":{}}' });
  });

  test('has nothing of a transaction that was rolled back', async () => {
    await accept('T1');
    const failed = db.transaction().execute(async (tx) => {
      await acceptTrustTransaction(tx, aTrustTransaction({ firmId, trustTransactionId: 'T2' }));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await told()).toEqual(['intent T1', 'event T1']);
    expect(await verdict()).toMatchObject({ holds: true });
  });

  test('does not fork when many write at once', async () => {
    await accept('T0');
    const ids = Array.from({ length: 15 }, (_, index) => `T${index + 1}`);
    await Promise.all(ids.map((id) => accept(id)));
    expect((await rows()).map(({ seq }) => seq)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    expect(await verdict()).toMatchObject({ holds: true, head: { seq: 32 } });
  });

  test('holds words of any language, and lines of any number', async () => {
    await acceptTrustTransaction(db, aTrustTransaction({ firmId, memo: 'Zahlung für Møller\n— “日本”' }));
    expect(await verdict()).toMatchObject({ holds: true });
  });
});

describe('who changes the journal', () => {
  test.each(['update trust_journal set body = body', 'delete from trust_journal', 'truncate trust_journal'])(
    'is refused: %s',
    async (statement) => {
      await accept('T1');
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('trust_journal only grows');
    },
  );

  test.each(['update trust_journal_head set seq = 0', 'delete from trust_journal_head'])(
    'is refused: %s',
    async (statement) => {
      await accept('T1');
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('trust_journal_head only grows');
    },
  );

  test.each([
    ['an amount', `update trust_journal set body = replace(body, '50000', '40000')`],
    ['when it was', `update trust_journal set at = '2026-01-01T00:00:00.000000Z'`],
    ['what it is about', `update trust_journal set subject = 'T9'`],
    ['what kind it is', `update trust_journal set kind = 'event'`],
  ])('and has the power to do so is found out: %s', async (_what, statement) => {
    await threeDeposits();
    await tamper(`${statement} ${where(3)}`);
    expect(await verdict()).toEqual({ holds: false, at: 3, why: 'the row was changed' });
  });

  test('and makes its hash anew is found out by the row after it', async () => {
    await threeDeposits();
    const third = (await rows())[2]!;
    const hash = journalHash({ ...third, subject: 'T9' });
    await tamper(`update trust_journal set subject = 'T9', hash = '${hash}' ${where(3)}`);
    expect(await verdict()).toEqual({
      holds: false,
      at: 3,
      why: 'the row was changed, and its hash with it',
    });
  });

  test('and takes a row out of the middle is found out', async () => {
    await threeDeposits();
    await tamper(`delete from trust_journal ${where(4)}`);
    expect(await verdict()).toEqual({ holds: false, at: 4, why: 'the row is gone' });
  });

  test('and cuts off the end is found out by the head', async () => {
    await threeDeposits();
    await tamper(`delete from trust_journal where firm_id = '${firmId}' and seq > 4`);
    expect(await verdict()).toEqual({ holds: false, at: 5, why: 'the rows from here on are gone' });
  });

  test('and writes all of it anew, head and all, is found out by a hash that was kept elsewhere', async () => {
    await threeDeposits();
    const kept = await journalHead(db, firmId);
    const last = (await rows()).at(-1)!;
    const hash = journalHash({ ...last, subject: 'T9' });
    await tamper(`update trust_journal set subject = 'T9', hash = '${hash}' ${where(last.seq)}`);
    await tamper(`update trust_journal_head set hash = '${hash}' where firm_id = '${firmId}'`);
    expect(await verdict()).toMatchObject({ holds: true });
    expect(await verifyTrustJournal(db, firmId, kept)).toEqual({
      holds: false,
      at: last.seq,
      why: 'its hash is not the one that was kept',
    });
  });
});
