import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { saveTrustAccount, findTrustAccount, listTrustAccounts } from '../../src/db/trust-account.js';
import { listBalances } from '../../src/db/trust-balance.js';
import {
  cancelEntries,
  listEntries,
  lockLedgers,
  postEntries,
  reserveEntries,
  returnEntries,
  sendEntries,
} from '../../src/db/trust-ledger.js';
import { reserve } from '../../src/db/trust-reservation.js';
import {
  acceptTrustTransaction,
  beginVersion,
  listNotStarted,
  lockTrustRecord,
  saveTrustTransaction,
} from '../../src/db/trust-transaction.js';
import { legsOf, type TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import {
  aMatter,
  aDisbursement,
  aReversal,
  aTransfer,
  aTrustAccount,
  aTrustTransaction,
} from '../support/trust.js';
import { useDatabase } from '../support/database.js';

let db: Database;
let firmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));
beforeEach(() => {
  firmId = `firm-${(firmCount += 1)}`;
});

const M1 = { accountId: 'IOLTA', clientId: 'C1', matterId: 'M1' };

/** As the server does: accepted and reserved in one transaction, or nothing of it. */
async function take(snapshot: TrustTransactionSnapshot, original?: TrustTransactionSnapshot) {
  const whole = { ...snapshot, firmId };
  try {
    return await db.transaction().execute(async (tx) => {
      const accepted = await acceptTrustTransaction(tx, whole);
      if (typeof accepted === 'object') throw new Error(accepted.refused);
      const legs = legsOf(whole, {}, original);
      const short = await reserveEntries(tx, firmId, whole.trustTransactionId, legs);
      if (short) throw new Error(`short by ${short.missingCents} on ${short.on}`);
      return accepted;
    });
  } catch (error) {
    return (error as Error).message;
  }
}
const posted = async (id: string) => {
  await sendEntries(db, firmId, id);
  await postEntries(db, firmId, id);
};
const balance = async (matterId = 'M1') => {
  const [one] = await listBalances(db, firmId, { matterId });
  return [one?.acceptedCents, one?.postedCents, one?.overdrawCents];
};
const states = async (id: string) => (await listEntries(db, firmId, id)).map(({ state }) => state);

