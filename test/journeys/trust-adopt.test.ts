import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adopting, adoptionDesk, bookkeeperOf } from '../support/adoption-books.js';
import { aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { aDisbursement, aMatter, aReversal, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let accounts: { bankAccountId: string; liabilityAccountId: string };
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
  accounts = await setUpTrust(world, firm);
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, remedy, balance, lines } = office;

const { customer, ...typed } = bookkeeperOf(
  () => firm,
  () => accounts,
);
const { known, taken, reconciled, committed, ...desk } = adoptionDesk(
  () => world,
  () => firm,
  office,
);
const journal = (amount: number, whose: string, on?: string) =>
  typed.journal([[amount, whose]], on === undefined ? {} : { on });
/** What is on record about its adoption. */
const told = async (id: string) => (await desk.told(id))[0];
const refused = async (id: string, fault: string) => {
  const { cause, allowed, parkId } = await parked(id, fault);
  const row = await world.db
    .selectFrom('fault')
    .select('evidence')
    .where('park_id', '=', parkId)
    .executeTakeFirstOrThrow();
  return { cause, allowed, evidence: String(row.evidence.body) };
};

describe('an entry that is in QuickBooks already', () => {
  test('is taken in place of posting one: nothing is written, one read is made', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, ada);
    const before = await firm.qbo.counts();
    await post(aTrustTransaction(adopting(theirs.Id)));
    const after = await firm.qbo.counts();
    expect([after.committed - before.committed, after.metered - before.metered]).toEqual([0, 1]);
    expect(await entriesOf(firm.qbo, 'T1')).toEqual([]);
    expect(await balance()).toEqual([50_000, 50_000]);
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
    expect(await told('T1')).toMatchObject({ qboId: theirs.Id, by: 'pat' });
  });

  test('can be drawn upon, and is taken back by an entry of ours', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, ada);
    await post(aTrustTransaction(adopting(theirs.Id)));
    await post(aReversal());
    expect(await lines('R1')).toEqual([
      'Credit 500 Trust Bank (IOLTA)',
      'Debit 500 Client Trust Liability, Ada Lovelace',
    ]);
    expect([await balance(), await reconciled()]).toMatchObject([[0, 0], { agrees: true }]);
  });

  test('of a disbursement counts once the money for it is there, and lies in closed books all the same', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const cheque = await typed.cheque([[200, ada]], '1001');
    await post(aTrustTransaction());
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-11' } });
    const adopts = { type: 'Purchase', id: cheque.Id } as const;
    await post(aDisbursement({ amountCents: 20_000, adopts }));
    expect([await balance(), await reconciled()]).toMatchObject([[30_000, 30_000], { agrees: true }]);
  });

  test('of another amount is shown side by side and not taken, until it is put right there', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(450, ada, '2026-11-11');
    await send(aTrustTransaction(adopting(theirs.Id)));
    const { cause, allowed, evidence } = await refused('T1', 'trust-adopt-unfit');
    expect(cause).toContain('date: meant 2026-11-10, QuickBooks has 2026-11-11');
    expect(cause).toContain('amount: meant 500.00, QuickBooks has 450.00');
    expect(allowed).toEqual(['retry', 'adopt', 'recreate', 'exclude']);
    expect(evidence).toContain('"TxnDate":"2026-11-11"');
    const right = await journal(500, ada);
    await remedy('T1', { action: 'adopt', qboId: right.Id, by: 'kim', note: 'typed in twice' });
    await settled('T1');
    expect(await told('T1')).toMatchObject({ qboId: right.Id, by: 'kim', note: 'typed in twice' });
    expect(await reconciled()).toMatchObject({
      agrees: false,
      differences: [{ kind: 'foreign', entry: { qboId: theirs.Id } }],
    });
  });

  test('that is not there is asked about, and is posted where a person says so', async () => {
    await known('C1', 'Ada Lovelace');
    await send(aTrustTransaction(adopting('987654')));
    expect((await parked('T1', 'trust-adopt-unfit')).cause).toContain('QuickBooks has no such record');
    await remedy('T1', { action: 'recreate', by: 'kim' });
    await settled('T1');
    expect(await entriesOf(firm.qbo, 'T1')).toHaveLength(1);
    expect(await reconciled()).toMatchObject({ agrees: true });
  });

  test('can answer what is parked', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, ada);
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-11' } });
    await send(aTrustTransaction());
    await parked('T1', 'closed-period-trust');
    await remedy('T1', { action: 'adopt', qboId: theirs.Id, qboType: 'JournalEntry', by: 'kim' });
    await settled('T1');
    expect([await entriesOf(firm.qbo, 'T1'), await balance()]).toEqual([[], [50_000, 50_000]]);
  });
});

