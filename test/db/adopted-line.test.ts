import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listNeighbours, lockAdoptedRecord, releaseLines, takeLines } from '../../src/db/adopted-line.js';
import type { Database } from '../../src/db/database.js';
import { forgetLink, lockDocument, saveLink } from '../../src/db/document.js';
import { createFirm } from '../../src/db/firm.js';
import { trustEntryKey } from '../../src/domain/document.js';
import { entryIntent } from '../../src/domain/trust/entry.js';
import { aTrustAccount, aTrustTransaction } from '../support/trust.js';
import { useDatabase } from '../support/database.js';

let db: Database;
let qboId: string;
let count = 0;
const firmId = 'firm-adopts';
useDatabase((opened) => (db = opened));
beforeAll(async () => {
  await createFirm(db, firmId, 'Hale & Partners');
});
beforeEach(() => {
  qboId = String(1000 + (count += 1));
});

const record = () => ({ realmId: '9130', qboType: 'Deposit', qboId });

/** As the adoption of one transaction does, in one transaction. */
const adopt = (id: string, line: string, cents: number, totalCents = 100_000) =>
  db.transaction().execute(async (tx) => {
    const key = trustEntryKey(id);
    const intent = entryIntent({
      desired: aTrustTransaction({ trustTransactionId: id, amountCents: cents }),
      account: aTrustAccount(),
      tags: {},
    });
    const adopted = { type: 'Deposit', qboId, lines: [line] } as const;
    await lockAdoptedRecord(tx, record(), totalCents);
    await lockDocument(tx, { firmId, type: 'trustTransaction', id }, key, 'journal-entry');
    await takeLines(tx, record(), { firmId, key }, [{ line, cents }]);
    const link = { ...record(), syncToken: '0', qboLine: line };
    await saveLink(tx, firmId, key, { ...intent, adopted: { ...adopted, lines: [line] } }, link);
  });

describe('lines of a record', () => {
  test('are of several transactions, which see each other', async () => {
    await adopt(`${qboId}-A`, '1', 50_000);
    await adopt(`${qboId}-B`, '2', 50_000);
    expect(await listNeighbours(db, record(), trustEntryKey(`${qboId}-A`))).toMatchObject([
      { key: trustEntryKey(`${qboId}-B`), taken: ['2'] },
    ]);
  });

  test('are one transaction’s only, of two at once as well', async () => {
    const both = await Promise.allSettled([
      adopt(`${qboId}-A`, '1', 50_000),
      adopt(`${qboId}-B`, '1', 50_000),
    ]);
    const [refused, ...more] = both.filter(({ status }) => status === 'rejected');
    expect(more).toEqual([]);
    expect(refused).toMatchObject({ reason: { constraint: 'adopted_line_once' } });
  });

  test('never come to more than the record', async () => {
    await adopt(`${qboId}-A`, '1', 60_000);
    await expect(adopt(`${qboId}-B`, '2', 60_000)).rejects.toMatchObject({
      constraint: 'adopted_record_not_exceeded',
    });
  });

  test('are free again when they are let go, and when another record is taken', async () => {
    await adopt(`${qboId}-A`, '1', 60_000);
    await releaseLines(db, firmId, trustEntryKey(`${qboId}-A`));
    await forgetLink(db, firmId, trustEntryKey(`${qboId}-A`));
    await adopt(`${qboId}-B`, '1', 100_000);
    const former = record();
    qboId = `${qboId}0`;
    await adopt(`${former.qboId}-B`, '1', 100_000);
    const rows = await db
      .selectFrom('adopted_record')
      .select(['qbo_id', 'taken_cents'])
      .where('qbo_id', 'in', [former.qboId, qboId])
      .orderBy('taken_cents')
      .execute();
    expect(rows).toEqual([
      { qbo_id: former.qboId, taken_cents: 0 },
      { qbo_id: qboId, taken_cents: 100_000 },
    ]);
  });
});