describe('the ledger', () => {
  test('counts money in as there once it is posted, and money out as gone before it is sent', async () => {
    await take(aTrustTransaction());
    expect(await balance()).toEqual([50_000, 0, 0]);
    await sendEntries(db, firmId, 'T1');
    expect(await balance()).toEqual([50_000, 0, 0]);
    await postEntries(db, firmId, 'T1');
    await take(aDisbursement({ amountCents: 20_000 }));
    expect(await balance()).toEqual([30_000, 50_000, 0]);
    await sendEntries(db, firmId, 'D1');
    expect(await balance()).toEqual([30_000, 30_000, 0]);
    await returnEntries(db, firmId, 'D1');
    expect([await balance(), await states('D1')]).toEqual([[30_000, 50_000, 0], ['reserved']]);
    await posted('D1');
    await postEntries(db, firmId, 'D1');
    expect([await balance(), await states('D1')]).toEqual([[30_000, 30_000, 0], ['posted']]);
  });

  test('refuses what it does not hold, and what it did not hold on that day, and keeps nothing of it', async () => {
    await take(aTrustTransaction());
    expect(await take(aDisbursement({ amountCents: 50_001 }))).toBe('short by 1 on 2026-11-10');
    expect(await take(aDisbursement({ date: '2026-11-09' }))).toBe('short by 50000 on 2026-11-09');
    expect(await lockTrustRecord(db, firmId, 'D1')).toBeUndefined();
    expect(await balance()).toEqual([50_000, 0, 0]);
  });

  test('gives the last dollar to one of two who ask at once', async () => {
    await take(aTrustTransaction());
    const both = ['D1', 'D2', 'D3', 'D4'].map((trustTransactionId) =>
      take(aDisbursement({ trustTransactionId })),
    );
    const answers = await Promise.all(both);
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'short by 50000 on 2026-11-10')).toHaveLength(3);
    expect(await balance()).toEqual([0, 0, 0]);
  });

  test('lets crossing transfers pass each other', async () => {
    await take(aTrustTransaction());
    await take(aTrustTransaction({ trustTransactionId: 'T2', matter: aMatter('M2') }));
    await posted('T1');
    await posted('T2');
    const crossing = Array.from({ length: 12 }, (_none, index) =>
      aTransfer({
        trustTransactionId: `X${index}`,
        amountCents: 1000,
        ...(index % 2 === 1 && {
          matter: aMatter('M2'),
          to: { client: aTransfer().client, matter: aMatter('M1') },
        }),
      }),
    );
    expect(await Promise.all(crossing.map((one) => take(one)))).toEqual(crossing.map(() => 'accepted'));
    await Promise.all(
      crossing.map(({ trustTransactionId }) =>
        db.transaction().execute((tx) => sendEntries(tx, firmId, trustTransactionId)),
      ),
    );
    await Promise.all(
      crossing.map(({ trustTransactionId }) =>
        db.transaction().execute((tx) => postEntries(tx, firmId, trustTransactionId)),
      ),
    );
    expect([await balance('M1'), await balance('M2')]).toEqual([
      [50_000, 50_000, 0],
      [50_000, 50_000, 0],
    ]);
  });

  test('is held by the database where a program would forget to ask', async () => {
    await take(aTrustTransaction());
    await take(aDisbursement());
    await expect(db.transaction().execute((tx) => sendEntries(tx, firmId, 'D1'))).rejects.toThrow(
      'trust_balance_covered',
    );
  });

  test('gives up a reservation, unless others rely on it', async () => {
    await take(aTrustTransaction());
    await take(aDisbursement({ amountCents: 100 }));
    expect(await cancelEntries(db, firmId, 'T1')).toMatchObject({ missingCents: 100, key: M1 });
    expect(await cancelEntries(db, firmId, 'D1')).toBeUndefined();
    expect(await cancelEntries(db, firmId, 'T1')).toBeUndefined();
    expect(await balance()).toEqual([0, 0, 0]);
  });

  test('tells what those leave who asked before, and tells anew when one of them gives up', async () => {
    await take(aTrustTransaction());
    await take(aDisbursement({ amountCents: 20_000 }));
    await take(aDisbursement({ trustTransactionId: 'D2', amountCents: 10_000 }));
    await take(aDisbursement({ trustTransactionId: 'D3', amountCents: 5_000 }));
    const seenBy = async (asker: string) => {
      const [ledger] = await db.transaction().execute((tx) => lockLedgers(tx, firmId, [M1], asker));
      return [ledger?.days[0]?.postedCents, ledger?.days[0]?.spareCents, ledger?.revision];
    };
    // The deposit comes from outside, whatever becomes of the others.
    expect([await seenBy('D1'), await seenBy('D3')]).toEqual([
      [0, 50_000, 0],
      [0, 20_000, 0],
    ]);
    expect(await cancelEntries(db, firmId, 'D1')).toBeUndefined();
    expect(await seenBy('D3')).toEqual([0, 40_000, 1]);
  });

  test('tells what has cleared, by days that have come everywhere', async () => {
    await take(aTrustTransaction({ clearsOn: '2099-01-01' }));
    await take(aTrustTransaction({ trustTransactionId: 'T2', clearsOn: '2020-01-01' }));
    for (const id of ['T1', 'T2']) await posted(id);
    const [ledger] = await db.transaction().execute((tx) => lockLedgers(tx, firmId, [M1]));
    expect(ledger?.days).toEqual([
      {
        ...{ on: '2026-11-10', acceptedCents: 100_000, postedCents: 100_000 },
        ...{ clearedCents: 50_000, spareCents: 100_000 },
      },
    ]);
    expect(ledger?.revision).toBe(2);
  });

  test('an overdraw that happened is recorded by a second person, and allows no other one', async () => {
    const deposit = aTrustTransaction();
    await take(deposit);
    await posted('T1');
    await take(aDisbursement());
    await posted('D1');
    const bounced = { ...aReversal(), firmId };
    const legs = legsOf(bounced, {}, deposit);
    await acceptTrustTransaction(db, bounced);
    const record = (recordedBy: string) =>
      db
        .transaction()
        .execute((tx) =>
          reserveEntries(tx, firmId, 'R1', legs, { overdrawId: `O-${firmId}`, enteredBy: 'pat', recordedBy }),
        );
    await expect(record('pat')).rejects.toThrow('trust_overdraw_second_person');
    expect(await record('kim')).toBeUndefined();
    expect(await balance()).toEqual([-50_000, 0, 50_000]);
    await posted('R1');
    expect(await balance()).toEqual([-50_000, -50_000, 50_000]);
    expect(await take(aDisbursement({ trustTransactionId: 'D2', amountCents: 1 }))).toContain(
      'short by 1 on',
    );
    await take({ ...deposit, trustTransactionId: 'T2', amountCents: 30_000 });
    await posted('T2');
    expect(await balance()).toEqual([-20_000, -20_000, 20_000]);
    await take({ ...deposit, trustTransactionId: 'T3' });
    await posted('T3');
    expect(await balance()).toEqual([30_000, 30_000, 0]);
  });

  test('an overdraw is recorded as deep as it gets, also on a later day than the first', async () => {
    const deposit = aTrustTransaction();
    await take(deposit);
    await take(aDisbursement({ amountCents: 20_000 }));
    await take(aDisbursement({ trustTransactionId: 'D2', amountCents: 30_000, date: '2026-11-15' }));
    for (const id of ['T1', 'D1', 'D2']) await posted(id);
    const bounced = { ...aReversal(), firmId };
    await acceptTrustTransaction(db, bounced);
    const overdraw = { overdrawId: `O-deep-${firmId}`, recordedBy: 'kim' };
    const legs = legsOf(bounced, {}, deposit);
    await db.transaction().execute((tx) => reserveEntries(tx, firmId, 'R1', legs, overdraw));
    await posted('R1');
    expect(await balance()).toEqual([-50_000, -50_000, 50_000]);
  });
});