describe('a name', () => {
  test('of another client of the firm is never taken', async () => {
    await known('C1', 'Ada Lovelace');
    const bob = await known('C2', 'Bob Cratchit');
    const theirs = await journal(500, bob);
    await send(aTrustTransaction(adopting(theirs.Id)));
    expect((await parked('T1', 'trust-adopt-unfit')).cause).toContain(
      'client: meant Ada Lovelace, QuickBooks has Bob Cratchit, who is another client of the firm',
    );
  });

  test('that nobody here has is asked about, and taken where a person confirms it', async () => {
    await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, await customer('Ada King'));
    await send(aTrustTransaction(adopting(theirs.Id)));
    const { cause } = await parked('T1', 'trust-adopt-renamed');
    expect(cause).toContain('client: meant Ada Lovelace, QuickBooks has Ada King');
    await remedy('T1', { action: 'adopt', qboId: theirs.Id, confirm: true, by: 'kim' });
    await settled('T1');
    expect(await reconciled()).toMatchObject({ agrees: true });
  });
});

describe('one deposit of three clients', () => {
  test('is adopted line by line, and no line twice', async () => {
    const [ada, bob, cy] = [
      await known('C1', 'Ada Lovelace'),
      await known('C2', 'Bob Cratchit'),
      await known('C3', 'Cy Young'),
    ];
    const theirs = await typed.deposit([
      [500, ada],
      [300, bob],
      [200, cy],
    ]);
    const part = (trustTransactionId: string, clientId: string, name: string, amountCents: number) =>
      aTrustTransaction({
        trustTransactionId,
        amountCents,
        client: aClient({ clientId, name }),
        matter: aMatter(`M-${clientId}`),
        ...adopting(theirs.Id, 'Deposit'),
      });
    await Promise.all([
      post(part('T1', 'C1', 'Ada Lovelace', 50_000)),
      post(part('T2', 'C2', 'Bob Cratchit', 30_000)),
    ]);
    expect(await reconciled()).toMatchObject({
      agrees: false,
      differences: [{ kind: 'foreign', entry: { qboId: theirs.Id }, effects: [{ cents: 20_000 }, {}, {}] }],
    });
    await post(part('T3', 'C3', 'Cy Young', 20_000));
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
    await send(part('T4', 'C1', 'Ada Lovelace', 50_000));
    expect((await parked('T4', 'trust-adopt-unfit')).cause).toContain(
      'line 1 stands for trust/T1/entry already',
    );
  });
});

describe('what was adopted', () => {
  test('and is gone later is found by a reconciliation, and when it is sent again', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, ada);
    await post(aTrustTransaction(adopting(theirs.Id)));
    await firm.qbo.bookkeeper('JournalEntry', { Id: theirs.Id, SyncToken: theirs.SyncToken }, 'delete');
    expect(await reconciled()).toMatchObject({
      differences: [{ kind: 'missing', trustTransactionId: 'T1' }],
    });
    await send(aTrustTransaction({ ...adopting(theirs.Id), version: 2, memo: 'looked at again' }));
    expect((await parked('T1', 'trust-adopted-changed')).cause).toContain('QuickBooks has no such record');
    await remedy('T1', { action: 'recreate', by: 'kim' });
    await settled('T1');
    expect(await entriesOf(firm.qbo, 'T1')).toHaveLength(1);
    expect(await reconciled()).toMatchObject({ agrees: true });
  });

  test('cannot be named otherwise once it is taken', async () => {
    const ada = await known('C1', 'Ada Lovelace');
    const theirs = await journal(500, ada);
    await post(aTrustTransaction(adopting(theirs.Id)));
    await expect(send(aTrustTransaction({ ...adopting('77'), version: 2 }))).rejects.toThrow(
      'trust-money-fixed',
    );
  });
});

describe('an adoption that does not come through at once', () => {
  const READ = { entity: 'JournalEntry', operation: 'read' };
  const isTakenOnce = async (qboId: string, before: number): Promise<void> => {
    await settled('T1');
    expect([await committed(), await desk.told('T1')]).toMatchObject([before, [{ qboId }]]);
    expect(await taken('T1')).toEqual([`JournalEntry ${qboId} 1`]);
    expect(await entriesOf(firm.qbo, 'T1')).toEqual([]);
    expect([await balance(), await reconciled()]).toMatchObject([[50_000, 50_000], { agrees: true }]);
  };
  let theirs: string;
  let before: number;
  beforeEach(async () => {
    const ada = await known('C1', 'Ada Lovelace');
    theirs = (await journal(500, ada)).Id;
    before = await committed();
  });

  test('because of an outage is made when QuickBooks is back, and nobody was asked', async () => {
    const away = await firm.qbo.fault('service-unavailable', { count: null, match: READ });
    await send(aTrustTransaction(adopting(theirs)));
    await eventually(async () => {
      expect(await firm.qbo.hits(away.id)).toBeGreaterThan(2);
    });
    expect(await taken('T1')).toEqual([]);
    await firm.qbo.clearFaults();
    await isTakenOnce(theirs, before);
    expect((await world.call('GET', `/v1/attention?firm=${firm.firmId}`)).items).toEqual([]);
  });

  test('because the answer was lost is made by the next look', async () => {
    const lost = await firm.qbo.hold(READ, 'after-commit');
    await send(aTrustTransaction(adopting(theirs)));
    await lost.caught();
    await lost.release('drop');
    await isTakenOnce(theirs, before);
  });

  test('because QuickBooks throttles pauses the company as any other call does, and is no outage', async () => {
    const throttled = await firm.qbo.fault('throttled', { count: null, match: READ });
    await send(aTrustTransaction(adopting(theirs)));
    await eventually(async () => {
      expect(await firm.qbo.hits(throttled.id)).toBeGreaterThan(2);
    });
    const { unreachable_since: since } = await world.db
      .selectFrom('company')
      .select('unreachable_since')
      .where('firm_id', '=', firm.firmId)
      .executeTakeFirstOrThrow();
    expect(since).toBeNull();
    await firm.qbo.clearFaults();
    await isTakenOnce(theirs, before);
  });

  test('is given up for a newer version that says another amount', async () => {
    const held = await firm.qbo.hold(READ, 'after-commit');
    await send(aTrustTransaction(adopting(theirs)));
    await held.caught();
    await send(aTrustTransaction({ ...adopting(theirs), version: 2, amountCents: 45_000 }));
    await held.release();
    const { cause } = await parked('T1', 'trust-adopt-unfit');
    expect(cause).toContain('amount: meant 450.00, QuickBooks has 500.00');
    expect([await taken('T1'), await committed()]).toEqual([[], before]);
    await send(aTrustTransaction({ ...adopting(theirs), version: 3 }));
    await isTakenOnce(theirs, before);
  });

  test('by a person is given up just so', async () => {
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-11' } });
    await send(aTrustTransaction());
    await parked('T1', 'closed-period-trust');
    const held = await firm.qbo.hold(READ, 'after-commit');
    await remedy('T1', { action: 'adopt', qboId: theirs, by: 'kim' });
    await held.caught();
    await send(aTrustTransaction({ version: 2, amountCents: 45_000 }));
    await held.release();
    // It is of the newer version now, which says nothing of a record.
    await eventually(async () => {
      expect((await parked('T1', 'closed-period-trust')).cause).toContain('450.00');
    });
    expect([await taken('T1'), await committed(), await balance()]).toEqual([[], before, [45_000, 0]]);
  });

  test('meets newer words of the same, which do not reach it', async () => {
    const held = await firm.qbo.hold(READ, 'after-commit');
    await send(aTrustTransaction(adopting(theirs)));
    await held.caught();
    await send(aTrustTransaction({ ...adopting(theirs), version: 2, memo: 'Said anew' }));
    await held.release();
    await isTakenOnce(theirs, before);
  });
});