describe('a trust transaction', () => {
  test('keeps the newest, and its money once QuickBooks may have it', async () => {
    expect(await take(aTrustTransaction())).toBe('accepted');
    expect(await take(aTrustTransaction())).toBe('known');
    expect(await take(aTrustTransaction({ memo: 'other' }))).toBe('contradiction');
    expect(await take(aTrustTransaction({ version: 2, amountCents: 40_000 }))).toBe('accepted');
    expect(await balance()).toEqual([40_000, 0, 0]);
    await sendEntries(db, firmId, 'T1');
    expect(await take(aTrustTransaction({ version: 3 }))).toContain('cannot be changed any more');
    const memo = { ...aTrustTransaction({ version: 3, amountCents: 40_000, memo: 'wire' }), firmId };
    expect(await acceptTrustTransaction(db, memo)).toBe('accepted');
  });

  test('is taken back once, and anew when that was left out', async () => {
    await take(aTrustTransaction());
    await take(aTrustTransaction({ trustTransactionId: 'T2' }));
    const back = (trustTransactionId: string) =>
      db.transaction().execute(async (tx) => {
        await acceptTrustTransaction(tx, { ...aReversal({ trustTransactionId }), firmId });
        const record = await lockTrustRecord(tx, firmId, trustTransactionId);
        return (record && (await reserve(tx, record)))?.params.reason;
      });
    await saveTrustAccount(db, firmId, aTrustAccount());
    const both = await Promise.all([back('R1'), back('R2')]);
    expect(both.filter((reason) => reason === undefined)).toHaveLength(1);
    const [first, second] = both[0] === undefined ? ['R1', 'R2'] : ['R2', 'R1'];
    expect(both).toContain(`${first} takes it back already`);
    expect((await lockTrustRecord(db, firmId, 'T1'))?.reversedBy).toBe(first);
    await cancelEntries(db, firmId, first);
    await saveTrustTransaction(db, firmId, first, { excluded: true, takes_back: null });
    expect(await back(second)).toBeUndefined();
  });

  test('is found when its start was lost', async () => {
    await take(aTrustTransaction());
    const ids = async () =>
      (await listNotStarted(db, -1))
        .filter((one) => one.firmId === firmId)
        .map((one) => one.trustTransactionId);
    expect(await ids()).toEqual(['T1']);
    expect(await beginVersion(db, firmId, 'T1', 1)).toBe(true);
    expect([await ids(), await beginVersion(db, firmId, 'T1', 1)]).toEqual([[], false]);
    await take(aTrustTransaction({ version: 2 }));
    expect(await beginVersion(db, firmId, 'T1', 1)).toBe(false);
    expect([await ids(), await beginVersion(db, firmId, 'T1', 2)]).toEqual([['T1'], true]);
  });

  test('knows its account', async () => {
    await take(aTrustTransaction());
    expect((await lockTrustRecord(db, firmId, 'T1'))?.account).toBeUndefined();
    await saveTrustAccount(db, firmId, aTrustAccount());
    await saveTrustAccount(db, firmId, aTrustAccount({ name: 'IOLTA at First' }));
    expect((await lockTrustRecord(db, firmId, 'T1'))?.account?.name).toBe('IOLTA at First');
    expect(await findTrustAccount(db, firmId, 'IOLTA')).toEqual((await listTrustAccounts(db, firmId))[0]);
    await expect(saveTrustAccount(db, firmId, aTrustAccount({ accountId: 'TWO' }))).rejects.toThrow(
      'trust_account_bank',
    );
  });

  test('balances are the sums of entries', async () => {
    const { rows } = await sql`
      select balance.* from trust_balance as balance
      left join trust_entry as entry using (firm_id, account_id, client_id, matter_id)
      group by balance.firm_id, balance.account_id, balance.client_id, balance.matter_id
      having balance.accepted_cents <> coalesce(sum(entry.cents) filter (where entry.state <> 'cancelled'), 0)
        or balance.posted_cents <> coalesce(sum(entry.cents) filter (
          where entry.state = 'posted' or (entry.state = 'sent' and entry.cents < 0)), 0)`.execute(db);
    expect(rows).toEqual([]);
  });
});
